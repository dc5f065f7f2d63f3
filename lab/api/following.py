"""Following runs until all are over: snapshots read from the store, the same whoever carries the runs out."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.store import Run, Store

LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Progress:
    """Runs as they are now, and the newest value of each of their curves by the run's id."""

    runs: tuple[Run, ...]
    latest: dict[str, dict[str, float]]

    @property
    def over(self) -> bool:
        return all(run.status.over for run in self.runs)


def follow(ids: Sequence[str], store: Store) -> Iterator[Progress]:
    """A snapshot of these runs five times a second; the last one when all are over."""
    latest: dict[str, dict[str, float]] = {run_id: {} for run_id in ids}
    seen = 0
    while True:
        runs = tuple(store.runs.get(run_id) for run_id in ids)
        for point in store.curves.newer(ids, seen):
            latest[point.run][point.name], seen = point.value, point.id
        progress = Progress(runs, latest)
        yield progress
        if progress.over:
            return
        time.sleep(LOOK_SECONDS)
