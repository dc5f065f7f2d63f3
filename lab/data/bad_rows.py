"""Rows that can't be learned from: all counted, the first ones told with place and reason, and left out only where
that was asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lab.errors import DataError

SHOWN = 5
"""Bad rows that are told one by one."""
KEPT = 20
Found = tuple[int, DataError]
"""A row's number, as its table counts rows or lines, and what is wrong with it."""


@dataclass
class BadRows:
    """The bad rows of one table: their count, and the first ones."""

    count: int = 0
    first: list[Found] = field(default_factory=list)

    def add(self, number: int, fault: DataError) -> None:
        """Count one more; rows are added in their order."""
        self.count += 1
        if len(self.first) < KEPT:
            self.first.append((number, fault))

    def __add__(self, other: "BadRows") -> "BadRows":
        return BadRows(self.count + other.count, sorted([*self.first, *other.first], key=lambda one: one[0])[:KEPT])

    def reasons(self, where: str) -> list[str]:
        """What is wrong with the first few, a line each, without the name of the file they are all in."""
        shown = [str(DataError(fault.what, where=fault.where)) for _, fault in self.first[:SHOWN]]
        more = [f"and {self.count - SHOWN:,} more."] if self.count > SHOWN else []
        return [line.removeprefix(where).removeprefix(", ") for line in shown] + more

    def note(self, where: str, rows: int) -> str:
        """What is said of a data set that goes on without them; `rows` is how many there were with them."""
        reasons = "; ".join(line.rstrip(".") for line in self.reasons(where))
        return f"{_rows(self.count)} of {rows:,} left out, which can't be read: {reasons}."


class BadRowsError(DataError):
    """Some rows of a file are bad, and nobody has said to go on without them."""

    def __init__(self, bad: BadRows, where: str, rows: int):
        self.bad, self.table, self.rows = bad, where, rows
        them = "it" if bad.count == 1 else "them"
        skip = f"or go on without {them}: --skip-bad, or `skip_bad: true` beside the data's name."
        if bad.count == rows:
            skip = "no row is good." if rows > 1 else ""
        if bad.count == 1:
            (_, only), *_ = bad.first
            super().__init__(only.what, where=only.where, do=" ".join(filter(None, (only.do, _capital(skip)))))
            return
        lines = "".join(f"\n  {line}" for line in bad.reasons(where))
        do = f"mend them, {skip}" if bad.count < rows else f"mend them: {skip}"
        super().__init__(f"{bad.count:,} of {rows:,} rows are bad:{lines}\n", where=where, do=do)

    def __str__(self) -> str:
        """As for any problem, but without a full stop after the list."""
        return super().__str__().replace("\n. ", "\n")


def refuse(bad: BadRows, where: str, rows: int, skip: bool) -> None:
    """Raises BadRowsError where any of a table's `rows` are bad, unless they are to be skipped and others are left."""
    if bad.count and not (skip and bad.count < rows):
        raise BadRowsError(bad, where, rows)


def all_of(parts: Sequence[BadRows]) -> BadRows:
    """The bad rows of several tables as one."""
    return sum(parts, BadRows())


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
