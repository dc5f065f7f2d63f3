"""What all parsers share, and plain text. Only syntax is judged here and in the parsers, not what the rows mean."""

from collections.abc import Sequence
from dataclasses import replace

from lab.data.bad_rows import BadRows, refuse
from lab.data.types import MOST_ROWS, Parts, Row, Table
from lab.errors import DataError

HELD_OUT_SPLITS = ("held_out", "test", "validation", "valid", "val", "dev", "eval")
"""What a held-out split may be called, the one taken first."""


def parse_text(text: str, where: str) -> Parts:
    """A row a paragraph where blank lines part paragraphs, else a row a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    body = "\n".join(lines).strip("\n")
    by_paragraph = any(not line.strip() for line in body.split("\n"))
    rows: list[Row] = []
    numbers: list[int] = []
    fresh = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            fresh = True
            continue
        if fresh or not by_paragraph:
            rows.append({"text": line})
            numbers.append(number)
        else:
            rows[-1]["text"] += f"\n{line}"
        fresh = False
    unit = "paragraph" if by_paragraph else "line"
    table = table_of(where, rows[:MOST_ROWS], numbers[:MOST_ROWS], "line", len(rows) > MOST_ROWS)
    return Parts(replace(table, notes=(*table.notes, f"Each {unit} is a row.")))


def choose_splits(tables: dict[str, Table], split: str | None, where: str) -> Parts:
    """The training table (`split`, or 'train', or the only one) and the held-out one, if there is any."""
    wanted = split or ("train" if "train" in tables else next(iter(tables)))
    if wanted not in tables:
        raise DataError(f"there is no split '{wanted}'", where=where, do=f"its splits: {', '.join(tables)}.")
    if split is None and wanted != "train" and len(tables) > 1:
        raise DataError("none of its splits is called 'train'", where=where,
                        do=f"name one with `split`: {', '.join(tables)}.")  # fmt: skip
    held_out = next((tables[name] for name in HELD_OUT_SPLITS if name in tables and name != wanted), None)
    return Parts(tables[wanted], held_out)


def kind(value: object) -> str:
    """What a value is, in words for a message."""
    names = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return "nothing (null)" if value is None else names.get(type(value), f"a {type(value).__name__}")


def table_of(
    where: str, rows: list[Row], numbers: Sequence[int], unit: str, more: bool, bad: BadRows | None = None
) -> Table:
    """Rows as a table; raises DataError where there are none. `more`: whether some of the source were not read."""
    bad = bad or BadRows()
    if not rows:
        refuse(bad, where, bad.count, skip=False)
        raise DataError("there are no rows in it", where=where, do="give a file with at least two rows.")
    notes = (f"Only the first {MOST_ROWS:,} rows are read.",) if more else ()
    return Table(where, rows, numbers, unit, notes, bad)
