"""Files and folders of files, read whole or not at all. The syntax of each kind is in `parse`; here: which kind, and
Parquet, which is not text."""

from collections import Counter
from pathlib import Path

from lab.data.decode import decode
from lab.data.parse import HELD_OUT_SPLITS, choose_splits, parse_csv, parse_json, parse_jsonl, parse_text
from lab.data.types import MOST_ROWS, Parts, Row, Table
from lab.errors import DataError

KINDS = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet",
    ".txt": "text", ".md": "text",
}  # fmt: skip
MOST_BYTES = 400 * 2**20


def read_path(path: Path, split: str | None = None) -> Parts:
    """The rows of a file, or of a folder with a file a split (train.jsonl, test.jsonl); raises DataError."""
    path = Path(path)
    if path.is_dir():
        return _read_folder(path, split)
    parts = parse_file(read_bytes(path, MOST_BYTES), path.name, split)
    return _by_split_column(parts, split)


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


def parse_file(data: bytes, name: str, split: str | None = None) -> Parts:
    """The rows in the bytes of a file called `name`; raises DataError, and nothing else whatever the bytes."""
    kind = kind_of(name)
    if kind == "parquet":
        return Parts(_parse_parquet(data, name))
    text = decode(data, name)
    if kind == "json":
        return parse_json(text, name, split)
    return {"jsonl": parse_jsonl, "csv": parse_csv, "text": parse_text}[kind](text, name)


def kind_of(name: str) -> str:
    """How a file of that name is written; raises DataError for endings we don't read."""
    suffix = Path(name).suffix.lower()
    if suffix not in KINDS:
        raise DataError(
            f"files ending in '{suffix}' are not read" if suffix else "the file's name has no ending", where=name,
            do=f"give one of {', '.join(KINDS)}.",
        )  # fmt: skip
    return KINDS[suffix]


def _read_folder(folder: Path, split: str | None) -> Parts:
    files = sorted(file for file in folder.iterdir() if file.is_file() and file.suffix.lower() in KINDS)
    files = [file for file in files if file.stem.lower() != "readme"]
    if not files:
        raise DataError("no data file is in this folder", where=folder, do=f"put one there: {', '.join(KINDS)}.")
    wanted = {split or "train", *HELD_OUT_SPLITS}
    named = [file for file in files if len(files) == 1 or file.stem.lower() in wanted]
    if len({file.stem for file in named}) < len(named):
        raise DataError("a split is there twice, in two kinds of file", where=folder, do="keep one of them.")
    if not named:
        raise DataError("none of its files is called train", where=folder,
                        do=f"name one with `split`: {', '.join(file.stem for file in files)}.")  # fmt: skip
    tables = {file.stem.lower(): parse_file(read_bytes(file, MOST_BYTES), file.name).train for file in named}
    return choose_splits(tables, split if len(files) > 1 else None, str(folder))


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
        tables[name] = Table(table.where, rows, [table.numbers[i] for i in kept], table.unit, table.notes)
    return choose_splits(tables, split, table.where)


def _parse_parquet(data: bytes, where: str) -> Table:
    import pyarrow
    import pyarrow.parquet

    if not data:
        raise DataError("the file is empty", where=where, do="give a file with at least two rows.")
    rows: list[Row] = []
    try:
        file = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(data))
        columns, total = file.schema_arrow.names, file.metadata.num_rows
        for batch in file.iter_batches(batch_size=8192) if len(set(columns)) == len(columns) else ():
            rows += batch.to_pylist()
            if len(rows) >= MOST_ROWS:
                break
    except Exception as problem:  # a decoder of foreign bytes: pyarrow raises a dozen kinds of error
        first = str(problem).partition("\n")[0][:200]
        raise DataError(
            f"this is not a Parquet file, or a broken one ({first})", where=where, do="write it again."
        ) from None
    if repeated := [name for name, count in Counter(columns).items() if count > 1]:
        raise DataError(f"two columns are called '{repeated[0]}'", where=where, do="rename one.")
    if not rows:
        raise DataError("there are no rows in it", where=where, do="give a file with at least two rows.")
    kept = rows[:MOST_ROWS]
    notes = (f"Only the first {MOST_ROWS:,} of {total:,} rows are read.",) if total > MOST_ROWS else ()
    return Table(where, kept, range(1, len(kept) + 1), "row", notes)
