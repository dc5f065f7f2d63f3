"""Where a run that was imported comes from: kept in its outcome, where nobody changes it, and its first note."""

import time
from dataclasses import asdict, dataclass, replace
from typing import Any

from lab.store.shapes import Outcome, Run

KEY = "imported"


@dataclass(frozen=True)
class Imported:
    """Which lab trained it, who gave it away (as they said), when it was first written to a file, and imported here."""

    lab: str
    by: str
    made: float
    imported: float

    @property
    def note(self) -> str:
        """What is said beside its figures."""
        return f"Imported from lab {self.where}, {_day(self.imported)}: its figures were measured there."

    @property
    def where(self) -> str:
        """The lab, and who gave it away."""
        return f"{self.lab} ({self.by})" if self.by else self.lab


def imported_of(run: Run) -> Imported | None:
    """Where a run comes from; None for one that was trained here."""
    told: Any = run.outcome.environment.get(KEY)
    return Imported(**told) if isinstance(told, dict) else None


def as_imported(outcome: Outcome, told: Imported) -> Outcome:
    """An outcome that says that it was imported."""
    own = without_imported(outcome)
    return replace(own, environment=own.environment | {KEY: asdict(told)}, notes=(told.note, *own.notes))


def without_imported(outcome: Outcome) -> Outcome:
    """The outcome as it was where the run was trained."""
    told = outcome.environment.get(KEY)
    if not isinstance(told, dict):
        return outcome
    said = Imported(**told).note
    return replace(
        outcome, environment={name: value for name, value in outcome.environment.items() if name != KEY},
        notes=tuple(note for note in outcome.notes if note != said),
    )  # fmt: skip


def _day(seconds: float) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(seconds))
