"""The executor of all that has jobs: it claims queued runs, hands each in as a job, and watches the jobs.

In a job the same worker as at home carries the run out, against the same store: it is asked to stop there, and says
there how the run ended. What is left for here is a job that ended without a word, or did not begin.
"""

import contextlib
import fcntl
import json
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Any, Protocol

from lab.errors import LabError, RunError, message_of
from lab.executors.choice import queue_of
from lab.executors.endings import Ending, discard_files, log_tail
from lab.home import Home
from lab.planning import settle_forks
from lab.store import Run, Status, Store

logger = logging.getLogger(__name__)
LOOK_SECONDS = 0.5
FILE = "job.json"
INTERRUPT = "interrupt"
"""The request by which a job's worker is told, through the store, that the lab stops."""


@dataclass(frozen=True)
class JobState:
    """How a job is doing; `reason` says in words why one is over, `broken` that it could not carry the run out."""

    waiting: bool = False
    over: bool = False
    broken: bool = False
    reason: str = ""


class Jobs(Protocol):
    """A queue of jobs. Problems on the way there are LabErrors."""

    every: float
    """Seconds between two looks at a job."""
    grace: float
    """Seconds that a job which is asked to stop has for that, before it is cancelled for good."""

    def submit(self, run: Run) -> str:
        """Hand a claimed run in; the job's id."""

    def state(self, job: str) -> JobState:
        """How a job is doing."""

    def cancel(self, job: str) -> None:
        """End a job at once."""

    def watch(self, run: Run, job: str) -> None:
        """Bring what a running job has to show."""

    def collect(self, run: Run, job: str) -> Ending | None:
        """Bring what a job has left, such as its log, once it is over; how its run ended, if here is to say it."""


@dataclass
class _Watched:
    """A run's job, when it is looked at next, and since when it is to stop."""

    run: Run
    job: str
    next: float = 0.0
    asked: float | None = None


class JobExecutor:
    """Hands in the queued runs (of `only` these) that name this executor; same calls as `Supervisor`."""

    def __init__(self, name: str, jobs: Jobs, home: Home, only: Sequence[str] | None):
        self.name, self.home, self.only, self._jobs = name, home, only, jobs
        self._leaving, self._holds_lock = threading.Event(), threading.Event()
        self._watched: dict[str, _Watched] = {}
        self._thread = threading.Thread(target=self._live, name=name, daemon=True)

    @property
    def supervising(self) -> bool:
        """False while another process hands in the runs of this home."""
        return self._holds_lock.is_set()

    def start(self) -> "JobExecutor":
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop; running jobs leave a checkpoint and their runs become interrupted, those that wait are taken back."""
        self._leaving.set()
        if self._thread.is_alive():
            self._thread.join()

    def _live(self) -> None:
        with Store(self.home) as store, self.home.lock_of(self.name).open("a") as lock:
            if not self._wait_for(lock):
                return
            self._holds_lock.set()
            while not self._leaving.is_set():
                self._safely(self._take, store)
                self._look(store)
                self._leaving.wait(LOOK_SECONDS)
            self._see_off(store)
            self._holds_lock.clear()

    def _wait_for(self, lock: IO[str]) -> bool:
        while not self._leaving.is_set():
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            self._leaving.wait(LOOK_SECONDS)
        return False

    def _safely(self, act: Callable[..., object], *given: Any) -> None:
        """A queue or a database that is away for a while is told, and asked again."""
        try:
            act(*given)
        except (LabError, OSError) as problem:
            logger.warning("%s: %s It is tried again.", self.name, message_of(problem))
            self._leaving.wait(LOOK_SECONDS)

    def _take(self, store: Store) -> None:
        """Hand in what waits; a run that can't be handed in fails with the reason."""
        for run_id in queue_of(store, self.name, self.only):
            run = store.runs.claim(self.home.machine_of(self.name), [run_id])
            if run is None:
                continue
            try:
                self._cancel_before(run)
                job = self._jobs.submit(run)
            except LabError as problem:
                self._close(store, run, Status.FAILED, message_of(problem))
                continue
            file = self.home.run(run.id).root / FILE
            file.write_text(json.dumps({"executor": self.name, "job": job}), encoding="utf-8")
            self._watched[run.id] = _Watched(run, job)

    def _cancel_before(self, run: Run) -> None:
        """End a job that still carries this run out, from before the lab lost sight of it."""
        folder = self.home.run(run.id).root
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError, RunError):
            told = json.loads((folder / FILE).read_text(encoding="utf-8"))
            if told["executor"] != self.name:
                return
            if not self._jobs.state(told["job"]).over:
                self._jobs.cancel(told["job"])
            self._jobs.collect(run, told["job"])

    def _look(self, store: Store) -> None:
        for one in list(self._watched.values()):
            if time.monotonic() >= one.next:
                one.next = time.monotonic() + self._jobs.every
                self._safely(self._look_at, store, one)

    def _look_at(self, store: Store, one: _Watched) -> None:
        run = store.runs.some([one.run.id]).get(one.run.id)
        state = self._jobs.state(one.job)
        if run is None or not state.over:
            self._stop_if_asked(store, one, state, run is None)
            if run is not None and not state.waiting:
                self._jobs.watch(run, one.job)
            return
        if ending := self._jobs.collect(run, one.job):
            self._close(store, run, ending.status, ending.error)
        elif store.runs.get(run.id).status == Status.RUNNING:
            self._close_lost(store, run, one, state)
        del self._watched[run.id]

    def _stop_if_asked(self, store: Store, one: _Watched, state: JobState, deleted: bool) -> None:
        """A run that is to stop does so itself, if its job has begun; else, or where that takes long, the job ends."""
        asked = deleted or store.runs.asked(one.run.id) in ("cancel", "discard", INTERRUPT)
        if not asked:
            return
        one.asked = one.asked or time.monotonic()
        if state.waiting or deleted or time.monotonic() - one.asked > self._jobs.grace:
            self._jobs.cancel(one.job)
        if deleted:
            del self._watched[one.run.id]

    def _close_lost(self, store: Store, run: Run, one: _Watched, state: JobState) -> None:
        """Close a run whose job ended without doing so."""
        asked = store.runs.asked(run.id)
        if asked in ("cancel", "discard"):
            if asked == "discard":
                discard_files(self.home, run)
            self._close(store, run, Status.CANCELLED)
            return
        tail = log_tail(self.home, run.id) if state.broken else ""
        goes_on = f"`lab resume {run.id}` goes on from its last checkpoint."
        told = f"its job {one.job} ended: {state.reason or 'nobody says why'}. {goes_on}\n{tail}".rstrip()
        self._close(store, run, Status.FAILED if state.broken else Status.INTERRUPTED, told)

    def _close(self, store: Store, run: Run, status: Status, error: str | None = None) -> None:
        store.runs.end(run.id, status, error)
        settle_forks(store, run.id)

    def _see_off(self, store: Store) -> None:
        """Have every job leave a checkpoint and end; one that does not in time is cancelled."""
        for one in self._watched.values():
            if store.runs.asked(one.run.id) not in ("cancel", "discard"):
                self._safely(store.runs.request, one.run.id, INTERRUPT)
        until = time.monotonic() + self._jobs.grace
        while self._watched and time.monotonic() < until:
            self._look(store)
            time.sleep(LOOK_SECONDS / 5)
        for one in self._watched.values():
            self._safely(self._jobs.cancel, one.job)
            self._close_lost(store, one.run, one, JobState(over=True, reason="the lab was stopped"))
