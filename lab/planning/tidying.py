"""What can go from a lab's disk, in which order, and making it go. Never votes, and never weights that anybody needs.

`plan_tidying` only looks. By themselves go what browsers sent and nothing kept, folders of runs that nobody knows,
checkpoints of runs that have long been over and uploads that no recipe names; the weights of old runs only where it is
said how much may stay.
"""

import contextlib
import shutil
import time
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from pathlib import Path

from lab.data.sources import UPLOAD
from lab.disk import bytes_of, run_bytes, run_ids, usage
from lab.errors import RunError
from lab.planning.removal import heirs_of
from lab.store import Run, Store

HOUR, DAY = 3600.0, 24 * 3600.0
RECEIVED_SECONDS = HOUR
"""What a browser sent is looked at at once, and kept elsewhere if it is good."""
DAYS = 14
"""For so long a run that is over can be resumed or forked from its checkpoints, and an unused upload stays."""
KINDS = ("received", "strays", "checkpoints", "uploads", "weights")
"""In the order in which they go."""


@dataclass(frozen=True)
class Waste:
    """Something that can go: of what kind, what it is called, its files, and what they take."""

    kind: str
    name: str
    paths: tuple[Path, ...]
    bytes: int
    run: str | None = None


def plan_tidying(store: Store, days: float = DAYS, most: int | None = None, now: float | None = None) -> list[Waste]:
    """What can go, first what is missed least. Weights go, those of the oldest runs first, only until the home takes no
    more than `most` bytes."""
    now = time.time() if now is None else now
    runs = {run.id: run for run in store.runs.all()}
    found = [*received(store, now), *_strays(store, runs, now), *_checkpoints(store, runs, now - days * DAY),
             *_uploads(store, runs.values(), now - days * DAY)]  # fmt: skip
    if most is not None:
        gone = {one.run for one in found if one.run}
        found += _weights(store, runs, usage(store.home).total - sum(one.bytes for one in found) - most, gone)
    return found


def tidy(store: Store, wastes: Sequence[Waste]) -> int:
    """Remove what was planned, as far as it may still go; returns the bytes that were freed."""
    freed = 0
    for waste in wastes:
        if waste.kind == "weights" and not _may_go(store, waste.run or ""):
            continue
        before = sum(map(bytes_of, waste.paths))
        for path in waste.paths:
            with contextlib.suppress(OSError):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() and not path.is_symlink() else path.unlink()
        freed += before - sum(map(bytes_of, waste.paths))
    return freed


def received(store: Store, now: float, seconds: float = RECEIVED_SECONDS) -> list[Waste]:
    """What browsers sent so long ago."""
    folder = store.home.received
    old = [path for path in _in(folder) if _changed(path) < now - seconds]
    return [Waste("received", path.name, (path,), bytes_of(path)) for path in old]


def _strays(store: Store, runs: dict[str, Run], now: float) -> list[Waste]:
    """Folders of runs that the store does not know: it was killed while it deleted them."""
    folders = [store.home.run(run_id).root for run_id in run_ids(store.home) if run_id not in runs]
    old = [folder for folder in folders if _changed(folder) < now - HOUR]
    return [Waste("strays", folder.name, (folder,), bytes_of(folder)) for folder in old]


def _checkpoints(store: Store, runs: dict[str, Run], before: float) -> list[Waste]:
    """Checkpoints of runs that were over then, and that no queued run goes on from."""
    wanted = {run.parent for run in runs.values() if not run.status.over}
    found = []
    for run in runs.values():
        idle = run.status.over and run.id not in wanted and _ended(run) < before
        if idle and (size := run_bytes(store.home, run.id).checkpoints):
            folders = tuple(sorted(store.home.run(run.id).root.glob("stage-*-checkpoints")))
            found.append(Waste("checkpoints", run.name, folders, size, run.id))
    return found


def _uploads(store: Store, runs: Iterable[Run], before: float) -> list[Waste]:
    """Uploads that no run's recipe names."""
    named = "\n".join(run.recipe for run in runs if UPLOAD in run.recipe)
    there = [*_in(store.home.uploads), *(path for one in _in(store.home.of_visitors) for path in _in(one))]
    files = [path for path in there if path != store.home.of_visitors and f"{UPLOAD}{path.name}" not in named]
    return [Waste("uploads", path.name, (path,), bytes_of(path)) for path in files if _changed(path) < before]


def _weights(store: Store, runs: dict[str, Run], wanted: int, gone: Collection[str]) -> list[Waste]:
    """The weights of the oldest runs that nobody needs, until so many bytes would be free; the checkpoints of those
    `gone` are counted already."""
    heirs = heirs_of(runs, store)
    there = {run_id for run_id in runs if _has_weights(store, run_id)}
    needed = Counter(
        {run_id: sum(not heir.status.over or heir.id in there for heir in heirs[run_id]) for run_id in there}
    )
    bases: dict[str, list[str]] = {}
    for run_id in there:
        for heir in heirs[run_id]:
            bases.setdefault(heir.id, []).append(run_id)
    order = {run_id: (_ended(run), place) for place, (run_id, run) in enumerate(runs.items())}
    able = [(order[run_id], run_id) for run_id in there if runs[run_id].status.over and not needed[run_id]]
    heapify(able)
    found: list[Waste] = []
    while wanted > 0 and able:
        run = runs[heappop(able)[1]]
        found.append(_weights_of(store, run, run.id in gone))
        wanted -= found[-1].bytes
        for base in bases.get(run.id, ()):  # what only this one needed can go next
            needed[base] -= 1
            if not needed[base] and runs[base].status.over:
                heappush(able, (order[base], base))
    return found


def _weights_of(store: Store, run: Run, counted: bool) -> Waste:
    """All of a run's folder but its recipe and its log."""
    folder = store.home.run(run.id).root
    files = [folder / "weights.json", *(path for path in sorted(_in(folder)) if path.is_dir())]
    takes = run_bytes(store.home, run.id)
    return Waste("weights", run.name, tuple(files), takes.weights + (0 if counted else takes.checkpoints), run.id)


def _may_go(store: Store, run_id: str) -> bool:
    """Whether a run's weights may still go; the store then says that they have gone."""
    with contextlib.suppress(RunError):
        return store.runs.evict(run_id)
    return False


def _has_weights(store: Store, run_id: str) -> bool:
    return (store.home.run(run_id).root / "weights.json").exists()


def _ended(run: Run) -> float:
    return run.ended or run.created


def _in(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _changed(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return float("inf")
