"""One stage of a run: prepare, settle what the recipe left open, build, fit, save, report.

A stage starts from the weights before it and leaves a link in the run's chain of weights.
"""

import contextlib
from dataclasses import dataclass, replace
from typing import Any

from lab.card import find_cards
from lab.data import DataSet, Row, load_mix
from lab.data.apart import for_choosing_and_report
from lab.data.fit import fitting
from lab.data.learned import keep_learned, learned_before, unrecorded, without_learned
from lab.data.thoughts import keep_thoughts, learns_thoughts, thinks
from lab.errors import LabError, RunError
from lab.evaluate.evaluator import Evaluator
from lab.models import Chain, find_base, precision_of, root_base, shape_of
from lab.objectives import hook as objective_hook
from lab.planning.cost import StageFacts, batch_share, estimate_cost, stage_sizes, step_flops
from lab.planning.teachers import teacher_shape
from lab.planning.throughput import FEWEST, save_memory_ratio, save_step_time, step_time_of, timed_base
from lab.recipe.combinations import told_of
from lab.store import Change
from lab.store.shapes import DOING_MEASURING
from lab.training.baseline import evaluate_start, known_start
from lab.training.callbacks import MetricsCallback
from lab.training.context import StageContext, StopRequest
from lab.training.evaluators import make_evaluator, with_run_models
from lab.training.fit import Fit, fit
from lab.training.forking import told_of_fork
from lab.training.keep import keep_last_good, save_stage, worse_than_its_start
from lab.training.learning_rate import Stopped, settle_stage, usual_rate_of
from lab.training.outcome import OutcomeWriter
from lab.training.remedies import figures_of, made_rows, with_old_rows
from lab.training.shots import add_shots
from lab.training.tasks import task_matrix
from lab.training.weights import build_model, makes_reward_model


@dataclass(frozen=True)
class _Loaded:
    """A stage's rows as figures are of them, and all rows it learns from: those that remedies made come on top."""

    data: DataSet
    train: list[Row]
    old_share: float


@dataclass(frozen=True)
class StageResult:
    """A stage that has been trained, or was stopped: `stopped` says by which request."""

    context: StageContext
    chain: Chain
    """The run's chain of weights with what the stage left."""
    stopped: str | None = None
    model: Any = None
    evaluator: Evaluator | None = None
    failure: str | None = None
    """Why it failed although it did not break: its numbers went astray."""


def train_stage(
    context: StageContext, start: Chain, outcome: OutcomeWriter, stop: StopRequest, warm: Any = None
) -> StageResult:
    """Train one stage and, unless it is to be left unfinished, save its weights as a link of the chain.

    `start` is where the run's own weights start, `warm` the base, loaded already (it is used up).
    """
    from transformers import set_seed

    outcome.add(doing="")
    if context.index == 0:
        outcome.add(notes=told_of_fork(outcome.outcome.notes))  # those of the queue were of a part of the rows
    for note in told_of(context.stage):
        outcome.add_note(f"{context.plan.name}: {note}")
    loaded = _load(context, outcome)
    data, choosing = _apart(context, loaded.data, outcome)
    learned = replace(data, train=loaded.train)
    evaluator = make_evaluator(context, data)
    outcome.add(wanted=evaluator.wanted)
    chooser = make_evaluator(context, choosing) if context.chooses else evaluator
    try:
        context = settle_stage(context, learned, chooser, outcome, stop)
        add_shots(context, learned, outcome, stop)
    except Stopped as asked:
        return StageResult(context, context.chain, str(asked))
    context = _with_rate(context)
    set_seed(context.start_seed)  # before the model is made: adapters and new heads start from it
    model = build_model(context.chain, context.stage, context.home, context.start_seed, warm)
    _write_recipe(context, outcome)
    with outcome.noted("showing the start"):
        if context.first_step == 0 and (before := known_start(context, start, evaluator, outcome.store)):
            outcome.add_start(evaluator, before)
    outcome.add_model(context, model)
    matrix = task_matrix(context, start, outcome)
    fitted = fit(context, model, learned, evaluator, chooser, outcome, stop)
    model = model if context.plan.fsdp is None else fitted.trainer.model
    outcome.add(doing=DOING_MEASURING)
    outcome.add_training(
        context, steps=fitted.steps, seconds=fitted.seconds, first_step_at=fitted.metrics.first_step_at,
        speed=fitted.metrics.speed, cpu_seconds=None if fitted.before else fitted.metrics.cpu_seconds,
    )  # fmt: skip
    with outcome.noted("keeping how fast it went"):
        _keep_throughput(context, learned, fitted.metrics, outcome)
    result = StageResult(context, context.chain, fitted.stopped, model, evaluator)
    if fitted.diverged:
        return replace(result, model=None, failure=keep_last_good(context, model, fitted, outcome))
    if fitted.stopped in ("interrupt", "discard"):
        return result
    result = replace(result, chain=save_stage(context, model, fitted, outcome))
    outcome.add_metrics({name: Change(None, value) for name, value in figures_of(fitted.trainer).items()})
    _add_own_figures(result, fitted, outcome)
    _add_course(result, fitted, start, outcome)
    if matrix:
        with outcome.noted("scoring the tasks"):
            matrix.add_stage(model, fitted.steps, fitted.metrics.tokens, loaded.old_share)
    failure = None if fitted.stopped else worse_than_its_start(context, evaluator, start, outcome)
    return replace(result, failure=failure)


def _add_own_figures(result: StageResult, fitted: Fit, outcome: OutcomeWriter) -> None:
    """What the objective tells of what it made; a reward model's figures stay beside those of who asks it."""
    stage, folder = result.context.stage, result.context.weights
    if report := objective_hook(stage.objective, "report"):
        with outcome.noted("what the objective tells of its model"):
            report(fitted.trainer, folder)
    if (draw := objective_hook(stage.objective, "pictures")) and result.evaluator:
        with outcome.noted("the objective's pictures"):
            context, rows = result.context, result.context.plan.evaluate.rows
            data, whole = result.evaluator.data, with_run_models(stage, context.run_id)
            drawn = draw(result.model, context.tokenizer, data, whole, context.home, rows)
            outcome.add(pictures=outcome.outcome.pictures | drawn)
    if result.evaluator and makes_reward_model(stage):
        with outcome.noted("the reward model's figures"):
            figures = result.evaluator.measured(result.model, True).figures
            outcome.add_metrics({name: Change(None, value) for name, value in figures.items()})


def _add_course(result: StageResult, fitted: Fit, start: Chain, outcome: OutcomeWriter) -> None:
    """The objective's pictures of how the stage went, from where it started."""
    context, evaluator = result.context, result.evaluator
    draw = objective_hook(context.stage.objective, "course")
    if draw is None or evaluator is None:
        return
    with outcome.noted("the picture of how it went"):
        if context.first_step == 0:
            outcome.add_start(evaluator, evaluate_start(context, start, evaluator, outcome.store))
        kept, first, last = outcome.store.curves, context.first_step, context.first_step + fitted.steps
        curves = {
            name: [(step, value) for step, value in kept.curve(context.run_id, name) if first <= step <= last]
            for name in kept.names([context.run_id])
        }
        outcome.add(pictures=outcome.outcome.pictures | draw(fitted.trainer, curves))


def _apart(context: StageContext, data: DataSet, outcome: OutcomeWriter) -> tuple[DataSet, DataSet]:
    """The data to learn from and report on, and the same with the held-out rows to choose by. Raises RunError."""
    if not context.plan.evaluate.apart:
        return data, data
    choosing, reported = for_choosing_and_report(data, context.plan.split_seed)
    if context.chooses and not choosing.held_out:
        raise RunError(
            f"'{data.name}' has {len(data.held_out)} held-out rows, too few to choose by some and report on others",
            do="hold out more (data.held_out), or give a learning rate and leave out early_stop, keep and halving.",
        )  # fmt: skip
    outcome.add_note(f"{len(choosing.held_out):,} held-out rows were kept for choosing; figures are of the others.")
    return reported, choosing


def _load(context: StageContext, outcome: OutcomeWriter) -> _Loaded:
    """The stage's rows; what it or what it builds on has learned is written down, and held out no more."""
    plan, home, run = context.plan, context.home, context.run_id
    before = learned_before(plan, home, run)
    mix = load_mix(context.stage.data, home, plan.seed, _formats(context), plan.split_seed)
    rows, old_share = with_old_rows(context, without_learned(mix, before))
    data = fitting(rows, context.tokenizer, context.stage, makes_reward_model(context.stage))
    made = made_rows(context, data)
    train = [*data.train, *made.rows] if made else data.train
    keep_learned(run, home, train, before)
    thinking = learns_thoughts(data)
    context.tokenizer.thinks = thinks(context.chain, home) if thinking is None else thinking
    keep_thoughts(run, context.index, home, context.tokenizer.thinks)
    notes = (*data.notes, made.note) if made else data.notes
    for note in (*(f"{data.name}: {note}" for note in notes), *unrecorded(plan, home)):
        print(note, flush=True)
        outcome.add_note(note)
    if made:
        outcome.add(pictures=outcome.outcome.pictures | {"made": made.picture})
    return _Loaded(data, train, old_share)


def _formats(context: StageContext) -> tuple[str, ...]:
    formats: tuple[str, ...] = find_cards("lab.objectives")[context.stage.objective].CARD.formats
    return formats


def _with_rate(context: StageContext) -> StageContext:
    """The context with the cards' learning rate where the recipe names none."""
    if context.stage.learning_rate is not None:
        return context
    return context.with_stage(context.stage.model_copy(update={"learning_rate": usual_rate_of(context)}))


def _write_recipe(context: StageContext, outcome: OutcomeWriter) -> None:
    """What was only known now goes back into the run's recipe, to be repeated as it was."""
    recipe = context.plan.to_yaml()
    context.folder.recipe.write_text(recipe, encoding="utf-8")
    outcome.store.runs.rewrite_recipe(context.run_id, recipe)


def _keep_throughput(context: StageContext, data: DataSet, metrics: MetricsCallback, outcome: OutcomeWriter) -> None:
    """Keep how fast this stage went, and how much memory it took, so that the next recipe's cost can be told."""
    own = min(metrics.threads, default=1)  # estimates are for workers side by side
    durations = [seconds for seconds, n in zip(metrics.durations, metrics.threads, strict=True) if n == own]
    if len(durations) < FEWEST:
        return
    stage, store = context.stage, outcome.store
    with contextlib.suppress(LabError):  # a base without a tokenizer of the fast kind
        base = root_base(context.plan.base, context.home)
        shape = shape_of(base, context.home)
        sizes = stage_sizes(stage, data.train, find_base(base, context.home))
        batches = [seconds / batch_share(stage) for seconds in durations]
        teacher = teacher_shape(context.plan, stage, context.home)
        time = step_time_of(step_flops(shape, stage, sizes, teacher), batches)
        timed = timed_base(base, precision_of(context.chain, context.home))
        save_step_time(store, timed, stage.objective, stage.method, time)
        if len(context.plan.stages) == 1 and (peak := outcome.memory.bytes()):
            estimated = estimate_cost(context.plan, shape, [StageFacts(sizes, teacher=teacher)]).memory_bytes
            save_memory_ratio(store, timed, stage.objective, stage.method, peak / estimated)
