"""The columns of one's own data: what is in each, and what it became, also where that can't be told yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lab.data.formats import ColumnsError, flattened, recognised, to_standard
from lab.data.hub import HUB_ID
from lab.data.layouts import ALIASES
from lab.data.sources import check_open, is_file, read_sources
from lab.data.types import Row, Table
from lab.errors import DataError, cut
from lab.home import Home
from lab.limits import HUB
from lab.recipe import DataChoice
from lab.sandbox import guarded

NAMES = (
    "prompt", "completion", "text", "label", "chosen", "rejected", "messages", "system", "history", "instruction",
    "input", "output", "conversations", "tools", "tokens", "tags", "task", "image", "caption", "also", "score",
    "margin", "score_chosen", "score_rejected", "first", "second", "winner", "answers", "scores",
)  # fmt: skip
"""What a column can be said to be, the commonest first."""
MOST_COLUMNS = 60
SHOWN = 3
"""Values of a column that are shown."""
LONGEST = 120
COUNTED = 5_000
"""Rows whose different values are counted."""


@dataclass(frozen=True)
class Column:
    """A column of a file: our name for what it became (none where it is not used), some values, and how many different
    ones its first rows have."""

    name: str
    became: str | None
    values: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Columns:
    """The columns of a data set, and the kind of rows they make; `problem` says why they make none."""

    columns: tuple[Column, ...]
    format: str | None
    layout: str
    """The layout's name, empty for the plain ones."""
    rows: int
    problem: str | None = None
    unnamed: bool = False
    """Whether it is only that nobody can tell by the names which column is what."""


def read_columns(choice: DataChoice, home: Home, formats: Sequence[str] = ()) -> Columns:
    """The columns of a choice's first file, and what they become under its mapping; `formats` are those the objective
    learns from. Raises DataError for what has no columns: built-in data, files that can't be read."""
    check_open(choice)
    job = (_read, choice, home, tuple(formats))
    if is_file(choice.name):
        return guarded(*job, where=choice.name)
    if HUB_ID.fullmatch(choice.name):
        return guarded(*job, where=choice.name, limits=HUB, needs=("datasets",))
    raise DataError(f"'{choice.name}' is no file", where="data", do="columns are those of a file or a Hub data set.")


def _read(choice: DataChoice, home: Home, formats: Sequence[str]) -> Columns:
    table = flattened(read_sources(choice, home, []).train[0])
    names, layout, format, problem, unnamed = dict(choice.columns), "", None, None, False
    try:
        found, names = recognised(table, choice.columns, formats)
        layout, format = found.called, found.format
        to_standard(_beginning(table), choice.columns, formats, skip_bad=True)
    except DataError as fault:
        problem, unnamed = str(fault), isinstance(fault, ColumnsError)
    return Columns(_columns(table, names), format, layout, table.total, problem, unnamed)


def _beginning(table: Table) -> Table:
    """The first rows of a table: enough to tell whether its columns can be told apart."""
    return Table(table.where, table.rows[:COUNTED], table.numbers[:COUNTED], table.unit)


def _columns(table: Table, names: Mapping[str, str]) -> tuple[Column, ...]:
    became = {theirs: ours for ours, theirs in names.items()}
    listed = table.columns()[:MOST_COLUMNS]
    return tuple(_column(name, became.get(name), table.rows[:COUNTED]) for name in listed)


def _column(name: str, became: str | None, rows: Sequence[Row]) -> Column:
    seen: dict[str, None] = {}
    for row in rows:
        if (value := row.get(name)) not in (None, ""):
            seen[cut(" ".join(str(value).split()), LONGEST)] = None
    return Column(name, became if became in ALIASES else None, len(seen), tuple(seen)[:SHOWN])
