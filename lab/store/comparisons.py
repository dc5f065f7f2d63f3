"""Runs by the comparison they were started in. Pure functions on runs."""

from collections.abc import Iterable
from dataclasses import dataclass

from lab.recipe import variant_of
from lab.store.shapes import Run, Status


@dataclass(frozen=True)
class Comparison:
    """Runs that were started together: their recipe's name, when the first was queued, and they as first queued."""

    id: str
    name: str
    created: float
    runs: tuple[Run, ...]

    @property
    def variants(self) -> list[str]:
        """The names of its variants; the place of each is its colour."""
        return list(dict.fromkeys(variant_of(run.name) for run in self.runs))

    @property
    def statuses(self) -> dict[Status, int]:
        """How many runs are how far."""
        told = [run.status for run in self.runs]
        return {status: told.count(status) for status in dict.fromkeys(told)}

    @property
    def over(self) -> bool:
        return all(run.status.over for run in self.runs)


def comparisons(runs: Iterable[Run]) -> list[Comparison]:
    """The comparisons these runs are of, the newest first."""
    found: dict[str, list[Run]] = {}
    for run in runs:
        found.setdefault(run.comparison, []).append(run)
    made = [
        Comparison(name, own[-1].recipe_name, own[0].created, tuple(own))
        for name, own in ((name, sorted(own, key=lambda run: run.created)) for name, own in found.items())
    ]
    return sorted(made, key=lambda one: one.created, reverse=True)
