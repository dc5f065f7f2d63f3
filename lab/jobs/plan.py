"""From a recipe to queued runs: what would run and what it would cost, queueing, resuming, deleting.

Everything that can be wrong is refused here, before a run is queued. Nothing here starts a process.
"""

import contextlib
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lab.data import data_cards
from lab.data.feedback import FEEDBACK
from lab.errors import LabError, ModelError, RunError
from lab.home import Home
from lab.jobs.checks import check_data, check_quantized
from lab.jobs.foresight import foresee
from lab.models import CATALOGUE, chain_of, shape_of
from lab.recipe import DataChoice, Recipe, ResolvedRun, ResolvedStage, resolve
from lab.store import Run, Status, Store
from lab.store.runs import new_id
from lab.training.cost import Cost
from lab.training.fair import sized

RUN = "run:"


@dataclass(frozen=True)
class Planned:
    """A run that would be carried out, and what it would cost."""

    run: ResolvedRun
    cost: Cost


def plan(recipe: Recipe, home: Home, store: Store | None = None) -> list[Planned]:
    """One planned run a variant; with a store, times follow what this machine managed before. Raises LabError."""
    runs = [_anchored(run) for run in resolve(recipe)]
    try:
        shape = shape_of(recipe.base, home)
    except ModelError as problem:
        problem.where = f"base: {problem.where}" if problem.where else "base"
        raise
    for run in runs:
        check_quantized(run, home)
    runs = [sized(run, shape) for run in runs]
    return [Planned(run, foresee(run, shape, home, store)) for run in runs]


def submit(recipe: Recipe, store: Store) -> list[Run]:
    """Queue one run a variant, all in one comparison; raises LabError and queues nothing when any can't be run."""
    plans = [replace(planned, run=_dated(planned.run, store)) for planned in plan(recipe, store.home)]
    check_data([planned.run for planned in plans], store.home)
    comparison = new_id()
    runs = [_new_run(planned.run, planned.cost, comparison) for planned in plans]
    store.runs.queue(runs)
    return [store.runs.get(run.id) for run in runs]


def resume(run_id: str, store: Store) -> Run:
    """Queue a run that stopped early again; it goes on from its last checkpoint. Raises RunError."""
    return store.runs.requeue(run_id)


def remove(run_id: str, store: Store) -> Run:
    """Delete a run that is over, with its files; raises RunError while another run builds on its weights."""
    run = store.runs.get(run_id)
    if heirs := built_on(run, store):
        names = ", ".join(f"{heir.id} ({heir.name})" for heir in heirs[:5])
        raise RunError(f"run '{run.id}' can't be deleted: {names} builds on its weights", do="delete that first.")
    store.runs.delete(run.id)
    shutil.rmtree(store.home.run(run.id).root, ignore_errors=True)
    return run


def built_on(run: Run, store: Store) -> list[Run]:
    """The runs whose weights, or whose next start, need this run's."""
    others = [other for other in store.runs.all() if other.id != run.id]
    return [other for other in others if other.parent == run.id or _needs(other, run, store.home)]


def _needs(other: Run, run: Run, home: Home) -> bool:
    with contextlib.suppress(LabError):
        return any(link.ref.startswith(f"{run.id}/") for link in chain_of(f"{RUN}{other.id}", home))
    return False


def _new_run(planned: ResolvedRun, cost: Cost, comparison: str) -> Run:
    stages = planned.stages
    return Run(
        id=new_id(),
        comparison=comparison,
        name=planned.name,
        recipe_name=planned.recipe,
        recipe=planned.to_yaml(),
        base=planned.base,
        method=_joined([stage.method for stage in stages]),
        objective=_joined([stage.objective for stage in stages]),
        parent=planned.base.removeprefix(RUN) if planned.base.startswith(RUN) else None,
        status=Status.QUEUED,
        created=time.time(),
        total_steps=cost.steps,
    )


def _dated(run: ResolvedRun, store: Store) -> ResolvedRun:
    """The run with feedback as it is now, so that repeating it later learns from the same ratings."""
    newest = store.ratings.newest()

    def dated(choice: DataChoice) -> DataChoice:
        open_ended = choice.name == FEEDBACK and choice.until is None
        return choice.model_copy(update={"until": newest}) if open_ended else choice

    stages = [stage.model_copy(update={"data": tuple(map(dated, stage.data))}) for stage in run.stages]
    return run.model_copy(update={"stages": tuple(stages)})


def _joined(names: Sequence[str]) -> str:
    """The names of the stages' methods or objectives in order, neighbours that are equal once."""
    changes = [name for i, name in enumerate(names) if i == 0 or name != names[i - 1]]
    return ", ".join(changes)[:60]


def _anchored(run: ResolvedRun) -> ResolvedRun:
    """The run with paths of base and data made absolute: workers live in another folder than the terminal."""
    base = str(Path(run.base).absolute()) if _is_local(run.base) else run.base
    return run.model_copy(update={"base": base, "stages": tuple(_anchored_stage(stage) for stage in run.stages)})


def _anchored_stage(stage: ResolvedStage) -> ResolvedStage:
    known = data_cards()
    data = [
        choice.model_copy(update={"name": str(Path(choice.name).absolute())})
        if choice.name not in known and Path(choice.name).exists()
        else choice
        for choice in stage.data
    ]
    return stage.model_copy(update={"data": tuple(data)})


def _is_local(base: str) -> bool:
    return base not in CATALOGUE and not base.startswith(RUN) and Path(base).expanduser().is_dir()
