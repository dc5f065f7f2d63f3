"""What rows mean: recognised by the names of their columns and turned into one of TRL's standard formats.

A `RowLayout` is one way files are written; the first whose columns are all there is taken,
so the richer ones come first.
"""

import difflib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from lab.data import checks
from lab.data.types import Row, Table
from lab.errors import DataError, nearest

Fields = Mapping[str, Any]

ALIASES: dict[str, tuple[str, ...]] = {
    "text": ("content", "sentence", "passage", "story", "document"),
    "prompt": ("question", "query", "instruction", "input", "problem"),
    "completion": ("response", "answer", "output", "target", "solution"),
    "messages": ("conversation", "dialog", "dialogue"),
    "conversations": (),
    "chosen": ("preferred", "chosen_response"),
    "rejected": ("dispreferred", "rejected_response"),
    "label": ("labels",),
    "instruction": (),
    "input": ("context",),
    "output": ("response",),
}
"""Our names for columns, and what else files call them; case does not matter."""


@dataclass(frozen=True)
class RowLayout:
    """One way to write rows: the columns it needs, those it may have, and how a row of it becomes standard."""

    format: str
    needs: tuple[str, ...]
    convert: Callable[[Fields, object, Mapping[str, str]], Row]
    may: tuple[str, ...] = ()
    called: str = ""


@dataclass(frozen=True)
class Standard:
    """Rows in a standard format, and what was done to them."""

    format: str
    rows: list[Row]
    notes: tuple[str, ...] = ()


def detect_format(columns: Collection[str], mapping: Mapping[str, str] | None = None) -> str | None:
    """The standard format that rows with these columns can become; None when nothing fits."""
    found = _find_shape(columns, mapping or {})
    return found[0].format if found else None


def to_standard(table: Table, mapping: Mapping[str, str] | None = None) -> Standard:
    """All rows of `table` in a standard format, each checked; `mapping` gives the file's name for ours.

    Raises DataError that names row and column for the first row that is not right.
    """
    mapping, columns = mapping or {}, table.columns()
    _check_mapping(mapping, columns, table.where)
    found = _find_shape(list(table.rows[0]), mapping) or _find_shape(columns, mapping)
    if found is None:
        raise _unknown(columns, mapping, table.where)
    shape, names = found
    names |= {ours: theirs for ours in shape.may if (theirs := _column_for(ours, columns, mapping))}
    rows = []
    for index, row in enumerate(table.rows):
        fields = {ours: row[theirs] for ours, theirs in names.items() if theirs in row}
        if not all(ours in fields for ours in shape.needs):
            raise _missing(row, names, shape, table.place(index))
        rows.append(shape.convert(fields, _Place(table, index), names))
    return Standard(shape.format, rows, _notes(shape, names, columns))


class _Place:
    """Where a row is, put into words only when a message needs it."""

    def __init__(self, table: Table, index: int):
        self.table, self.index = table, index

    def __str__(self) -> str:
        return self.table.place(self.index)


def _preference(fields: Fields, place: object, names: Mapping[str, str]) -> Row:
    row = {
        key: checks.said(fields[key], place, names[key]) for key in ("prompt", "chosen", "rejected") if key in fields
    }
    if row["chosen"] == row["rejected"]:
        raise DataError("chosen and rejected are the same", where=f"{place}, column '{names['rejected']}'",
                        do="remove the row: there is nothing to prefer in it.")  # fmt: skip
    return row


def _binary_feedback(fields: Fields, place: object, names: Mapping[str, str]) -> Row:
    answered = {key: checks.said(fields[key], place, names[key]) for key in ("prompt", "completion")}
    return {**answered, "label": checks.truth(fields["label"], place, names["label"])}


def _messages(fields: Fields, place: object, names: Mapping[str, str]) -> Row:
    ours = "messages" if "messages" in fields else "conversations"
    return {"messages": checks.messages(fields[ours], place, names[ours])}


def _alpaca(fields: Fields, place: object, names: Mapping[str, str]) -> Row:
    prompt = checks.text(fields["instruction"], place, names["instruction"])
    extra = checks.optional_text(fields.get("input"), place, names.get("input", "input"))
    completion = checks.text(fields["output"], place, names["output"])
    return {"prompt": f"{prompt}\n\n{extra}" if extra else prompt, "completion": completion}


def _prompt_completion(fields: Fields, place: object, names: Mapping[str, str]) -> Row:
    row = {key: checks.said(fields[key], place, names[key]) for key in ("prompt", "completion")}
    if isinstance(row["prompt"], list) and isinstance(row["completion"], list):
        checks.check_order(row["prompt"] + row["completion"], f"{place}, column '{names['completion']}'")
    return row


def _labels(fields: Fields, place: object, names: Mapping[str, str]) -> Row:
    return {
        "text": checks.text(fields["text"], place, names["text"]),
        "label": checks.label(fields["label"], place, names["label"]),
    }


def _text(fields: Fields, place: object, names: Mapping[str, str]) -> Row:
    return {"text": checks.text(fields["text"], place, names["text"])}


def _prompt(fields: Fields, place: object, names: Mapping[str, str]) -> Row:
    return {"prompt": checks.said(fields["prompt"], place, names["prompt"])}


SHAPES = (
    RowLayout("preference", ("chosen", "rejected"), _preference, may=("prompt",)),
    RowLayout("binary_feedback", ("prompt", "completion", "label"), _binary_feedback),
    RowLayout("messages", ("messages",), _messages),
    RowLayout("messages", ("conversations",), _messages, called="ShareGPT"),
    RowLayout("prompt_completion", ("instruction", "output"), _alpaca, may=("input",), called="Alpaca"),
    RowLayout("prompt_completion", ("prompt", "completion"), _prompt_completion),
    RowLayout("labels", ("text", "label"), _labels),
    RowLayout("text", ("text",), _text),
    RowLayout("prompt", ("prompt",), _prompt),
)


def _find_shape(columns: Collection[str], mapping: Mapping[str, str]) -> tuple[RowLayout, dict[str, str]] | None:
    """The shape of rows with these columns and its names in the file; what the user named counts before the rest."""
    for among in ([mapping[ours] for ours in mapping], columns) if mapping else (columns,):
        for shape in SHAPES:
            names = {ours: theirs for ours in shape.needs if (theirs := _column_for(ours, among, mapping))}
            if len(names) == len(shape.needs) and len(set(names.values())) == len(names):
                return shape, names
    return None


def _column_for(ours: str, columns: Collection[str], mapping: Mapping[str, str]) -> str | None:
    """The file's column for our name: the one the user named, the same name, or one of its other names."""
    if ours in mapping:
        return mapping[ours] if mapping[ours] in columns else None
    free = {column.strip().casefold(): column for column in columns if column not in mapping.values()}
    return next((free[name] for name in (ours, *ALIASES[ours]) if name in free), None)


def _check_mapping(mapping: Mapping[str, str], columns: list[str], where: str) -> None:
    for ours, theirs in mapping.items():
        if ours not in ALIASES:
            raise DataError(f"'{ours}' is not a column we know", where="data.columns", do=nearest(ours, ALIASES))
        if theirs not in columns:
            raise DataError(f"there is no column '{theirs}'", where=where, do=nearest(theirs, columns[:50]))


def _missing(row: Row, names: Mapping[str, str], shape: RowLayout, place: str) -> DataError:
    lacking = next(names[ours] for ours in shape.needs if names[ours] not in row)
    hint = _near(lacking, list(row)) or f"its columns: {', '.join(list(row)[:20])}."
    return DataError(f"the row has no '{lacking}'", where=f"{place}, column '{lacking}'", do=f"add it; {hint}")


def _unknown(columns: list[str], mapping: Mapping[str, str], where: str) -> DataError:
    """No shape fits: say what is there, what is near, and how to name it."""
    known = [name for ours, others in ALIASES.items() for name in (ours, *others)]
    near = [hint for column in columns[:50] if column.casefold() not in known and (hint := _near(column, known))]
    shown = ", ".join(columns[:20]) or "none"
    example = next((column for column in columns if column not in mapping.values()), "my_column")
    how = (
        f"name them with --set 'data.columns.prompt={example}' (or text, completion, messages, chosen, rejected, "
        "label), or rename them in the file."
    )
    return DataError(f"its columns ({shown}) fit no kind of data we know", where=where, do=" ".join([*near, how]))


def _near(word: str, allowed: list[str]) -> str:
    close = difflib.get_close_matches(word.casefold(), allowed, n=1, cutoff=0.6)
    return f"'{word}' is near '{close[0]}'." if close else ""


def _notes(shape: RowLayout, names: Mapping[str, str], columns: list[str]) -> tuple[str, ...]:
    notes = []
    if shape.called:
        notes.append(f"Read as {shape.called} rows.")
    renamed = [f"'{theirs}' as {ours}" for ours, theirs in names.items() if theirs != ours]
    if renamed:
        notes.append(f"Columns taken: {', '.join(renamed)}.")
    unused = [column for column in columns if column not in names.values()]
    if unused:
        notes.append(f"Columns not used: {', '.join(unused[:12])}{' …' if len(unused) > 12 else ''}.")
    return tuple(notes)
