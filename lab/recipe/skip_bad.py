"""Going on without bad rows, asked for at once for all data of a recipe."""

from typing import TypeVar

from lab.recipe.data_choice import DataChoice
from lab.recipe.schema import Recipe, Stage

S = TypeVar("S", bound=Stage)


def skipping_bad(recipe: Recipe) -> Recipe:
    """The recipe with `skip_bad` for every data set that it, its variants or their stages name."""
    variants = tuple(
        _skipping(variant).model_copy(update={"stages": tuple(map(_skipping, variant.stages))})
        for variant in recipe.variants
    )
    return _skipping(recipe).model_copy(update={"variants": variants})


def _skipping(stage: S) -> S:
    if stage.data is None:
        return stage
    return stage.model_copy(update={"data": tuple(map(_without_bad, stage.data))})


def _without_bad(choice: DataChoice) -> DataChoice:
    return choice.model_copy(update={"skip_bad": True})
