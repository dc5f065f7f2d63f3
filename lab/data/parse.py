"""Text files become rows: JSON lines, JSON, CSV and plain text. Only syntax is judged here, not what the rows mean."""

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from lab.data.types import MOST_ROWS, Parts, Row, Table
from lab.errors import DataError

HELD_OUT_SPLITS = ("held_out", "test", "validation", "valid", "val", "dev", "eval")
"""What a held-out split may be called, the one taken first."""


class _RepeatedKey(ValueError):
    """A JSON object names the same key twice."""


def parse_jsonl(text: str, where: str) -> Parts:
    """One JSON object a line; blank lines are passed over."""
    rows: list[Row] = []
    numbers: list[int] = []
    lines = text.split("\n")  # not splitlines(): it also splits at U+2028, which JSON strings may hold
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if len(rows) == MOST_ROWS:
            break
        rows.append(_object(_json(line, f"{where}, line {number}"), f"{where}, line {number}"))
        numbers.append(number)
    return Parts(_table(where, rows, numbers, "line", more=len(rows) == MOST_ROWS and number < len(lines)))


def parse_json(text: str, where: str, split: str | None) -> Parts:
    """A list of objects, an object of equally long columns, or an object of splits; JSON lines are seen through."""
    try:
        whole = _json(text, where)
    except DataError:
        first, _, rest = text.lstrip().partition("\n")
        if rest.strip() and _is_object(first):
            return parse_jsonl(text, where)
        raise
    if isinstance(whole, list):
        return Parts(_json_rows(whole, where))
    if not isinstance(whole, dict) or not whole:
        raise DataError(f"this is {kind(whole)}, not rows", where=where, do="give a list of objects: [{...}, {...}].")
    if not all(isinstance(value, list) for value in whole.values()):
        return Parts(_json_rows([whole], where))
    if set(whole) <= {"train", "data", "rows", split, *HELD_OUT_SPLITS}:
        return choose_splits(
            {name: _json_rows(rows, f"{where}, '{name}'") for name, rows in whole.items()}, split, where
        )
    if set(whole) <= {"messages", "conversations"}:  # one conversation
        return Parts(_json_rows([whole], where))
    return Parts(_json_rows(_turned(whole, where), where))


def parse_csv(text: str, where: str) -> Parts:
    """A header, then rows of as many cells; separated by commas, semicolons or tabs, as the header shows."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # its default refuses a text of more than 128 kB
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    numbered = _csv_records(reader, where)
    _, header = next(numbered, (1, []))
    _check_header(header, where)
    rows: list[Row] = []
    numbers: list[int] = []
    more = False
    for number, cells in numbered:
        if len(rows) == MOST_ROWS:
            more = True
            break
        if len(cells) != len(header):
            raise DataError(
                f"there are {len(cells)} cells, but the header names {len(header)}", where=f"{where}, line {number}",
                do='put values that hold the separator or a line break in double quotes ("...").',
            )  # fmt: skip
        rows.append(dict(zip(header, cells, strict=True)))
        numbers.append(number)
    return Parts(_table(where, rows, numbers, "line", more))


def parse_text(text: str, where: str) -> Parts:
    """A row a paragraph where blank lines part paragraphs, else a row a line."""
    lines = text.replace("\r\n", "\n").split("\n")
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
    table = _table(where, rows[:MOST_ROWS], numbers[:MOST_ROWS], "line", len(rows) > MOST_ROWS)
    return Parts(Table(table.where, table.rows, table.numbers, "line", (*table.notes, f"Each {unit} is a row.")))


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


def _json(text: str, place: str) -> Any:
    try:
        return READER.decode(text)
    except _RepeatedKey as problem:
        raise DataError(f"the key '{problem}' is there twice", where=place, do="keep one of them.") from None
    except json.JSONDecodeError as problem:
        line = f", line {problem.lineno}" if "line " not in place else ""
        raise DataError(
            f"this is not JSON: {problem.msg} at character {problem.colno}", where=f"{place}{line}",
            do="mend it; JSON wants double quotes, and \\n for a line break within a value.",
        ) from None  # fmt: skip
    except (ValueError, RecursionError) as problem:  # a number of 5,000 digits; brackets nested 10,000 deep
        raise DataError(f"this JSON can't be read: {problem}", where=place, do="mend the row.") from None


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise _RepeatedKey(next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1))
    return fields


READER = json.JSONDecoder(object_pairs_hook=_no_repeats)  # made once: a fifth of the time of json.loads with a hook


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _object(value: Any, place: str) -> Row:
    if not isinstance(value, dict):
        raise DataError(f"this is {kind(value)}, not an object", where=place, do='write {"column": value, ...}.')
    if not value:
        raise DataError("this row has no columns", where=place, do="fill it, or remove it.")
    return value


def _json_rows(values: list[Any], where: str) -> Table:
    rows = [_object(value, f"{where}, row {number}") for number, value in enumerate(values[:MOST_ROWS], 1)]
    return _table(where, rows, range(1, len(rows) + 1), "row", len(values) > MOST_ROWS)


def _turned(columns: dict[str, list[Any]], where: str) -> list[Row]:
    """Rows from columns of one length."""
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise DataError(
            f"its columns are not equally long ({shown})", where=where, do="give a list of objects instead."
        )
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _separator(text: str) -> str:
    header = text.lstrip("\n\r").partition("\n")[0]
    return max((",", "\t", ";"), key=header.count)


def _csv_records(reader: Any, where: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank, with the line it begins on."""
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise DataError(f"this is not CSV: {problem}", where=f"{where}, line {begins}",
                            do='close every double quote, and write "" for a quote within one.') from None  # fmt: skip
        if cells:
            yield begins, cells
        begins = reader.line_num + 1


def _check_header(header: Iterable[str], where: str) -> None:
    names = list(header)
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise DataError(f"two columns are called '{repeated[0]}'", where=f"{where}, line 1", do="rename one.")
    if not all(name.strip() for name in names):
        number = next(i for i, name in enumerate(names, 1) if not name.strip())
        raise DataError(f"column {number} has no name", where=f"{where}, line 1", do="name it in the first line.")


def _table(where: str, rows: list[Row], numbers: Any, unit: str, more: bool) -> Table:
    if not rows:
        raise DataError("there are no rows in it", where=where, do="give a file with at least two rows.")
    notes = (f"Only the first {MOST_ROWS:,} rows are read.",) if more else ()
    return Table(where, rows, numbers, unit, notes)
