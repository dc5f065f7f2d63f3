"""Recipes: what to train, as validated settings; YAML in and out; overrides.

A `Recipe` says what is shared and lists variants, each of which may leave anything out; `resolve` fills every gap and
gives one `ResolvedRun` a variant, which is written back as a recipe that repeats it. Nothing is loaded here: names are
checked against the cards only.
"""

from lab.recipe.budget import SEARCH, Budget, BudgetChange, EarlyStop, Halving, Search
from lab.recipe.data_choice import DataChoice, Fold
from lab.recipe.fork_point import ForkPoint
from lab.recipe.names import folded_name, seeded_name, variant_of
from lab.recipe.rates import StageRate, stage_rate, usual_rate
from lab.recipe.repeats import AUTO, USUAL, Repeat
from lab.recipe.resolve import resolve
from lab.recipe.schema import (
    Evaluation,
    Pessimism,
    Recipe,
    RemedyChoice,
    ResolvedRun,
    ResolvedStage,
    RewardChoice,
    Stage,
    Variant,
)  # fmt: skip
from lab.recipe.skip_bad import skipping_bad
from lab.recipe.text import build_recipe, dump_recipe, parse_recipe, read_recipe

__all__ = [
    "AUTO", "SEARCH", "USUAL", "Budget", "BudgetChange", "DataChoice", "EarlyStop", "Evaluation", "Fold", "ForkPoint",
    "Halving", "Pessimism", "Recipe", "RemedyChoice", "Repeat", "ResolvedRun", "ResolvedStage", "RewardChoice",
    "Search", "Stage", "StageRate", "Variant", "build_recipe", "dump_recipe", "folded_name", "parse_recipe",
    "read_recipe", "resolve", "seeded_name", "skipping_bad", "stage_rate", "usual_rate", "variant_of",
]  # fmt: skip
