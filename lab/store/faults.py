"""What a database says when it refuses, in the lab's words: full, locked, read-only, damaged, another's, not there."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from lab.errors import DISK_FULL, DiskFullError, StoreError

AGAIN = "what was asked for was not kept; try again."
SIGNS: tuple[tuple[str, str, str], ...] = (
    ("locked|lock timeout|could not obtain lock|deadlock",
     "the database is locked: another process has been writing to it",
     f"see which (`lab doctor` names the home); {AGAIN}"),
    ("readonly|read-only|permission denied", "the database is read-only",
     "give yourself the right to write to it and to its folder, or set another LAB_HOME."),
    ("malformed|corrupt", "the database is damaged",
     "stop the lab, keep a copy of lab.db, and save what is readable: "
     "`sqlite3 lab.db .recover | sqlite3 mended.db`; or set another LAB_HOME."),
    ("not a database|encrypted", "this file is not a database", "move it away, or set another LAB_HOME."),
    ("unable to open|cannot open", "the database can't be opened: its folder is read-only, or not what it should be",
     "see that the folder can be written to, or set another LAB_HOME."),
    ("no such table|no such column|has no column|does not exist|undefinedtable|undefinedcolumn",
     "the database lacks what every database of this lab has: another program made or changed it",
     "set another LAB_HOME, or put a backup in its place."),
    ("disk i/o error", "the disk does not do what it is told (disk I/O error)",
     f"see that it is there and has space; {AGAIN}"),
    ("connect|terminat|closed|reset|starting up|shutting down|timeout|too many clients|could not translate host",
     "the database can't be reached", "see that it runs and that LAB_DATABASE_URL is right; then try again."),
)  # fmt: skip
FULL = re.compile("is full|no space left|disk quota|could not extend file|53100")


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Whatever the database refuses within becomes a StoreError; `name` is the database's."""
    try:
        yield
    except PoolTimeout:
        raise StoreError("too many ask the database at once", where=name, do="try again.") from None
    except DBAPIError as problem:
        if fault := fault_of(problem, name):
            raise fault from problem
        raise


def fault_of(problem: DBAPIError, name: str) -> StoreError | None:
    """What a database said, in words; None for what only a mistake in the lab can bring about."""
    said = f"{type(problem.orig).__name__} {problem.orig}".lower()
    if FULL.search(said):
        return DiskFullError(DISK_FULL, where=name, do="free some; the lab then goes on by itself.")
    for sign, what, do in SIGNS:
        if re.search(sign, said):
            return StoreError(what, where=name, do=do)
    return None
