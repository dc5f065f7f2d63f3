"""Parquet files become rows: nested values as lists and objects, classes by their names, row numbers left out."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from lab.data.types import MOST_ROWS, Row, Table, check_columns
from lab.errors import DataError
from lab.limits import FILE_BYTES

BATCH = 1024
"""Rows decoded at a time: a file that decodes to far more than it weighs is noticed before memory is full."""
INDEX = re.compile(r"__index_level_\d+__")
"""What pandas calls a table's row numbers in the files it writes."""


def parse_parquet(data: bytes, where: str) -> Table:
    """The rows of a Parquet file; raises DataError for whatever pyarrow can't read."""
    if not data:
        raise DataError("the file is empty", where=where, do="give a file with at least two rows.")
    try:
        rows, columns, features, total = _read(data, where)
    except (DataError, MemoryError):
        raise
    except Exception as problem:  # a decoder of foreign bytes: pyarrow raises a dozen kinds of error
        first = str(problem).partition("\n")[0][:200]
        raise DataError(
            f"this is not a Parquet file, or a broken one ({first})", where=where, do="write it again."
        ) from None
    if repeated := [name for name, count in Counter(columns).items() if count > 1]:
        raise DataError(f"two columns are called '{repeated[0]}'", where=where, do="rename one.")
    if not rows:
        raise DataError("there are no rows in it", where=where, do="give a file with at least two rows.")
    notes = [f"Only the first {MOST_ROWS:,} of {total:,} rows are read."] if total > MOST_ROWS else []
    if any(INDEX.fullmatch(name) for name in columns):
        notes.append("pandas' column of row numbers is left out.")
    kept = with_class_names(rows[:MOST_ROWS], features)
    return Table(where, kept, range(1, len(kept) + 1), "row", tuple(notes))


def with_class_names(rows: list[Row], features: Mapping[str, Any]) -> list[Row]:
    """The rows with the names of classes instead of their numbers; `features` as `datasets` writes them down."""
    named = {column: feature for column, feature in features.items() if _has_names(feature)}
    for row in rows if named else ():
        row.update({column: _named(row[column], feature) for column, feature in named.items() if column in row})
    return rows


def _read(data: bytes, where: str) -> tuple[list[Row], list[str], Mapping[str, Any], int]:
    """Rows, the columns' names, the features the file says it has, and how many rows there are in all."""
    import pyarrow
    import pyarrow.parquet

    file = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(data))
    schema = file.schema_arrow
    check_columns(len(schema.names), where)
    rows: list[Row] = []
    decoded = 0
    if len(set(schema.names)) == len(schema.names):
        wanted = [name for name in schema.names if not INDEX.fullmatch(name)]
        for batch in file.iter_batches(batch_size=BATCH, columns=wanted):
            decoded += batch.nbytes
            if decoded > FILE_BYTES:
                raise DataError(f"it decodes to more than {FILE_BYTES // 2**20} MB", where=where, do="cut it.")
            rows += batch.to_pylist()
            if len(rows) >= MOST_ROWS:
                break
    return rows, schema.names, _features(schema.metadata or {}), file.metadata.num_rows


def _features(metadata: Mapping[bytes, bytes]) -> Mapping[str, Any]:
    """The features that `datasets` writes into a file's metadata; none where there are none, or they can't be read."""
    try:
        features = json.loads(metadata.get(b"huggingface", b"{}"))["info"]["features"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return features if isinstance(features, dict) else {}


def _has_names(feature: Any) -> bool:
    if isinstance(feature, list):
        return any(map(_has_names, feature))
    if not isinstance(feature, dict):
        return False
    return _names(feature) is not None or any(_has_names(inner) for inner in feature.values())


def _names(feature: Any) -> list[str] | None:
    """The names of a class label; None for a feature of any other kind."""
    names = feature.get("names") if isinstance(feature, dict) and feature.get("_type") == "ClassLabel" else None
    return names if isinstance(names, list) and all(isinstance(name, str) for name in names) else None


def _named(value: Any, feature: Any) -> Any:
    """A value with its classes named: within lists, which `datasets` writes in three ways, and objects too."""
    if isinstance(feature, list) and feature:
        feature = feature[0]
    elif isinstance(feature, dict) and isinstance(feature.get("_type"), str) and "feature" in feature:
        feature = feature["feature"]
    if isinstance(value, list):
        return [_named(one, feature) for one in value]
    if isinstance(value, dict) and isinstance(feature, dict):
        return {name: _named(one, feature.get(name)) for name, one in value.items()}
    names = _names(feature)
    if names is None or not isinstance(value, int) or value >= len(names):
        return value
    return names[value] if value >= 0 else None  # -1 is how `datasets` says that a row has no label
