"""Measuring the table of methods: what is missing is carried out, a data set and a seed at a time, until all is there.

It can be stopped at any moment and begun again: what is done is not done twice.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lab.errors import RunError
from lab.evaluate.leaderboard import Leaderboard, table_of
from lab.planning.leaderboard import next_part, recipe_for, unfinished
from lab.planning.leaderboard_file import record as record_runs
from lab.recipe import read_recipe
from lab.recipe.locate import shipped_file
from lab.store import Run

if TYPE_CHECKING:
    from lab.api.lab import Lab

RECIPE = "recipes/peft/leaderboard.yaml"
RULE: str = "boxes"
"""Beside the recipe's own data, which are facts: a rule that has to be inferred."""
SEEDS = 5
LOOK_SECONDS = 2.0


def measure(
    lab: "Lab", recipe: str | Path | None = None, *, data: Sequence[Any] = (None, RULE), seeds: int = SEEDS,
    again: bool = False, executor: str | None = None, show: Callable[[str], None] = print,
) -> int:  # fmt: skip
    """Carry out every cell of the table that is missing; returns how many runs it were. Raises LabError.

    `data` are names or fields of data sets, None for the recipe's own; `again` tries anew what failed.
    """
    read = read_recipe(Path(recipe) if recipe else shipped_file(RECIPE))
    count = 0
    for one in data:  # what is wrong is said before anything is carried out
        lab.check(recipe_for(read, one, read.seed))
    lab.close_abandoned()
    if left := [one for run in unfinished(lab.store, read.name) if (one := _queued(lab, run))]:
        show(f"{len(left)} runs that were begun or waiting go on")
        count += _carry_out(lab, left, executor, show)
    while part := next_part(read, data, seeds, lab.store, again):
        show(f"seed {part.seed}, {part.data}: {len(part.recipe.variants)} methods")
        count += _carry_out(lab, lab.submit(part.recipe, executor=executor), None, show)
        again = False  # what fails twice in one go is not tried for ever
    return count


def _carry_out(lab: "Lab", runs: Sequence[Run], executor: str | None, show: Callable[[str], None]) -> int:
    """Have runs carried out and wait until they are over, telling of each; looks rarely, since a table takes hours."""
    ids, told = [run.id for run in runs], set[str]()
    carrying = lab.executor_for(runs, executor)
    carrying.start()
    try:
        while len(told) < len(ids):
            now = lab.store.runs.some(ids)
            told |= set(ids) - now.keys()  # deleted meanwhile
            for run in now.values():
                if run.status.over and run.id not in told:
                    told.add(run.id)
                    show(f"{len(told)} of {len(ids)}: {run.name} is {run.status}")
            if len(told) < len(ids):
                time.sleep(LOOK_SECONDS)
    finally:
        carrying.stop()
    return len(ids)


def _queued(lab: "Lab", run: Run) -> Run | None:
    """The run, queued again where it was interrupted; one that left nothing to go on from is forgotten."""
    if not run.status.over:
        return run
    try:
        return lab.resume(run)
    except RunError:
        lab.delete(run)
        return None


def record(lab: "Lab", recipe: str | Path | None = None, *, file: Path, seeds: int = SEEDS) -> Leaderboard:
    """Write what the runs of a table came to so far, and read it again. Raises LabError."""
    read = read_recipe(Path(recipe) if recipe else shipped_file(RECIPE))
    return table_of(record_runs(lab.store, read, str(recipe or RECIPE), file, seeds))
