"""The column that figures are told apart by: its value in each row, as a text."""

from collections.abc import Mapping, Sequence
from typing import Any

from lab.data.types import Table
from lab.errors import DataError, cut, nearest

MOST_VALUES = 50
"""Different values that figures are told of; more are hardly kinds of rows."""
LONGEST = 80
"""Letters of a value that are kept."""
SEVERAL = (list, tuple, dict)
NOTHING = "–"
"""Stands for a row that says nothing there."""


def check_by(by: str, table: Table) -> None:
    """Raises DataError unless the table has that column still when its rows are read."""
    columns = table.columns()
    if by not in columns:
        raise DataError(f"there is no column '{by}' to tell figures apart by", where=table.where,
                        do=nearest(by, columns[:50]))  # fmt: skip
    several = sum(isinstance(row.get(by), SEVERAL) for row in table.rows)
    if 2 * several > len(table.rows):
        raise DataError(f"the column '{by}' holds lists or objects; figures are told apart by single values",
                        where=table.where, do="choose another column with `by`.")  # fmt: skip


def value_of(row: Mapping[str, Any], by: str, place: object) -> str:
    """A row's value in the column; raises DataError where it is no single value."""
    value = row.get(by)
    if isinstance(value, SEVERAL):
        raise DataError("figures are told apart by single values, and here is a list or an object",
                        where=f"{place}, column '{by}'", do="choose another column with `by`.")  # fmt: skip
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # CSV and Parquet columns with gaps have whole numbers as 3.0
    text = "" if value is None else " ".join(str(value).split())
    return cut(text, LONGEST) or NOTHING


def check_values(values: Sequence[str], by: str, where: str) -> None:
    """Raises DataError for a column with more values than figures are told of."""
    if (count := len(set(values))) > MOST_VALUES:
        raise DataError(f"the column '{by}' has {count:,} different values; figures are told of at most {MOST_VALUES}",
                        where=where, do="choose a column with fewer, or leave `by` out.")  # fmt: skip


def note_on(values: Sequence[str], by: str) -> str:
    """What is said of a data set whose figures are told apart."""
    kinds = len(set(values))
    return f"Figures are told apart by '{by}': {kinds:,} value{'' if kinds == 1 else 's'} among the held-out rows."
