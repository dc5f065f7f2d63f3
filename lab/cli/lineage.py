"""Which run comes from which, as lines of a terminal."""

from collections.abc import Sequence

from lab.cli.report import MARKS
from lab.store import Run
from lab.store.lineage import family, roots, tree
from lab.store.requests import FORK


def tree_lines(runs: Sequence[Run]) -> list[str]:
    """A line a run, below its parent and further in."""
    return [_line(depth, run) for root in roots(runs) for depth, run in tree(root, runs)]


def family_lines(run: Run, runs: Sequence[Run]) -> list[str]:
    """The lines of the tree that a run belongs to, which is marked in it."""
    return [_line(depth, one) + ("  ←" if one.id == run.id else "") for depth, one in family(run, runs)]


def _line(depth: int, run: Run) -> str:
    branch = "   " * (depth - 1) + "└─ " if depth else ""
    return f"{branch}{run.id}  {run.name}{_origin(run)}  {MARKS[run.status]} {run.step}/{run.total_steps}"


def _origin(run: Run) -> str:
    """Where it comes from: a step of its parent, its parent's beginning, or its weights."""
    if not run.parent:
        return ""
    if run.forked_at is None:
        return " (waits for its parent)" if run.request == FORK else " (from its weights)"
    at = f"step {run.forked_at}" if run.forked_at else "its beginning"
    return f" (forked from {run.parent} at {at})"
