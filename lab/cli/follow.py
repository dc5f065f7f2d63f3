"""Watching runs from the terminal until they are over: a progress bar each, or plain lines where there is no terminal.

Everything shown is read from the store, so it is the same whoever carries the runs out.
"""

import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Protocol

from lab.api import following
from lab.cli.output import duration, say
from lab.executors import Executor
from lab.store import Run, Status, Store

PATIENCE_SECONDS = 2.0
LATEST = ("loss", "eval_loss", "tokens_per_second")


class Display(Protocol):
    """Shows runs as they are now, with the latest values of their curves."""

    def __enter__(self) -> "Display": ...

    def __exit__(self, *problem: Any) -> None: ...

    def show(self, runs: Sequence[Run], latest: dict[str, dict[str, float]]) -> None: ...


def follow(runs: Sequence[Run], store: Store, executor: Executor) -> list[Run]:
    """Have `executor` carry out the runs and show them until all are over; Ctrl-C interrupts those that are ours."""
    ids = [run.id for run in runs]
    executor.start()
    try:
        _watch(ids, store, executor)
    except KeyboardInterrupt:
        _leave(ids, store, executor)
    finally:
        executor.stop()
    return [store.runs.get(run_id) for run_id in ids]


def _watch(ids: Sequence[str], store: Store, executor: Executor) -> None:
    began, told, waits = time.monotonic(), False, False
    with _display() as display:
        for progress in following.follow(ids, store):
            display.show(progress.runs, progress.latest)
            if getattr(executor, "held_up", False) and not waits:
                waits = True
                say("hardly any space is left on the disk: the runs wait, and begin when there is more")
            if not executor.supervising and not told and time.monotonic() - began > PATIENCE_SECONDS:
                told = True
                say("another lab process carries out the runs of this home; following what it does")


def _leave(ids: Sequence[str], store: Store, executor: Executor) -> None:
    """After Ctrl-C: our runs leave a checkpoint; another process's runs go on."""
    runs = [store.runs.get(run_id) for run_id in ids]
    if not executor.supervising:
        say("the runs go on in the other lab process; `lab cancel RUN` stops one.")
        return
    say("stopping after a checkpoint …")
    for run in runs:
        if run.status == Status.QUEUED:
            store.runs.request(run.id, "cancel")
    executor.stop()
    for run in runs:
        if store.runs.get(run.id).status in (Status.INTERRUPTED, Status.CANCELLED):
            say(f"{run.name}: go on with `lab resume {run.id}`")


def _display() -> Display:
    from rich.console import Console

    console = Console(stderr=True)
    return Bars(console) if console.is_terminal else Lines()


class Bars:
    """A progress bar a run, on a terminal."""

    def __init__(self, console: Any):
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[words]}"),
            TimeRemainingColumn(compact=True), console=console,
        )  # fmt: skip
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> "Bars":
        self._progress.start()
        return self

    def __exit__(self, kind: type | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def show(self, runs: Sequence[Run], latest: dict[str, dict[str, float]]) -> None:
        for run in runs:
            if run.id not in self._tasks:
                self._tasks[run.id] = self._progress.add_task(run.name, total=run.total_steps, start=False, words="")
            task = self._tasks[run.id]
            if run.step and not self._progress.tasks[task].started:
                self._progress.start_task(task)
            words = _words(latest[run.id]) if run.status == Status.RUNNING and run.step else _state(run)
            self._progress.update(task, completed=run.step, total=run.total_steps, words=words)
            if run.status.over:
                self._progress.stop_task(task)


class Lines:
    """A line whenever a run changes its status or has done another tenth."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[Status, int, int]] = {}
        self._began: dict[str, tuple[float, int]] = {}

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *problem: Any) -> None:
        pass

    def show(self, runs: Sequence[Run], latest: dict[str, dict[str, float]]) -> None:
        for run in runs:
            if run.step:
                self._began.setdefault(run.id, (time.monotonic(), run.step))
            now = (run.status, 10 * run.step // max(1, run.total_steps), len(run.outcome.search))
            if self._told.get(run.id) != now:
                self._told[run.id] = now
                say(f"{run.name} ({run.id}): {self._line(run, latest[run.id])}")

    def _line(self, run: Run, latest: dict[str, float]) -> str:
        if run.status != Status.RUNNING or not run.step:
            return _state(run)
        began, first = self._began[run.id]
        pace = (time.monotonic() - began) / max(1, run.step - first)
        left = f", {duration(pace * (run.total_steps - run.step))} left" if run.step > first else ""
        return f"step {run.step}/{run.total_steps}, {_words(latest)}{left}"


def _state(run: Run) -> str:
    """What a run that does no steps is at."""
    if run.status == Status.RUNNING and run.outcome.search:
        last = run.outcome.search[-1]
        loss = "diverged" if last.held_out_loss is None else f"held-out {last.held_out_loss:.3f}"
        return f"looking for a learning rate: {last.learning_rate:g} → {loss}"
    return run.status.value


def _words(latest: dict[str, float]) -> str:
    """The latest loss, held-out loss and speed."""
    loss, held_out, speed = (latest.get(name) for name in LATEST)
    parts = [
        f"loss {loss:.3f}" if loss is not None else "",
        f"held-out {held_out:.3f}" if held_out is not None else "",
        f"{speed:,.0f} tokens/s" if speed is not None else "",
    ]
    return ", ".join(part for part in parts if part)
