"""A worker's life: one run, carried out in a process of its own (or, inline, in this one), and closed with a reason.

It opens its own store, tells the run when to stop, and writes how it ended. What a run does is `lab.training`.
"""

import contextlib
import io
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

from lab.errors import message_of
from lab.home import Home
from lab.store import Run, Status, Store
from lab.training.turns import Turns, no_turns

ASK_SECONDS = 0.05


def run_worker(home: Home, run_id: str, warm: Any, threads: int, turn_of: Callable[["StopRequests"], Turns]) -> None:
    """Carry out a claimed run in this process, which is a fork of its own; everything printed goes to the run's log.

    `turn_of` makes what has it wait for its turn, or for a request to stop.
    """
    _write_into_log(home, run_id)
    leave = _on_terminate()
    with Store(home) as store:
        store.runs.started_by(run_id, os.getpid())
        finish_run(store, run_id, warm, threads, leave, turn_of)


def finish_run(
    store: Store, run_id: str, warm: Any, threads: int, leave: Callable[[], bool],
    turn_of: Callable[["StopRequests"], Turns] = lambda _: no_turns,
) -> Status:  # fmt: skip
    """Carry out a claimed run and close it: done, cancelled, interrupted, or failed with one readable line.

    `leave()` is true once this process is to end: the run then writes a checkpoint after the step it is in.
    """
    from lab.training.run import train_run

    run, stop = store.runs.get(run_id), StopRequests(store, run_id, leave)
    give_way, error = turn_of(stop), None
    try:
        give_way(run.step / max(1, run.total_steps))
        if asked := stop():  # before its first turn: nothing is there to be kept
            status = Status.INTERRUPTED if asked == "interrupt" else Status.CANCELLED
        else:
            status = train_run(run, store, warm=warm, stop=stop, give_way=give_way, threads=threads)
    except Exception as problem:
        traceback.print_exc()
        status, error = Status.FAILED, message_of(problem)
    if status == Status.CANCELLED and store.runs.asked(run_id) == "discard":
        discard_files(store.home, run)
    if status == Status.INTERRUPTED:
        error = f"the lab stopped; `lab resume {run_id}` goes on from step {store.runs.get(run_id).step}."
    store.runs.end(run_id, status, error)
    return status


class StopRequests:
    """Answers after each step whether to stop; looks into the store at most twenty times a second."""

    def __init__(self, store: Store, run_id: str, leave: Callable[[], bool]):
        self._store, self._run, self._leave = store, run_id, leave
        self._asked: str | None = None
        self._next = 0.0

    def __call__(self) -> str | None:
        if self._leave():
            return "interrupt"
        if time.monotonic() >= self._next:
            self._asked = self._store.runs.asked(self._run)
            self._next = time.monotonic() + ASK_SECONDS
        return self._asked


def discard_files(home: Home, run: Run) -> None:
    """Remove a discarded run's weights, checkpoints and record of what they learned; its recipe and log stay."""
    folder = home.run(run.id)
    with contextlib.suppress(FileNotFoundError):
        for entry in folder.root.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name == "weights.json" or entry == folder.learned:
                entry.unlink()


def _write_into_log(home: Home, run_id: str) -> None:
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
