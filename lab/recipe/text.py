"""Recipes as text: read, checked and written; what is wrong is said in one sentence with file and field."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from lab.card import find_cards
from lab.errors import RecipeError, nearest, shown
from lab.recipe.budget import Budget, BudgetChange, EarlyStop, Search
from lab.recipe.data_choice import DataChoice
from lab.recipe.fork_point import ForkPoint
from lab.recipe.locate import read_text
from lab.recipe.overrides import override
from lab.recipe.plain_yaml import check_plain, read_yaml
from lab.recipe.repeats import Repeat
from lab.recipe.resolve import resolve
from lab.recipe.schema import (
    Evaluation,
    Recipe,
    RemedyChoice,
    RewardChoice,
    Stage,
    Variant,
    dump_fields,
)
from lab.recipe.sweep import with_sweeps


def read_recipe(path: Path, overrides: Sequence[str] = ()) -> Recipe:
    """The recipe in a YAML file, with `key=value` overrides; raises RecipeError with file and field.

    A path such as `recipes/first_steps.yaml` that isn't there means the lab's own recipe.
    """
    try:
        text = read_text(Path(path))
    except FileNotFoundError:
        raise RecipeError("there is no such file", where=path, do="`lab recipes` lists the built-in ones.") from None
    except (OSError, ValueError) as problem:
        raise RecipeError(f"can't be read as UTF-8 text ({problem})", where=path) from None
    return parse_recipe(text, where=str(path), overrides=overrides)


def parse_recipe(text: str, where: str = "recipe", overrides: Sequence[str] = ()) -> Recipe:
    """The recipe in a YAML text, checked against the cards; raises RecipeError."""
    fields = read_yaml(text, where)
    if not isinstance(fields, dict):
        raise RecipeError("a recipe is a mapping of fields", where=where, do="start with `name:` and `variants:`.")
    for change in overrides:
        override(fields, change)
    return build_recipe(fields, where)


def build_recipe(fields: Mapping[str, Any], where: str = "recipe") -> Recipe:
    """A checked recipe from plain values (a form, a parsed file), lists and ranges of values made variants (see
    `lab.recipe.sweep`); raises RecipeError."""
    check_plain(fields, where)
    try:
        recipe = Recipe.model_validate(with_sweeps(fields, where))
    except ValidationError as problem:
        raise _explain(problem, where) from None
    resolve(recipe, where)
    return recipe


def read_choice(data: str | Mapping[str, Any]) -> DataChoice:
    """One data set from its name, or from the fields a recipe has for it; raises RecipeError."""
    try:
        return DataChoice.model_validate({"name": data} if isinstance(data, str) else dict(data))
    except ValidationError as problem:
        raise _explain(problem, "data", ("data",)) from None


def dump_recipe(recipe: Recipe) -> str:
    """The recipe as YAML, without what is at its default."""
    return dump_fields(recipe.model_dump(mode="json", exclude_defaults=True))


def _explain(problem: ValidationError, where: str, inside: tuple[str, ...] = ()) -> RecipeError:
    """What is wrong, in our words: field, value, what is allowed; a key that is not known before all else."""
    found = problem.errors()
    unknown = [one for one in found if one["type"] == "extra_forbidden"]
    if unknown:
        return _unknown(unknown, where, inside)
    first, spot = found[0], ".".join(str(part) for part in found[0]["loc"])
    place = f"{where}: {spot}" if spot else where
    more = f" ({len(found) - 1} more problems.)" if len(found) > 1 else ""
    if first["type"] == "missing":
        return RecipeError(f"'{first['loc'][-1]}' is missing", where=place, do=f"add it.{more}")
    return RecipeError(f"{shown(first['input'])} is not allowed", where=place, do=f"{first['msg']}.{more}")


def _unknown(errors: Sequence[Any], where: str, inside: tuple[str, ...]) -> RecipeError:
    """The keys that are not known, and for the first what was meant: a name like it, or its right place."""
    loc = errors[0]["loc"]
    keys = [f"'{error['loc'][-1]}'" for error in errors]
    key = str(loc[-1])
    allowed = _fields_at((*inside, *loc[:-1]))
    homes = {} if inside else _homes()
    home = next((f"it belongs under `{name}`." for name, known in homes.items() if key in known), "")
    do = home or nearest(key, allowed)
    words = f"unknown key{'s' if len(keys) > 1 else ''} {', '.join(keys)}"
    return RecipeError(words, where=f"{where}: {'.'.join(str(part) for part in loc)}", do=do)


def _fields_at(loc: tuple[int | str, ...]) -> list[str]:
    """The field names allowed at a place in a recipe."""
    models = {
        "budget": Budget if loc == ("budget",) else BudgetChange, "evaluate": Evaluation, "data": DataChoice,
        "repeat": Repeat, "reward": RewardChoice, "remedy": RemedyChoice, "search": Search,
        "early_stop": EarlyStop, "stages": Stage, "variants": Variant, "fork": ForkPoint,
    }  # fmt: skip
    named = [part for part in loc if part in models]
    return list((models[named[-1]] if named else Recipe).model_fields)


def _homes() -> dict[str, set[str]]:
    """The mappings of a recipe, and what belongs into them: of knobs and options whatever any card has."""
    cards = {kind: find_cards(f"lab.{kind}").values() for kind in ("methods", "objectives")}
    named = {kind: {knob.name for one in some for knob in one.CARD.knobs} for kind, some in cards.items()}
    models: dict[str, type[BaseModel]] = {
        "budget": Budget, "evaluate": Evaluation, "search": Search, "early_stop": EarlyStop, "data": DataChoice,
    }  # fmt: skip
    own = {name: set(model.model_fields) for name, model in models.items()}
    return {**own, "knobs": named["methods"], "options": named["objectives"]}
