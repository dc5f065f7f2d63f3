"""JSON and JSON lines become rows: as lists of objects, as the ways in which pandas writes tables, and wrapped."""

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from lab.data.bad_rows import BadRows
from lab.data.parse import HELD_OUT_SPLITS, choose_splits, kind, table_of
from lab.data.types import MOST_ROWS, Parts, Row, Table, check_columns
from lab.errors import DataError

AS_RECORDS = "give a list of objects: [{...}, {...}] (pandas: `to_json(orient='records')`)."
CONVERSATION = {"messages", "conversations"}


class _RepeatedKey(ValueError):
    """A JSON object names the same key twice."""


def parse_jsonl(text: str, where: str, split: str | None = None) -> Parts:
    """One JSON object a line; blank lines are passed over, lines that are no JSON objects are bad rows.

    A file that is one JSON document after all is read as one, and so is one object after another over several lines.
    """
    if "\n" not in text.strip() and (document := _document(text, where, split)):
        return document
    rows: list[Row] = []
    numbers: list[int] = []
    bad = BadRows()
    lines = text.split("\n")  # not splitlines(): it also splits at U+2028, which JSON strings may hold
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if len(rows) == MOST_ROWS:
            break
        place = f"{where}, line {number}"
        try:
            rows.append(_object(_json(line, place), place))
            numbers.append(number)
        except DataError as fault:
            bad.add(number, fault)
            if not rows and (document := _document(text, where, split)):
                return document
    return Parts(table_of(where, rows, numbers, "line", len(rows) == MOST_ROWS and number < len(lines), bad))


def parse_json(text: str, where: str, split: str | None) -> Parts:
    """A list of objects, a table as pandas writes it, an object of splits, or rows in a wrapper; raises DataError.

    JSON lines are seen through.
    """
    try:
        whole = _json(text, where)
    except DataError:
        first, _, rest = text.lstrip().partition("\n")
        if rest.strip() and _is_object(first):
            return parse_jsonl(text, where)
        raise
    return _parts(whole, where, split)


def _document(text: str, where: str, split: str | None) -> Parts | None:
    """A file of JSON lines that is a JSON document, or objects that take several lines each; None where it is not."""
    start = text.lstrip()[:1]
    if start not in ("[", "{"):
        return None
    try:
        return _parts(READER.decode(text), where, split)
    except (ValueError, RecursionError):
        pass
    values: list[Any] = []
    place = 0
    try:
        while len(values) <= MOST_ROWS and (found := re.compile(r"\S").search(text, place)):
            value, place = READER.raw_decode(text, found.start())
            values.append(value)
    except (ValueError, RecursionError):
        return None
    return Parts(_listed(values, where)) if len(values) > 1 and all(isinstance(one, dict) for one in values) else None


def _parts(whole: Any, where: str, split: str | None) -> Parts:
    """The rows of a JSON document: one table, one in a wrapper, or one a split."""
    if not isinstance(whole, dict) or _is_split_orient(whole):
        return Parts(_table(whole, where))
    known = {"train", "data", "rows", split, *HELD_OUT_SPLITS}
    splits = {name: rows for name, rows in whole.items() if name in known and isinstance(rows, list | dict) and rows}
    rest = [name for name in whole if name not in splits]
    if splits and not any(_holds_rows(name, whole[name]) for name in rest):
        tables = {name: _table(rows, f"{where}, '{name}'", whole) for name, rows in splits.items()}
        return choose_splits(tables, split, where).with_notes(_beside([name for name in rest if whole[name]]))
    wrapped = [name for name, value in whole.items() if _holds_rows(name, value)]
    if len(wrapped) == 1 and len(whole) > 1 and not CONVERSATION & set(whole):
        return Parts(_table(whole[wrapped[0]], f"{where}, '{wrapped[0]}'")).with_notes(_beside(rest))
    return Parts(_table(whole, where))


def _beside(names: Collection[str]) -> list[str]:
    return [f"Not read, since they stand beside the rows: {', '.join(names)}."] if names else []


def _holds_rows(name: str, value: Any) -> bool:
    """Whether a value is a list of rows: objects, but neither messages nor tools."""
    if not isinstance(value, list) or not value or name in ("tools", "functions"):
        return False
    return all(isinstance(one, dict) and not {"role", "from"} & set(one) for one in value[:10])


def _table(whole: Any, where: str, wrapper: Mapping[str, Any] | None = None) -> Table:
    """The table that a list or an object of JSON stands for, in any of the ways pandas writes one."""
    if isinstance(whole, list):
        keys = (wrapper or {}).get("schema") or {}
        return _listed(whole, where, keys.get("primaryKey", ()) if isinstance(keys, dict) else ())
    if not isinstance(whole, dict) or not whole:
        raise DataError(f"this is {kind(whole)}, not rows", where=where, do=AS_RECORDS)
    if _is_split_orient(whole):
        return _listed([_zipped(whole["columns"], cells, where) for cells in whole["data"]], where)
    if all(isinstance(value, dict) for value in whole.values()) and any(whole.values()):
        return _listed(_by_index(whole), where)
    if all(isinstance(value, list) for value in whole.values()) and not _is_conversation(whole):
        return _listed(_turned(whole, where), where)
    return _listed([whole], where)


def _is_conversation(whole: Mapping[str, Any]) -> bool:
    """Whether an object is one conversation, and not a column of several."""
    return any(whole.get(name) and isinstance(whole[name][0], dict) for name in CONVERSATION)


def _is_split_orient(whole: Mapping[str, Any]) -> bool:
    """Whether an object is a table as pandas writes it with orient='split' (or 'tight')."""
    columns, data = whole.get("columns"), whole.get("data")
    return isinstance(columns, list) and isinstance(data, list) and all(isinstance(cells, list) for cells in data[:10])


def _zipped(columns: list[Any], cells: Any, where: str) -> Any:
    """A row of the split orient; what has not as many cells as there are columns stays as it is, a bad row."""
    names = [name if isinstance(name, str) else json.dumps(name) for name in columns]
    return dict(zip(names, cells, strict=True)) if isinstance(cells, list) and len(cells) == len(names) else cells


def _by_index(whole: Mapping[str, Mapping[str, Any]]) -> list[Any]:
    """Rows of {column: {row: value}} or of {row: {column: value}}: row numbers tell which, else what there are more of.

    pandas writes the first by default and the second with orient='index'.
    """
    first = next(iter(whole.values()))
    numbered, within = (all(re.fullmatch(r"\d+", key) for key in keys) for keys in (whole, first))
    same = all(value.keys() == first.keys() for value in whole.values())
    by_column = same and (within if numbered != within else len(first) >= len(whole))
    return [{name: whole[name][label] for name in whole} for label in first] if by_column else list(whole.values())


def _turned(columns: Mapping[str, list[Any]], where: str) -> list[Row]:
    """Rows from columns of one length."""
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise DataError(
            f"its columns are not equally long ({shown})", where=where, do="give a list of objects instead."
        )
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _listed(values: list[Any], where: str, index: Collection[str] = ()) -> Table:
    """The table of a list of objects, without the columns in `index`; what is no object is a bad row."""
    if values and all(isinstance(value, list) for value in values):
        raise DataError("its rows are lists, whose columns have no names", where=where, do=AS_RECORDS)
    rows: list[Row] = []
    numbers: list[int] = []
    bad = BadRows()
    for number, value in enumerate(values[:MOST_ROWS], 1):
        try:
            row = _object(value, f"{where}, row {number}")
        except DataError as fault:
            bad.add(number, fault)
            continue
        row = row["row"] if set(row) >= {"row", "row_idx"} and isinstance(row["row"], dict) else row  # the Hub's viewer
        rows.append({name: value for name, value in row.items() if name not in index} if index else row)
        numbers.append(number)
    return table_of(where, rows, numbers, "row", len(values) > MOST_ROWS, bad)


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
    check_columns(len(value), place)
    return value
