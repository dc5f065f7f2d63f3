"""One stage of a run: prepare, settle what the recipe left open, build, fit, save, report.

A stage starts from the weights before it and leaves a link in the run's chain of weights.
"""

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.card import find_cards
from lab.data import DataSet, load_mix
from lab.data.fit import fitting
from lab.data.learned import keep_learned, learned_before, unrecorded, without_learned
from lab.errors import LabError
from lab.evaluate.evaluator import Evaluator
from lab.methods import hook
from lab.models import Chain, find_base, precision_of, root_base, save_chain, shape_of
from lab.objectives import hook as objective_hook
from lab.planning.cost import StageFacts, batch_share, estimate_cost, stage_sizes, step_flops
from lab.planning.throughput import FEWEST, save_memory_ratio, save_step_time, step_time_of, timed_base
from lab.store import Change
from lab.training.baseline import known_start
from lab.training.callbacks import EvalCallback, MetricsCallback, StopCallback, TimeLimitCallback
from lab.training.context import StageContext, StopRequest
from lab.training.evaluators import make_evaluator
from lab.training.learning_rate import Stopped, card_rate, settle_stage
from lab.training.outcome import OutcomeWriter
from lab.training.trainers import make_trainer
from lab.training.weights import build_model, makes_reward_model, save_weights, size_of


@dataclass(frozen=True)
class StageResult:
    """A stage that has been trained, or was stopped: `stopped` says by which request."""

    context: StageContext
    chain: Chain
    """The run's chain of weights with what the stage left."""
    stopped: str | None = None
    model: Any = None
    evaluator: Evaluator | None = None


def train_stage(
    context: StageContext, start: Chain, outcome: OutcomeWriter, stop: StopRequest, warm: Any = None
) -> StageResult:
    """Train one stage and, unless it is to be left unfinished, save its weights as a link of the chain.

    `start` is where the run's own weights start, `warm` the base, loaded already (it is used up).
    """
    from transformers import set_seed

    data = _load(context)
    if context.index == 0:
        outcome.add(notes=())  # those of the queue were of a part of the rows
    for note in data.notes:
        outcome.add_note(f"{data.name}: {note}")
    evaluator = make_evaluator(context, data)
    try:
        context = settle_stage(context, data, evaluator, outcome, stop)
    except Stopped as asked:
        return StageResult(context, context.chain, str(asked))
    set_seed(context.seed)  # before the model is made: adapters and new heads start from it
    model = build_model(context.chain, context.stage, context.home, context.seed, warm)
    context = _with_rate(context, model)
    _write_recipe(context, outcome)
    if context.first_step == 0 and (before := known_start(context, start, evaluator, outcome.store)):
        outcome.add_start(evaluator, before)
    outcome.add_model(context, model)
    metrics, trainer, stopped = _fit(context, model, data, evaluator, outcome, stop)
    seconds = outcome.seconds_before(context.index) + metrics.seconds
    outcome.add_training(context, metrics, seconds, trainer.state.global_step)
    _keep_throughput(context, data, metrics, outcome)
    chain = context.chain
    if stopped not in ("interrupt", "discard"):
        chain = _save(context, model, trainer, outcome)
    if makes_reward_model(context.stage):  # its figures stay beside those of the stages that ask it
        outcome.add_metrics({name: Change(None, value) for name, value in evaluator.measured(model, True).items()})
    return StageResult(context, chain, stopped, model, evaluator)


def _load(context: StageContext) -> DataSet:
    """The stage's rows; what it or what it builds on has learned is written down, and held out no more."""
    plan, home, run = context.plan, context.home, context.run_id
    before = learned_before(plan, home, run)
    loaded = load_mix(context.stage.data, home, plan.seed, _formats(context), plan.split_seed)
    scores = find_cards("lab.objectives")[context.stage.objective].CARD.scores
    data = fitting(without_learned(loaded, before), context.tokenizer, context.stage, scores)
    keep_learned(run, home, data.train, before)
    for note in (*data.notes, *unrecorded(plan, home)):
        print(note, flush=True)
    return data


def _formats(context: StageContext) -> tuple[str, ...]:
    formats: tuple[str, ...] = find_cards("lab.objectives")[context.stage.objective].CARD.formats
    return formats


def _with_rate(context: StageContext, model: Any) -> StageContext:
    """The context with the card's learning rate where the recipe names none."""
    if context.stage.learning_rate is not None:
        return context
    return context.with_stage(context.stage.model_copy(update={"learning_rate": card_rate(context.stage, model)}))


def _write_recipe(context: StageContext, outcome: OutcomeWriter) -> None:
    """What was only known now goes back into the run's recipe, to be repeated as it was."""
    recipe = context.plan.to_yaml()
    context.folder.recipe.write_text(recipe, encoding="utf-8")
    outcome.store.runs.rewrite_recipe(context.run_id, recipe)


def _fit(
    context: StageContext, model: Any, data: DataSet, evaluator: Evaluator, outcome: OutcomeWriter, stop: StopRequest
) -> tuple[MetricsCallback, Any, str | None]:
    """Train, from the last checkpoint if there is one; what was measured, the trainer, and why it was stopped."""
    store, run, first, budget = outcome.store, context.run_id, context.first_step, context.stage.budget
    every = context.plan.evaluate.every or max(1, round((budget.steps or 0) / 6))
    metrics, stopping = MetricsCallback(store, run, first, context.total_steps), StopCallback(stop)
    limit = TimeLimitCallback(metrics, budget.seconds, outcome.seconds_before(context.index))
    callbacks = [metrics, limit, EvalCallback(evaluator, store, run, first, every), stopping]
    trainer = make_trainer(context, model, data, context.checkpoints, callbacks)
    checkpoint = _last_checkpoint(context.checkpoints)
    done = int(checkpoint.rpartition("-")[2]) if checkpoint else 0
    store.curves.forget_after(run, first + done)
    trainer.train(resume_from_checkpoint=checkpoint)
    return metrics, trainer, stopping.reason


def _last_checkpoint(folder: Path) -> str | None:
    from transformers.trainer_utils import get_last_checkpoint

    return get_last_checkpoint(str(folder)) if folder.is_dir() else None


def _save(context: StageContext, model: Any, trainer: Any, outcome: OutcomeWriter) -> Chain:
    """Save the stage's weights, lengthen the chain, and drop the checkpoints that led there."""
    stage, folder = context.stage, context.weights
    link = save_weights(model, folder, stage, context.ref.in_chains)
    if save := objective_hook(stage.objective, "save"):
        save(trainer, folder)
    before = context.chain[:-1] if context.continues else context.chain
    chain = (*before, link)
    save_chain(context.folder, chain)
    if makes_reward_model(stage):
        save_chain(context.folder, chain, context.index)
    outcome.add(adapter_bytes=size_of(folder))
    if ranks := hook(stage.method, "ranks"):
        outcome.add(ranks=ranks(folder))
    shutil.rmtree(context.checkpoints, ignore_errors=True)
    return chain


def _keep_throughput(context: StageContext, data: DataSet, metrics: MetricsCallback, outcome: OutcomeWriter) -> None:
    """Keep how fast this stage went, and how much memory it took, so that the next recipe's cost can be told."""
    if len(metrics.durations) < FEWEST:
        return
    stage, store = context.stage, outcome.store
    with contextlib.suppress(LabError):  # a base without a tokenizer of the fast kind
        base = root_base(context.plan.base, context.home)
        shape = shape_of(base, context.home)
        sizes = stage_sizes(stage, data.train, find_base(base, context.home))
        batches = [seconds / batch_share(stage) for seconds in metrics.durations]
        time = step_time_of(step_flops(shape, stage, sizes), batches)
        timed = timed_base(base, precision_of(context.chain, context.home))
        save_step_time(store, timed, stage.objective, stage.method, time)
        if len(context.plan.stages) == 1 and (peak := outcome.memory.bytes()):
            estimated = estimate_cost(context.plan, shape, [StageFacts(sizes)]).memory_bytes
            save_memory_ratio(store, timed, stage.objective, stage.method, peak / estimated)
