"""Which run comes from which: families as trees, parents before their children. Pure functions on runs."""

from collections.abc import Iterator, Sequence

from lab.store.shapes import Run


def roots(runs: Sequence[Run]) -> list[Run]:
    """The runs that come from no other among these, in their order."""
    known = {run.id for run in runs}
    return [run for run in runs if run.parent not in known]


def tree(root: Run, runs: Sequence[Run]) -> Iterator[tuple[int, Run]]:
    """A run and all that come from it, each after its parent, with its depth below the root."""
    children: dict[str | None, list[Run]] = {}
    for run in runs:
        children.setdefault(run.parent, []).append(run)
    ahead, seen = [(0, root)], {root.id}
    while ahead:
        depth, run = ahead.pop()
        yield depth, run
        new = [child for child in children.get(run.id, ()) if child.id not in seen]
        seen |= {child.id for child in new}
        ahead += [(depth + 1, child) for child in reversed(new)]


def ancestors(run: Run, runs: Sequence[Run]) -> list[Run]:
    """The runs this one comes from, the first one first; those that were deleted end the line."""
    known = {one.id: one for one in runs}
    line: list[Run] = []
    while (parent := known.get(run.parent or "")) and parent not in line:
        run = parent
        line.insert(0, run)
    return line


def family(run: Run, runs: Sequence[Run]) -> list[tuple[int, Run]]:
    """The whole tree that a run belongs to."""
    return list(tree((ancestors(run, runs) or [run])[0], runs))
