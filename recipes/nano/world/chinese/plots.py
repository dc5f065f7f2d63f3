"""All families of Chinese stories, and which of them can be about a thing that was asked for."""

from recipes.nano.world.chinese.parts import Family, Problem, Who
from recipes.nano.world.chinese.plots_heart import HEART_FAMILIES
from recipes.nano.world.chinese.plots_more import MORE_FAMILIES
from recipes.nano.world.chinese.plots_seek import SEEK_FAMILIES
from recipes.nano.world.chinese.plots_tales import TALE_FAMILIES
from recipes.nano.world.chinese.plots_work import WORK_FAMILIES
from recipes.nano.world.chinese.plots_world import WORLD_FAMILIES

FAMILIES: tuple[Family, ...] = (
    *SEEK_FAMILIES,
    *HEART_FAMILIES,
    *WORK_FAMILIES,
    *WORLD_FAMILIES,
    *MORE_FAMILIES,
    *TALE_FAMILIES,
)
PLOTS: tuple[tuple[Family, Problem], ...] = tuple(
    (family, problem) for family in FAMILIES for problem in family.problems
)


def plots_for(who: Who, with_thing: bool) -> list[tuple[Family, Problem]]:
    """The plots that can happen to people or to animals; with a thing in their problem, if one was asked for."""
    return [
        (family, problem)
        for family, problem in PLOTS
        if ("any" in (who, problem.who) or who == problem.who) and (not with_thing or "thing}" in problem.text)
    ]
