"""Short trainings ahead of a stage, from its own start and with its own seed, thrown away afterwards.

They settle what a recipe leaves open: how many steps fit into a budget of seconds, and which learning rate a search
finds. What was found goes into the run's recipe, so that repeating or resuming it tries nothing again.
"""

import math
import shutil
import statistics
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from transformers import TrainerCallback, set_seed

from lab.card import find_cards
from lab.data import DataSet
from lab.errors import RunError
from lab.evaluate.evaluator import Evaluator
from lab.recipe import SEARCH, ResolvedStage
from lab.store import Trial
from lab.training.trainers import make_trainer
from lab.training.weights import continues, model_for_stage, total_count

if TYPE_CHECKING:
    from lab.training.run import Work

TIMED_STEPS = 8
UNTIMED = 2
"""The first steps are slower: memory is taken, kernels are chosen."""
HOPE = 1.1
"""More steps are planned than seem to fit: the seconds end a stage, not a slow moment while it was timed."""


class Stopped(Exception):
    """Somebody asked to stop during a trial: 'cancel', 'discard' or 'interrupt'."""


def settle(work: "Work", index: int, stage: ResolvedStage, data: DataSet, judge: Evaluator) -> ResolvedStage:
    """The stage with its number of steps and its learning rate; None is left for the card's rate. Raises Stopped."""
    try:
        if stage.budget.steps is None:
            steps = _steps_that_fit(work, index, stage, data)
            stage = stage.model_copy(update={"budget": stage.budget.model_copy(update={"steps": steps})})
        if stage.learning_rate == SEARCH:
            stage = stage.model_copy(update={"learning_rate": _search(work, index, stage, data, judge), "search": None})
        return stage
    finally:
        shutil.rmtree(work.folder.root / "trial", ignore_errors=True)


def _steps_that_fit(work: "Work", index: int, stage: ResolvedStage, data: DataSet) -> int:
    """How many optimizer steps the stage's seconds allow on this machine, from a few that are timed."""
    budget = stage.budget.model_copy(update={"steps": TIMED_STEPS, "seconds": None})
    rate = stage.learning_rate if isinstance(stage.learning_rate, float) else None
    probe = stage.model_copy(update={"budget": budget, "learning_rate": rate, "search": None})
    _, steps = _train(work, index, probe, data)
    pace = statistics.median(steps[UNTIMED:])
    fits = max(1, min(1_000_000, round(HOPE * stage.budget.seconds / pace)))
    print(f"{1000 * pace:.1f} ms a step: {fits} steps are planned for {stage.budget.seconds:g} seconds", flush=True)
    return fits


def _search(work: "Work", index: int, stage: ResolvedStage, data: DataSet, judge: Evaluator) -> float:
    """The learning rate with the lowest held-out loss after a few steps; every rate tried is noted with the run.

    Rates noted before (the run was interrupted) are not tried again. Raises RunError when no rate can be chosen.
    """
    rates = stage.search.around(card_rate(stage, _start(work, index, stage)))
    steps = stage.search.length(stage.budget.steps)
    for rate in rates:
        if any((trial.stage, trial.learning_rate) == (index, rate) for trial in work.outcome.search):
            continue
        began = time.perf_counter()
        budget = stage.budget.model_copy(update={"steps": steps, "seconds": None})
        tried = stage.model_copy(update={"budget": budget, "learning_rate": rate, "search": None})
        model, _ = _train(work, index, tried, data)
        loss = judge.held_out_loss(model)
        if loss is None:
            raise RunError("there are no held-out rows to choose a learning rate by", do="give a learning rate.")
        found = Trial(index, rate, steps, loss if math.isfinite(loss) else None, time.perf_counter() - began)
        work.note(search=(*work.outcome.search, found))
        print(f"learning rate {rate:g}: held-out loss {loss:.4f} after {steps} steps", flush=True)
    own = [trial for trial in work.outcome.search if trial.stage == index and trial.held_out_loss is not None]
    if not own:
        raise RunError(f"training diverged at every learning rate tried, from {rates[0]:g}", do="give a lower one.")
    return min(own, key=lambda trial: (trial.held_out_loss, trial.learning_rate)).learning_rate


def card_rate(stage: ResolvedStage, model) -> float:
    """The rate of the method's card for a model of this size."""
    card = find_cards("lab.methods")[stage.method].CARD
    return card.rate_for(total_count(model))


def _start(work: "Work", index: int, stage: ResolvedStage) -> Any:
    """The model the stage starts from; the loaded base, which serves once, is left to the stage itself."""
    seed = work.plan.seed + index
    set_seed(seed)
    return model_for_stage(replace(work, warm=None), stage, seed)


def _train(work: "Work", index: int, stage: ResolvedStage, data: DataSet) -> tuple[Any, list[float]]:
    """Train the stage from its start; the model and the seconds of each step. Raises Stopped."""
    model = _start(work, index, stage)
    if stage.learning_rate is None:
        stage = stage.model_copy(update={"learning_rate": card_rate(stage, model)})
    watch = _Watch(work.stop)
    folder = work.folder.root / "trial"
    fresh = not continues(work.chain, stage)
    trainer = make_trainer(work, stage, model, data, work.plan.seed + index, folder, [watch], fresh=fresh)
    trainer.train()
    if watch.reason:
        raise Stopped(watch.reason)
    return model, watch.seconds


class _Watch(TrainerCallback):
    """Times steps, and asks after each whether to stop."""

    def __init__(self, stop):
        self._stop = stop
        self.reason: str | None = None
        self.seconds: list[float] = []

    def on_step_begin(self, args, state, control, **_) -> None:
        self._began = time.perf_counter()

    def on_step_end(self, args, state, control, **_) -> None:
        self.seconds.append(time.perf_counter() - self._began)
        self.reason = self._stop()
        if self.reason:
            control.should_training_stop = True
