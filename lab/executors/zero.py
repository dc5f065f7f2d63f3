"""The executor for ZeroGPU, which lends a GPU to one call of a function for some seconds: runs go in slices.

A slice is such a call. It goes on from the run's last checkpoint and leaves another one before its time is over; then
the run goes to the end of the queue, and others have their turn. The GPU's time counts for whoever started the run. Off
ZeroGPU the `spaces` package hands the function back as it is, and slices are carried out in this process.
"""

import contextlib
import contextvars
import importlib
import importlib.util
import logging
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from lab.card import ExecutorCard, Text
from lab.errors import RunError
from lab.executors.choice import queue_of
from lab.executors.processes.fork_client import ServerDied
from lab.executors.processes.heartbeat import Pulse
from lab.executors.processes.messages import Event
from lab.executors.processes.supervisor import Supervisor, _Worker
from lab.home import Home, is_shared
from lab.limits import setting
from lab.store import Run, Status, Store
from lab.visitors import current
from lab.visitors.tokens import forget_token

logger = logging.getLogger(__name__)
CARD = ExecutorCard(
    id="zero",
    name=Text("ZeroGPU", "ZeroGPU"),
    explain=Text(
        "For a Hugging Face Space on ZeroGPU: each run trains in slices of some seconds on a GPU that is lent, from "
        "checkpoint to checkpoint.",
        "用于 ZeroGPU 上的 Hugging Face Space:每次运行分成几十秒的片段,在借来的 GPU 上逐个检查点地训练。",
    ),
)
MOST_SECONDS = 60
"""Of a slice, where LAB_ZERO_SECONDS says nothing: what ZeroGPU gives a call that asks for no more."""
LEAST_SECONDS = 20
START_SECONDS = 12.0
"""Of a slice, until the first step: the process, the model on its way to the GPU, the data."""
MARGIN, LEAST_MARGIN = 0.15, 5.0
"""The share of a slice that is left for the checkpoint, and the seconds of that at least."""
TRIES = 3
"""A run whose slices end without a step, so many in a row, has failed."""
NO_STEP = "no step ends within {} seconds of a GPU. Take a smaller batch_size or max_length, or raise LAB_ZERO_SECONDS."
TOKEN = "x-ip-token"
"""The header by which ZeroGPU knows whose time it is."""


@dataclass
class _Slice:
    """How a slice ended: the run's status, or what went wrong."""

    run: Run
    status: str | None = None
    problem: Exception | None = None
    seconds: float = 0.0


class ZeroGpu(Supervisor):
    """Carries out the queued runs of `home` one after the other, a slice at a time; same calls as `Supervisor`."""

    def __init__(self, home: Home, only: Sequence[str] | None = None):
        check(home)
        super().__init__(home, only=only)
        self._leave_now = multiprocessing.get_context("fork").Event()
        self._ended: list[_Slice] = []
        self._pace: dict[str, float] = {}
        """Seconds a step that a run's last slice took, its start included."""
        self._vain: dict[str, int] = {}
        self._askers: dict[str | None, contextvars.Context] = {}
        self._carry_out = _on_gpu(lambda run, seconds: train_slice(self.home, run, seconds, self._leave_now.is_set))

    def wake(self) -> None:
        """Look into the queue now; the time of the GPU is that of who asks for it."""
        self._askers[current().mark] = _context_of_asker()
        super().wake()

    def stop(self) -> None:
        self._leave_now.set()
        super().stop()

    def _fill(self, store: Store) -> None:
        self.server.start()  # answers are computed there, without a GPU
        while self._ended:
            self._close(store, self._ended.pop(0))
        waiting = queue_of(store, None, self.only)
        self._waits = bool(waiting)
        if self._workers or not waiting or self._is_full():
            return
        if run := store.runs.claim(self.home.machine, waiting[:1]):
            self._workers[run.id] = _Worker(run, 0, Pulse(self.home.run(run.id).heartbeat))
            threading.Thread(target=self._slice, args=(run,), name="slice", daemon=True).start()

    def _slice(self, run: Run) -> None:
        began, ended = time.monotonic(), _Slice(run)
        seconds = slice_seconds(run, self._pace.get(run.id), self._vain.get(run.id, 0))
        context = self._askers.get(run.visitor) or contextvars.Context()
        try:
            ended.status = context.copy().run(self._carry_out, run.id, seconds)
        except (
            Exception
        ) as problem:  # no GPU, no quota, a slice that was cut off; what the run did wrong it says itself
            ended.problem = problem
        ended.seconds = time.monotonic() - began
        self._ended.append(ended)
        super().wake()

    def _close(self, store: Store, ended: _Slice) -> None:
        """What comes after a slice: the next one, or an end with a reason."""
        run = store.runs.some([ended.run.id]).get(ended.run.id)
        del self._workers[ended.run.id]
        if run is None:
            return
        steps = run.step - ended.run.step
        self._vain[run.id] = 0 if steps > 0 else self._vain.get(run.id, 0) + 1
        if steps > 0:
            self._pace[run.id] = ended.seconds / steps
        if run.status == Status.RUNNING:  # its process could not say how it ended
            store.runs.end(run.id, Status.INTERRUPTED, words_of(ended.problem, run))
        cut_off = ended.problem is None or "aborted" in str(ended.problem)
        if store.runs.get(run.id).status != Status.INTERRUPTED or self._leaving.is_set() or not cut_off:
            return
        store.runs.requeue(run.id)
        if self._vain[run.id] >= TRIES and store.runs.claim(self.home.machine, [run.id]):
            most = setting("zero_seconds", MOST_SECONDS)
            store.runs.end(run.id, Status.FAILED, NO_STEP.format(most))

    def _act(self, store: Store, event: Event | ServerDied) -> None:
        """What the fork server tells is of answers, not of runs."""

    def _see_off(self, store: Store) -> None:
        until = time.monotonic() + setting("zero_seconds", MOST_SECONDS)
        while self._workers and not self._ended and time.monotonic() < until:
            time.sleep(0.1)
        super()._see_off(store)


def make(home: Home, only: Sequence[str] | None) -> ZeroGpu:
    """An executor of these runs in slices, not started yet; raises RunError where `spaces` is not installed."""
    return ZeroGpu(home, only)


def check(home: Home) -> None:
    """Raise RunError where `spaces` is not installed."""
    if importlib.util.find_spec("spaces") is None:
        raise RunError("the package `spaces` is not installed", where="--executor zero",
                       do="it is for Spaces on ZeroGPU: install it, or take another executor.")  # fmt: skip


def on_zero_gpu() -> bool:
    """Whether this is a Space that runs on ZeroGPU; `spaces` must then be imported before torch."""
    return os.environ.get("SPACES_ZERO_GPU", "").lower() in ("1", "t", "true")


def train_slice(home: Home, run_id: str, seconds: float, leave: Callable[[], bool]) -> str:
    """Carry a claimed run on for so many seconds at most; returns its status. On ZeroGPU this is a process of its own,
    which has the GPU."""
    from lab.executors.worker import finish_run

    until = time.monotonic() + seconds - max(LEAST_MARGIN, MARGIN * seconds)
    if is_shared() and on_zero_gpu():
        forget_token(os.environ)
    log = home.run(run_id).log
    log.parent.mkdir(parents=True, exist_ok=True)
    with Store(home) as store, log.open("a", buffering=1) as file, contextlib.redirect_stdout(file):
        store.runs.started_by(run_id, os.getpid())
        return str(finish_run(store, run_id, None, 1, lambda: leave() or time.monotonic() > until))


def slice_seconds(run: Run, pace: float | None, vain: int) -> int:
    """How long a slice is to ask for the GPU: what the run is expected to take still, by the seconds a step that its
    last slice took, else by its estimate; the longest there is where that is not known, or a slice was in vain."""
    most = max(LEAST_SECONDS, setting("zero_seconds", MOST_SECONDS))
    left = max(0, run.total_steps - run.step)
    if vain or not run.total_steps or (pace is None and run.outcome.expected_seconds is None):
        return most
    expected = pace * left if pace is not None else (run.outcome.expected_seconds or 0.0) * left / run.total_steps
    return int(min(most, max(LEAST_SECONDS, START_SECONDS + expected / (1 - MARGIN) + LEAST_MARGIN)))


def words_of(problem: Exception | None, run: Run) -> str:
    """Why a run is interrupted whose slice did not end as it should."""
    said = " ".join(str(getattr(problem, "message", problem) or "the GPU was taken away").split())
    return f"{said.rstrip('.')}. `lab resume {run.id}` goes on from its last checkpoint."


def _on_gpu(task: Callable[[str, float], str]) -> Callable[[str, float], str]:
    """The function as ZeroGPU carries it out: in a process that has a GPU for the seconds it is given."""
    spaces = importlib.import_module("spaces")

    def in_slices(run: str, seconds: float) -> str:
        return task(run, seconds)

    decorated: Callable[[str, float], str] = spaces.GPU(duration=lambda run, seconds: int(seconds))(in_slices)
    return decorated


def _context_of_asker() -> contextvars.Context:
    """A context in which a call counts for who asks now: by the header that ZeroGPU put into their request."""
    from gradio.context import LocalContext

    asked: Any = LocalContext.request.get(None)
    token = asked.headers.get(TOKEN) if asked is not None else None
    context = contextvars.Context()
    if token:
        asker: Any = SimpleNamespace(headers=_Headers({TOKEN: token}))
        context.run(LocalContext.request.set, asker)
    return context


class _Headers(dict[str, str]):
    """Headers as ZeroGPU's client wants them: something with attributes."""


def preload() -> None:
    """Import what a slice needs before the first one, so that this takes no time of a GPU."""
    for name in ("datasets", "peft", "trl", "lab.generate", "lab.training.run"):
        importlib.import_module(name)
