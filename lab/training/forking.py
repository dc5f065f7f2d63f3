"""Forks while they train: a running run keeps a point for those that wait for it, and a fork begins at its point.

A fork begins as a run that is resumed: with its parent's checkpoint, whose optimizer goes on at the fork's own rates.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from lab.evaluate.evaluator import Evaluator
from lab.home import Home, RunFolder
from lab.model_ref import ModelRef
from lab.models import Chain, save_chain
from lab.models.chain import Link
from lab.models.unfinished import has_checkpoint
from lab.planning.fork_points import BEGUN, Place, Point, share
from lab.planning.fork_start import point_of
from lab.planning.forks import settle_forks
from lab.recipe import ResolvedRun
from lab.store.requests import CHECKPOINT
from lab.training.context import StageContext
from lab.training.evaluations import write_evaluation
from lab.training.outcome import OutcomeWriter

ASK_SECONDS = 0.05
NOTE = "Forked from run"
STATE = "trainer_state.json"
OPTIMIZER = "optimizer.pt"


class ForkCallback(TrainerCallback):
    """Has a checkpoint written when a fork asks for one, and lets forks begin from it; training goes on as it was."""

    def __init__(self, outcome: OutcomeWriter, context: StageContext):
        self._store, self._context = outcome.store, context
        self._next = 0.0

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + ASK_SECONDS
            if self._store.runs.asked(self._context.run_id) == CHECKPOINT:
                control.should_save = True

    def on_save(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        context = self._context
        settle_forks(self._store, context.run_id, Place(context.index, state.global_step, "checkpoint", context.chain))


class FirstLook(TrainerCallback):
    """Writes a fork's held-out loss and samples where it begins: those of its parent at that step."""

    def __init__(self, evaluator: Evaluator, outcome: OutcomeWriter, run: str, offset: int):
        self._evaluator, self._outcome, self._run, self._offset = evaluator, outcome, run, offset

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, model: Any = None, **_: Any
    ) -> None:
        with self._outcome.noted("the evaluation where it forked"):
            step = self._offset + state.global_step
            write_evaluation(self._outcome.store, self._run, step, self._evaluator, model)


def begin_fork(plan: ResolvedRun, run: str, home: Home) -> Point | None:
    """Put what a run forks from into its folder, unless it has begun already; None for what is no fork.

    Raises RecipeError where that is not kept any more.
    """
    folder = home.run(run)
    if plan.fork is None:
        return None
    point = point_of(plan, home)
    if point is None or has_checkpoint(folder, point.stage) or folder.stage(point.stage).exists():
        return point
    kept = home.run(point.name)
    for number in range(point.stage):
        _take_stage(kept, folder, number, point.run, run)
    if kept.learned.exists():
        share(kept.learned, folder.learned)
    chain = _renamed(point.chain, point.run, run)
    if any(link.kind != "base" and _is_of(link, (run, point.name)) for link in chain):
        save_chain(folder, chain)
    if point.kind != "start":
        _lay_checkpoint(point, kept, folder, plan)
    return point


def _take_stage(kept: RunFolder, folder: RunFolder, number: int, parent: str, run: str) -> None:
    """A stage that is over, as one of the fork's own."""
    share(kept.stage(number), folder.stage(number))
    if kept.thinks(number).exists():
        folder.thinks(number).touch()
    beside = folder.stage(number) / "weights.json"
    if beside.exists():
        links = tuple(Link(**link) for link in json.loads(beside.read_text(encoding="utf-8"))["chain"])
        save_chain(folder, _renamed(links, parent, run), number)


def _renamed(chain: Chain, parent: str, run: str) -> Chain:
    """The chain with the parent's stages as the fork's own, which it has copies of."""
    return tuple(
        replace(link, ref=ModelRef(run=run, stage=ModelRef.of_stage(link.ref).stage).in_chains)
        if link.kind != "base" and _is_of(link, (parent,)) else link
        for link in chain
    )  # fmt: skip


def _is_of(link: Link, runs: tuple[str, ...]) -> bool:
    return ModelRef.of_stage(link.ref).run in runs


def _lay_checkpoint(point: Point, kept: RunFolder, folder: RunFolder, plan: ResolvedRun) -> None:
    """The checkpoint that the fork begins with, marked with what it holds: no weights where they are in its chain."""
    name, stage = f"checkpoint-{point.done}", plan.stages[point.stage]
    source, target = kept.checkpoints(point.stage) / name, folder.checkpoints(point.stage) / name
    made = target.with_name("making")
    made.mkdir(parents=True, exist_ok=True)
    if point.kind == "checkpoint":
        share(source, made)
        if stage.keep == "best" and point.plan.stages[point.stage].data == stage.data:
            for file in source.parent.glob("best.*"):
                share(file, target.parent / file.name)
    else:
        state = {"global_step": point.done, "epoch": 0.0, "logging_steps": 1,
                 "train_batch_size": stage.budget.batch_size}  # fmt: skip
        (made / STATE).write_text(json.dumps(state), encoding="utf-8")
        (made / "seconds.json").write_text(json.dumps(point.seconds), encoding="utf-8")
    begins = {"weights": point.kind == "checkpoint", "optimizer": (made / OPTIMIZER).exists()}
    (made / BEGUN).write_text(json.dumps(begins), encoding="utf-8")
    made.rename(target)


def told_of_fork(notes: Sequence[str]) -> tuple[str, ...]:
    """Those of a run's notes that say where it forked."""
    return tuple(note for note in notes if note.startswith(NOTE))


def fork_begins(checkpoint: str | None) -> Path | None:
    """The checkpoint, if it is one that a fork begins with."""
    return Path(checkpoint) if checkpoint and (Path(checkpoint) / BEGUN).exists() else None


def take_up(trainer: Any, checkpoint: Path, context: StageContext, outcome: OutcomeWriter) -> None:
    """Have a fork's trainer begin with its checkpoint: its parent's weights and optimizer, at its own settings."""
    has = json.loads((checkpoint / BEGUN).read_text(encoding="utf-8"))
    done, fork = int(checkpoint.name.rpartition("-")[2]), context.plan.fork
    if not has["weights"]:  # the model was built with them
        trainer._load_from_checkpoint = lambda *_, **__: None
    load = trainer._load_optimizer_and_scheduler

    def load_optimizer(path: str | None) -> None:
        settings = [{name: value for name, value in group.items() if name != "params"} for group in _groups(trainer)]
        kept = has["optimizer"] and _loaded(load, path, trainer)
        for group, own in zip(_groups(trainer), settings, strict=True):
            group.update(own)
        _set_schedule(trainer, done)
        if fork and kept:
            outcome.add_note(f"Forked from run {fork.run} at step {fork.step}, with its weights and optimizer.")
        elif fork:
            outcome.add_note(f"Forked from run {fork.run} at step {fork.step}, with its weights and a new optimizer.")

    trainer._load_optimizer_and_scheduler = load_optimizer


def _groups(trainer: Any) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = trainer.optimizer.param_groups
    return groups


def _loaded(load: Callable[[str | None], None], path: str | None, trainer: Any) -> bool:
    """Whether the parent's optimizer fits; where it does not, a new one learns on from the weights."""
    try:
        load(path)
    except (ValueError, KeyError, RuntimeError) as problem:
        print(f"the optimizer's state does not fit: {problem}", flush=True)
        trainer.optimizer.state.clear()
        return False
    return True


def _set_schedule(trainer: Any, done: int) -> None:
    """The learning rates where the fork's own schedule has them after so many steps."""
    schedule = trainer.lr_scheduler
    schedule.base_lrs = [group.get("initial_lr", group["lr"]) for group in _groups(trainer)]
    schedule.last_epoch = done
    schedule._step_count = done + 1
    for group, base, shape in zip(_groups(trainer), schedule.base_lrs, schedule.lr_lambdas, strict=True):
        group["lr"] = base * shape(done)
    schedule._last_lr = [group["lr"] for group in _groups(trainer)]
