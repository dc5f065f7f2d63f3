"""The queue: recipes submitted as runs, runs queued again to be resumed, runs deleted.

Everything that can be wrong is refused before a run is queued. Nothing here starts a process.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

from lab.data.feedback_card import FEEDBACK
from lab.errors import LabError, RunError
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import chain_of, root_base, shape_of
from lab.models.unfinished import has_checkpoint, unfinished_stage
from lab.planning.checks import check_base, check_data
from lab.planning.cost import Cost
from lab.planning.estimate import estimate_run
from lab.planning.fair_use import put_back, put_in_queue
from lab.planning.fork_start import begun, point_of
from lab.planning.plans import Planned, plan
from lab.planning.removal import delete_runs, heirs_of
from lab.recipe import DataChoice, Recipe, ResolvedRun, parse_recipe, resolve
from lab.store import Outcome, Run, Status, Store
from lab.store.access import check_may_change
from lab.store.imported import imported_of
from lab.store.runs import new_id
from lab.visitors import current


def submit(recipe: Recipe, store: Store) -> list[Run]:
    """Queue one run a variant, all in one comparison; raises LabError and queues nothing when any can't be run."""
    plans = [replace(planned, run=dated(planned.run, store)) for planned in plan(recipe, store.home, store)]
    check_base(recipe.base, store.home)
    notes = check_data([planned.run for planned in plans], store.home)
    comparison = new_id()
    runs = [
        replace(new_run(planned.run, planned.cost, comparison), outcome=expected(planned, said, store))
        for planned, said in zip(plans, notes, strict=True)
    ]
    points = [point_of(planned.run, store.home) for planned in plans]
    runs = [
        begun(run, planned.run, point) if point else run
        for run, planned, point in zip(runs, plans, points, strict=True)
    ]
    put_in_queue(runs, store)
    for run, point in zip(runs, points, strict=True):
        if point:
            store.curves.write(run.id, point.step, point.values)
    return list(store.runs.some(run.id for run in runs).values())


def resume(run_id: str, store: Store) -> Run:
    """Queue a run that stopped early again; it goes on from its last checkpoint. Raises RunError with why not."""
    run = store.runs.get(run_id)
    check_may_change(run)
    if (origin := imported_of(run)) is not None:
        raise RunError(f"run '{run.id}' was imported from lab {origin.lab}, where its checkpoints are",
                       do="train its recipe here, or start from its weights if it has any.")  # fmt: skip
    if run.status.over and run.status != Status.DONE:
        _check_begun(run)
        _check_goes_on(run, store.home)
    return put_back(run, store)


def _check_begun(run: Run) -> None:
    """Raise RunError for a fork that was stopped while it waited for its parent's weights."""
    fork = resolve(parse_recipe(run.recipe, where=f"run {run.id}"))[0].fork
    if fork and fork.step is None:
        raise RunError(f"run '{run.id}' never got the weights it was to fork from", do=f"fork run {fork.run} again.")


def _check_goes_on(run: Run, home: Home) -> None:
    """Raise RunError for a run that left weights in the middle of a stage and can't go on from there."""
    folder, last = home.run(run.id), _last_stage(run, home)
    if last is None:
        return
    left = unfinished_stage(folder, last)
    if left and left.reason == "diverged":
        raise RunError(
            f"run '{run.id}' diverged, and would again: nothing in it changes by going on",
            do=f"train its recipe anew with a lower learning_rate, or start from what is kept: `base: run:{run.id}`.",
        )  # fmt: skip
    planned = _planned_steps(run, last)
    if (left and not has_checkpoint(folder, last)) or (left is None and run.outcome.steps < planned):
        raise RunError(
            f"run '{run.id}' was stopped at step {run.outcome.steps} of {planned} without a checkpoint to go on from",
            do=f"start a run from its weights with `base: run:{run.id}`, or train its recipe anew.",
        )  # fmt: skip


def _last_stage(run: Run, home: Home) -> int | None:
    """The last stage that the run left weights of; None where it left none."""
    try:
        chain = chain_of(str(ModelRef(run=run.id)), home)
    except LabError:
        return None
    own = [ref.stage or 0 for link in chain[1:] if (ref := ModelRef.of_stage(link.ref)).run == run.id]
    return max(own, default=None)


def _planned_steps(run: Run, last: int) -> int:
    """The steps that its stages up to `last` were to do, those of a budget of seconds left out."""
    stages = resolve(parse_recipe(run.recipe, where=f"run {run.id}"))[0].stages[: last + 1]
    return sum(stage.budget.steps or 0 for stage in stages if not stage.budget.seconds)


def remove(run_id: str, store: Store) -> Run:
    """Delete a run that is over, with its files; raises RunError while another run builds on its weights.

    Its forks have theirs by themselves, and stay.
    """
    run = store.runs.get(run_id)
    check_may_change(run)
    if heirs := heirs_of([run.id], store)[run.id]:
        names = ", ".join(f"{heir.id} ({heir.name})" for heir in heirs[:5])
        raise RunError(f"run '{run.id}' can't be deleted: {names} builds on its weights", do="delete that first.")
    delete_runs([run], store)
    return run


def new_run(planned: ResolvedRun, cost: Cost, comparison: str) -> Run:
    """A run to be queued, as it is planned."""
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
        visitor=current().mark,
    )


def expected(planned: Planned, said: Sequence[str], store: Store) -> Outcome:
    """The outcome of a run that waits: what is known of it by now, and how long it is expected to take."""
    cost = estimate_run(planned.run, shape_of(root_base(planned.run.base, store.home), store.home), store.home, store)
    return Outcome(
        notes=(*planned.notes, *said), expected_seconds=cost.seconds, expected_training_seconds=cost.train_seconds
    )


def dated(run: ResolvedRun, store: Store) -> ResolvedRun:
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
