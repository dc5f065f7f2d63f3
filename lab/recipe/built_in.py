"""The recipes that come with the lab, read: what `lab recipes` lists and the page offers."""

from functools import cache

from lab.errors import LabError
from lab.recipe.locate import shipped, shipped_file
from lab.recipe.schema import Recipe
from lab.recipe.text import read_recipe


@cache
def built_in() -> dict[str, Recipe]:
    """Every recipe that comes with the lab, by its path (`recipes/first_steps.yaml`); broken ones are passed over."""
    found = {}
    for path in shipped():
        try:
            found[path] = read_recipe(shipped_file(path))
        except LabError:
            continue
    return found
