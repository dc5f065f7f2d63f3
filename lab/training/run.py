"""Carry one run out: every stage in turn, from its base to its outcome.

Each stage starts from the weights before it, trains, and leaves a link in the run's chain of weights, so that a run
that was interrupted goes on at the first stage without one, from its last checkpoint if it has any.
"""

import contextlib
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from lab.card import find_cards
from lab.data import DataSet, load_mix
from lab.errors import LabError
from lab.evaluate.evaluator import EvalResult, Evaluator
from lab.home import Home, RunFolder
from lab.methods import hook
from lab.models import Link, chain_of, find_base, load_tokenizer, quantized, root_base, save_chain, shape_of
from lab.objectives import hook as objective_hook
from lab.planning.cost import StageFacts, estimate_cost, stage_sizes, step_flops
from lab.planning.throughput import FEWEST, save_memory_ratio, save_overhead, step_time_of
from lab.planning.throughput import keep as keep_pace
from lab.recipe import ResolvedRun, ResolvedStage, parse_recipe, resolve
from lab.store import Change, Outcome, Run, Status, Store
from lab.training.baseline import start_verdict
from lab.training.callbacks import EvalCallback, MetricsCallback, StopCallback, TimeLimitCallback, write_samples
from lab.training.learning_rate import Stopped, card_rate, settle
from lab.training.memory import PeakMemory
from lab.training.movement import note_movable, note_moved
from lab.training.trainers import make_evaluator, make_trainer
from lab.training.weights import (
    continues,
    model_for_stage,
    save_stage,
    scores,
    size_of,
    total_count,
    trainable_count,
    without_reward_models,
)

Stop = Callable[[], str | None]
PACKAGES = ("parrot-lab", "torch", "transformers", "peft", "trl", "datasets", "accelerate")


@dataclass
class Work:
    """What the stages of one run share."""

    run: Run
    plan: ResolvedRun
    store: Store
    home: Home
    folder: RunFolder
    tokenizer: Any
    start: tuple[Link, ...]
    chain: tuple[Link, ...]
    warm: Any
    stop: Stop
    outcome: Outcome
    memory: PeakMemory

    @property
    def total_steps(self) -> int:
        """All stages' steps, as far as they are known: those for a budget of seconds are planned when it begins."""
        return sum(stage.budget.steps or 0 for stage in self.plan.stages)

    def note(self, **figures: object) -> None:
        """Add figures to the outcome, in the store too."""
        self.outcome = replace(self.outcome, **figures)
        self.store.runs.note(self.run.id, self.outcome)


def train_run(run: Run, store: Store, *, warm=None, stop: Stop = lambda: None, threads: int = 1) -> Status:
    """Train all stages of `run` and write everything it shows and comes to; returns how it ended.

    `warm` is the run's base, loaded already (it is used up); `stop` is asked after every step for 'cancel' (keep the
    weights so far), 'discard', 'interrupt' (checkpoint and leave) or None. Raises whatever goes wrong.
    """
    import torch

    torch.set_num_threads(threads)
    work = _prepare(run, store, warm, stop)
    try:
        return _train_stages(work)
    finally:
        work.memory.close()


def _train_stages(work: Work) -> Status:
    """Every stage that is not finished yet, then the figures."""
    own = [link.ref for link in work.chain if link.ref.startswith(f"{work.run.id}/")]
    finished = max((int(ref.rpartition("-")[2]) + 1 for ref in own), default=0)
    offset = sum(stage.budget.steps for stage in work.plan.stages[:finished])
    model = judge = None
    for index in range(finished, len(work.plan.stages)):
        model, judge, reason = _train_stage(work, index, offset)
        if reason in ("interrupt", "discard"):
            return Status.INTERRUPTED if reason == "interrupt" else Status.CANCELLED
        if reason == "cancel":
            _conclude(work, model, judge)
            return Status.CANCELLED
        offset += work.plan.stages[index].budget.steps
    _conclude(work, model, judge)
    return Status.DONE


def _prepare(run: Run, store: Store, warm, stop: Stop) -> Work:
    """Everything the stages share; the recipe is written beside the weights."""
    home = store.home
    folder = home.run(run.id)
    folder.root.mkdir(parents=True, exist_ok=True)
    plan = resolve(parse_recipe(run.recipe, where=f"run {run.id}"))[0]
    start = _start(plan, home)
    tokenizer = load_tokenizer(find_base(root_base(plan.base, home), home))
    inherited = sum(weight.nbytes for weight in warm.parameters()) if warm is not None else 0
    own = chain_of(f"run:{run.id}", home) if (folder.root / "weights.json").exists() else start
    memory = PeakMemory(inherited)
    work = Work(run, plan, store, home, folder, tokenizer, start, own, warm, stop, run.outcome, memory)
    store.runs.progress(run.id, run.step, work.total_steps)
    work.note(environment=_environment())
    return work


def _start(plan: ResolvedRun, home: Home) -> tuple[Link, ...]:
    """The links the run starts from; a base that is to be kept in few bits says so."""
    start = chain_of(plan.base, home)
    if plan.quantize == "none" or quantized(start) == plan.quantize:
        return start
    return (replace(start[0], knobs={"quantize": plan.quantize}), *start[1:])


def _train_stage(work: Work, index: int, offset: int) -> tuple[Any, Evaluator | None, str | None]:
    """Train stage `index` and, unless it is to be left unfinished, save its weights as a link of the chain."""
    from transformers import set_seed

    stage = work.plan.stages[index]
    seed = work.plan.seed + index
    work.chain = without_reward_models(work, index)
    formats = find_cards("lab.objectives")[stage.objective].CARD.formats
    data = load_mix(stage.data, work.home, work.plan.seed, formats)
    judge = make_evaluator(work, stage, data)
    try:
        stage = settle(work, index, stage, data, judge)
    except Stopped as asked:
        return None, None, str(asked)
    set_seed(seed)  # before the model is made: adapters and new heads start from it
    model = model_for_stage(work, stage, seed)
    stage = _write_recipe(work, index, stage, model)
    baseline = start_verdict(work, judge, stage, compute=False) if offset == 0 else None
    if baseline:
        _write_start(work, judge, baseline)
    work.note(trainable_params=trainable_count(model), total_params=total_count(model))
    note_movable(work, model)
    recorder = MetricsCallback(work.store, work.run.id, offset, work.total_steps)
    watcher = StopCallback(work.stop)
    every = work.plan.evaluate.every or max(1, round(stage.budget.steps / 6))
    examiner = EvalCallback(judge, work.store, work.run.id, offset, every)
    spent = dict(enumerate(work.outcome.stage_seconds)).get(index, 0.0)
    clock = TimeLimitCallback(recorder, stage.budget.seconds, spent)
    folder, fresh = work.folder.checkpoints(index), not continues(work.chain, stage)
    callbacks = [recorder, clock, examiner, watcher]
    trainer = make_trainer(work, stage, model, data, seed, folder, callbacks, fresh=fresh)
    checkpoint = _last_checkpoint(folder)
    work.store.curves.forget_after(work.run.id, offset + (int(checkpoint.rpartition("-")[2]) if checkpoint else 0))
    trainer.train(resume_from_checkpoint=checkpoint)
    work.note(stage_seconds=(*work.outcome.stage_seconds[:index], spent + recorder.seconds))
    _note_training(work, recorder, offset + trainer.state.global_step)
    _keep_pace(work, stage, data, recorder)
    if watcher.reason not in ("interrupt", "discard"):
        _keep(work, stage, index, model, trainer)
    if scores(stage):  # its figures stay beside those of the stages that ask it
        figures = {name: Change(None, value) for name, value in judge.measured(model, True).items()}
        work.note(metrics=work.outcome.metrics | figures)
    return model, judge, watcher.reason


def _write_recipe(work: Work, index: int, stage: ResolvedStage, model) -> ResolvedStage:
    """The stage with a learning rate; what was only known now goes back into the recipe, to be repeated as it was."""
    if stage.learning_rate is None:
        stage = stage.model_copy(update={"learning_rate": card_rate(stage, model)})
    stages = (*work.plan.stages[:index], stage, *work.plan.stages[index + 1 :])
    work.plan = work.plan.model_copy(update={"stages": stages})
    recipe = work.plan.to_yaml()
    work.folder.recipe.write_text(recipe, encoding="utf-8")
    work.store.runs.rewrite_recipe(work.run.id, recipe)
    return stage


def _last_checkpoint(folder) -> str | None:
    from transformers.trainer_utils import get_last_checkpoint

    return get_last_checkpoint(str(folder)) if folder.is_dir() else None


def _note_training(work: Work, recorder: MetricsCallback, step: int) -> None:
    """Time, speed, memory and the first and last loss so far."""
    losses = work.store.curves.curve(work.run.id, "loss")
    started = work.run.started or recorder.first_step_at or time.time()
    startup = work.outcome.startup_seconds
    if startup is None and recorder.first_step_at:
        startup = recorder.first_step_at - started
    work.note(
        steps=step,
        train_seconds=sum(work.outcome.stage_seconds),
        startup_seconds=startup,
        tokens_per_second=recorder.tokens / recorder.seconds if recorder.seconds else None,
        peak_memory_bytes=work.memory.bytes(),
        train_loss_first=losses[0][1] if losses else None,
        train_loss_last=losses[-1][1] if losses else None,
    )


def _keep_pace(work: Work, stage: ResolvedStage, data: DataSet, recorder: MetricsCallback) -> None:
    """Keep how fast this stage went, and how much memory it took, so that the next recipe's cost can be told."""
    if len(recorder.durations) < FEWEST:
        return
    with contextlib.suppress(LabError):  # a base without a tokenizer of the fast kind
        base = root_base(work.plan.base, work.home)
        shape = shape_of(base, work.home)
        sizes = stage_sizes(stage, data.train, find_base(base, work.home))
        pace = step_time_of(step_flops(shape, stage, sizes), recorder.durations)
        keep_pace(work.store, base, stage.objective, stage.method, pace)
        if len(work.plan.stages) == 1 and (peak := work.memory.bytes()):
            told = estimate_cost(work.plan, shape, [StageFacts(sizes)]).memory_bytes
            save_memory_ratio(work.store, base, stage.objective, stage.method, peak / told)


def _keep(work: Work, stage: ResolvedStage, index: int, model, trainer) -> None:
    """Save the stage's weights, lengthen the chain, and drop the checkpoints that led there."""
    import shutil

    link = save_stage(model, work.folder.stage(index), stage, f"{work.run.id}/stage-{index}", work.tokenizer)
    if keep := objective_hook(stage.objective, "keep"):
        keep(trainer, work.folder.stage(index))
    base = work.chain[:-1] if continues(work.chain, stage) else work.chain
    work.chain = (*base, link)
    save_chain(work.folder, work.chain)
    if scores(stage):
        save_chain(work.folder, work.chain, index)
    work.note(adapter_bytes=size_of(work.folder.stage(index)))
    if ranks := hook(stage.method, "ranks"):
        work.note(ranks=ranks(work.folder.stage(index)))
    shutil.rmtree(work.folder.checkpoints(index), ignore_errors=True)


def _conclude(work: Work, model, judge: Evaluator | None) -> None:
    """The figures after training beside those of the starting point."""
    if judge is None:  # resumed after its last stage: the figures are there, or can't be had any more
        return
    after = judge.verdict(model, trained=True)
    before = start_verdict(work, judge, work.plan.stages[-1], compute=True)
    if before:
        _write_start(work, judge, before)
    if work.run.started and not work.run.step and work.outcome.train_seconds:  # not resumed
        searched = sum(trial.seconds for trial in work.outcome.search)
        around = time.time() - work.run.started - work.outcome.train_seconds - searched
        last = work.plan.stages[-1]
        save_overhead(work.store, root_base(work.plan.base, work.home), last.objective, last.method, around)
    work.note(
        eval_loss=Change(before.eval_loss, after.eval_loss),
        metrics=work.outcome.metrics
        | {name: Change(before.metrics.get(name), value) for name, value in after.metrics.items()},
        forgetting=Change(before.forgetting, after.forgetting),
        peak_memory_bytes=work.outcome.peak_memory_bytes or work.memory.bytes(),
    )
    note_moved(work, model, judge.data)


def _write_start(work: Work, judge: Evaluator, before: EvalResult) -> None:
    """The starting point's figures as step 0 of the curves, once."""
    if (
        work.store.curves.curve(work.run.id, "eval_loss")[:1]
        and work.store.curves.curve(work.run.id, "eval_loss")[0][0] == 0
    ):
        return
    if before.eval_loss is not None:
        work.store.curves.write(work.run.id, 0, {"eval_loss": before.eval_loss})
    write_samples(work.store, work.run.id, 0, judge, before.samples)


def _environment() -> dict[str, Any]:
    import torch

    device = torch.cuda.get_device_name() if torch.cuda.is_available() else "cpu"
    versions = {name: version(name) for name in PACKAGES}
    machine = {"device": device, "threads": torch.get_num_threads(), "cores": os.cpu_count()}
    return {**machine, "python": sys.version.split()[0], "system": platform.platform(), "versions": versions}
