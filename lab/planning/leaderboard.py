"""What is to be measured for the table of methods, in which order, and what of it a store has already. Starts nothing.

A cell is a method on a data set with a seed. Its first seed searches for the learning rate, on rows that no figure is
of; the others take the rate that was found. All methods come to their first seed before any comes to its second, so
that what is there when the time is up can be compared.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lab.errors import LabError
from lab.home import Home
from lab.planning.plans import plan
from lab.recipe import Recipe, ResolvedRun, build_recipe, parse_recipe, resolve
from lab.recipe.fields import to_fields
from lab.store import Run, Status, Store

ACCURACY = "exact_match"
"""The figure that the table is of."""
OTHERWISE = ("learning_rate", "search", "gradient_checkpointing")
"""What differs between the seeds of a cell, or is only known once a run has begun."""
BESIDE = ("base", "split_seed", "evaluate", "quantize")


@dataclass(frozen=True)
class Cell:
    """A variant on a data set with a seed; `settings` are all that its figures depend on besides the rate."""

    data: str
    variant: str
    seed: int
    settings: str


@dataclass(frozen=True)
class Part:
    """Cells of one seed and data set that are still to be measured, as a recipe."""

    recipe: Recipe
    seed: int
    data: str


def recipe_for(recipe: Recipe, data: Any, seed: int) -> Recipe:
    """The recipe on another data set and with another seed, once."""
    fields = to_fields(recipe) | {"seed": seed, "repeat": 1, "order": "queue"}
    return build_recipe(fields | ({"data": data} if data is not None else {}))


def cells_of(recipe: Recipe, home: Home) -> list[Cell]:
    """The cells of a recipe of one data set and seed, in its order. Raises LabError."""
    return [cell_of(planned.run) for planned in plan(recipe, home)]


def cell_of(run: ResolvedRun) -> Cell:
    """Which cell a run belongs to."""
    stages = [stage.model_dump(mode="json", exclude=set(OTHERWISE)) for stage in run.stages]
    shared = run.model_dump(mode="json", include=set(BESIDE))
    shared["evaluate"]["apart"] = True
    data = " + ".join(choice.label for choice in run.stages[-1].data)
    return Cell(data, run.name, run.seed, repr((shared, stages)))


def measured(store: Store, name: str) -> dict[Cell, Run]:
    """The runs of a table's recipe in a store by their cell; of several the one that is done, or the last.

    One that was stopped after its last step, before its figures were measured, counts as not there.
    """
    found: dict[Cell, Run] = {}
    for run in store.runs.all():
        if run.recipe_name != name or (run.status == Status.DONE and ACCURACY not in run.outcome.metrics):
            continue
        try:
            cell = cell_of(resolve(parse_recipe(run.recipe))[0])
        except LabError:
            continue  # of an older lab
        if cell not in found or found[cell].status != Status.DONE:
            found[cell] = run
    return found


def next_part(recipe: Recipe, data: Sequence[Any], seeds: int, store: Store, again: bool = False) -> Part | None:
    """The first cells that no run has come to; None where all have. Raises LabError.

    A method that failed in its first seed has no rate and gets no others. With `again`, runs that failed count as
    not there.
    """
    done = measured(store, recipe.name)
    for seed in range(recipe.seed, recipe.seed + seeds):
        for one in data:
            asked = recipe_for(recipe, one, seed)
            cells = cells_of(asked, store.home)
            rates = _rates(cells, done, recipe.seed)
            missing = [cell for cell in cells if _is_missing(done.get(cell), again)]
            if seed > recipe.seed:
                missing = [cell for cell in missing if cell.variant in rates]
            if missing:
                found = rates if seed > recipe.seed else {}
                return Part(_only(asked, {cell.variant for cell in missing}, found), seed, cells[0].data)
    return None


def unfinished(store: Store, name: str) -> list[Run]:
    """The runs of a table that are queued, or were interrupted and can go on."""
    waiting = (Status.QUEUED, Status.INTERRUPTED)
    return [run for run in store.runs.all(statuses=waiting) if run.recipe_name == name]


def rate_of(run: Run) -> float | None:
    """The learning rate that a run trained with, where it has begun."""
    rate = resolve(parse_recipe(run.recipe))[0].stages[-1].learning_rate
    return rate if isinstance(rate, float) else None


def _is_missing(run: Run | None, again: bool) -> bool:
    return run is None or (again and run.status in (Status.FAILED, Status.CANCELLED))


def _rates(cells: Iterable[Cell], done: dict[Cell, Run], first: int) -> dict[str, float]:
    """By variant, the rate that the first seed found."""
    firsts = ((cell.variant, done.get(Cell(cell.data, cell.variant, first, cell.settings))) for cell in cells)
    known = ((name, rate_of(run)) for name, run in firsts if run is not None and run.status == Status.DONE)
    return {name: rate for name, rate in known if rate is not None}


def _only(recipe: Recipe, names: set[str], rates: dict[str, float]) -> Recipe:
    """The recipe with these variants alone, each with its rate where it has one."""
    fields = to_fields(recipe)
    fields["variants"] = list(_with_rates((one for one in fields["variants"] if one["name"] in names), rates))
    if rates:
        fields = {key: value for key, value in fields.items() if key not in ("learning_rate", "search")}
        fields["evaluate"] = {**fields.get("evaluate", {}), "apart": True}
    return build_recipe(fields)


def _with_rates(variants: Iterable[dict[str, Any]], rates: dict[str, float]) -> Iterator[dict[str, Any]]:
    for one in variants:
        yield one | ({"learning_rate": rates[one["name"]]} if one["name"] in rates else {})
