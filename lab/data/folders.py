"""Folders of files: which of them are data, and of which split."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from lab.data.bad_rows import all_of
from lab.data.parse import HELD_OUT_SPLITS, choose_splits
from lab.data.types import MOST_ROWS, Parts, Table
from lab.data.unpack import without_packing
from lab.errors import DataError

KINDS = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet",
    ".txt": "text", ".md": "text", ".zip": "pictures",
}  # fmt: skip
"""Endings of the files that are read, and how each is written; a .zip is a folder of pictures."""
SIDECARS = re.compile(
    r"readme|licen[cs]e|notice|changelog|citation|(dataset|model)_?(infos?|card|dict|config)|state|metadata|croissant|"
    r"(generation_|tokenizer_)?config|schema|requirements|[._].*"
)
"""What files are called that say something about the data beside them."""
SHARD = re.compile(r"-\d{3,}(-of-\d{3,})?$")
"""What a file's name ends with when a split is cut into several."""


def read_folder(folder: Path, split: str | None, parse: Callable[[Path], Table]) -> Parts:
    """The rows of a folder with a file, or several numbered ones, a split (train.jsonl, test-00000-of-00002.parquet).

    What lies beside the data (README, dataset_info.json) is passed over. Raises DataError.
    """
    files = _data_files(folder)
    if not files:
        raise DataError("no data file is in this folder", where=folder, do=f"put one there: {', '.join(KINDS)}.")
    splits: dict[str, list[Path]] = {}
    for file in files:
        splits.setdefault(_split_of(file), []).append(file)
    wanted = {split or "train", *HELD_OUT_SPLITS}
    named = splits if len(splits) == 1 else {name: files for name, files in splits.items() if name in wanted}
    if not named:
        raise DataError("none of its files is called train", where=folder,
                        do=f"name one with `split`: {', '.join(splits)}.")  # fmt: skip
    for files in named.values():
        if len(files) > 1 and (len({_ending(file) for file in files}) > 1 or not all(map(_is_shard, files))):
            raise DataError("a split is there twice, in two kinds of file", where=folder, do="keep one of them.")
    tables = {name: _joined([parse(file) for file in files], folder) for name, files in named.items()}
    return choose_splits(tables, split if len(splits) > 1 else None, str(folder))


def _data_files(folder: Path) -> list[Path]:
    """The files with rows: texts count as notes where there are tables, and a folder `data` as the folder itself."""
    found = [
        file
        for file in sorted(folder.iterdir())
        if file.is_file() and KINDS.get(_ending(file), "pictures") != "pictures"
    ]
    files = [file for file in found if not SIDECARS.fullmatch(_split_of(file))]
    tables = [file for file in files if KINDS[_ending(file)] != "text"]
    if not files and (folder / "data").is_dir():
        return _data_files(folder / "data")
    return tables or files or [file for file in found if KINDS[_ending(file)] != "text"]


def _ending(file: Path) -> str:
    return Path(without_packing(file.name)).suffix.lower()


def _split_of(file: Path) -> str:
    return SHARD.sub("", Path(without_packing(file.name)).stem.lower())


def _is_shard(file: Path) -> bool:
    return SHARD.search(Path(without_packing(file.name)).stem) is not None


def _joined(tables: Sequence[Table], folder: Path) -> Table:
    """Several files of one split as one table, whose rows are numbered through."""
    if len(tables) == 1:
        return tables[0]
    rows = list(chain.from_iterable(table.rows for table in tables))[:MOST_ROWS]
    notes = dict.fromkeys(chain.from_iterable(table.notes for table in tables))
    bad = all_of([table.bad for table in tables])
    return replace(
        tables[0], where=str(folder), rows=rows, numbers=range(1, len(rows) + 1), unit="row", bad=bad,
        notes=(f"{len(tables)} files read as one.", *notes),
    )  # fmt: skip
