"""Who carries runs out: one file an executor, with its CARD and `make`; a recipe or `--executor` names it.

A new executor is one new file here: an `ExecutorModule` of `lab.extension_points`. What the worker processes of the
default one are made of lies in `processes`; `worker` is what any executor calls to carry one run out, `endings` closes
the runs whose worker could not, `choice` says which executor a run is for.
"""

from collections.abc import Sequence

from lab.card import find_cards, refuse_broken
from lab.errors import RunError, nearest
from lab.executors.choice import DEFAULT as DEFAULT
from lab.extension_points import Executor as Executor
from lab.extension_points import optional_hook
from lab.home import Home


def executors() -> tuple[str, ...]:
    """The names of the executors, the default one first."""
    found = find_cards("lab.executors")
    return tuple(sorted(found, key=lambda name: (name != DEFAULT, name)))


def check_executor(name: str, where: str = "--executor") -> None:
    """Raise RunError for a name that is no executor, CardError for one whose file is broken."""
    refuse_broken("lab.executors", name, where)
    if name not in executors():
        raise RunError(f"there is no executor '{name}'", where=where, do=nearest(name, executors()))


def check_ready(name: str, home: Home) -> None:
    """Raise LabError for an executor that there is not, or that can't work for this home as things are."""
    check_executor(name)
    if check := optional_hook(find_cards("lab.executors")[name], "check"):
        check(home)


def make_executor(name: str, home: Home, only: Sequence[str]) -> Executor:
    """An executor for these runs of `home`, not started yet; raises RunError."""
    check_executor(name)
    return find_cards("lab.executors")[name].make(home, only)
