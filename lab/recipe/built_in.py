"""The recipes that come with the lab, by their path in the project (`recipes/first_steps.yaml`)."""

from functools import cache

from lab.errors import LabError
from lab.home import PROJECT, RECIPES
from lab.recipe.schema import Recipe
from lab.recipe.text import read_recipe


@cache
def built_in_recipes() -> dict[str, Recipe]:
    """Every recipe of the lab by its path, sorted; files of other kinds, and broken ones, are passed over."""
    found = {}
    for path in sorted(RECIPES.rglob("*.yaml")):
        try:
            found[path.relative_to(PROJECT).as_posix()] = read_recipe(path)
        except LabError:
            continue
    return found
