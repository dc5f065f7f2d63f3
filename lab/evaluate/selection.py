"""Any runs side by side, of one comparison or of several: which ones are meant, what tells them apart, and whether
their figures mean the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from lab.errors import LabError, RunError
from lab.models import root_base
from lab.recipe import parse_recipe, resolve, variant_of
from lab.store import Run, Store

BETWEEN = " · "
"""Between a variant's name and what tells it from another one's of the same name."""


@dataclass(frozen=True)
class Selection:
    """The runs meant by some ids, and the ids that mean none."""

    runs: tuple[Run, ...]
    missing: tuple[str, ...] = ()


def select_runs(ids: Iterable[str], store: Store) -> Selection:
    """The runs meant by whole ids of runs and of comparisons, each once, in that order; raises RunError where there are
    none of them."""
    found: dict[str, Run] = {}
    missing = []
    for one in dict.fromkeys(ids):
        runs = store.runs.all(comparison=one) or list(store.runs.some([one]).values())
        found |= {run.id: run for run in runs if run.id not in found}
        missing += [] if runs else [one]
    if not found:
        raise RunError(f"none of these runs is there: {', '.join(missing[:5])}", do="choose others under Runs.")
    return Selection(tuple(found.values()), tuple(missing))


def find_runs(ids: Sequence[str], store: Store) -> list[Run]:
    """The runs meant by ids of comparisons and by ids of runs or beginnings of them, each once; raises RunError for an
    unknown one."""
    found: dict[str, Run] = {}
    for one in ids:
        for run in store.runs.all(comparison=one) or [store.runs.get(one)]:
            found.setdefault(run.id, run)
    return list(found.values())


def told_apart(runs: Sequence[Run]) -> list[Run]:
    """The runs with other names where variants of several comparisons are called the same: the recipe's name goes with
    them, and where that is the same too the comparison's id."""
    names: dict[str, set[str]] = {}
    recipes: dict[tuple[str, str], set[str]] = {}
    for run in runs:
        variant = variant_of(run.name)
        names.setdefault(variant, set()).add(run.comparison)
        recipes.setdefault((variant, run.recipe_name), set()).add(run.comparison)

    def named(run: Run) -> Run:
        variant = variant_of(run.name)
        if len(names[variant]) < 2:
            return run
        alike = len(recipes[variant, run.recipe_name]) > 1
        whole = BETWEEN.join((variant, run.recipe_name, *([run.comparison] if alike else [])))
        return replace(run, name=whole + run.name[len(variant) :])

    return [named(run) for run in runs]


def places_of(runs: Sequence[Run], store: Store) -> dict[str, int]:
    """The place of each run's variant, its colour, by the run's id: that in its comparison, or in the selection where
    the runs are of several."""
    if len({run.comparison for run in runs}) == 1:
        return {run_id: label.place for run_id, label in store.runs.labels([run.id for run in runs]).items()}
    seen: dict[str, int] = {}
    return {run.id: seen.setdefault(variant_of(run.name), len(seen)) for run in runs}


def judged_alike(runs: Sequence[Run], store: Store) -> bool:
    """Whether one may hold figures of these runs against each other: runs of one comparison, or such as come from the
    same base and were judged by the same questions, for the same objective."""
    return len({run.comparison for run in runs}) == 1 or len({_judge(run, store) for run in runs}) == 1


def _judge(run: Run, store: Store) -> str:
    """All that says by what a run was judged; the run's own id where that can't be told."""
    try:
        return f"{root_base(run.base, store.home)} {_questions(run.recipe)}"
    except LabError:
        return run.id


@lru_cache(maxsize=2048)
def _questions(recipe: str) -> str:
    """What a recipe's runs are asked after their last stage, and for what; raises RecipeError."""
    plan = resolve(parse_recipe(recipe, where="a run's recipe"))[0]
    last = plan.stages[-1]
    data = [one.model_copy(update={"fold": None, "weight": 1.0}) for one in last.data]
    asked = plan.evaluate.model_copy(update={"every": 0})
    return repr((asked, plan.split_seed, plan.halving, last.objective, data, last.budget.max_length))
