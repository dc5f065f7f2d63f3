"""CSV as spreadsheets, pandas and people write it becomes rows."""

import csv
import io
import itertools
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from lab.data.bad_rows import BadRows
from lab.data.parse import table_of
from lab.data.types import MOST_ROWS, Parts, Row, check_columns
from lab.errors import DataError

SEPARATORS = (",", "\t", ";", "|")
NO_SEPARATOR = "\x1f"
"""A separator that no text has, for a file of one column."""
SEP_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?[ ,;\t]*(?:\r\n|\r|\n)", re.I)
"""The line by which a file tells Excel its separator."""
LOOKED_AT = 200
"""Records by which a separator is judged."""
EMPTY = frozenset(("", "NaN", "nan", "<NA>", "#N/A", "NaT"))
"""What programs write where there is nothing; not `None` or `null`, which people answer."""
INDEX_NAME = re.compile(r"Unnamed: 0(\.\d+)?")
STRAY = 0.1
"""The share of rows with a value up to which a column without a name is a slip, not a column."""
MOST_UNCLOSED = 100
Record = tuple[int, list[str]]
"""The line a record begins on, and its cells."""


def parse_csv(text: str, where: str) -> Parts:
    """A header, then rows; separated by commas, semicolons, tabs or bars, as most of the rows show.

    Blank rows, nameless blank columns and a nameless first column (the row numbers of pandas) are passed over. Rows
    with cells too many or too few are bad rows.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # its default refuses a text of more than 128 kB
    said = SEP_LINE.match(text)
    lines = io.StringIO(text[said.end() :] if said else text, newline="").readlines()
    unclosed = BadRows()
    records = _records(lines, said[1] if said else _separator(lines), unclosed, where, 1 if said else 0)
    header_line, header = next(records, (1, [""]))
    check_columns(len(_trimmed(header)), f"{where}, line {header_line}")
    read = list(itertools.islice(records, MOST_ROWS + 1))
    kept, notes = _columns(header, [cells for _, cells in read], f"{where}, line {header_line}")
    rows, numbers, bad = _rows(read[:MOST_ROWS], header, kept, where)
    return Parts(table_of(where, rows, numbers, "line", len(read) > MOST_ROWS, unclosed + bad).with_notes(notes))


def _separator(lines: Sequence[str]) -> str:
    """The separator by which most rows have as many cells as the header, and of those the one with most cells."""
    best, sign = (0.0, 1), NO_SEPARATOR
    for candidate in SEPARATORS:
        records = csv.reader(iter(lines[: 5 * LOOKED_AT]), delimiter=candidate)
        header, *rows = [cells for cells in itertools.islice(records, LOOKED_AT) if any(cells)] or [[]]
        width = len(_trimmed(header))
        alike = [len(cells) == len(header) or len(_trimmed(cells)) == width for cells in rows]
        found = (round(sum(alike) / max(1, len(alike)), 1), width)
        if len(header) > 1 and (found > best or (found >= best and sign == NO_SEPARATOR)):
            best, sign = found, candidate
    return sign


def _trimmed(cells: list[str]) -> list[str]:
    """Cells without blank ones at the end."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _records(lines: list[str], separator: str, bad: BadRows, where: str, skipped: int) -> Iterator[Record]:
    """Each record that is not blank; a quote that is never closed costs its line, not all the lines after it."""
    start, broken = 0, 0
    while start < len(lines):
        reader = csv.reader(iter(lines[start:]), delimiter=separator, strict=True)
        begins = start
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield begins + 1 + skipped, cells
                begins = start + reader.line_num
            return
        except csv.Error as problem:
            number, broken = begins + 1 + skipped, broken + 1
            what = "a double quote is never closed" if "end of data" in str(problem) else f"this is not CSV: {problem}"
            fault = DataError(what, where=f"{where}, line {number}",
                              do='close every double quote, and write "" for a quote within one.')  # fmt: skip
            if broken > MOST_UNCLOSED:
                raise fault from None
            bad.add(number, fault)
            start = begins + 1


def _columns(header: list[str], rows: Sequence[list[str]], place: str) -> tuple[list[int], list[str]]:
    """Which columns are read: those with a name, and not the row numbers; and notes. Raises DataError."""
    kept, notes = [], []
    for column, name in enumerate(header):
        cells = [cells[column].strip() for cells in rows if column < len(cells)]
        filled = sum(cell not in EMPTY for cell in cells)
        if column == 0 and len(header) > 1 and (not name.strip() or _numbers_rows(name, cells)):
            notes += ["The first column, which only numbers or names the rows, is left out."] if filled else []
        elif not name.strip() and filled > STRAY * len(cells):
            raise DataError(f"column {column + 1} has no name", where=place, do="name it in the first line.")
        elif not name.strip():
            notes += [f"Column {column + 1}, which has no name and hardly a value, is left out."] if filled else []
        else:
            kept.append(column)
    repeated = [name for name, count in Counter(header[column] for column in kept).items() if count > 1]
    if repeated:
        raise DataError(f"two columns are called '{repeated[0]}'", where=place, do="rename one.")
    return kept, notes


def _numbers_rows(name: str, cells: Sequence[str]) -> bool:
    """Whether a first column is the one that pandas adds when it reads and writes its own row numbers."""
    whole = sum(re.fullmatch(r"\d+(\.0)?", cell) is not None for cell in cells)
    return INDEX_NAME.fullmatch(name.strip()) is not None and whole >= 0.9 * len(cells)


def _rows(
    records: Sequence[Record], header: list[str], kept: list[int], where: str
) -> tuple[list[Row], list[int], BadRows]:
    """The rows, the lines they begin on, and those with cells too many or too few.

    Excel leaves out cells at a row's end where it has left columns blank in rows before, so those may lack.
    """
    often_blank = {column for _, cells in records for column, cell in enumerate(cells) if not cell.strip()}
    rows, numbers, bad = [], [], BadRows()
    for number, cells in records:
        lacking = range(len(cells), len(header))
        if len(_trimmed(cells)) > len(header) or any(i in kept and i not in often_blank for i in lacking):
            fault = DataError(
                f"there are {len(cells)} cells, but the header names {len(header)}", where=f"{where}, line {number}",
                do='put values that hold the separator or a line break in double quotes ("...").',
            )  # fmt: skip
            bad.add(number, fault)
            continue
        full = [*cells, *("" for _ in lacking)]
        rows.append({header[i]: "" if full[i] in EMPTY else full[i] for i in kept})
        numbers.append(number)
    return rows, numbers, bad
