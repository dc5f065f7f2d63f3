"""Where the text of a recipe is: a file of one's own, or one that comes with the lab, by a path that works anywhere.

`recipes/first_steps.yaml` names the lab's own recipe in whatever folder one stands, unless there is such a file there.
"""

from pathlib import Path, PurePosixPath

from lab.card import find_cards
from lab.home import RECIPES
from lab.limits import RECIPE_LETTERS
from lab.recipe.drawn import recipe_of

TOP = "recipes"


def shipped() -> list[str]:
    """The paths of all recipes that come with the lab, files and drawn ones, as `recipes/peft/dora.yaml`, in order,
    those that are in no folder first."""
    files = {path.relative_to(RECIPES).as_posix() for path in RECIPES.rglob("*.yaml")}
    drawn = {f"peft/{method}.yaml" for method in find_cards("lab.methods")}
    return [f"{TOP}/{name}" for name in sorted(files | drawn, key=lambda name: ("/" in name, PurePosixPath(name)))]


def shipped_file(path: str) -> Path:
    """Where the lab's recipe of that path lies on disk, or would lie if it were no drawn one."""
    return RECIPES / PurePosixPath(path).relative_to(TOP)


def read_text(path: Path) -> str:
    """The text of the recipe at `path`: the file there, else the lab's own; raises FileNotFoundError."""
    if path.exists() or (own := _own_path(path)) is None:
        with path.open(encoding="utf-8") as file:
            return file.read(RECIPE_LETTERS + 1)  # of one that never ends enough to be refused
    if (ours := shipped_file(own)).exists():
        return ours.read_text(encoding="utf-8")
    return recipe_of(ours.stem)


def _own_path(path: Path) -> str | None:
    """The path of the lab's recipe that is meant, None if none is."""
    inside = PurePosixPath(TOP, path.relative_to(RECIPES)) if path.is_relative_to(RECIPES) else path
    return found if (found := inside.as_posix()) in shipped() else None
