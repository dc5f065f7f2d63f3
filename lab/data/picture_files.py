"""Picture files: those that a table names, and folders of them, with captions in a table, in texts or in their names.

A folder may have a table (metadata.csv, captions.jsonl …) with the columns file_name and text, as the Hub's image
folders do; or beside red_square.png a red_square.txt with its caption; or neither, and the name is the caption
("red square"; a number at its end only tells pictures apart).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from lab.data.grids import DIGITS, SIDE, grid_of_image
from lab.data.types import MOST_ROWS, Parts, Row, Table
from lab.errors import DataError

ENDINGS = (".png", ".gif", ".bmp", ".jpg", ".jpeg", ".webp")
TABLES = (".csv", ".tsv", ".jsonl", ".json")
MOST_BYTES = 20 * 2**20
SCALED = f"Pictures are read as {SIDE} × {SIDE} squares of {len(DIGITS)} colours."
NUMBER = re.compile(r"[\s_-]*\(?\d+\)?$")
Files = Mapping[str, Callable[[], bytes]]
"""What is in a folder or an archive: names from its root on, each with a way to read it."""


def is_picture_file(name: str) -> bool:
    """Whether a text is the name of a picture file."""
    return len(name) < 300 and "\n" not in name and PurePosixPath(name.strip()).suffix.lower() in ENDINGS


def files_in(folder: Path) -> Files:
    """The files of a folder and of the folders in it; what a link leads out of it to is left out."""
    root = folder.resolve()
    found = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.resolve().is_relative_to(root))
    return {file.relative_to(folder).as_posix(): file.read_bytes for file in found if not file.name.startswith(".")}


def has_pictures(files: Files) -> bool:
    """Whether there are picture files among some."""
    return any(map(is_picture_file, files))


def with_pictures(parts: Parts, files: Files, base: str = "") -> Parts:
    """A table's rows with the pictures that they name by a file, which is looked for from the folder `base` on."""
    held_out = parts.held_out and _filled(parts.held_out, files, base)
    return Parts(_filled(parts.train, files, base), held_out)


def picture_rows(files: Files, where: str, parse: Callable[[bytes, str], Parts]) -> Parts:
    """The rows of a folder of pictures; `parse` reads a table by its bytes and name. Raises DataError."""
    tables = [name for name in files if PurePosixPath(name).suffix.lower() in TABLES]
    if len(tables) > 1:
        splits = {PurePosixPath(name).stem.lower(): name for name in tables}
        if "train" in splits and len(splits) == len(tables):
            return _splits(splits, files, parse)
        raise DataError(f"there are several tables: {', '.join(tables[:5])}", where=where,
                        do="keep the one with the captions, or call them train and test.")  # fmt: skip
    if tables:
        base = str(PurePosixPath(tables[0]).parent)
        return with_pictures(parse(files[tables[0]](), tables[0]), files, base)
    pictures = [name for name in files if is_picture_file(name)][:MOST_ROWS]
    if not pictures:
        raise DataError("there are no pictures in it", where=where, do=f"put some there: {', '.join(ENDINGS)}.")
    rows: list[Row] = [{"image": name, "caption": _caption(name, files, where)} for name in pictures]
    told = "Captions are read from the texts beside the pictures, or from their names."
    table = Table(where, rows, range(1, len(rows) + 1), "picture", (told,))
    return with_pictures(Parts(table), files)


def _splits(splits: Mapping[str, str], files: Files, parse: Callable[[bytes, str], Parts]) -> Parts:
    from lab.data.parse import choose_splits

    tables = {}
    for split, name in splits.items():
        parts = with_pictures(parse(files[name](), name), files, str(PurePosixPath(name).parent))
        tables[split] = parts.train
    return choose_splits(tables, None, "its tables")


def _filled(table: Table, files: Files, base: str) -> Table:
    """The table with pictures instead of the names of their files; one that can't be read is the reason why."""
    columns = {name for row in table.rows[:50] for name, value in row.items() if _is_name(value)}
    if not columns:
        return table
    rows = [_row(row, columns, files, base) for row in table.rows]
    return replace(table, rows=rows, notes=(*table.notes, SCALED))


def _row(row: Row, columns: set[str], files: Files, base: str) -> Row:
    return row | {name: _read(row[name], files, base) for name in columns if _is_name(row.get(name))}


def _read(name: str, files: Files, base: str) -> object:
    found = (str(PurePosixPath(base, name.strip())), name.strip().removeprefix("./"))
    read = next((files[one] for one in found if one in files), None)
    if read is None:
        return name
    try:
        data = read()
        if len(data) > MOST_BYTES:
            raise DataError(f"'{name}' has more than {MOST_BYTES // 2**20} MB", do="scale it down.")
        return grid_of_image(data, name)
    except DataError as fault:
        return DataError(f"'{name}': {fault.what}", do=fault.do)
    except OSError as problem:
        return DataError(f"'{name}' can't be read ({problem.strerror})", do="check the file.")


def _is_name(value: object) -> bool:
    return isinstance(value, str) and is_picture_file(value)


def _caption(name: str, files: Files, where: str) -> str:
    path = PurePosixPath(name)
    beside = str(path.with_suffix(".txt"))
    if beside in files:
        return files[beside]().decode("utf-8", "replace").strip()
    return re.sub(r"[_-]+", " ", NUMBER.sub("", path.stem)).strip()
