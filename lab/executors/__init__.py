"""Who carries runs out: one file an executor, with its CARD and `make(home, only)`; `lab train --executor` names it.

A new executor is one new file here. What the worker processes of the default one are made of lies in `processes`;
`worker` is what any executor calls to carry one run out, `endings` closes the runs whose worker could not.
"""

from collections.abc import Sequence
from typing import Protocol

from lab.card import find_cards
from lab.errors import RunError, nearest
from lab.home import Home

DEFAULT = "warm"


class Executor(Protocol):
    """Carries out queued runs from `start` to `stop`, in the background."""

    @property
    def supervising(self) -> bool:
        """False while another process carries out the runs of this home."""
        ...

    def start(self) -> "Executor": ...

    def stop(self) -> None:
        """Stop; running runs leave a checkpoint and become interrupted."""
        ...


def executors() -> tuple[str, ...]:
    """The names of the executors, the default one first."""
    names = find_cards("lab.executors")
    return (DEFAULT, *(name for name in names if name != DEFAULT))


def check_executor(name: str) -> None:
    """Raise RunError for a name that is no executor."""
    if name not in executors():
        raise RunError(f"there is no executor '{name}'", where="--executor", do=nearest(name, executors()))


def make_executor(name: str, home: Home, only: Sequence[str]) -> Executor:
    """An executor for these runs of `home`, not started yet; raises RunError."""
    check_executor(name)
    executor: Executor = find_cards("lab.executors")[name].make(home, only)
    return executor
