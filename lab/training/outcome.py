"""A run's outcome while it grows: every figure goes to the store as soon as it is known."""

import contextlib
import os
import platform
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from lab.data import DataSet
from lab.errors import message_of
from lab.evaluate.by_value import picture_of
from lab.evaluate.evaluator import EvalResult, Evaluator
from lab.models import Chain
from lab.models.precision import dtypes
from lab.store import Change, Outcome, Run, Store
from lab.training.context import StageContext
from lab.training.evaluations import write_points, write_samples
from lab.training.guard import Diverged
from lab.training.memory import PeakMemory
from lab.training.movement import measure_movement, movable_modules
from lab.training.turns import Turns
from lab.training.weights import total_count, trainable_count

PACKAGES = ("parrot-lab", "torch", "transformers", "peft", "trl", "datasets", "accelerate")


class OutcomeWriter:
    """Writes what one run comes to. `run` is as it was when this process took it."""

    def __init__(self, store: Store, run: Run, memory: PeakMemory):
        self.store, self.run, self.memory = store, run, memory
        self.outcome: Outcome = run.outcome

    def add(self, **figures: object) -> None:
        """Add figures to the outcome, in the store too."""
        self.outcome = replace(self.outcome, **figures)  # type: ignore[arg-type]
        self.store.runs.note(self.run.id, self.outcome)

    def add_note(self, note: str) -> None:
        """Something to be known beside the figures, once."""
        if note not in self.outcome.notes:
            self.add(notes=(*self.outcome.notes, note))

    @contextlib.contextmanager
    def noted(self, what: str) -> Iterator[None]:
        """What goes wrong inside costs a figure and not the run: it becomes a note, and its traceback is in the log."""
        try:
            yield
        except Diverged:
            raise
        except Exception as problem:
            traceback.print_exc()
            self.add_note(f"{what} failed: {message_of(problem)}")

    @contextlib.contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """Say in the store what the run is at, for as long as that takes."""
        self.add(doing=what)
        try:
            yield
        finally:
            self.add(doing="")

    def add_model(self, context: StageContext, model: Any, whole: Any = None) -> None:
        """What the stage that begins trains of its model; `whole` is what its objective made of that, head included."""
        counted = model if whole is None else whole
        self.add(trainable_params=trainable_count(counted), total_params=total_count(counted))
        self.add(environment={**self.outcome.environment, **dtypes(model)})
        if (modules := movable_modules(context, model, self.outcome.moved)) is not None:
            self.add(moved=modules)

    def add_training(
        self, context: StageContext, *, steps: int, seconds: float, first_step_at: float | None, speed: float | None,
        cpu_seconds: float | None = None,
    ) -> None:  # fmt: skip
        """Time, memory and the first and last loss so far; `steps`, `seconds` and `speed` (tokens/s) of this stage.

        `cpu_seconds` are those of its steps, None where some were done by another process.

        `first_step_at` is when the first step of this process was over, in seconds since 1970.
        """
        losses = self.store.curves.curve(self.run.id, "loss")
        startup = self.outcome.startup_seconds
        if startup is None and first_step_at:
            startup = first_step_at - (self.run.started or first_step_at) - context.give_way.waited_first
        stage_seconds = (*self.outcome.stage_seconds[: context.index], seconds)
        self.add(
            stage_seconds=stage_seconds,
            stage_steps=(*self.outcome.stage_steps[: context.index], steps),
            steps=context.first_step + steps,
            train_seconds=sum(stage_seconds),
            cpu_seconds=_added(self.outcome.cpu_seconds if context.index else 0.0, cpu_seconds),
            startup_seconds=startup,
            tokens_per_second=speed,
            peak_memory_bytes=self.memory.bytes(),
            train_loss_first=losses[0][1] if losses else None,
            train_loss_last=losses[-1][1] if losses else None,
        )

    def add_metrics(self, metrics: dict[str, Change]) -> None:
        self.add(metrics=self.outcome.metrics | metrics)

    def add_start(self, evaluator: Evaluator, before: EvalResult) -> None:
        """The starting point's figures as step 0 of the curves, once; the curves of a fork begin where it forked."""
        if self.run.forked_at:
            return
        evaluated = self.store.curves.curve(self.run.id, "eval_loss")
        if evaluated and evaluated[0][0] == 0:
            return
        general = before.forgetting if evaluator.watches_general else None
        write_points(self.store, self.run.id, 0, before.eval_loss, general)
        write_samples(self.store, self.run.id, 0, evaluator, before.samples)

    def add_end(self, before: EvalResult | None, after: EvalResult) -> None:
        """The figures after training beside those of the starting point."""
        before = before or EvalResult(None)
        metrics = {
            name: _change(name, before.metrics.get(name), value, before, after) for name, value in after.metrics.items()
        }
        self.add(
            eval_loss=Change(before.eval_loss, after.eval_loss),
            metrics=self.outcome.metrics | metrics,
            forgetting=Change(before.forgetting, after.forgetting),
            retained=_change("retained", before.retained, after.retained, before, after),
            peak_memory_bytes=self.outcome.peak_memory_bytes or self.memory.bytes(),
        )

    def add_by_value(self, column: str, before: EvalResult, after: EvalResult) -> None:
        """The figures by the values of a column, as a picture; nothing where none was named."""
        if after.by_value:
            drawn = picture_of(column, after.measure, before.by_value, after.by_value)
            self.add(pictures=self.outcome.pictures | {"by_value": drawn})

    def add_movement(self, context: StageContext, model: Any, start: Chain, data: DataSet) -> None:
        """How far each module moved from where the run started."""
        if (moved := measure_movement(context, model, start, data, self.outcome.moved)) is not None:
            self.add(moved=moved)

    @contextlib.contextmanager
    def whole(self, give_way: Turns) -> Iterator[None]:
        """Keep what the run takes in all meanwhile, beside what earlier processes took; not known where one was
        killed."""
        earlier = self.outcome.whole_seconds if self.run.step else 0.0
        self.add(whole_seconds=None)
        began, waited = time.monotonic(), give_way.waited
        yield
        self.add(whole_seconds=_added(earlier, time.monotonic() - began - (give_way.waited - waited)))

    def overhead_seconds(self, waited: float) -> float | None:
        """What the run took besides its steps, its search and `waited` seconds; None for one that was resumed."""
        if not self.run.started or self.run.step or not self.outcome.train_seconds:
            return None
        searched = sum(trial.seconds for trial in self.outcome.search)
        return time.time() - self.run.started - waited - self.outcome.train_seconds - searched


def _added(before: float | None, now: float | None) -> float | None:
    """The sum of two figures that are known."""
    return None if before is None or now is None else before + now


def _change(name: str, was: float | None, now: float | None, before: EvalResult, after: EvalResult) -> Change:
    """A figure before and after with how sure it is."""
    old, new = before.intervals.get(name), after.intervals.get(name)
    return Change(
        was, now, new.n if new else None, (old.low, old.high) if old else None, (new.low, new.high) if new else None,
        after.commonest.get(name), new.marks if new else (), new.groups if new else (),
    )  # fmt: skip


def environment() -> dict[str, Any]:
    """Where a run is carried out: device, system and the versions of the libraries."""
    import torch

    device = torch.cuda.get_device_name() if torch.cuda.is_available() else "cpu"
    versions = {}
    for name in PACKAGES:
        with contextlib.suppress(PackageNotFoundError):  # a Space has the lab's code, and no package of that name
            versions[name] = version(name)
    machine = {"device": device, "threads": torch.get_num_threads(), "cores": os.cpu_count()}
    return {**machine, "python": sys.version.split()[0], "system": platform.platform(), "versions": versions}
