"""Data sets from the Hugging Face Hub, through `datasets`; code that comes with a data set is never run."""

import re
from collections.abc import Callable
from typing import Any

from lab.data.parquet import with_class_names
from lab.data.parse import choose_splits
from lab.data.types import MOST_ROWS, Parts, Table
from lab.errors import DataError
from lab.home import path_there
from lab.limits import HUB_DATA_MB, MEGABYTE, setting
from lab.models.hub import reach_hub
from lab.recipe import DataChoice
from lab.visitors import current
from lab.visitors.tokens import hub_token

HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9_][\w.-]{0,95}")


def check_name(repo: str) -> None:
    """Raises LabError for what is no name on the Hub."""
    if not HUB_ID.fullmatch(repo) or "--" in repo or ".." in repo or repo.endswith((".", "-", ".git")):
        raise DataError(
            "that is no name on the Hub", where=repo, do="write it as owner/name, of letters, digits, - _ and ."
        )


def read_hub(choice: DataChoice) -> Parts:
    """The rows of a Hub data set: its training split and, where it has one, its own held-out split."""
    import datasets

    datasets.disable_progress_bars()
    if not current().owns_lab:
        _check_for_visitors(choice)
    if choice.split and "[" in choice.split:  # a slice of a split, as `datasets` writes it: train[:1000]
        return Parts(_table(_load(choice, split=choice.split), choice.name))
    splits = _load(choice)
    if not isinstance(splits, datasets.DatasetDict):
        return Parts(_table(splits, choice.name))
    chosen = choose_splits(dict(splits), choice.split, choice.name)
    held_out = chosen.held_out and _table(chosen.held_out, f"{choice.name}, held-out split")
    return Parts(_table(chosen.train, choice.name), held_out)


def _load(choice: DataChoice, **which: str) -> Any:
    import datasets

    try:
        return datasets.load_dataset(choice.name, choice.subset, token=hub_token(), **which)
    except Exception as problem:  # network, Hub, cache and every file format: `datasets` raises some thirty kinds
        raise _explain(problem, choice) from None


def _check_for_visitors(choice: DataChoice) -> None:
    """Raise DataError for a data set too large to be fetched for a visitor, or a name that could be read as a path."""
    from huggingface_hub import HfApi

    try:
        reach_hub()
        if path_there(choice.name):
            raise FileNotFoundError("DatasetNotFound")  # the same words as where there is none
        told = HfApi(token=False).dataset_info(choice.name, files_metadata=True)
    except Exception as problem:
        raise _explain(problem, choice) from None
    size, most = sum(file.size or 0 for file in told.siblings or ()), setting("hub_data_mb", HUB_DATA_MB)
    if size > most * MEGABYTE:
        raise DataError(f"it has {size // MEGABYTE:,} MB, and {most:,} MB are fetched for a visitor", where=choice.name,
                        do="upload a part of it as a file.")  # fmt: skip


def _explain(problem: Exception, choice: DataChoice) -> DataError:
    """Our words for what went wrong, by what `datasets` says of it."""
    said = " ".join(str(problem).split())
    for sign, what, do in SIGNS:
        if re.search(sign, f"{type(problem).__name__}: {said}", re.I):
            return DataError(what, where=choice.name, do=do(said))
    return DataError(f"it can't be loaded ({type(problem).__name__}: {said[:300]})", where=choice.name,
                     do="look at its page on the Hub, or download the file and give its path.")  # fmt: skip


def _always(advice: str) -> Callable[[str], str]:
    return lambda said: advice


def _configs(said: str) -> str:
    listed = re.search(r"\[.*?\]", said)
    return f"name one with `subset`{': ' + listed[0] if listed else ''}."


SIGNS: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("gated", "its owners want you to agree to their terms first (gated)",
     _always("agree on its page on the Hub, then log in with `hf auth login` or set HF_TOKEN.")),
    ("config name is missing|please pick one", "it has several subsets", _configs),
    ("BuilderConfig .* not found", "there is no such subset", _configs),
    ("scripts are no longer supported", "it is made by a script, and foreign code is never run here",
     _always("look for a Parquet copy of it on the Hub, or give a file.")),
    ("unknown split|bad split", "there is no such split", lambda said: f"{said[:200]}."),
    ("DatasetNotFound|RepositoryNotFound", "there is no such data set on the Hub, or it is private",
     _always("check the name; for a private one log in with `hf auth login`.")),
    ("couldn't reach|ConnectionError|offline|not cached|timed? ?out|LocalEntryNotFound",
     "the Hub can't be reached, and there is no copy of it here",
     _always("go online, or give a file (JSONL, JSON, CSV, Parquet).")),
)  # fmt: skip


def _table(rows: Any, where: str) -> Table:
    """The first rows of a Hub split, with the names of classes instead of their numbers."""
    if not len(rows):
        raise DataError("there are no rows in it", where=where, do="choose another split.")
    kept = rows.select(range(min(len(rows), MOST_ROWS)))
    plain = with_class_names(kept.to_list(), kept.features.to_dict() if kept.features else {})
    notes = (f"Only the first {MOST_ROWS:,} of {len(rows):,} rows are read.",) if len(rows) > MOST_ROWS else ()
    return Table(where, plain, range(1, len(plain) + 1), "row", notes)
