"""Forks from the page: a run stopped, gone on with, or copied with changes, wherever runs are watched."""

from typing import Any

from pydantic import Field

from lab.api import Lab
from lab.errors import RecipeError
from lab.planning.fork_points import stage_now
from lab.recipe import parse_recipe, resolve
from lab.store import Run, Status
from lab.ui.component import ONE_RUN, Request, endpoint

LONGEST_CHANGES = 5_000


class OneRun(Request):
    """One run."""

    run: str = Field(pattern=ONE_RUN)


class Copy(Request):
    """A run to copy: from its weights and step or from its beginning, its changes line by line, and a name."""

    run: str = Field(pattern=ONE_RUN)
    warm: bool = True
    changes: str = Field("", max_length=LONGEST_CHANGES)
    name: str = Field("", max_length=200)


class Forks:
    """The endpoints."""

    def __init__(self, lab: Lab):
        self._lab = lab

    @endpoint(OneRun)
    def resume(self, asked: OneRun) -> dict[str, Any]:
        """Queue a run that stopped early again."""
        self._lab.resume(asked.run)
        return {}

    @endpoint(OneRun)
    def fork_form(self, asked: OneRun) -> dict[str, Any]:
        """The settings of a run that its fork is mostly changed in: those of the stage it is in."""
        run = self._lab.run(asked.run)
        stages = resolve(parse_recipe(run.recipe, where=f"run {run.id}"))[0].stages
        stage = stages[stage_now(run, self._lab.home)]
        steps = stage.budget.steps
        if steps and run.status == Status.DONE:
            steps *= 2  # as many again
        return {
            "name": run.name, "step": run.step, "steps": steps, "batch_size": stage.budget.batch_size,
            "learning_rate": stage.learning_rate, "warm": _may_be_warm(run), "running": run.status == Status.RUNNING,
        }  # fmt: skip

    @endpoint(Copy)
    def fork(self, asked: Copy) -> dict[str, Any]:
        """Queue the copy."""
        copy = self._lab.fork(asked.run, changes_of(asked.changes), warm=asked.warm, name=asked.name.strip() or None)
        return {"run": copy.id, "name": copy.name, "comparison": copy.comparison}


def changes_of(text: str) -> list[str]:
    """The changes of a text, one a line, as `key=value` or `key: value`; raises RecipeError for any other line."""
    found = []
    for line in text.splitlines():
        if not (said := line.strip()) or said.startswith("#"):
            continue
        marks = [mark for mark in "=:" if mark in said]
        if not marks:
            raise RecipeError(f"'{said[:60]}' is no change", do="write a setting and its value: learning_rate=1e-4.")
        key, _, value = said.partition(min(marks, key=said.index))
        found.append(f"{key.strip()}={value.strip()}")
    return found


def _may_be_warm(run: Run) -> bool:
    """Whether it is worth offering to go on from its weights: what has done no step has none."""
    return bool(run.step) or run.status == Status.RUNNING
