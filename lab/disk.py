"""What takes the disk: bytes of files, of runs by what they are for, of a whole home. Only looks, changes nothing.

Bytes are those that the disk gives up when a file goes, not its length: files with holes are smaller than they look.
"""

import contextlib
import os
import re
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lab.home import Home
from lab.machine import free_disk
from lab.model_ref import RUN_ID

BLOCK = 512
"""Bytes in which a disk tells how much a file takes (POSIX, whatever its own blocks are)."""
CHECKPOINTS = re.compile(r"stage-\d+-checkpoints")
WEIGHTS = re.compile(r"stage-\d+|weights\.json")


LONGEST = 600.0
MOST_KNOWN = 10_000
KINDS = ("weights", "checkpoints", "logs", "database", "uploads", "received", "models", "cache", "rest")
"""What a home's disk is taken for, as `usage` tells it."""
MEGABYTE = 2**20
NEARLY = 0.9
"""The share of what may be taken from which on the lab warns."""
LITTLE_FREE = 1024 * MEGABYTE
"""Free bytes of the disk below which it warns too."""


@dataclass(frozen=True)
class RunBytes:
    """What one run takes, in bytes: its finished weights, checkpoints to go on from, and the rest (log, recipe)."""

    weights: int = 0
    checkpoints: int = 0
    rest: int = 0

    @property
    def total(self) -> int:
        return self.weights + self.checkpoints + self.rest


def bytes_of(path: Path | str) -> int:
    """What a file, or a folder with all that is in it, takes; 0 where there is none. Links are not followed."""
    with contextlib.suppress(OSError):
        found = os.lstat(path)
        inside = _below(path) if stat.S_ISDIR(found.st_mode) else ()
        return _taken(found) + sum(_taken(one) for one in inside)
    return 0


def run_bytes(home: Home, run_id: str) -> RunBytes:
    """What a run takes. What was found is kept while nothing has come into its folder or left it, for a tenth of the
    time since it last changed, and some minutes at most: a thousand runs that are over cost some milliseconds."""
    folder = f"{home.root}/runs/{run_id}"
    if folder not in _KNOWN:
        folder = str(home.run(run_id).root)  # no path can be smuggled in
    try:
        changed = os.lstat(folder).st_mtime
    except OSError:
        return RunBytes()
    now = time.time()
    known = _KNOWN.get(folder)
    if known and known[0] == changed and now < known[1]:
        return known[2]
    found = _look(folder)
    if len(_KNOWN) >= MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN[folder] = (changed, now + min(LONGEST, max(0.0, now - changed) / 10), found)
    return found


_KNOWN: dict[str, tuple[float, float, RunBytes]] = {}
"""Of folders of runs when they had changed, until when it is believed, what they take."""


@dataclass(frozen=True)
class Usage:
    """What a home takes, by KINDS; how much it may take (0: as much as there is), and what its disk has free."""

    bytes: dict[str, int]
    quota: int
    free: int

    @property
    def total(self) -> int:
        return sum(self.bytes.values())

    @property
    def nearly_full(self) -> bool:
        """Whether it is time to tidy up: `lab gc` says what can go."""
        return self.free < LITTLE_FREE or bool(self.quota and self.total > NEARLY * self.quota)


def usage(home: Home) -> Usage:
    """What takes the disk, by what it is for. Looks at every file but those of runs that it has looked at before."""
    runs = [run_bytes(home, run_id) for run_id in run_ids(home)]
    files = {name: bytes_of(home.root / name) for name in ("uploads", "received", "models", "cache")}
    database = sum(bytes_of(home.root / f"lab.db{end}") for end in ("", "-wal", "-shm"))
    found = {
        "weights": sum(run.weights for run in runs), "checkpoints": sum(run.checkpoints for run in runs),
        "logs": sum(run.rest for run in runs) + bytes_of(home.supervisor_log), "database": database, **files,
    }  # fmt: skip
    named = {"runs", "lab.db", "lab.db-wal", "lab.db-shm", home.supervisor_log.name, *files}
    with contextlib.suppress(OSError), os.scandir(home.root) as entries:
        found["rest"] = sum(bytes_of(entry.path) for entry in entries if entry.name not in named)
    return Usage(found, quota(), free_disk(home.root))


def quota() -> int:
    """The bytes that LAB_DISK_MB allows the home to take; 0 where it says nothing."""
    told = os.environ.get("LAB_DISK_MB", "").strip()
    return int(told) * MEGABYTE if told.isdecimal() else 0


def run_ids(home: Home) -> list[str]:
    """The runs that have a folder, whether the store knows them or not."""
    try:
        with os.scandir(home.root / "runs") as entries:
            return sorted(one.name for one in entries if re.fullmatch(RUN_ID, one.name))
    except OSError:
        return []


def _look(folder: str) -> RunBytes:
    weights = checkpoints = rest = 0
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            size = bytes_of(entry.path)
            if CHECKPOINTS.fullmatch(entry.name):
                checkpoints += size
            elif WEIGHTS.fullmatch(entry.name):
                weights += size
            else:
                rest += size
    return RunBytes(weights, checkpoints, rest)


def _below(folder: Path | str) -> Iterator[os.stat_result]:
    """All that is in a folder, at any depth; what goes away meanwhile is left out."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                yield entry.stat(follow_symlinks=False)
                if entry.is_dir(follow_symlinks=False):
                    yield from _below(entry.path)


def _taken(found: os.stat_result) -> int:
    return found.st_blocks * BLOCK if hasattr(found, "st_blocks") else found.st_size
