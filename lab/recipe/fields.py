"""A recipe as plain fields, as short as a person would write it, and the command line that stands for it.

A form holds these fields; `lab.recipe` is the only one to judge them.
"""

import shlex
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from lab.errors import RecipeError
from lab.recipe.built_in import built_in
from lab.recipe.data_choice import DataChoice
from lab.recipe.plain_yaml import read_yaml
from lab.recipe.schema import Recipe
from lab.recipe.text import build_recipe, dump_recipe, parse_recipe

Fields = dict[str, Any]


@cache
def built_in_fields() -> dict[str, Fields]:
    """The fields of the recipes that come with the lab, by their path in the project."""
    return {path: to_fields(recipe) for path, recipe in built_in().items()}


def to_fields(recipe: Recipe) -> Fields:
    """A recipe as the form holds it: plain values, short, with what the form always shows."""
    fields = yaml.safe_load(dump_recipe(recipe))
    fields["data"] = _short_data(fields.get("data"))
    variants = [{"name": variant.pop("name"), **_short(variant)} for variant in fields.pop("variants")]
    first = {"name": recipe.name, "note": recipe.note, "base": recipe.base, "data": fields["data"]}
    shown = first | {"budget": recipe.budget.model_dump()} | fields | {"variants": variants}
    return {key: value for key, value in shown.items() if value != ""}


def parse_form(fields: Fields | None, text: str | None) -> Recipe:
    """The checked recipe of a form, or of the YAML it was turned into; raises RecipeError."""
    if text is not None:
        return parse_recipe(text)
    if not fields:
        raise RecipeError("the form is empty", do="choose a recipe.")
    return build_recipe(fields)


def read_fields(text: str) -> Fields:
    """The plain fields of a YAML text that `parse_form` takes."""
    fields = read_yaml(text, "recipe")
    return fields if isinstance(fields, dict) else {}


def with_values(shown: Fields, given: Fields) -> Fields:
    """The fields of a recipe with the variants as they were given, where lists and ranges made more of them."""
    several = given.get("variants")
    names = [one.get("name") if isinstance(one, Mapping) else None for one in several or ()]
    if names == [one["name"] for one in shown["variants"]] or not isinstance(several, list):
        return shown
    sweep = {"sweep": given["sweep"]} if given.get("sweep") else {}
    return {key: value for key, value in shown.items() if key != "variants"} | sweep | {"variants": several}


def command_for(fields: Fields, recipe: str | None) -> str:
    """The command line that trains what a form says, as changes to a built-in recipe where that is possible."""
    start = built_in_fields().get(recipe or "")
    changes = _changes(start, fields) if start else None
    if changes is None:
        return "lab train my_recipe.yaml"
    return shlex.join(["lab", "train", str(recipe)] + [part for change in changes for part in ("--set", change)])


def _changes(start: Fields, now: Fields) -> list[str] | None:
    """The overrides that lead from one recipe to another; None when something was taken away or a list changed."""
    before, after = dict(_leaves(start)), dict(_leaves(now))
    if before.keys() - after.keys() or len(start["variants"]) != len(now["variants"]):
        return None
    return [f"{path}={_written(value)}" for path, value in after.items() if before.get(path, ...) != value]


def _leaves(value: Any, path: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return [leaf for key, inner in value.items() for leaf in _leaves(inner, f"{path}.{key}" if path else key)]
    if path == "variants":
        return [leaf for i, inner in enumerate(value) for leaf in _leaves(inner, f"{path}.{i}")]
    return [(path, value)]


def _written(value: Any) -> str:
    return (
        yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000).removesuffix("\n...\n").strip()
    )


def _short(stage: Fields) -> Fields:
    return stage | {"data": _short_data(stage["data"])} if "data" in stage else stage


def _short_data(data: Any) -> Any:
    """Data as a person writes it: a name where that says it all."""
    if data is None:
        return "cuisine"
    short = [_short_choice(choice) for choice in data]
    return short[0] if len(short) == 1 else short


def _short_choice(choice: Fields) -> Any:
    said = DataChoice(**choice).model_dump(exclude_defaults=True)
    return said["name"] if set(said) == {"name"} else said
