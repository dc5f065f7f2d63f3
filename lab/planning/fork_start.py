"""How a fork begins at a point that is kept: what its queued run takes over, and whether its recipe fits there."""

from dataclasses import replace

from lab.errors import RecipeError
from lab.home import Home
from lab.planning.fork_changes import check_changes, with_room
from lab.planning.fork_points import Place, Point, kept_steps, read_point
from lab.recipe import ForkPoint, ResolvedRun
from lab.store import Run


def point_of(child: ResolvedRun, home: Home) -> Point | None:
    """The point a run goes on from; None for what is no fork. Raises RecipeError where it is not kept."""
    if child.fork is None:
        return None
    where, run, step = f"{child.name}: fork", child.fork.run, child.fork.step
    if step is not None and (found := read_point(home, run, step)):
        return found
    kept = kept_steps(home, run)
    do = f"take step {' or '.join(map(str, kept))}." if kept else f"`lab fork {run}` forks a run."
    if step is None:
        raise RecipeError("it does not say at which step", where=where, do=do)
    raise RecipeError(f"what run '{run}' had learned at step {step} is not kept", where=where, do=do)


def check_fork(child: ResolvedRun, home: Home) -> None:
    """Raise RecipeError for a fork that can't begin at its point."""
    if point := point_of(child, home):
        fitting(point.plan, child, point.place, point.seconds)


def begun(run: Run, child: ResolvedRun, point: Point) -> Run:
    """A queued fork with all that it takes over at its point. Raises RecipeError where its changes don't fit there."""
    child = fitting(point.plan, child, point.place, point.seconds)
    child = child.model_copy(update={"fork": ForkPoint(run=point.run, step=point.step)})
    outcome = replace(run.outcome, stage_steps=point.stage_steps, stage_seconds=point.stage_seconds, moved=point.moved)
    ahead = sum(stage.budget.planned_steps for stage in child.stages[point.stage :])
    return replace(
        run, recipe=child.to_yaml(), parent=point.run, forked_at=point.step, step=point.step, outcome=outcome,
        total_steps=max(point.step, sum(point.stage_steps) + ahead),
    )  # fmt: skip


def fitting(before: ResolvedRun, child: ResolvedRun, place: Place, seconds: float) -> ResolvedRun:
    """The fork with room for steps after the place; raises RecipeError where its changes don't fit there."""
    check_changes(before, child, place.stage, place.kind == "weights")
    return with_room(child, before, place.stage, place.done, seconds)
