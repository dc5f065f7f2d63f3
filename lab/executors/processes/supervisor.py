"""Takes queued runs from the store, has a worker forked for each, and closes the runs whose worker died.

A thread without any heavy library: training can't take its process down. Whoever holds the lock on the home supervises
it; a second supervisor waits and takes over when the first is gone.
"""

import contextlib
import fcntl
import logging
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import IO

import yaml

from lab.errors import LabError
from lab.executors import endings
from lab.executors.processes.fork_client import ForkServerClient, ServerDied
from lab.executors.processes.messages import Event, Exited, Forked, Ready, StartWorker
from lab.home import Home
from lab.machine import WORKER_BYTES, Slots, free_memory, gpu, slots_here
from lab.models import chain_of, root_base
from lab.models.precision import requested_precision
from lab.planning.estimate import expected_memory
from lab.store import Run, Status, Store

logger = logging.getLogger(__name__)
LOOK_SECONDS = 0.1
SWEEP_EVERY = 20
"""Looks between two searches for runs that were left behind."""
GIVE_UP_AFTER = 3
MOST_WORKERS = 16
"""Workers that live at once, most of them waiting for their turn."""
ROOM = 0.7
"""The share of the memory that is free while nothing trains which workers that take turns may be expected to take."""
FIRST_BASE = "nano"
NO_START = "the process that starts runs died while it loaded the base model, perhaps because memory ran out."


@dataclass
class _Worker:
    """A worker of a claimed run: its process once it is forked, and the memory it is expected to take."""

    run: Run
    bytes: int
    pid: int | None = None


class Supervisor:
    """Carries out the queued runs of `home` (those in `only`, if given) while it lives."""

    def __init__(self, home: Home, slots: Slots | None = None, only: Sequence[str] | None = None):
        self.home, self.slots, self.only = home, slots or slots_here(), only
        self.server = ForkServerClient(home)
        self._events = self.server.listen()
        self._workers: dict[str, _Worker] = {}
        self._room = 0
        self._leaving = threading.Event()
        self._holds_lock = threading.Event()
        self._thread = threading.Thread(target=self._live, name="supervisor", daemon=True)

    @property
    def supervising(self) -> bool:
        """Whether it holds the lock; while it doesn't, another process carries out the runs of this home."""
        return self._holds_lock.is_set()

    def start(self) -> "Supervisor":
        self._thread.start()
        return self

    def wait_ready(self, seconds: float = 120.0) -> bool:
        """Wait until a queued run would be started at once; False when it takes longer."""
        until = time.monotonic() + seconds
        while not (self.supervising and self.server.ready):
            if time.monotonic() > until:
                return False
            time.sleep(LOOK_SECONDS / 2)
        return True

    def stop(self) -> None:
        """Stop: running runs write a checkpoint and become interrupted; the queue stays."""
        self._leaving.set()
        self._events.put(ServerDied())  # wakes the thread
        if self._thread.is_alive():
            self._thread.join()
        self.server.stop()

    def wake(self) -> None:
        """Look into the queue now."""
        self._events.put(Forked("", 0))

    def _live(self) -> None:
        with Store(self.home) as store, self.home.supervisor_lock.open("w") as lock:
            if not self._wait_for(lock):
                return
            self._holds_lock.set()
            looks = 0
            while not self._leaving.is_set():
                try:
                    if looks % SWEEP_EVERY == 0:
                        endings.close_abandoned(store, self.home.machine, self._workers)
                    looks += 1
                    self._fill(store)
                    self._receive(store)
                except Exception:  # a full disk, a database that is away: the next look may find it mended
                    logger.exception("the supervisor met a problem")
                    self._leaving.wait(1.0)
            self._holds_lock.clear()
            self._see_off(store)

    def _wait_for(self, lock: IO[str]) -> bool:
        """Wait for the lock; False when asked to stop first."""
        while not self._leaving.is_set():
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            self._leaving.wait(LOOK_SECONDS * 3)
        return False

    def _fill(self, store: Store) -> None:
        """Have workers forked while there are free slots and queued runs."""
        self.server.start()
        if self.server.deaths >= GIVE_UP_AFTER:
            self._give_up(store)
        waiting = store.runs.waiting(self.only) if self.server.ready else []
        while waiting and self._has_place(store, waiting.pop(0)):
            run = store.runs.claim(self.home.machine, self.only)
            if run is None:
                return
            self._workers[run.id] = _Worker(run, expected_memory(run.recipe, self.home) or WORKER_BYTES)
            if not self.server.send(self._start(run)):
                del self._workers[run.id]
                store.runs.end(run.id, Status.INTERRUPTED, endings.interrupted_at(run))

    def _has_place(self, store: Store, run_id: str) -> bool:
        """Whether a worker computes less than the slots allow, or this run may take turns with those of its comparison
        and memory is enough for all of them."""
        if not self._workers:
            self._room = int(ROOM * (free_memory() or 0)) if gpu() is None else 0
        if len(self._workers) < self.slots.workers:
            return True
        if len(self._workers) >= MOST_WORKERS:
            return False
        run = store.runs.get(run_id)
        beside = (worker.run.comparison for worker in self._workers.values())
        if run.comparison not in beside or not takes_turns(run.recipe):
            return False
        expected = expected_memory(run.recipe, self.home) or WORKER_BYTES
        return expected + sum(worker.bytes for worker in self._workers.values()) <= self._room

    def _start(self, run: Run) -> StartWorker:
        """The command that has a worker forked for a run; runs of one comparison were made within a moment."""
        first = min(worker.run.created for worker in self._workers.values() if worker.run.comparison == run.comparison)
        return StartWorker(
            run.id, base_of(run, self.home), self.slots.threads, precision_asked(run, self.home), self.slots.workers,
            first, not takes_turns(run.recipe),
        )  # fmt: skip

    def _receive(self, store: Store) -> None:
        """Wait a moment for events, and act on all there are."""
        with contextlib.suppress(queue.Empty):
            self._act(store, self._events.get(timeout=LOOK_SECONDS))
            while True:
                self._act(store, self._events.get_nowait())

    def _act(self, store: Store, event: Event | ServerDied) -> None:
        if isinstance(event, Forked) and event.run in self._workers:
            self._workers[event.run].pid = event.pid
        elif isinstance(event, Exited) and event.run in self._workers:
            del self._workers[event.run]
            endings.close_dead(store, event.run, event.status, event.signal)
        elif isinstance(event, ServerDied) and not self._leaving.is_set():
            logger.warning("the fork server died; it is started again")
            for run in [run for run, worker in self._workers.items() if worker.pid is None]:
                store.runs.end(run, Status.FAILED, NO_START)
            self._workers.clear()  # the system told them to stop; the sweep closes those that could not say so
        elif isinstance(event, Ready) and self.only is None:
            self.server.warm(*_likely_base(store))

    def _give_up(self, store: Store) -> None:
        """The fork server can't start: say so in the runs that wait for it."""
        tail = "\n".join(self.home.supervisor_log.read_text(errors="replace").splitlines()[-endings.LOG_LINES :])
        while run := store.runs.claim(self.home.machine, self.only):
            store.runs.end(run.id, Status.FAILED, f"the training process does not start.\n{tail}")

    def _see_off(self, store: Store) -> None:
        """End the fork server; what its workers could not close is closed here."""
        self.server.stop()
        with contextlib.suppress(queue.Empty):
            while True:
                self._act(store, self._events.get_nowait())
        endings.close_abandoned(store, self.home.machine, ())


def _likely_base(store: Store) -> tuple[str, str]:
    """The base the next run will probably start from, and its precision: the last run's, else the lab's own."""
    last = store.runs.all(newest=1)
    base = base_of(last[0], store.home) if last else None
    return (base, precision_asked(last[0], store.home)) if base else (FIRST_BASE, "auto")


def precision_asked(run: Run, home: Home) -> str:
    """The precision a run asks for, by its recipe or by the weights it starts from."""
    asked = str(yaml.safe_load(run.recipe).get("precision", "auto"))
    with contextlib.suppress(LabError):
        return requested_precision(chain_of(run.base, home)) if asked == "auto" else asked
    return asked


@lru_cache(maxsize=64)  # asked ten times a second of the run that waits
def takes_turns(recipe: str) -> bool:
    """Whether a run gives way to the others of its comparison; see `order` in `lab.recipe.schema`."""
    return bool(yaml.safe_load(recipe).get("order", "turns") == "turns")


def base_of(run: Run, home: Home) -> str | None:
    """The base at the root of a run's weights; None where that can't be told (its worker will say why)."""
    try:
        return root_base(run.base, home)
    except LabError:
        return None
