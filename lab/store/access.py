"""Which runs whoever is served now may see and change: their own, and of others those that learned from open data.

A run is seen by everybody: that is what a lab is for. One that learned from an uploaded file, or from a path of this
machine, is seen by whose it is and by the lab's owner, for its page shows rows. It is changed by those two alone.
"""

import re
from functools import lru_cache

from lab.errors import RunError
from lab.store.shapes import Run
from lab.visitors import current

PRIVATE = re.compile(
    r"upload:|\b(?:name|base|teacher|data|questions|held_out_file): *['\"]?[/~.]"
    r"|(?:^ *-|[\[,]) *['\"]?(?:\.{0,2}/|~)"
    r"|\.(?:csv|tsv|jsonl?|ndjson|parquet|arrow|xlsx?|txt|md)(?:\.gz)?\b",
    re.M | re.I,
)
"""What a recipe says where it names a file of somebody's."""


def is_private(run: Run) -> bool:
    """Whether a run learned from what not everybody may see."""
    return _names_files(run.recipe) or _names_files(f"base: {run.base}")


@lru_cache(maxsize=8192)  # a page looks at a thousand runs each second
def _names_files(recipe: str) -> bool:
    return bool(PRIVATE.search(recipe))


def may_see(run: Run) -> bool:
    """Whether the run is there for who is served now."""
    return current().owns(run.visitor) or not is_private(run)


def may_change(run: Run) -> bool:
    """Whether who is served now may stop, resume, fork, rename or delete it."""
    return current().owns(run.visitor)


def may_build_on(run: Run) -> bool:
    """Whether who is served now may train from its weights: their own, or what the lab's owner trained."""
    return may_change(run) or (run.visitor is None and may_see(run))


def check_may_change(run: Run) -> None:
    """Raise RunError where the run is somebody else's."""
    if not may_change(run):
        raise RunError(f"run '{run.id}' is somebody else's",
                       do="only who started it, or the lab's owner, can change it.")  # fmt: skip
