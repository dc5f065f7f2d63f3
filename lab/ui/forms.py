"""Between the form and the recipe: a finished comparison as a recipe to change, and the command a form stands for.

Plain functions on plain data. The form itself holds a recipe's fields; `lab.recipe` is the only one to judge them.
"""

import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import yaml

from lab.card import find_cards
from lab.errors import RecipeError
from lab.recipe import DataChoice, Recipe, build_recipe, dump_recipe, parse_recipe, variant_of
from lab.recipe import built_in as recipes
from lab.store import Run

OWN = ("name", "method", "knobs", "learning_rate", "stages", "quantize")
"""What stays with a variant; all else is said once where all variants share it."""
OF_THE_RUN = "quantize"
"""What may differ between variants and yet holds for all stages of one."""
AS_RESOLVED = {"schedule": "linear", "warmup": 0.1, "weight_decay": 0.0}
"""What a recipe that says nothing comes to; left out again so that the recipe stays short."""
Fields = dict[str, Any]


@cache
def built_in() -> dict[str, Fields]:
    """The fields of the recipes that come with the lab, by their path."""
    return {path: to_fields(recipe) for path, recipe in recipes.built_in().items()}


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


def again(runs: Sequence[Run]) -> Fields:
    """One recipe that repeats these runs of a comparison, as short as a person would write it."""
    seeds = Counter(variant_of(run.name) for run in runs)
    repeat = max(seeds.values())
    each = [yaml.safe_load(run.recipe) for run in {variant_of(run.name): run for run in reversed(runs)}.values()][::-1]
    variants = [_flat(fields["variants"][0]) for fields in each]
    shared = {key: value for key, value in each[0].items() if key != "variants"}
    if repeat > 1:
        shared["repeat"] = repeat
        variants = [variant | {"name": variant_of(variant["name"])} for variant in variants]
    for variant, fields in zip(variants, each, strict=True):
        if fields.get(OF_THE_RUN) != shared.get(OF_THE_RUN):
            variant[OF_THE_RUN] = fields[OF_THE_RUN]
    for key in [key for key in variants[0] if key not in OWN]:
        if all(key in variant and variant[key] == variants[0][key] for variant in variants):
            shared[key] = variants[0][key]
    variants = [{key: value for key, value in one.items() if shared.get(key, ...) != value} for one in variants]
    for key, value in AS_RESOLVED.items():
        if shared.get(key) == value:
            del shared[key]
    return to_fields(build_recipe(shared | {"variants": variants}))


def command_for(fields: Fields, recipe: str | None) -> str:
    """The command line that trains what a form says, as changes to a built-in recipe where that is possible."""
    start = built_in().get(recipe or "")
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


def _flat(variant: Fields) -> Fields:
    """A variant of one stage without the stage, and without knobs at their defaults."""
    stages = variant["stages"]
    if len(stages) > 1:
        return variant
    usual = find_cards("lab.methods")[stages[0]["method"]].CARD.settle({}, "")
    knobs = {name: value for name, value in stages[0]["knobs"].items() if value != usual[name]}
    return {"name": variant["name"], **stages[0], "knobs": knobs}


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
