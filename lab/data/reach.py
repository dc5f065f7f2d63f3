"""Whether data on the Hub can be had: a copy of it is here, or the Hub answers. Told at once, before anything waits."""

import os
from pathlib import Path

from lab.errors import DataError
from lab.models.hub import reach_hub


def check_reach(name: str) -> None:
    """Raise DataError for a Hub data set of which there is no copy here, while the Hub can't be asked."""
    if has_copy(name):
        return
    try:
        reach_hub()
    except OSError as problem:
        raise DataError(f"it is on the Hub, which can't be reached ({problem}), and there is no copy of it here",
                        where=name, do="go online, or give a file (JSONL, JSON, CSV, Parquet).") from None  # fmt: skip


def has_copy(name: str) -> bool:
    """Whether a data set was fetched before: its files or its tables are in a cache of the Hub's libraries."""
    from huggingface_hub import constants

    files = Path(constants.HF_HUB_CACHE) / f"datasets--{name.replace('/', '--')}"
    return files.is_dir() or any(_tables().glob(f"{name.replace('/', '___')}*"))


def _tables() -> Path:
    """Where `datasets` keeps what it has made of files; told by its own rule, for importing it takes long."""
    from huggingface_hub import constants

    named = os.environ.get("HF_DATASETS_CACHE")
    return Path(named) if named else Path(constants.HF_HOME) / "datasets"
