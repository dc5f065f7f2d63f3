"""What a job of Hugging Face does: `python -m lab.executors.jobs.remote`, told by its environment what to carry out.

It has a folder of its own, the lab's database by LAB_DATABASE_URL, and the files by a data set (`parcel`). How the run
ended lies beside what it has left, for the lab to close it with once it has both.
"""

import json
import os
import sys
import time
from pathlib import Path

from lab.errors import LabError
from lab.executors.endings import ENDING, write_ending
from lab.executors.jobs.parcel import Parcels
from lab.home import Home
from lab.store import Status, Store

RUN, REPO, NEEDS = "LAB_JOB_RUN", "LAB_JOBS_REPO", "LAB_JOB_NEEDS"
SEND_SECONDS = 300.0
"""Between two sendings of what a run has left so far: a job that is cut off loses no more."""
LOOK_SECONDS = 10.0


class Between:
    """Asked after each step whether to leave: sends checkpoints now and then, and says yes once the run is not this
    job's any more (the lab closed it)."""

    def __init__(self, store: Store, parcels: Parcels, run: str):
        self._store, self._parcels, self._run = store, parcels, run
        self._send = time.monotonic() + SEND_SECONDS
        self._look = 0.0
        self._over = False

    def __call__(self) -> bool:
        now = time.monotonic()
        if now >= self._look and not self._over:
            self._look = now + LOOK_SECONDS
            self._over = self._store.runs.get(self._run).status is not Status.RUNNING
        if now >= self._send:
            self._send = now + SEND_SECONDS
            try:
                self._parcels.send(self._store.home, f"runs/{self._run}")
            except LabError as problem:
                print(f"what the run has left so far was not sent: {problem}", flush=True)
        return self._over


def main() -> int:
    """Carry the run out; 0 where its end could be told, however it ended."""
    from lab.executors.worker import train_claimed

    run, parcels = os.environ[RUN], Parcels(os.environ[REPO])
    home = Home(Path(os.environ.get("LAB_HOME") or "/tmp/parrot-lab"))
    for name in (f"runs/{run}", *json.loads(os.environ.get(NEEDS) or "[]")):
        parcels.bring(home, name)
    with Store(home) as store:
        store.runs.started_by(run, os.getpid())
        threads = int(os.environ.get("LAB_THREADS") or 1)
        ending = train_claimed(store, run, None, threads, Between(store, parcels, run))
        write_ending(ending, home.run(run).root / ENDING)
        parcels.send(home, f"runs/{run}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabError as problem:
        print(problem, flush=True)
        sys.exit(1)
