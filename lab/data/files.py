"""Files: which kind each is, told by the end of its name. How each kind is read is in `parse` and its neighbours."""

from dataclasses import replace
from pathlib import Path

from lab.data.bad_rows import BadRows
from lab.data.decode import decode
from lab.data.folders import KINDS, read_folder
from lab.data.parquet import parse_parquet
from lab.data.parse import HELD_OUT_SPLITS, choose_splits, parse_text
from lab.data.parse_csv import parse_csv
from lab.data.parse_json import parse_json, parse_jsonl
from lab.data.picture_files import files_in, has_pictures, is_picture_file, picture_rows, with_pictures
from lab.data.types import Parts, Table
from lab.data.unpack import PACKED, files_in_zip, unpack, without_packing
from lab.errors import DataError
from lab.limits import FILE_BYTES as MOST_BYTES
from lab.sandbox import guarded


def read_path(path: Path, split: str | None = None) -> Parts:
    """The rows of a file, or of a folder with a file a split (train.jsonl, test.jsonl); raises DataError.

    They are read in a process with limits, see `lab.sandbox`.
    """
    return guarded(_read_path, Path(path), split, where=Path(path).name)


def _read_path(path: Path, split: str | None) -> Parts:
    if path.is_dir():
        files = files_in(path)
        return picture_rows(files, str(path), parse_file) if has_pictures(files) else read_folder(path, split, _parsed)
    parts = parse_file(read_bytes(path, MOST_BYTES), path.name, split)
    if any(isinstance(value, str) and is_picture_file(value) for value in parts.train.rows[0].values()):
        parts = with_pictures(parts, files_in(path.parent))
    return _by_split_column(parts, split)


def _parsed(file: Path) -> Table:
    return parse_file(read_bytes(file, MOST_BYTES), file.name).train


def read_bytes(path: Path, most: int) -> bytes:
    """What is in a file of a known kind and of at most `most` bytes; raises DataError."""
    kind_of(path.name)
    try:
        if (size := path.stat().st_size) > most:
            raise DataError(
                f"the file has {size / 2**20:.0f} MB; at most {most // 2**20} MB are read", where=path.name,
                do="cut it, for instance with `head -n 100000`.",
            )  # fmt: skip
        return path.read_bytes()
    except FileNotFoundError:
        raise DataError("there is no such file", where=path, do="check the path.") from None
    except OSError as problem:
        raise DataError(f"it can't be read ({problem.strerror})", where=path, do="check that it is a file.") from None


def parse_file(data: bytes, name: str, split: str | None = None, most: int = MOST_BYTES) -> Parts:
    """The rows in the bytes of a file called `name`, packed or not; raises DataError, and nothing else.

    `most` is how many bytes are read of what is packed.
    """
    kind = kind_of(name)
    if kind == "pictures":
        return picture_rows(files_in_zip(data, name, most), name, parse_file)
    data = unpack(data, name, most)
    if kind == "parquet":
        return Parts(parse_parquet(data, name))
    text, notes = decode(data, name)
    if kind == "json":
        parts = parse_json(text, name, split)
    elif kind == "jsonl":
        parts = parse_jsonl(text, name, split)
    else:
        parts = parse_csv(text, name) if kind == "csv" else parse_text(text, name)
    return parts.with_notes(notes)


def is_data_file(name: str) -> bool:
    """Whether a name ends as the files that are read do."""
    return Path(without_packing(name)).suffix.lower() in KINDS


def kind_of(name: str) -> str:
    """How a file of that name is written; raises DataError for endings we don't read."""
    suffix = Path(without_packing(name)).suffix.lower()
    if suffix not in KINDS:
        raise DataError(
            f"files ending in '{suffix}' are not read" if suffix else "the file's name has no ending", where=name,
            do=f"give one of {', '.join(KINDS)}, as it is or packed ({', '.join(PACKED)}).",
        )  # fmt: skip
    return KINDS[suffix]


def _by_split_column(parts: Parts, split: str | None) -> Parts:
    """The file's own split, where a column `split` says train or test (or the like) in every row."""
    table = parts.train
    names = {str(row.get("split", "")).lower() for row in table.rows}
    if parts.held_out or "train" not in names or not names <= {"train", *HELD_OUT_SPLITS}:
        return parts
    tables = {}
    for name in sorted(names):
        kept = [i for i, row in enumerate(table.rows) if str(row["split"]).lower() == name]
        rows = [{key: value for key, value in table.rows[i].items() if key != "split"} for i in kept]
        bad = table.bad if name == (split or "train") else BadRows()  # broken rows don't say which split they are of
        tables[name] = replace(table, rows=rows, numbers=[table.numbers[i] for i in kept], bad=bad)
    return choose_splits(tables, split, table.where)
