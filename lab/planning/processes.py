"""Whether whoever asks may have a run in several processes, which are taken from everybody else here."""

from lab.errors import RecipeError
from lab.recipe import Recipe
from lab.visitors import current


def check_may_share(recipe: Recipe) -> None:
    """Raise RecipeError for a run in several processes of somebody else than the lab's owner."""
    if recipe.processes > 1 and not current().owns_lab:
        raise RecipeError("only the lab's owner can have a run in several processes", where="processes",
                          do="leave it out: the run comes to the same.")  # fmt: skip
