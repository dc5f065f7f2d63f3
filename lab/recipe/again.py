"""One run several times: once for each fold, and once for each seed."""

from functools import lru_cache

import yaml

from lab.card import find_cards
from lab.errors import RecipeError
from lab.recipe.data_choice import Fold
from lab.recipe.names import folded_name, seeded_name
from lab.recipe.repeats import PARTS, Repeat
from lab.recipe.schema import ResolvedRun


def folded(run: ResolvedRun, folds: int, where: str) -> list[ResolvedRun]:
    """The run once for each fold, each judged by another part of its rows; raises RecipeError for a single fold."""
    if folds == 0:
        return [run]
    if folds == 1:
        raise RecipeError("one fold would hold out everything", where=f"{where}: folds", do="give 2 or more, or 0.")
    return [_without_fold(run, Fold(number=number, of=folds)) for number in range(1, folds + 1)]


def _without_fold(run: ResolvedRun, fold: Fold) -> ResolvedRun:
    """The run that leaves out that part of all its data, and is judged by it."""
    stages = tuple(
        stage.model_copy(update={"data": tuple(one.model_copy(update={"fold": fold}) for one in stage.data)})
        for stage in run.stages
    )
    return run.model_copy(update={"stages": stages, "name": folded_name(run.name, fold.number)})


def repeated(run: ResolvedRun, repeat: Repeat, where: str) -> list[ResolvedRun]:
    """The run with one seed after the other, each named after its own; what does not vary has the first one's.

    Raises RecipeError where the split is to vary and can't.
    """
    if repeat.times == 1:
        return [run]
    if "split" in repeat.vary:
        _check_split(run, where)
    return [_again(run, repeat, number) for number in range(repeat.times)]


def _again(run: ResolvedRun, repeat: Repeat, number: int) -> ResolvedRun:
    order, start, split = (number if part in repeat.vary else 0 for part in PARTS)
    seed, start_seed = run.seed + order, run.start_seed + start
    update = {
        "seed": seed, "initialisation_seed": None if start_seed == seed else start_seed,
        "split_seed": run.split_seed + split, "name": seeded_name(run.name, run.seed + number),
    }  # fmt: skip
    return run.model_copy(update=update)


def _check_split(run: ResolvedRun, where: str) -> None:
    """Built-in data holds out the same rows with any seed, but for folds, and for the half of them that chooses."""
    known = find_cards("lab.data.builtin")
    choices = [choice for stage in run.stages for choice in stage.data]
    parted = run.halving or any(stage.chooses for stage in run.stages)
    if not parted and all(choice.name in known and choice.fold is None for choice in choices):
        names = ", ".join(dict.fromkeys(choice.name for choice in choices))
        raise RecipeError(
            f"the split can't vary: {names} holds out the same rows with any seed", where=f"{where}.repeat.vary",
            do="leave split out, take data of your own, or give `folds`.",
        )  # fmt: skip


@lru_cache(maxsize=4096)
def seeds_of(recipe: str) -> dict[str, int]:
    """The seed of each part of a run (see `lab.recipe.repeats`) by the recipe that repeats it; empty where it can't be
    read."""
    try:
        fields = yaml.load(recipe, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        seed, split = int(fields.get("seed", 0)), int(fields.get("split_seed", 0))
        return dict(zip(PARTS, (seed, int(fields.get("initialisation_seed", seed)), split), strict=True))
    except (yaml.YAMLError, AttributeError, TypeError, ValueError):
        return {}
