"""What the runs of comparisons say of their variants: who leads, how far they differ, what they come to over tasks."""

from collections.abc import Sequence

from lab.errors import RunError
from lab.store import Run, Store


def runs_of(comparisons: Sequence[str], store: Store) -> list[Run]:
    """The runs of comparisons by their ids; raises RunError for one that is not there."""
    found = []
    for comparison in comparisons:
        runs = store.runs.all(comparison=comparison)
        if not runs:
            raise RunError(f"there is no comparison '{comparison}'", do="take `comparison` of a run.")
        found += runs
    return found
