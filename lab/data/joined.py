"""Several files as one data set: each is read by itself, so that what is wrong names its file; the rows are joined."""

from collections.abc import Sequence
from itertools import chain

from lab.data.bad_rows import KEPT, BadRows, BadRowsError
from lab.data.by_value import check_values
from lab.data.formats import Standard, to_standard
from lab.data.types import MOST_ROWS, Table
from lab.errors import DataError
from lab.recipe import DataChoice


def as_one(tables: Sequence[Table], choice: DataChoice, formats: Sequence[str]) -> Standard:
    """The rows of all tables in one standard format, read as the choice says. Raises DataError; where rows are bad, one
    error that counts those of all files."""
    found, bad = [], []
    for table in tables:
        try:
            found.append(to_standard(table, choice.columns, formats, choice.skip_bad, choice.by))
        except BadRowsError as problem:
            bad.append(problem)
    if bad:
        raise bad[0] if len(tables) == 1 else _of_all(bad, tables)
    _check_alike(tables, found)
    values = tuple(chain.from_iterable(one.values for one in found))
    if choice.by is not None:
        check_values(values, choice.by, tables[0].where)
    if len(found) == 1:
        return found[0]
    rows = list(chain.from_iterable(one.rows for one in found))
    notes = [f"{len(tables)} files are read as one."]
    if len(rows) > MOST_ROWS:
        notes.append(f"Only the first {MOST_ROWS:,} of {len(rows):,} rows are read.")
    notes += _notes(tables, [one.notes for one in found])
    left_out = tuple(_notes(tables, [one.left_out for one in found]))
    return Standard(found[0].format, rows[:MOST_ROWS], tuple(notes), left_out, values[:MOST_ROWS])


def _of_all(bad: Sequence[BadRowsError], tables: Sequence[Table]) -> BadRowsError:
    """The bad rows of several files, in the order of the files; rows of good files count among all."""
    first = list(chain.from_iterable(one.bad.first for one in bad))[:KEPT]
    where = ", ".join(table.where for table in tables)
    return BadRowsError(BadRows(sum(one.bad.count for one in bad), first), where, sum(table.total for table in tables))


def _check_alike(tables: Sequence[Table], found: Sequence[Standard]) -> None:
    for table, one in zip(tables, found, strict=True):
        if one.format != found[0].format:
            raise DataError(
                f"the rows of '{tables[0].where}' are of the kind {found[0].format}, those here {one.format}",
                where=table.where, do="give both the same columns, or mix them: `data: [one, other]`.",
            )  # fmt: skip


def _notes(tables: Sequence[Table], told: Sequence[Sequence[str]]) -> list[str]:
    """Notes that all files share once, others with the name of their file."""
    shared = set(told[0]).intersection(*told)
    own = [
        note if note in shared else f"{table.where}: {note}"
        for table, notes in zip(tables, told, strict=True) for note in notes
    ]  # fmt: skip
    return list(dict.fromkeys(own))
