"""The shapes data travels in: rows as read (`Table`), as both splits (`Parts`), in a standard format (`DataSet`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lab.card import FORMATS as FORMATS
from lab.data.bad_rows import BadRows
from lab.errors import DataError
from lab.limits import COLUMNS, ROWS

Row = dict[str, Any]
"""One row in one of TRL's standard formats: the keys that `FORMATS` names."""

MOST_ROWS = ROWS


def check_columns(count: int, where: str) -> None:
    """Raises DataError for more columns than are read."""
    if count > COLUMNS:
        raise DataError(f"it has {count:,} columns; at most {COLUMNS:,} are read", where=where,
                        do="remove those that nothing is learned from.")  # fmt: skip


@dataclass(frozen=True)
class Table:
    """Rows as they were read, before anyone asked what they mean.

    `numbers` says where each row begins, counted as an editor counts lines (or as rows, where there are no lines).
    """

    where: str
    rows: list[Row]
    numbers: Sequence[int]
    unit: str = "row"
    notes: tuple[str, ...] = ()
    bad: BadRows = field(default_factory=BadRows)
    """Rows whose syntax is broken, so that they are not among `rows`."""

    @property
    def total(self) -> int:
        """How many rows there were with the broken ones."""
        return len(self.rows) + self.bad.count

    def with_notes(self, notes: Sequence[str]) -> "Table":
        """The table with notes before its own."""
        return replace(self, notes=(*notes, *self.notes)) if notes else self

    def place(self, index: int) -> str:
        """Where row `index` is, for a message."""
        return f"{self.where}, {self.unit} {self.numbers[index]}"

    def columns(self) -> list[str]:
        """Every column any row has, in order of appearance; raises DataError for names that can't be written."""
        seen: dict[str, None] = {}
        for row in self.rows:
            seen.update(dict.fromkeys(row))
            check_columns(len(seen), self.where)
        for name in seen:
            if not name.isascii() and name.encode("utf-8", "replace").decode() != name:
                raise DataError(
                    f"the column {name!a} has half a character in its name", where=self.where, do="rename it."
                )
        return list(seen)


@dataclass(frozen=True)
class Parts:
    """A source as it was read: training rows and, where it has a split of its own, held-out rows."""

    train: Table
    held_out: Table | None = None

    def with_notes(self, notes: Sequence[str]) -> "Parts":
        """The parts with notes before those of the training rows."""
        return replace(self, train=self.train.with_notes(notes))


@dataclass(frozen=True)
class DataSet:
    """Rows to train on and rows held out, in one standard format."""

    name: str
    format: str
    train: list[Row]
    held_out: list[Row]
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = field(default=())
    """The data set each held-out row is from, so that a mix can be measured task by task."""
    groups: tuple[str, ...] = ()
    """The value of each held-out row in the column that figures are told apart by; none where there is no such."""
    grouped_by: str = ""
    """What that column is called."""
    dropped: int = 0
    """Held-out rows left out because training has them too."""
    repeated: int = 0
    """Training rows that are there more than once (they are kept)."""
    one_task: bool = False
    """Whether most rows ask one and the same, so that held-out rows are new by their answers alone."""
    unseen: Mapping[str, list[Row]] = field(default_factory=dict)
    """More held-out rows by what is new about them (of `cuisine`, questions about dishes nobody trained on); each kind
    is measured apart, and none of them counts in the held-out loss."""

    def judged_by(self, places: Sequence[int]) -> "DataSet":
        """The data set with those of its held-out rows that are at these places."""
        sources, groups = (
            tuple(told[place] for place in places) if told else () for told in (self.sources, self.groups)
        )
        return replace(self, held_out=[self.held_out[place] for place in places], sources=sources, groups=groups)


@dataclass(frozen=True)
class Histogram:
    """`counts[i]` values lie from `edges[i]` up to, but without, `edges[i + 1]`."""

    edges: tuple[int, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True)
class RowSizes:
    """Tokens of a row on average, of the longest row of a batch, and those of a row that are learned; how many outputs
    heads on such rows have: one a class."""

    mean: float
    longest: float
    learned: float
    outputs: int = 0


@dataclass(frozen=True)
class DataReport:
    """What a person wants to know of a data set before training on it; lengths are in tokens."""

    name: str
    format: str
    rows: int
    held_out_rows: int
    duplicates: int
    """Held-out rows that training has too; they were left out of the held-out rows."""
    repeated: int
    """Training rows that are there more than once."""
    lengths: Histogram
    truncated_share: float
    longest: int
    preview: tuple[Row, ...]
    notes: tuple[str, ...]
