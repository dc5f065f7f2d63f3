"""Forks: a run copied with changes, warm from what it has learned by its next step, or cold from its beginning.

A warm fork of a run that is training waits in the queue until that run's worker has written a checkpoint, at the edge
of its next step, and goes on undisturbed; `settle_forks` then lets it begin. Nothing here starts a process.
"""

from collections.abc import Sequence
from dataclasses import replace

from lab.errors import LabError, RunError
from lab.home import Home
from lab.planning.checks import check_base, check_data
from lab.planning.fair_use import put_in_queue
from lab.planning.fork_changes import Changes, as_texts, changed_recipe, check_changes, check_same_base, with_room
from lab.planning.fork_points import Place, Point, find_place, keep_point, seconds_at, stage_now
from lab.planning.fork_start import begun, fitting
from lab.planning.plans import plan
from lab.planning.queue import dated, expected, new_run
from lab.recipe import ForkPoint, ResolvedRun, parse_recipe, resolve, variant_of
from lab.recipe.names import MOST_LETTERS
from lab.recipe.teachers import gives
from lab.store import Run, Status, Store
from lab.store.access import check_may_change
from lab.store.requests import FORK

COLD = "cold: `lab fork --cold`, or `warm=False`"


def fork(run_id: str, changes: Changes, store: Store, *, warm: bool = True, name: str | None = None) -> Run:
    """Queue a copy of a run with changes, in the comparison of that run.

    Warm, it goes on from the run's weights and step; cold, it begins anew. Raises LabError, and queues nothing, for
    what can't be: another base, weights that don't fit, a run that has none.
    """
    parent, told = store.runs.get(run_id), as_texts(changes)
    check_may_change(parent)
    place = _place_of(parent, store.home) if warm else None
    stage = (place.stage if place else stage_now(parent, store.home)) if warm else None
    called = _name(parent, told, store, warm, name)
    recipe = changed_recipe(parent.recipe, told, stage, called, f"fork of {parent.id}")
    _check(_plan_of(parent), resolve(recipe)[0], parent, place, stage, store.home)
    check_base(recipe.base, store.home)
    child = plan(recipe, store.home, store)[0]
    child = replace(child, run=dated(child.run, store))
    notes = check_data([child.run], store.home)[0]
    queued = child.run.model_copy(update={"fork": ForkPoint(run=parent.id)}) if warm else child.run
    new = replace(
        new_run(queued, child.cost, parent.comparison), parent=parent.id, forked_at=None if warm else 0,
        request=FORK if warm else None, outcome=expected(child, notes, store),
    )  # fmt: skip
    put_in_queue([new], store)  # first: a parent that ends now finds it
    if warm and not (place is None and store.runs.ask_checkpoint(parent.id)):
        settle_forks(store, parent.id)
    return store.runs.get(new.id)


def settle_forks(store: Store, parent_id: str, place: Place | None = None) -> None:
    """Let the forks begin that wait for a run: from `place`, which it has just come to, or from what it left.

    Those that can't are closed with the reason. Called by the run's worker, and by whoever finds it over.
    """
    waiting = store.runs.waiting_forks(parent_id)
    if waiting:
        try:
            parent = store.runs.get(parent_id)
            found = place or _place_of(parent, store.home)
            point = keep_point(parent, found, store) if found else None
        except (LabError, OSError) as problem:
            for run in waiting:
                store.runs.fork_failed(run.id, str(problem))
        else:
            for run in waiting:
                if point:
                    _begin(run, point, store)
    if place:
        store.runs.checkpoint_written(parent_id)


def settle_orphans(store: Store) -> None:
    """Settle the forks that wait for a run which is over, or gone, without its worker having done so."""
    waiting = [run for run in store.runs.all(statuses=[Status.QUEUED]) if run.request == FORK]
    parents = store.runs.some(run.parent or "" for run in waiting)
    for run in waiting:
        parent = parents.get(run.parent or "")
        if parent is None:
            store.runs.fork_failed(run.id, f"run '{run.parent}', which it was to fork from, was deleted.")
        elif parent.status.over:
            settle_forks(store, parent.id)


def _begin(run: Run, point: Point, store: Store) -> None:
    try:
        ready = begun(run, _plan_of(run), point)
    except LabError as problem:
        store.runs.fork_failed(run.id, str(problem))
        return
    store.curves.write(run.id, point.step, point.values)
    store.runs.fork_ready(ready)


def _place_of(parent: Run, home: Home) -> Place | None:
    """Where the fork of a run that does not train begins; None where it trains, and is asked. Raises RunError."""
    if parent.status == Status.RUNNING:
        return None
    if parent.request == FORK or (parent.status == Status.QUEUED and not parent.step):
        raise RunError(f"run '{parent.id}' has not begun", do=f"wait for its first step, or fork it {COLD}.")
    found = find_place(parent, home)
    if found is None:
        raise RunError(
            f"run '{parent.id}' ({parent.status}) left neither a checkpoint nor weights to go on from",
            do=f"fork it {COLD}.",
        )  # fmt: skip
    if found.kind == "weights" and gives(_plan_of(parent).stages[found.stage]) == "score":
        raise RunError(f"run '{parent.id}' is a reward model that is done, which keeps no checkpoint to go on from",
                       do=f"fork it {COLD}, or while it trains.")  # fmt: skip
    return found


def _check(
    before: ResolvedRun, child: ResolvedRun, parent: Run, place: Place | None, stage: int | None, home: Home
) -> None:
    """Raise RecipeError for changes that can't be, before anything is looked for: of a warm fork in `stage`, which
    begins at `place` or, while its parent trains, at a step that is still to come."""
    if stage is None:
        check_same_base(before, child)
    elif place:
        fitting(before, child, place, seconds_at(parent, place, home))
    else:
        check_changes(before, child, stage)
        if len(before.stages) == 1:
            with_room(child, before, 0, parent.step, 0.0)


def _plan_of(run: Run) -> ResolvedRun:
    return resolve(parse_recipe(run.recipe, where=f"run {run.id}"))[0]


def _name(parent: Run, changes: Sequence[str], store: Store, warm: bool, given: str | None) -> str:
    """What the fork is called: as told, else after its variant and its changes; each in the comparison differs."""
    taken = {run.name for run in store.runs.all(comparison=parent.comparison)}
    if given is not None:
        given = given.strip()
        if not 0 < len(given) <= MOST_LETTERS:
            raise RunError("a name has 1 to 200 letters", where="--name", do="give a shorter one.")
        if given in taken:
            raise RunError(f"the name '{given}' is taken in its comparison", where="--name", do="give another.")
        return given
    variant = variant_of(parent.name)
    mark = parent.name.removeprefix(variant)
    told = ", ".join(change.replace(" ", "") for change in changes) or ("fork" if warm else "again")
    wanted = f"{variant[:90]} → {told[:80]}"
    names = (f"{wanted}{f' ({n})' if n > 1 else ''}{mark}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
