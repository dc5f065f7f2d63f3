"""The queue: recipes submitted as runs, runs queued again to be resumed, runs deleted.

Everything that can be wrong is refused before a run is queued. Nothing here starts a process.
"""

import contextlib
import shutil
import time
from collections.abc import Sequence
from dataclasses import replace

from lab.data.feedback import FEEDBACK
from lab.errors import LabError, RunError
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import chain_of
from lab.planning.checks import check_base, check_data
from lab.planning.cost import Cost
from lab.planning.plans import plan
from lab.recipe import DataChoice, Recipe, ResolvedRun
from lab.store import Outcome, Run, Status, Store
from lab.store.runs import new_id


def submit(recipe: Recipe, store: Store) -> list[Run]:
    """Queue one run a variant, all in one comparison; raises LabError and queues nothing when any can't be run."""
    plans = [replace(planned, run=_dated(planned.run, store)) for planned in plan(recipe, store.home)]
    check_base(recipe.base, store.home)
    notes = check_data([planned.run for planned in plans], store.home)
    comparison = new_id()
    runs = [
        replace(_new_run(planned.run, planned.cost, comparison), outcome=Outcome(notes=said))
        for planned, said in zip(plans, notes, strict=True)
    ]
    store.runs.queue(runs)
    return list(store.runs.some(run.id for run in runs).values())


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
        return any(
            ModelRef.of_stage(link.ref).run == run.id for link in chain_of(str(ModelRef(run=other.id)), home)[1:]
        )
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
        parent=ModelRef.parse(planned.base).run,
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
