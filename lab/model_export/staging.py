"""A place beside the goal where an export is written and checked before it is put there.

The place is locked while it is used, so that the next export beside it can tell what a killed one left, and remove it.
"""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "-taking-home-"
LOCK = "lock"


@contextmanager
def staging(goal: Path) -> Iterator[Path]:
    """A new folder beside `goal`, which is gone afterwards; those that killed exports left beside it go too."""
    goal.parent.mkdir(parents=True, exist_ok=True)
    _sweep(goal.parent)
    with tempfile.TemporaryDirectory(dir=goal.parent, prefix=f".{goal.name}{MARK}", ignore_cleanup_errors=True) as made:
        place = Path(made)
        with (place / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield place


def _sweep(folder: Path) -> None:
    """Remove places in `folder` that nobody holds any more. One without a lock is just being made."""
    for place in folder.glob(f".*{MARK}*"):
        try:
            with (place / LOCK).open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        shutil.rmtree(place, ignore_errors=True)
