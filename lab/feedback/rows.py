"""What people said of answers, as rows to learn from, by the names of TRL's objectives: sft, dpo, kto."""

from typing import Any

from lab.data.feedback import rows_of
from lab.errors import DataError, nearest
from lab.store import Store

Row = dict[str, Any]
FORMATS = {"sft": "prompt_completion", "dpo": "preference", "kto": "binary_feedback"}
"""What TRL's objectives learn from, as the data set `feedback` calls it."""


def rows_for(store: Store, format: str) -> list[Row]:
    """All current feedback that `format` (sft, dpo, kto) can learn from; raises DataError for another format."""
    if format not in FORMATS:
        raise DataError(f"there is no format '{format}'", where="--format", do=nearest(format, FORMATS))
    return rows_of(store, FORMATS[format])[0]
