"""What the page asks about some runs when somebody looks closer: how far each module moved, and with which settings."""

from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, Field

from lab.errors import LabError
from lab.evaluate.selection import told_apart
from lab.evaluate.sweeps import sweep_table
from lab.evaluate.task_scores import as_plain as plain_pooled
from lab.evaluate.task_scores import pooled
from lab.evaluate.versus import as_plain, versus
from lab.recipe import ResolvedRun, ResolvedStage, parse_recipe, resolve
from lab.store import Run, Store
from lab.store.movement import Moved, Movement
from lab.ui.component import Request, endpoint
from lab.ui.example import Example
from lab.ui.run_view import Shown, found_runs

MOST_PICTURES = 4
COMPARING = ("versus", "sweep", "pooled")
"""The endpoints that hold the variants of a comparison against each other."""
THEN = " → "
"""Between what one stage of a run does and what the next one does."""


class Some(Request):
    """A few runs."""

    runs: tuple[str, ...] = Field(min_length=1, max_length=MOST_PICTURES)


class Against(Shown):
    """What is shown, and the variant that the others are held against."""

    reference: str = Field(max_length=300)


class RunDetails:
    """The endpoints of the picture of what was tuned, of the table of settings, and of differences."""

    def __init__(self, store: Store, example: Example | None = None):
        self._store, self._example = store, example

    @endpoint(Some)
    def moved(self, asked: Some) -> dict[str, Any]:
        """The modules of each run's model, what was trainable of each and how far it moved; names are sent once."""
        return {"runs": [_movement(self._store_for(run).runs.get(run)) for run in asked.runs]}

    @endpoint(Some)
    def pictures(self, asked: Some) -> dict[str, Any]:
        """What each run has to show of its own, by name: see `lab.store.pictures`."""
        found = [self._store_for(run).runs.get(run) for run in asked.runs]
        return {
            "runs": [
                {"id": run.id, "pictures": {name: asdict(one) for name, one in run.outcome.pictures.items()}}
                for run in found
            ]
        }

    @endpoint(Against)
    def versus(self, asked: Against) -> dict[str, Any]:
        """Of each other variant the difference of each figure to that of the reference, with its interval."""
        return {"variants": as_plain(versus(self._runs(asked), asked.reference))}

    @endpoint(Shown)
    def sweep(self, asked: Shown) -> dict[str, Any]:
        """The variants of a comparison by the settings they differ in, and how much each of these matters."""
        return asdict(sweep_table(self._runs(asked)))

    @endpoint(Shown)
    def pooled(self, asked: Shown) -> dict[str, Any]:
        """The variants of a comparison over its tasks; nothing where it has not several."""
        return {"pooled": plain_pooled(pooled(self._found(asked)))}

    @endpoint(Shown)
    def settings(self, asked: Shown) -> dict[str, Any]:
        """The settings each run was carried out with, as {name: words}."""
        return {"runs": {run.id: settings_of(run) for run in self._runs(asked)}}

    def _runs(self, asked: Shown) -> list[Run]:
        """The runs that are shown, with the names they have there."""
        return told_apart(self._found(asked))

    def _found(self, asked: Shown) -> tuple[Run, ...]:
        return found_runs(self._store_for(asked.named or ""), asked).runs

    def _store_for(self, name: str) -> Store:
        return self._example.store_for(name) if self._example else self._store


def settings_of(run: Run) -> dict[str, str]:
    """Everything in a run's recipe that may differ from another's, in words; empty where the recipe can't be read."""
    try:
        plan = resolve(parse_recipe(run.recipe, where=f"run {run.id}"))[0]
    except LabError:
        return {}
    stages = [_stage_settings(stage) for stage in plan.stages]
    names = dict.fromkeys(name for stage in stages for name in stage)
    per_stage = {name: [stage.get(name, "–") for stage in stages] for name in names}
    told = {name: values[0] if len(set(values)) == 1 else THEN.join(values) for name, values in per_stage.items()}
    return _run_settings(plan) | told


def _run_settings(plan: ResolvedRun) -> dict[str, str]:
    own = plan.model_dump(exclude={"recipe", "name", "stages", "evaluate"})
    return {name: _words(value) for name, value in own.items()}


def _stage_settings(stage: ResolvedStage) -> dict[str, str]:
    fields = {name: getattr(stage, name) for name in type(stage).model_fields if name != "budget"}
    return {name: _words(value) for name, value in (fields | stage.budget.model_dump()).items()}


def _words(value: Any) -> str:
    """A setting's value as one reads it in a cell."""
    if value is None or value == () or value == {}:
        return "–"
    if isinstance(value, BaseModel):
        given = value.model_dump(exclude_defaults=True)
        first = [given.pop("name")] if "name" in given else []
        return " ".join(first + [f"{key} {_words(one)}" for key, one in given.items()])
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return " + ".join(_words(one) for one in value)
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _movement(run: Run) -> dict[str, Any]:
    movement = Movement.unpack(run.outcome.moved)
    ranks = dict(run.outcome.ranks)
    return {
        "id": run.id, "missing": movement.missing,
        "modules": [
            (one.name, one.kind, one.layer, one.parameters, one.trainable, one.by, one.how, _rank(one, ranks))
            for one in movement.modules
        ],
    }  # fmt: skip


def _rank(module: Moved, ranks: dict[str, int]) -> int | None:
    """What a method that gives layers ranks of their own left this one with; it names layers by the end of theirs."""
    return next((rank for name, rank in ranks.items() if f".{module.name}".endswith(f".{name}")), None)
