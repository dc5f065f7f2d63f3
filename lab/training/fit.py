"""The steps of one stage: its trainer with all that watches it, from the last checkpoint where there is one."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lab.card import find_cards
from lab.data import DataSet
from lab.evaluate.evaluator import Evaluator
from lab.store import Store
from lab.training.callbacks import (
    EvalCallback,
    MetricsCallback,
    StopCallback,
    TimeLimitCallback,
    TurnCallback,
    seconds_in,
)
from lab.training.choosing import BestWeights
from lab.training.context import StageContext, StopRequest
from lab.training.divergence import far_above
from lab.training.forking import FirstLook, ForkCallback, fork_begins, take_up
from lab.training.guard import Diverged, FiniteGuard
from lab.training.halving import HalvingCallback
from lab.training.outcome import OutcomeWriter
from lab.training.ranks import LEAD, gathered
from lab.training.schedule import anneal_by_share
from lab.training.trainers import make_trainer
from lab.training.weights import gives_of, whole_model

EVALUATIONS = 6
"""In a stage whose recipe does not say how often."""


@dataclass
class Fit:
    """A stage's trainer after its steps: what was measured, why it was stopped, what was not finite, if anything."""

    trainer: Any
    metrics: MetricsCallback
    guard: FiniteGuard
    before: float
    """Seconds it was trained for before it was resumed."""
    stopped: str | None = None
    diverged: Diverged | None = None

    @property
    def steps(self) -> int:
        """Steps of the stage, those before it was resumed included."""
        return int(self.trainer.state.global_step)

    @property
    def seconds(self) -> float:
        return self.before + self.metrics.seconds


def fit(
    context: StageContext, model: Any, data: DataSet, evaluator: Evaluator, chooser: Evaluator, outcome: OutcomeWriter,
    stop: StopRequest,
) -> Fit:  # fmt: skip
    """Train until the budget is spent, somebody asks to stop, a number is not finite, or the stage's rule stops early.

    `chooser` measures on the rows that the best weights are chosen by. The trainer's model is left with the weights to
    keep.
    """
    store, run, first, budget = outcome.store, context.run_id, context.first_step, context.stage.budget
    checkpoint = last_checkpoint(context.checkpoints)
    done = int(checkpoint.rpartition("-")[2]) if checkpoint else 0
    metrics = MetricsCallback(store, run, first, context.total_steps)
    before = seconds_in(checkpoint) if checkpoint else 0.0
    every = context.plan.evaluate.every or max(1, round(budget.planned_steps / EVALUATIONS))
    begins = fork_begins(checkpoint)
    stopping, limit = StopCallback(stop, metrics), TimeLimitCallback(metrics, budget.seconds, before)
    metrics.before = before
    laid_over = context.plan.fsdp is not None  # no process then has a whole model to measure
    turns = TurnCallback(context.give_way, first, context.total_steps)  # first: waiting is no part of a step
    watching = [turns, metrics, limit]
    if not laid_over:
        watching.append(EvalCallback(evaluator, outcome, run, first, every))
    best, halving = _choosing(context, chooser, store, every, done)
    watching += [one for one in (best, halving) if one]
    watching += [ForkCallback(outcome, context), stopping]
    if begins:
        watching.append(FirstLook(evaluator, outcome, run, first))
    LEAD.begin(context, data, context.checkpoints, checkpoint)
    trainer = make_trainer(context, model, data, context.checkpoints, watching, report=True)
    if best:
        best.whole = trainer.model
    if gives_of(context.stage) != "text":  # a new head counts too, and may be all that learns
        outcome.add_model(context, model, trainer.model)
    if budget.seconds:
        _anneal(context, trainer, metrics)
    if begins:
        take_up(trainer, begins, context, outcome)
    fitted = Fit(trainer, metrics, guarded(context, trainer), before)
    store.curves.forget_after(run, first + done)
    try:
        LEAD.train(trainer, checkpoint)
    except Diverged as problem:
        if laid_over:
            raise
        fitted.diverged = problem
    fitted.stopped = stopping.reason
    if halving and halving.told and not fitted.diverged:
        fitted.stopped = fitted.stopped or "cancel"
        outcome.add_note(halving.told)
    if laid_over:
        start = (context.chain, context.stage, context.home, context.start_seed)
        trainer.model = whole_model(*start, gathered(trainer))
    if best and not fitted.diverged and fitted.stopped not in ("interrupt", "discard"):
        _keep_best(context, best, fitted, outcome)
    return fitted


def _choosing(
    context: StageContext, chooser: Evaluator, store: Store, every: int, done: int
) -> tuple[BestWeights | None, HalvingCallback | None]:
    """What keeps the best weights, and what stops those that are not among the best variants, where that is asked."""
    stage, run, measure = context.stage, context.run_id, chooser.held_out_loss
    best = halving = None
    if stage.early_stop or stage.keep == "best":
        best = BestWeights(stage, measure, store, run, context.first_step, every, context.checkpoints)
        best.resume(done)
    if context.plan.halving:
        halving = HalvingCallback(context.plan.halving, stage.budget.planned_steps, measure, store, run)
    return best, halving


def _keep_best(context: StageContext, best: BestWeights, fitted: Fit, outcome: OutcomeWriter) -> None:
    """Give the model its best weights, and say which those are and whether training was stopped early."""
    put_back, first, rule = best.put_back(fitted.trainer.model), context.first_step, context.stage.early_stop
    done, planned = first + fitted.steps, context.stage.budget.planned_steps
    if best.stopped_early and rule:
        outcome.add_note(
            f"Stopped early after step {done} of {first + planned}: the held-out loss had not fallen in "
            f"{rule.patience} looks."
        )
        outcome.store.runs.progress(context.run_id, done, context.total_steps - planned + fitted.steps)
    if put_back and best.step is not None:
        outcome.add(kept_step=first + best.step)
        if best.step != fitted.steps:
            kept = first + best.step
            outcome.add_note(f"The weights of step {kept} are kept: their held-out loss was the lowest.")


def guarded(context: StageContext, trainer: Any) -> FiniteGuard:
    """A guard on the trainer; a loss that only stands for rewards has no ordinary size."""
    rewarded = find_cards("lab.objectives")[context.stage.objective].CARD.rewarded
    weights = trainer.model.parameters() if context.plan.fsdp is None else ()  # one process alone can't read them
    return FiniteGuard(trainer, weights, lambda first, loss: rewarded or not far_above(first, loss))


def last_checkpoint(folder: Path) -> str | None:
    from transformers.trainer_utils import get_last_checkpoint

    return get_last_checkpoint(str(folder)) if folder.is_dir() else None


def _anneal(context: StageContext, trainer: Any, metrics: MetricsCallback) -> None:
    """The learning rate by the share of the seconds that is spent, or of the steps, where those are given too."""
    budget, stage = context.stage.budget, context.stage

    @lru_cache(maxsize=1)  # once a step: all weights share one rate
    def share(step: int) -> float:
        by_time = metrics.elapsed / (budget.seconds or 1.0)
        return max(by_time, step / budget.steps) if budget.steps else by_time

    anneal_by_share(trainer, stage.schedule, stage.warmup, share)
