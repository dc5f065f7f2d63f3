"""What a run's training could move and how far each module moved, as it is kept in the run's outcome.

Packed into one string there: a page reads the outcomes of many runs several times a minute, but draws few of them.
"""

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Literal

How = Literal["weights", "outputs", "attention"]


@dataclass(frozen=True)
class Moved:
    """One module of a run's model.

    `kind` is that of `lab.models.parts`, or "added" (a new network), "tokens" (virtual tokens) or "shared" (numbers
    that several modules share). `by` is, as `how` says, the norm of the change of its weights or of its outputs
    relative to the norm before, or the share of attention that real tokens pay to virtual ones; None where unknown.
    """

    name: str
    kind: str
    layer: int | None
    parameters: int
    trainable: int
    by: float | None = None
    how: How = "weights"


@dataclass(frozen=True)
class Movement:
    """All modules of a run's model, and why nothing could be measured, if so."""

    modules: tuple[Moved, ...] = ()
    missing: str = ""

    def pack(self) -> str:
        rows = [_short(astuple(module)) for module in self.modules]
        return json.dumps([self.missing, rows], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def unpack(cls, packed: str) -> "Movement":
        missing, rows = json.loads(packed) if packed else ("", ())
        return cls(tuple(Moved(*row) for row in rows), missing)


def _short(row: Iterable[object]) -> list[object]:
    """A row without needless digits and without the defaults at its end."""
    values = [float(f"{value:.4g}") if isinstance(value, float) else value for value in row]
    defaults = [None, "weights"]
    while defaults and values[-1] == defaults[-1]:
        values.pop(), defaults.pop()
    return values
