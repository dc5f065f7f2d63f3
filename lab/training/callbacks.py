"""The callbacks around a trainer's steps: write curves, evaluate now and then, stop when asked, write checkpoints."""

import json
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from lab.evaluate.evaluator import Evaluator
from lab.store import Store
from lab.store.shapes import EVALUATING
from lab.training.evaluations import write_evaluation
from lab.training.guard import Diverged
from lab.training.outcome import OutcomeWriter
from lab.training.turns import Turns

CHECKPOINT_SECONDS = 8.0
"""Seconds of training after which a checkpoint is due: a worker that is killed loses these and one step at most."""
CHECKPOINT_SHARE = 0.05
"""Where writing one takes longer, it is due so rarely that no more of the time goes into writing."""
SECONDS_FILE = "seconds.json"
"""Beside each checkpoint: the seconds of training that led there."""
NO_CURVES = {"epoch", "step", "num_tokens", "num_input_tokens_seen", "step_time"}
"""What trainers log that is no curve of its own; everything else is: rewards, divergence, entropy, lengths …"""


class MetricsCallback(TrainerCallback):
    """Writes every logged step into the store; measures the time to the first step and within steps, and tokens."""

    def __init__(self, store: Store, run: str, offset: int, total_steps: int):
        self._store, self._run, self._offset, self._total = store, run, offset, total_steps
        self.first_step_at: float | None = None
        self.tokens = 0.0
        self.seconds = 0.0
        self.cpu_seconds = 0.0
        """What the steps took of the processor, which other work on the machine makes no longer."""
        self.before = 0.0
        """Seconds of training before the stage was resumed."""
        self.durations: list[float] = []
        """Seconds of each step; the first ones also warm everything up."""
        self.threads: list[int] = []
        """What each step was computed with; see `lab.executors.processes.turns`."""
        self._resumed_tokens: float | None = None
        self._began: float | None = None
        self._cpu_began = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds of training so far, with those before it was resumed and those of the step that is being done."""
        running = 0.0 if self._began is None else time.perf_counter() - self._began
        return self.before + self.seconds + running

    @property
    def speed(self) -> float | None:
        """Tokens a second, within steps."""
        return self.tokens / self.seconds if self.seconds else None

    def on_step_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        self._began, self._cpu_began = time.perf_counter(), time.process_time()

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        self.first_step_at = self.first_step_at or time.time()
        self.durations.append(time.perf_counter() - (self._began or 0.0))
        self.threads.append(torch.get_num_threads())
        self._began = None
        self.seconds += self.durations[-1]
        self.cpu_seconds += time.process_time() - self._cpu_began
        step = self._offset + state.global_step
        self._store.runs.progress(self._run, step, max(self._total, step))

    def on_save(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        file = Path(args.output_dir or "") / f"checkpoint-{state.global_step}" / SECONDS_FILE
        file.write_text(json.dumps(self.before + self.seconds), encoding="utf-8")

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, float] | None = None,
        **_: Any,
    ) -> None:
        logs = logs or {}
        if "loss" not in logs:
            return
        seen = float(logs.get("num_tokens", 0))
        if self._resumed_tokens is None:
            self._resumed_tokens = 0.0 if state.global_step <= 1 else seen
        self.tokens = seen - self._resumed_tokens
        numbers = {name: float(value) for name, value in logs.items() if name not in NO_CURVES and _is_number(value)}
        values = {name: value for name, value in numbers.items() if math.isfinite(value)}
        if self.seconds and self.tokens:
            values["tokens_per_second"] = self.tokens / self.seconds
        self._store.curves.write(self._run, self._offset + state.global_step, values)
        print(
            f"step {self._offset + state.global_step}: " + ", ".join(f"{k} {v:.4g}" for k, v in values.items()),
            flush=True,
        )


class TurnCallback(TrainerCallback):
    """Before every step, lets other runs compute where it is their turn."""

    def __init__(self, give_way: Turns, offset: int, total_steps: int):
        self._give_way, self._offset, self._total = give_way, offset, max(1, total_steps)

    def on_step_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        self._give_way((self._offset + state.global_step) / self._total)


class TimeLimitCallback(TrainerCallback):
    """Ends a stage when its seconds of training are spent; `before` were spent before it was resumed."""

    def __init__(self, recorder: MetricsCallback, seconds: float | None, before: float):
        self._recorder, self._left = recorder, math.inf if seconds is None else seconds - before

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        if self._recorder.seconds >= self._left:
            control.should_training_stop = True


class EvalCallback(TrainerCallback):
    """Held-out loss and samples every so many steps, and always at the last."""

    def __init__(self, evaluator: Evaluator, outcome: OutcomeWriter, run: str, offset: int, every: int):
        self._evaluator, self._outcome, self._run, self._offset, self._every = evaluator, outcome, run, offset, every

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, model: Any = None, **_: Any
    ) -> None:
        last = state.global_step == state.max_steps or control.should_training_stop
        if state.global_step % self._every and not last:
            return
        with self._outcome.doing(EVALUATING), self._outcome.noted("the evaluation while it trained"):
            loss = write_evaluation(
                self._outcome.store, self._run, self._offset + state.global_step, self._evaluator, model
            )
            if loss is not None and not math.isfinite(loss):
                raise Diverged("the held-out loss", state.global_step)


class StopCallback(TrainerCallback):
    """Asks after every step whether to stop, and has a checkpoint written every few seconds of training, where that
    takes little of the time, and before leaving."""

    def __init__(self, stop: Callable[[], str | None], recorder: MetricsCallback):
        self._stop, self._recorder = stop, recorder
        self.reason: str | None = None
        self._saved = self._asked = self._cost = 0.0

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        last = state.global_step >= state.max_steps or control.should_training_stop
        self.reason = None if last else self._stop()
        if self.reason:
            control.should_training_stop = True
        due = self._recorder.seconds - self._saved > max(CHECKPOINT_SECONDS, self._cost / CHECKPOINT_SHARE)
        if self.reason in ("interrupt", "cancel") or (due and not last and not self.reason):
            control.should_save = True
            self._saved, self._asked = self._recorder.seconds, time.monotonic()

    def on_save(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        self._cost = time.monotonic() - self._asked if self._asked else 0.0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def seconds_in(checkpoint: str) -> float:
    """The seconds of training that led to a checkpoint."""
    try:
        return float(json.loads((Path(checkpoint) / SECONDS_FILE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return 0.0
