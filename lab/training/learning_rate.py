"""Short trainings ahead of a stage, from its own start and with its own seed, thrown away afterwards.

They settle what a recipe leaves open: how many steps fit into a budget of seconds, and which learning rate a search
finds. What was found goes into the run's recipe, so that repeating or resuming it tries nothing again.
"""

import math
import shutil
import statistics
import time
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments, set_seed

from lab.data import DataSet
from lab.errors import RunError
from lab.evaluate.evaluator import Evaluator
from lab.models import shape_of
from lab.recipe import SEARCH, Budget, usual_rate
from lab.store import Trial
from lab.training.context import StageContext, StopRequest
from lab.training.guard import Diverged, FiniteGuard
from lab.training.outcome import OutcomeWriter
from lab.training.ranks import LEAD
from lab.training.trainers import make_trainer
from lab.training.weights import build_model

TIMED_STEPS = 8
UNTIMED = 2
"""The first steps are slower: memory is taken, kernels are chosen."""


class Stopped(Exception):
    """Somebody asked to stop during a trial: 'cancel', 'discard' or 'interrupt'."""


def settle_stage(
    context: StageContext, data: DataSet, evaluator: Evaluator, outcome: OutcomeWriter, stop: StopRequest
) -> StageContext:
    """The context with the stage's number of steps and its learning rate; None is left for the card's rate.

    Raises Stopped.
    """
    try:
        if not context.stage.budget.planned_steps:
            steps = _steps_that_fit(context, data, stop)
            budget = context.stage.budget.model_copy(update={"expected_steps": steps})
            context = context.with_stage(context.stage.model_copy(update={"budget": budget}))
        if context.stage.learning_rate == SEARCH:
            rate = tune_learning_rate(context, data, evaluator, outcome, stop)
            context = context.with_stage(context.stage.model_copy(update={"learning_rate": rate, "search": None}))
        return context
    finally:
        shutil.rmtree(context.folder.root / "trial", ignore_errors=True)


def tune_learning_rate(
    context: StageContext, data: DataSet, evaluator: Evaluator, outcome: OutcomeWriter, stop: StopRequest
) -> float:
    """The learning rate with the lowest held-out loss after a few steps; every rate tried is noted with the run.

    Rates noted before (the run was interrupted) are not tried again. Raises RunError when no rate can be chosen.
    """
    stage, search = context.stage, context.stage.search
    if search is None or not stage.budget.planned_steps:
        raise RunError("the stage does not say how to search for a learning rate", do="give it a `search`.")
    rates = search.around(usual_rate_of(context))
    steps = search.length(stage.budget.planned_steps)
    for rate in rates:
        if any((trial.stage, trial.learning_rate) == (context.index, rate) for trial in outcome.outcome.search):
            continue
        began = time.perf_counter()
        finite = _tried(_trial(context, steps, rate), data, evaluator, stop)
        outcome.add(
            search=(
                *outcome.outcome.search,
                Trial(context.index, rate, steps, finite, time.perf_counter() - began),
            )
        )
        told = "it diverged" if finite is None else f"held-out loss {finite:.4f}"
        print(f"learning rate {rate:g}: {told} after {steps} steps", flush=True)
    own = [trial for trial in outcome.outcome.search if trial.stage == context.index]
    able = [(trial.held_out_loss, trial.learning_rate) for trial in own if trial.held_out_loss is not None]
    if not able:
        raise RunError(f"training diverged at every learning rate tried, from {rates[0]:g}", do="give a lower one.")
    return min(able)[1]


def usual_rate_of(context: StageContext) -> float:
    """The rate of the cards for the stage on its base."""
    stage, base = context.stage, shape_of(context.plan.base, context.home)
    return usual_rate(stage.method, stage.objective, base.parameters)


def _tried(context: StageContext, data: DataSet, evaluator: Evaluator, stop: StopRequest) -> float | None:
    """The held-out loss after a trial; None where it diverged. Raises RunError where nothing can be measured."""
    try:
        model, _ = train_trial(context, data, stop)
    except Diverged:
        return None
    loss = evaluator.held_out_loss(model)
    if loss is None:
        raise RunError("there are no held-out rows to choose a learning rate by", do="give a learning rate.")
    return loss if math.isfinite(loss) else None


def _steps_that_fit(context: StageContext, data: DataSet, stop: StopRequest) -> int:
    """How many optimizer steps the stage's seconds allow on this machine, from a few that are timed."""
    rate, seconds = context.stage.learning_rate, context.stage.budget.seconds or 0.0
    _, times = train_trial(_trial(context, TIMED_STEPS, rate if isinstance(rate, float) else None), data, stop)
    pace = statistics.median(times[UNTIMED:])
    fits = max(1, min(1_000_000, round(seconds / pace)))
    print(f"{1000 * pace:.1f} ms a step: {fits} steps are expected in {seconds:g} seconds", flush=True)
    return fits


def _trial(context: StageContext, steps: int, rate: float | None) -> StageContext:
    """The stage cut to a few steps at one rate; at the card's without one."""
    budget: Budget = context.stage.budget.model_copy(update={"steps": steps, "seconds": None, "expected_steps": None})
    changes: dict[str, Any] = {"budget": budget, "learning_rate": rate, "search": None}
    return context.with_stage(context.stage.model_copy(update=changes))


def _start(context: StageContext) -> Any:
    """The model the stage starts from; the loaded base, which serves once, is left to the stage itself."""
    set_seed(context.start_seed)
    return build_model(context.chain, context.stage, context.home, context.start_seed)


def train_trial(context: StageContext, data: DataSet, stop: StopRequest) -> tuple[Any, list[float]]:
    """Train the context's stage from its start and keep nothing; the model and the seconds of each step.

    Raises Stopped, and Diverged where a number is not finite.
    """
    model = _start(context)
    if context.stage.learning_rate is None:
        context = context.with_stage(context.stage.model_copy(update={"learning_rate": usual_rate_of(context)}))
    watch, folder = _TrialCallback(stop), context.folder.root / "trial"
    LEAD.begin(context, data, folder)
    trainer = make_trainer(context, model, data, folder, [watch])
    FiniteGuard(trainer, trainer.model.parameters(), lambda first, loss: True)
    LEAD.train(trainer)
    if watch.reason:
        raise Stopped(watch.reason)
    return model, watch.seconds


class _TrialCallback(TrainerCallback):
    """Times steps, and asks after each whether to stop."""

    def __init__(self, stop: StopRequest):
        self._stop = stop
        self.reason: str | None = None
        self.seconds: list[float] = []

    def on_step_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        self._began = time.perf_counter()

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        self.seconds.append(time.perf_counter() - self._began)
        self.reason = self._stop()
        if self.reason:
            control.should_training_stop = True
