"""What has to be known of a run to start its worker: the base at its root, its precision, whether it takes turns."""

import contextlib
from collections.abc import Sequence
from functools import lru_cache

import yaml

from lab.errors import LabError
from lab.home import Home
from lab.models import chain_of, root_base
from lab.models.precision import requested_precision
from lab.store import Run, Store

FIRST_BASE = "nano"
MOST_OF_A_VISITOR = 4
"""Workers that one visitor has at once, most of them waiting for their turn, so that others find a place."""


def may_join(run: Run, others: Sequence[Run]) -> bool:
    """Whether a run may take turns with those that run: beside those of its comparison, or as its visitor's first."""
    mine = [other for other in others if other.visitor == run.visitor]
    if run.visitor is not None and len(mine) >= MOST_OF_A_VISITOR:
        return False
    return not mine or any(other.comparison == run.comparison for other in mine)


def likely_base(store: Store) -> tuple[str, str]:
    """The base the next run will probably start from, and its precision: the last run's, else the lab's own."""
    last = store.runs.all(newest=1)
    base = base_of(last[0], store.home) if last else None
    return (base, precision_asked(last[0], store.home)) if base else (FIRST_BASE, "auto")


def precision_asked(run: Run, home: Home) -> str:
    """The precision a run asks for, by its recipe or by the weights it starts from."""
    asked = str(yaml.safe_load(run.recipe).get("precision", "auto"))
    with contextlib.suppress(LabError):
        return requested_precision(chain_of(run.base, home)) if asked == "auto" else asked
    return asked


@lru_cache(maxsize=64)  # asked ten times a second of the run that waits
def takes_turns(recipe: str) -> bool:
    """Whether a run gives way to the others of its comparison; see `order` in `lab.recipe.schema`."""
    return bool(yaml.safe_load(recipe).get("order", "turns") == "turns")


def base_of(run: Run, home: Home) -> str | None:
    """The base at the root of a run's weights; None where that can't be told (its worker will say why)."""
    try:
        return root_base(run.base, home)
    except LabError:
        return None
