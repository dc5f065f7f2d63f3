"""The article's ways of tuning that are neither a method nor an objective but a recipe: by task, by field, by process,
what helps against overfitting, and what RLHF can be joined with.

A way is on the map while its recipe comes with the lab; what its picture shows and what it costs is read from that.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from lab.card import find_cards
from lab.errors import LabError
from lab.home import Home
from lab.methods import hook
from lab.planning import plan
from lab.planning.whole_time import whole_seconds
from lab.recipe import Recipe, ResolvedRun, ResolvedStage, build_recipe, resolve, variant_of
from lab.recipe.fields import built_in_fields
from lab.words import text

MOST_PICTURES = 3
Entry = dict[str, Any]


@dataclass(frozen=True)
class RecipeCard:
    """A way of tuning: where it stands on the map, and the recipe that shows it."""

    id: str
    stem: Literal["task", "field", "process", "overfitting", "rlhf"]
    recipe: str


RECIPE_CARDS = (
    RecipeCard("one_task", "task", "recipes/tasks/one_task.yaml"),
    RecipeCard("classes", "task", "recipes/tasks/classify.yaml"),
    RecipeCard("several_tasks", "task", "recipes/tasks/several_tasks.yaml"),
    RecipeCard("meta", "task", "recipes/tasks/learn_to_adapt.yaml"),
    RecipeCard("draw", "task", "recipes/cross_modal/draw.yaml"),
    RecipeCard("describe", "task", "recipes/cross_modal/describe.yaml"),
    RecipeCard("domain", "field", "recipes/field/domain.yaml"),
    RecipeCard("transfer", "field", "recipes/tasks/transfer.yaml"),
    RecipeCard("incremental", "process", "recipes/process/incremental.yaml"),
    RecipeCard("tune_then_freeze", "process", "recipes/process/tune_then_freeze.yaml"),
    RecipeCard("overfitting", "overfitting", "recipes/overfitting/clinic.yaml"),
    RecipeCard("simpler_model", "overfitting", "recipes/overfitting/simpler_model.yaml"),
    RecipeCard("more_data", "overfitting", "recipes/overfitting/more_data.yaml"),
    RecipeCard("augmentation", "overfitting", "recipes/overfitting/augmentation.yaml"),
    RecipeCard("regularisation", "overfitting", "recipes/overfitting/regularisation.yaml"),
    RecipeCard("cross_validation", "overfitting", "recipes/overfitting/cross_validation.yaml"),
    RecipeCard("early_stopping", "overfitting", "recipes/overfitting/early_stopping.yaml"),
    RecipeCard("checkable", "rlhf", "recipes/rlhf/checkable.yaml"),
    RecipeCard("rlhf", "rlhf", "recipes/rlhf/loop.yaml"),
    RecipeCard("rlhf_full", "rlhf", "recipes/rlhf/ppo_full.yaml"),
    RecipeCard("rlhf_peft", "rlhf", "recipes/rlhf/ppo_lora.yaml"),
    RecipeCard("rlhf_tasks", "rlhf", "recipes/rlhf/ppo_multitask.yaml"),
    RecipeCard("rlhf_transfer", "rlhf", "recipes/rlhf/ppo_transfer.yaml"),
)


def recipe_cards(home: Home) -> list[Entry]:
    """Every way whose recipe is there, and names nothing that is broken, as a card of the map."""
    recipes = built_in_fields()
    found = [(way, build_recipe(recipes[way.recipe])) for way in RECIPE_CARDS if way.recipe in recipes]
    return [_card(way, recipe, home) for way, recipe in found if _can_run(recipe)]


def _can_run(recipe: Recipe) -> bool:
    try:
        return bool(resolve(recipe))
    except LabError:
        return False


def _card(way: RecipeCard, recipe: Recipe, home: Home) -> Entry:
    words = {
        part: text(f"learn.way_{way.id}{end}")
        for part, end in (("name", ""), ("explain", "_words"), ("good", "_good"), ("bad", "_bad"))
    }
    return words | {
        "id": way.id, "stem": way.stem, "recipe": way.recipe, "nets": _nets(recipe), "cost": _cost(way.recipe, home),
    }  # fmt: skip


def _nets(recipe: Recipe) -> list[Entry]:
    """What each variant lights, stage after stage; first those with most stages."""
    every = dict[str, ResolvedRun]()
    for run in resolve(recipe):
        every.setdefault(variant_of(run.name), run)  # seeds and folds of one look alike
    runs = sorted(every.items(), key=lambda one: -len(one[1].stages))
    return [{"name": name, "stages": [_lit(stage) for stage in run.stages]} for name, run in runs[:MOST_PICTURES]]


def _lit(stage: ResolvedStage) -> tuple[str, ...]:
    lit = hook(stage.method, "lit")
    parts: tuple[str, ...] = lit(**stage.knobs) if lit else find_cards("lab.methods")[stage.method].CARD.parts
    return parts


@cache
def _cost(path: str, home: Home) -> Entry | None:
    """What all variants cost together; None where the base is not on this machine."""
    try:
        planned = plan(build_recipe(built_in_fields()[path]), home)
    except LabError:
        return None
    shares = [one.cost.trainable_share for one in planned]
    return {
        "variants": len({variant_of(one.run.name) for one in planned}), "least": min(shares), "most": max(shares),
        "seconds": whole_seconds(planned),
    }  # fmt: skip
