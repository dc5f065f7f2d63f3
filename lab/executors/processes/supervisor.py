"""Takes queued runs from the store, has a worker forked for each, and closes the runs whose worker died.

A thread without any heavy library: training can't take its process down. Whoever holds the lock on the home supervises
it; a second supervisor waits and takes over when the first is gone.
"""

import contextlib
import fcntl
import logging
import os
import queue
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from lab.errors import LabError, RunError, message_of
from lab.executors import endings
from lab.executors.choice import queue_of
from lab.executors.processes.fork_client import ForkServerClient, ServerDied
from lab.executors.processes.heartbeat import SILENT_SECONDS, Pulse
from lab.executors.processes.messages import Event, Exited, Forked, Ready, StartWorker
from lab.executors.processes.starts import base_of, likely_base, may_join, precision_asked, takes_turns
from lab.home import Home
from lab.machine import WORKER_BYTES, Slots, free_disk, free_memory, gpu, slots_here
from lab.planning.estimate import expected_memory
from lab.store import Run, Status, Store
from lab.store.reserve import Reserve

logger = logging.getLogger(__name__)
LOOK_SECONDS = 0.1
IDLE_SECONDS = 0.25
"""The same while there is nothing to do; what is looked at then is whether the database has changed."""
LONGEST_IDLE = 5.0
"""After so long the queue is looked into whether anything is known to have changed or not."""
PULSE_SECONDS = 1.0
"""Between two looks for signs of life."""
STOPPING = ("cancel", "discard")
SILENT = "its process gives no sign of life: wait, or cancel it, which ends it and frees its place."
SWEEP_SECONDS, IDLE_SWEEP_SECONDS = 2.0, 10.0
"""Between two searches for runs that were left behind; while nothing is carried out, too."""
GIVE_UP_AFTER = 3
MOST_WORKERS = 16
"""Workers that live at once, most of them waiting for their turn."""
ROOM = 0.7
"""The share of the memory that is free while nothing trains which workers that take turns may be expected to take."""
LEAST_FREE = 32 * 2**20
"""Bytes of the disk without which no run is begun."""
NO_SPACE = "queued runs wait: of the disk of %s less than %s MB are free"
NO_START = "the process that starts runs died while it loaded the base model, perhaps because memory ran out."


@dataclass
class _Worker:
    """A worker of a claimed run: its process once it is forked, and the memory it is expected to take."""

    run: Run
    bytes: int
    pulse: Pulse
    pid: int | None = None
    silent: bool = False


class Supervisor:
    """Carries out the queued runs of `home` (those in `only`, if given) while it lives."""

    def __init__(self, home: Home, slots: Slots | None = None, only: Sequence[str] | None = None):
        self.home, self.slots, self.only = home, slots or slots_here(), only
        self.server = ForkServerClient(home)
        self._told = ""
        self.held_up = False
        """Whether queued runs wait for space on the disk."""
        self._events = self.server.listen()
        self._workers: dict[str, _Worker] = {}
        self._dead: dict[str, Exited] = {}
        self._reserve = Reserve(home.reserve)
        self._room = 0
        self._waits = True
        """Whether there may be something to do at the next look, whatever the database says."""
        self._seen: object = None
        self._next_look = 0.0
        self._leaving = threading.Event()
        self._holds_lock = threading.Event()
        self._thread = threading.Thread(target=self._live, name="supervisor", daemon=True)

    @property
    def supervising(self) -> bool:
        """Whether it holds the lock; while it doesn't, another process carries out the runs of this home."""
        return self._holds_lock.is_set()

    @property
    def alive(self) -> bool:
        """Whether its thread lives: it carries out runs, or waits to."""
        return self._thread.is_alive()

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
        while not self._leaving.is_set():
            try:
                with Store(self.home) as store, self.home.supervisor_lock.open("w") as lock:
                    if self._wait_for(lock):
                        self._supervise(store)
            except (LabError, OSError) as problem:
                self._try_again(message_of(problem))

    def _supervise(self, store: Store) -> None:
        self._holds_lock.set()
        pulse = sweep = 0.0
        while not self._leaving.is_set():
            try:
                self._close_dead(store)
                now = time.monotonic()
                if now >= pulse:
                    self._feel_pulses(store)
                    pulse = now + PULSE_SECONDS
                if now >= sweep:
                    self._reserve.fill()
                    endings.close_abandoned(store, self.home.machine, self._workers)
                    sweep = now + (SWEEP_SECONDS if self._workers else IDLE_SWEEP_SECONDS)
                if self._is_due(store, now):
                    self._fill(store)
                self._receive(store)
                self._told = ""
            except (LabError, OSError) as problem:
                self._try_again(message_of(problem))
            except Exception:
                logger.exception("the supervisor met a problem")
                self._leaving.wait(1.0)
        self._holds_lock.clear()
        self._see_off(store)

    def _try_again(self, told: str) -> None:
        """A full disk, a database that is away: told once, and the next look may find it mended."""
        if told != self._told:
            logger.warning("%s It is tried again.", told)
        self._told = told
        self._leaving.wait(1.0)

    def _wait_for(self, lock: IO[str]) -> bool:
        """Wait for the lock; False when asked to stop first."""
        while not self._leaving.is_set():
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            self._leaving.wait(LOOK_SECONDS * 3)
        return False

    def _is_due(self, store: Store, now: float) -> bool:
        """Whether to look into the queue: always while something is carried out or waits, else where the database has
        changed, since another process may have queued a run."""
        seen = store.database.mark()
        changed = seen is None or seen != self._seen or now >= self._next_look
        if not (changed or self._waits or self._workers or self._dead):
            return False
        self._seen, self._next_look, self._waits = seen, now + LONGEST_IDLE, False
        return True

    def _fill(self, store: Store) -> None:
        """Have workers forked while there are free slots and queued runs."""
        self.server.start()
        if self.server.deaths >= GIVE_UP_AFTER:
            self._give_up(store)
        waiting = queue_of(store, None, self.only)
        self._waits = bool(waiting) or not self.server.ready
        if not self.server.ready or (waiting and self._is_full()):
            return
        while waiting and self._has_place(store, waiting[0]):
            run = store.runs.claim(self.home.machine, [waiting.pop(0)])
            if run is None:
                return
            pulse = Pulse(self.home.run(run.id).heartbeat)
            self._workers[run.id] = _Worker(run, expected_memory(run.recipe, self.home) or WORKER_BYTES, pulse)
            if not self.server.send(self._start(store, run)):
                del self._workers[run.id]
                store.runs.end(run.id, Status.INTERRUPTED, endings.interrupted_at(run))

    def _is_full(self) -> bool:
        """Whether too little of the disk is free to begin a run: the queue then waits until there is more."""
        full = free_disk(self.home.root) < LEAST_FREE
        if full and not self.held_up:
            logger.warning(NO_SPACE, self.home.root, LEAST_FREE // 2**20)
        self.held_up = full
        return full

    def _close_dead(self, store: Store) -> None:
        """Close the runs of workers that have ended; those that the database does not take now are tried again."""
        for run, event in list(self._dead.items()):
            with contextlib.suppress(RunError):  # it was deleted meanwhile
                endings.close_dead(store, run, event.status, event.signal)
            del self._dead[run]

    def _feel_pulses(self, store: Store) -> None:
        """Say which workers give no sign of life, and kill those that were asked to stop and don't."""
        for run, worker in self._workers.items():
            if worker.pid is None:
                continue
            now = time.monotonic()
            worker.pulse.feel(worker.pid, now)
            if worker.pulse.to_be_killed(store.runs.asked(run) in STOPPING, now):
                logger.warning("the worker of run %s does not stop and is killed", run)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(worker.pid, signal.SIGKILL)
            silent = worker.pulse.silent(now) > SILENT_SECONDS
            if silent != worker.silent:
                store.runs.tell_silence(run, SILENT if silent else None)
                worker.silent = silent

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
        others = [worker.run for worker in self._workers.values()]
        if not takes_turns(run.recipe) or not may_join(run, others):
            return False
        expected = expected_memory(run.recipe, self.home) or WORKER_BYTES
        return expected + sum(worker.bytes for worker in self._workers.values()) <= self._room

    def _start(self, store: Store, run: Run) -> StartWorker:
        """The command that has a worker forked for a run; runs of one comparison were made within a moment."""
        first = min(worker.run.created for worker in self._workers.values() if worker.run.comparison == run.comparison)
        compared = len(store.runs.all(comparison=run.comparison, newest=2)) > 1
        return StartWorker(
            run.id, base_of(run, self.home), self.slots.threads, precision_asked(run, self.home), self.slots.workers,
            first, not takes_turns(run.recipe), run.visitor or "", compared,
        )  # fmt: skip

    def _receive(self, store: Store) -> None:
        """Wait a moment for events, and act on all there are."""
        busy = self._waits or self._workers or self._dead
        with contextlib.suppress(queue.Empty):
            self._act(store, self._events.get(timeout=LOOK_SECONDS if busy else IDLE_SECONDS))
            self._waits = True
            while True:
                self._act(store, self._events.get_nowait())

    def _act(self, store: Store, event: Event | ServerDied) -> None:
        if isinstance(event, Forked) and event.run in self._workers:
            self._workers[event.run].pid = event.pid
        elif isinstance(event, Exited) and event.run in self._workers:
            del self._workers[event.run]
            self._dead[event.run] = event
            self._close_dead(store)
        elif isinstance(event, ServerDied) and not self._leaving.is_set():
            logger.warning("the fork server died; it is started again")
            for run in [run for run, worker in self._workers.items() if worker.pid is None]:
                store.runs.end(run, Status.FAILED, NO_START)
            self._workers.clear()  # the system told them to stop; the sweep closes those that could not say so
        elif isinstance(event, Ready) and self.only is None:
            self.server.warm(*likely_base(store))

    def _give_up(self, store: Store) -> None:
        """The fork server can't start: say so in the runs that wait for it."""
        tail = "\n".join(self.home.supervisor_log.read_text(errors="replace").splitlines()[-endings.LOG_LINES :])
        while run := store.runs.claim(self.home.machine, queue_of(store, None, self.only)):
            store.runs.end(run.id, Status.FAILED, f"the training process does not start.\n{tail}")

    def _see_off(self, store: Store) -> None:
        """End the fork server; what its workers could not close is closed here."""
        self.server.stop()
        with contextlib.suppress(queue.Empty):
            while True:
                self._act(store, self._events.get_nowait())
        endings.close_abandoned(store, self.home.machine, ())
