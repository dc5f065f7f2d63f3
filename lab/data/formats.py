"""What rows mean: recognised by the names of their columns and turned into one of TRL's standard formats.

The layouts themselves are in `layouts`; here: which of them a table has, its rows one by one, and what to say of them.
"""

import difflib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lab.data.bad_rows import BadRows, refuse
from lab.data.by_value import check_by, value_of
from lab.data.layouts import ALIASES, LAYOUTS, Place, RowLayout, column_for
from lab.data.layouts.argilla import is_argilla, unwrapped
from lab.data.types import Row, Table
from lab.errors import DataError, cut, nearest
from lab.limits import SHOWN

MEDIA = ("images", "image", "videos", "video", "audios", "audio")
"""Columns whose lists or objects an answer may hang on, and which are not read."""
CORE = ("prompt", "completion", "text", "chosen", "rejected", "label")
"""Columns of which the wrong one would be learned without anyone noticing."""
TYPICAL = 20
"""Rows whose values decide between layouts with the same columns."""
Found = tuple[RowLayout, dict[str, str]]


class ColumnsError(DataError):
    """Which column is what can't be told by their names: somebody has to say it."""


@dataclass(frozen=True)
class Standard:
    """Rows in a standard format, and what was done to them."""

    format: str
    rows: list[Row]
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Of the notes, the one on bad rows that were skipped."""
    values: tuple[str, ...] = ()
    """Of each row the value of the column that figures are told apart by, where one was named."""


def detect_format(
    columns: Collection[str], mapping: Mapping[str, str] | None = None, row: Row | None = None
) -> str | None:
    """The standard format that rows with these columns, and values as in `row`, can become; None when nothing fits."""
    found = _find_layout(columns, mapping or {}, [] if row is None else [row])
    return found[0].format if found else None


def to_standard(
    table: Table, mapping: Mapping[str, str] | None = None, formats: Sequence[str] = (), skip_bad: bool = False,
    by: str | None = None,
) -> Standard:  # fmt: skip
    """All rows of `table` in a standard format, each checked; `mapping` gives the file's name for ours.

    `formats` are those the objective learns from: rows that can be read in several ways are read as one of those. `by`
    is a column of the file whose values come along. Raises BadRowsError, which counts the bad rows and names row and
    column of the first few; with `skip_bad` they are left out, and that is noted.
    """
    mapping, broken = mapping or {}, table.bad
    table = flattened(table)
    columns = table.columns()
    layout, names = recognised(table, mapping, formats)
    _check_ambiguous(names, mapping, table, columns)
    notes = _notes(layout, names, [column for column in columns if column != by])
    read = len(table.notes)
    if layout.gather:
        table, gathered = layout.gather(table, names)
        names = dict(gathered)
    if by is not None:
        check_by(by, table)
    rows, values, told, bad = _converted(table, layout, names, by)
    bad, total = bad + broken, len(table.rows) + broken.count
    refuse(bad, table.where, total, skip_bad and bool(rows))
    left_out = (bad.note(table.where, total),) if bad.count else ()
    return Standard(layout.format, rows, (*notes, *table.notes[read:], *told, *left_out), left_out, values)


def flattened(table: Table) -> Table:
    """The table as its layout is looked for: of Argilla's records, what they hold."""
    return unwrapped(table) if is_argilla(table.rows[0], table.columns()) else table


def recognised(table: Table, mapping: Mapping[str, str], formats: Sequence[str] = ()) -> Found:
    """The layout of a table and its names in the file; raises DataError where none fits."""
    columns = table.columns()
    _check_mapping(mapping, columns, table.where)
    some = _typical(table)
    found = _find_layout(list(some[0]), mapping, some, formats) or _find_layout(columns, mapping, some, formats)
    if found is None:
        raise _unknown(columns, mapping, table.where)
    layout, names = found
    return layout, names | _optional(layout, names, columns, mapping)


def _typical(table: Table) -> list[Row]:
    """The first rows with the columns that most rows have: a bad row at the top does not decide how a file is read."""
    (columns, _), *_ = Counter(map(tuple, table.rows)).most_common(1)
    return list(islice((row for row in table.rows if tuple(row) == columns), TYPICAL))


def _converted(
    table: Table, layout: RowLayout, names: Mapping[str, str], by: str | None
) -> tuple[list[Row], tuple[str, ...], list[str], BadRows]:
    """The rows of a layout as standard ones, their values in the column `by`, notes on what was done to some, and those
    that are not right."""
    told: Counter[str] = Counter()
    bad = BadRows()
    media = [name for name in MEDIA if any(name in row for row in table.rows[:1]) and name not in names.values()]
    rows: list[Row] = []
    values: list[str] = []
    for index, row in enumerate(table.rows):
        place = Place(table, index, told)
        fields = {ours: row[theirs] for ours, theirs in names.items() if theirs in row}
        try:
            if not all(ours in fields for ours in layout.needs if ours in names):
                raise _missing(row, names, layout, str(place))
            _check_media(row, media, place)
            made = layout.convert(fields, place, names)
            value = None if by is None else value_of(row, by, place)
        except DataError as fault:
            bad.add(table.numbers[index], fault)
            continue
        several = made if isinstance(made, list) else [made]
        rows += several
        values += [] if value is None else [value] * len(several)
    notes = [f"{count:,} {what}." for what, count in told.items()]
    if not rows and not bad.count:
        raise DataError("no row is left to learn from", where=table.where, do=" ".join(notes) or "give other rows.")
    return rows, tuple(values), notes, bad


def _find_layout(
    columns: Collection[str], mapping: Mapping[str, str], some: Sequence[Row], formats: Sequence[str] = ()
) -> Found | None:
    """The layout of rows with these columns and its names in the file.

    What the user named has to be used; where that leaves nothing, it counts like any other column.
    """
    fitting = [
        (layout, names)
        for layout in LAYOUTS
        if (names := _names(layout, columns, mapping)) is not None and _fits(layout, names, some)
    ]
    used = {ours for ours, theirs in mapping.items() if theirs}
    named = [found for found in fitting if used <= {*found[0].needs, *found[0].may, *found[1]}]
    fitting = named or fitting
    if not fitting:
        return None
    first = fitting[0][0]
    wanted = [found for found in fitting if found[0].format in formats and found[0].format in first.instead]
    if first.format in formats:  # of the same columns what the objective likes better
        better = formats[: formats.index(first.format)]
        wanted = [found for found in wanted if found[0].needs == first.needs and found[0].format in better]
    return wanted[0] if wanted else fitting[0]


def _names(layout: RowLayout, columns: Collection[str], mapping: Mapping[str, str]) -> dict[str, str] | None:
    """The file's names of what a layout needs; None where something is missing."""
    if layout.find:
        return layout.find(columns, mapping)
    names = {ours: theirs for ours in layout.needs if (theirs := column_for(ours, columns, mapping))}
    return names if len(names) == len(layout.needs) and len(set(names.values())) == len(names) else None


def _fits(layout: RowLayout, names: Mapping[str, str], some: Sequence[Row]) -> bool:
    """Whether most of some rows have values of a layout, where that has to be asked."""
    if layout.fits is None:
        return True
    every = dict(names) | (_optional(layout, names, list(some[0]), {}) if some else {})
    count = sum(layout.fits({ours: row.get(theirs) for ours, theirs in every.items()}) for row in some)
    return 2 * count > len(some)


def _optional(
    layout: RowLayout, names: Mapping[str, str], columns: Collection[str], mapping: Mapping[str, str]
) -> dict[str, str]:
    """The file's names of what a layout may have, each column once."""
    found: dict[str, str] = {}
    for ours in layout.may:
        theirs = column_for(ours, columns, mapping)
        if theirs and theirs not in {*names.values(), *found.values()}:
            found[ours] = theirs
    return found


def _check_ambiguous(names: Mapping[str, str], mapping: Mapping[str, str], table: Table, columns: list[str]) -> None:
    """Raises DataError where two columns could be the same thing and say different things."""
    for ours, theirs in names.items():
        if ours not in CORE or ours in mapping or theirs.strip().casefold() == ours:
            continue
        others = [column for column in columns
                  if column.strip().casefold() in ALIASES[ours] and column not in names.values()]  # fmt: skip
        for other in others:
            if any(row.get(other) not in (None, "", row.get(theirs)) for row in table.rows):
                raise ColumnsError(
                    f"both '{theirs}' and '{other}' could be the {ours}", where=table.where,
                    do=f"say which in the form, or with --set 'data.columns.{ours}={theirs}' "
                    f"(of `lab data` it is --column '{ours}={theirs}').",
                )  # fmt: skip


def _check_media(row: Row, media: Sequence[str], place: Place) -> None:
    for name in media:
        if isinstance(row.get(name), list | dict) and row[name]:
            raise DataError("the row has pictures, sounds or films, and only text is learned",
                            where=f"{place}, column '{name}'", do="remove the row, or the column.")  # fmt: skip


def _check_mapping(mapping: Mapping[str, str], columns: list[str], where: str) -> None:
    for ours, theirs in mapping.items():
        if ours not in ALIASES:
            raise DataError(f"'{ours}' is not a column we know", where="data.columns", do=nearest(ours, ALIASES))
        if theirs and theirs not in columns:
            raise DataError(f"there is no column '{theirs}'", where=where, do=nearest(theirs, columns[:50]))


def _missing(row: Row, names: Mapping[str, str], layout: RowLayout, place: str) -> DataError:
    lacking = next(names[ours] for ours in layout.needs if names.get(ours, ours) not in row)
    hint = _near(lacking, list(row)) or f"its columns: {', '.join(list(row)[:20])}."
    return DataError(f"the row has no '{lacking}'", where=f"{place}, column '{lacking}'", do=f"add it; {hint}")


def _unknown(columns: list[str], mapping: Mapping[str, str], where: str) -> DataError:
    """No layout fits: say what is there, what is near, and how to name it."""
    known = [name for ours, others in ALIASES.items() for name in (ours, *others)]
    near = [hint for column in columns[:50] if column.casefold() not in known and (hint := _near(column, known))]
    shown = ", ".join(cut(name, SHOWN) for name in columns[:20]) or "none"
    example = next((column for column in columns if column not in mapping.values()), "my_column")
    how = (
        f"name them in the form, with --set 'data.columns.prompt={example}' (or text, completion, messages, chosen, "
        f"rejected, label; of `lab data` it is --column 'prompt={example}'), or rename them in the file."
    )
    return ColumnsError(f"its columns ({shown}) fit no kind of data we know", where=where, do=" ".join([*near, how]))


def _near(word: str, allowed: list[str]) -> str:
    close = difflib.get_close_matches(word.casefold(), allowed, n=1, cutoff=0.6)
    return f"'{word}' is near '{close[0]}'." if close else ""


def _notes(layout: RowLayout, names: Mapping[str, str], columns: list[str]) -> tuple[str, ...]:
    notes = []
    if layout.called:
        notes.append(f"Read as: {layout.called}.")
    renamed = [f"'{cut(theirs, SHOWN)}' as {ours}" for ours, theirs in names.items() if theirs != ours]
    if renamed:
        notes.append(f"Columns taken: {', '.join(renamed)}.")
    unused = [column for column in columns if column not in names.values()]
    if unused:
        some = ", ".join(cut(name, SHOWN) for name in unused[:12])
        notes.append(f"Columns not used: {some}{' …' if len(unused) > 12 else ''}.")
    return tuple(notes)
