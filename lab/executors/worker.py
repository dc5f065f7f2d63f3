"""A worker's life: one run, carried out in a process of its own (or, inline, in this one), and closed with a reason.

It opens its own store, tells the run when to stop, and writes how it ended. What a run does is `lab.training`.
"""

import contextlib
import io
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

from lab.errors import message_of
from lab.executors.endings import Ending, discard_files
from lab.executors.processes.group import carry_out_in_group, wanted_processes
from lab.executors.processes.heartbeat import Heart
from lab.home import Home
from lab.planning import settle_forks
from lab.sandbox import look_here
from lab.store import Status, Store
from lab.store.requests import CHECKPOINT
from lab.training.turns import Turns, no_turns
from lab.visitors import acting, visitor_of
from lab.visitors.fair import most_for
from lab.visitors.tokens import forget_token

ASK_SECONDS = 0.05
CLOCK = 8
"""Times the seconds that a visitor's run may compute that it may take by the clock."""
KEPT = "what it has learned is kept."


def run_worker(home: Home, run_id: str, warm: Any, threads: int, turn_of: Callable[["StopRequests"], Turns]) -> None:
    """Carry out a claimed run in this process, which is a fork of its own; everything printed goes to the run's log.

    `turn_of` makes what has it wait for its turn, or for a request to stop.
    """
    write_into_log(home, run_id)
    look_here()
    leave = _on_terminate()
    with Store(home) as store:
        store.runs.started_by(run_id, os.getpid())
        if store.runs.get(run_id).visitor is not None:
            forget_token(os.environ)
        finish_run(store, run_id, warm, threads, leave, turn_of)


def finish_run(
    store: Store, run_id: str, warm: Any, threads: int, leave: Callable[[], bool],
    turn_of: Callable[["StopRequests"], Turns] = lambda _: no_turns,
) -> Status:  # fmt: skip
    """Carry out a claimed run, see `train_claimed`, and close it."""
    ending = train_claimed(store, run_id, warm, threads, leave, turn_of)
    store.runs.end(run_id, ending.status, ending.error)
    settle_forks(store, run_id)
    return ending.status


def train_claimed(
    store: Store, run_id: str, warm: Any, threads: int, leave: Callable[[], bool],
    turn_of: Callable[["StopRequests"], Turns] = lambda _: no_turns,
) -> Ending:  # fmt: skip
    """Carry out a claimed run and leave it to be closed: done, cancelled, interrupted, or failed.

    `leave()` is true once this process is to end: the run then writes a checkpoint after the step it is in.
    """
    import torch

    from lab.training.ranks import processes
    from lab.training.run import train_run

    run = store.runs.get(run_id)
    who = visitor_of(run.visitor)
    stop = StopRequests(store, run_id, leave, most_for(who, "run_seconds"))
    torch.set_num_threads(threads)
    give_way, error = turn_of(stop), None
    try:
        give_way(run.step / max(1, run.total_steps))
        if asked := stop():  # before its first turn: nothing is there to be kept
            status = Status.INTERRUPTED if asked == "interrupt" else Status.CANCELLED
        else:
            with acting(who):
                if (count := wanted_processes(run)) > processes():
                    return carry_out_in_group(store, run, count, threads, leave)
                status = train_run(run, store, warm=warm, stop=stop, give_way=give_way)
    except Exception as problem:
        with contextlib.suppress(OSError):  # the log is on the same full disk
            traceback.print_exc()
        status, error = Status.FAILED, message_of(problem)
    stop.over()
    if status == Status.CANCELLED and store.runs.asked(run_id) == "discard":
        discard_files(store.home, run)
    if status == Status.INTERRUPTED:
        error = f"the lab stopped; `lab resume {run_id}` goes on from step {store.runs.get(run_id).step}."
    if status == Status.CANCELLED and stop.too_long:
        error = f"stopped after {stop.too_long / 60:g} minutes, the longest a visitor's run may compute; {KEPT}"
    return Ending(status, error)


class RunLimit:
    """So many seconds of a processor, and by the clock so many times as many, since a run waits for its turns; none for
    0."""

    def __init__(self, seconds: int):
        self._seconds, self._began, self._worked = seconds, time.monotonic(), time.process_time()

    def is_met(self) -> bool:
        worked, passed = time.process_time() - self._worked, time.monotonic() - self._began
        return bool(self._seconds) and (worked > self._seconds or passed > CLOCK * self._seconds)


class StopRequests:
    """Answers after each step whether to stop; looks into the store at most twenty times a second."""

    def __init__(self, store: Store, run_id: str, leave: Callable[[], bool], most_seconds: int = 0):
        self._store, self._run, self._leave, self._most = store, run_id, leave, most_seconds
        self._limit = RunLimit(most_seconds)
        self.too_long = 0
        """The seconds after which it was stopped, where it took longer than it may."""
        self._heart = Heart(store.home.run(run_id).heartbeat)
        self._asked: str | None = None
        self._next = 0.0

    def over(self) -> None:
        """Nothing is asked any more: the run ends now."""
        self._heart.stop()

    def __call__(self) -> str | None:
        self._heart.beat()
        if self._leave():
            return "interrupt"
        if time.monotonic() >= self._next:
            asked = self._store.runs.asked(self._run)
            self._asked = None if asked == CHECKPOINT else asked  # that is no request to stop
            self._next = time.monotonic() + ASK_SECONDS
        if not self._asked and self._limit.is_met():
            self._asked, self.too_long = "cancel", self._most
        return self._asked


def write_into_log(home: Home, run_id: str) -> None:
    """Have all that this process prints go to the run's log."""
    log = home.run(run_id).log
    log.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (1, 2):
        os.dup2(descriptor, stream)
    os.close(descriptor)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)


def _on_terminate() -> Callable[[], bool]:
    """A question that is answered with yes once SIGTERM has come."""
    asked: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: asked.append(number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return lambda: bool(asked)
