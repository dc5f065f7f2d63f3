"""Pictures of a run's own: what an objective leaves in its outcome by a name, as plain figures that page and terminal
draw. A kind is a class here, a drawing in `lab.cli.pictures` and one in `assets/js/comparison/pictures.js`.

What a picture and its sides are called is in `assets/words/<language>/picture.yaml`, by the picture's name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Matrix:
    """Counts by two names each: `values[i][j]` goes with row i and column j."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    kind: Literal["matrix"] = "matrix"


@dataclass(frozen=True)
class Drawings:
    """Small pictures (`lab.data.grids`) drawn to captions, a place in each tuple a caption's."""

    captions: tuple[str, ...]
    wanted: tuple[str, ...]
    drawn: tuple[str, ...]
    nearest: tuple[str, ...]
    """The training picture that the drawn one is most like."""
    apart: tuple[int, ...]
    """In how many squares the two differ: 0 for a copy."""
    steps: tuple[int, ...] = ()
    """After which steps drawings were made on the way."""
    grown: tuple[tuple[str, ...], ...] = ()
    """Those drawings: a tuple a caption, with one a step."""
    kind: Literal["drawings"] = "drawings"


@dataclass(frozen=True)
class Captions:
    """What is said of small pictures, and what the same model says with another picture before it."""

    pictures: tuple[str, ...]
    wanted: tuple[str, ...]
    said: tuple[str, ...]
    blind: tuple[str, ...]
    right: tuple[bool, ...]
    kind: Literal["captions"] = "captions"


@dataclass(frozen=True)
class Lines:
    """A line for each name, as (x, y) in the order of x; all share their axes, and `log` draws y by its logarithm.

    What a line is called is under `<picture>_<name>`, the axis of x under `<picture>_x`.
    """

    names: tuple[str, ...]
    points: tuple[tuple[tuple[float, float], ...], ...]
    log: bool = False
    kind: Literal["lines"] = "lines"

    @classmethod
    def of(cls, lines: Mapping[str, Sequence[tuple[float, float]]], *, log: bool = False) -> "Lines":
        """From each line's points by its name."""
        return cls(tuple(lines), tuple(tuple((x, y) for x, y in line) for line in lines.values()), log)


@dataclass(frozen=True)
class Spans:
    """Sentences whose names were found: words, and of each the tag wanted and the one said, as BIO."""

    tokens: tuple[tuple[str, ...], ...]
    wanted: tuple[tuple[str, ...], ...]
    said: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]
    """The kinds of names, always in one order, so that each keeps its colour."""
    kind: Literal["spans"] = "spans"


@dataclass(frozen=True)
class Texts:
    """Texts side by side, a row an example, with whether it came out right where that is told; columns are called
    `<picture>_<column>`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    kind: Literal["texts"] = "texts"


@dataclass(frozen=True)
class Scores:
    """How each task is done after each stage: `values[i][j]` after row i of task j, None where it can't be told.

    `learned[i]` are the places of the tasks that row i's stage learned from; the first row is the start. What a stage
    took stands beside its row: optimizer steps, tokens read, and the share of its rows that were of earlier stages.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    learned: tuple[tuple[int, ...], ...]
    measures: tuple[str, ...]
    """What each task's score is: exact_match, accuracy, or eval_loss, where lower is better."""
    counts: tuple[int, ...]
    """Over how many held-out rows each task's score is."""
    steps: tuple[int, ...] = ()
    tokens: tuple[float, ...] = ()
    old_rows: tuple[float, ...] = ()
    kind: Literal["scores"] = "scores"


@dataclass(frozen=True)
class ByValue:
    """Held-out rows by their value in a column of the data, a place in each tuple a value's: how many there are, the
    held-out loss over them (nats), and of the `counts` that were asked the share that came out right with its interval.
    """

    column: str
    measure: str
    """The figure that the shares are of; empty where rows of this kind are not right or wrong."""
    values: tuple[str, ...]
    rows: tuple[int, ...]
    losses_before: tuple[float | None, ...]
    losses: tuple[float | None, ...]
    counts: tuple[int, ...]
    before: tuple[float | None, ...]
    shares: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    kind: Literal["by_value"] = "by_value"


Picture = Matrix | Lines | Texts | Scores | Spans | Drawings | Captions | ByValue
KINDS: Mapping[
    str,
    type[Matrix]
    | type[Lines]
    | type[Texts]
    | type[Scores]
    | type[Spans]
    | type[Drawings]
    | type[Captions]
    | type[ByValue],
] = {
    "matrix": Matrix, "lines": Lines, "texts": Texts, "scores": Scores, "spans": Spans, "drawings": Drawings,
    "captions": Captions, "by_value": ByValue,
}  # fmt: skip


def picture_from_json(raw: Mapping[str, Any]) -> Picture | None:
    """A picture as JSON has it; None for a kind that this lab does not know."""
    kind = KINDS.get(raw.get("kind", ""))
    return kind(**{name: _frozen(value) for name, value in raw.items()}) if kind else None


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
