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

from lab.card import find_cards
from lab.data import DataSet
from lab.errors import RunError
from lab.evaluate.evaluator import Evaluator
from lab.recipe import SEARCH, Budget, ResolvedStage
from lab.store import Trial
from lab.training.context import StageContext, StopRequest
from lab.training.outcome import OutcomeWriter
from lab.training.trainers import make_trainer
from lab.training.weights import build_model, total_count

TIMED_STEPS = 8
UNTIMED = 2
"""The first steps are slower: memory is taken, kernels are chosen."""
MARGIN = 1.1
"""More steps are planned than seem to fit: the seconds end a stage, not a slow moment while it was timed."""


class Stopped(Exception):
    """Somebody asked to stop during a trial: 'cancel', 'discard' or 'interrupt'."""


def settle_stage(
    context: StageContext, data: DataSet, evaluator: Evaluator, outcome: OutcomeWriter, stop: StopRequest
) -> StageContext:
    """The context with the stage's number of steps and its learning rate; None is left for the card's rate.

    Raises Stopped.
    """
    try:
        if context.stage.budget.steps is None:
            steps = _steps_that_fit(context, data, stop)
            budget = context.stage.budget.model_copy(update={"steps": steps})
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
    if search is None or stage.budget.steps is None:
        raise RunError("the stage does not say how to search for a learning rate", do="give it a `search`.")
    rates = search.around(card_rate(stage, _start(context)))
    steps = search.length(stage.budget.steps)
    for rate in rates:
        if any((trial.stage, trial.learning_rate) == (context.index, rate) for trial in outcome.outcome.search):
            continue
        began = time.perf_counter()
        model, _ = _train(_trial(context, steps, rate), data, stop)
        loss = evaluator.held_out_loss(model)
        if loss is None:
            raise RunError("there are no held-out rows to choose a learning rate by", do="give a learning rate.")
        finite = loss if math.isfinite(loss) else None
        outcome.add(
            search=(
                *outcome.outcome.search,
                Trial(context.index, rate, steps, finite, time.perf_counter() - began),
            )
        )
        print(f"learning rate {rate:g}: held-out loss {loss:.4f} after {steps} steps", flush=True)
    own = [trial for trial in outcome.outcome.search if trial.stage == context.index]
    able = [(trial.held_out_loss, trial.learning_rate) for trial in own if trial.held_out_loss is not None]
    if not able:
        raise RunError(f"training diverged at every learning rate tried, from {rates[0]:g}", do="give a lower one.")
    return min(able)[1]


def card_rate(stage: ResolvedStage, model: Any) -> float:
    """The rate of the method's card for a model of this size."""
    rate: float = find_cards("lab.methods")[stage.method].CARD.rate_for(total_count(model))
    return rate


def _steps_that_fit(context: StageContext, data: DataSet, stop: StopRequest) -> int:
    """How many optimizer steps the stage's seconds allow on this machine, from a few that are timed."""
    rate, seconds = context.stage.learning_rate, context.stage.budget.seconds or 0.0
    _, times = _train(_trial(context, TIMED_STEPS, rate if isinstance(rate, float) else None), data, stop)
    pace = statistics.median(times[UNTIMED:])
    fits = max(1, min(1_000_000, round(MARGIN * seconds / pace)))
    print(f"{1000 * pace:.1f} ms a step: {fits} steps are planned for {seconds:g} seconds", flush=True)
    return fits


def _trial(context: StageContext, steps: int, rate: float | None) -> StageContext:
    """The stage cut to a few steps at one rate; at the card's without one."""
    budget: Budget = context.stage.budget.model_copy(update={"steps": steps, "seconds": None})
    changes = {"budget": budget, "learning_rate": rate, "search": None}
    return context.with_stage(context.stage.model_copy(update=changes))


def _start(context: StageContext) -> Any:
    """The model the stage starts from; the loaded base, which serves once, is left to the stage itself."""
    set_seed(context.seed)
    return build_model(context.chain, context.stage, context.home, context.seed)


def _train(context: StageContext, data: DataSet, stop: StopRequest) -> tuple[Any, list[float]]:
    """Train a trial from its start; the model and the seconds of each step. Raises Stopped."""
    model = _start(context)
    if context.stage.learning_rate is None:
        rate = card_rate(context.stage, model)
        context = context.with_stage(context.stage.model_copy(update={"learning_rate": rate}))
    watch = _TrialCallback(stop)
    trainer = make_trainer(context, model, data, context.folder.root / "trial", [watch])
    trainer.train()
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
