"""A finished comparison as one recipe that repeats its runs, as short as a person would write it, to be changed."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import yaml

from lab.card import find_cards
from lab.errors import RecipeError
from lab.recipe import USUAL, build_recipe, variant_of
from lab.recipe.again import seeds_of
from lab.recipe.fields import Fields, to_fields
from lab.recipe.names import MOST_LETTERS
from lab.recipe.repeats import PARTS
from lab.store import Run
from lab.visitors import current

OWN = ("name", "fork", "method", "knobs", "learning_rate", "stages", "quantize")
"""What stays with a variant; all else is said once where all variants share it."""
OF_THE_RUN = "quantize"
"""What may differ between variants and yet holds for all stages of one."""
SHARED = ("base", "evaluate", "split_seed", "halving", "precision")
"""What one recipe has for all its variants."""
AS_RESOLVED = {
    "schedule": "linear",
    "warmup": 0.1,
    "weight_decay": 0.0,
    "gradient_accumulation": 1,
    "gradient_checkpointing": False,
}
"""What a recipe that says nothing comes to; left out again so that the recipe stays short."""


def recipe_of_runs(runs: Sequence[Run]) -> Fields:
    """One recipe that repeats these runs, as short as a person would write it; variants are called as the runs are.

    Raises RecipeError for runs of several comparisons that differ in what all variants of a recipe share.
    """
    seeds = Counter(variant_of(run.name) for run in runs)
    folds = max(map(_folds_of, runs))
    repeat = max(1, max(seeds.values()) // max(1, folds))
    first = list({variant_of(run.name): run for run in reversed(runs)}.values())[::-1]
    each = [yaml.safe_load(run.recipe) for run in first]
    _check_shared(each)
    variants = [_flat(fields["variants"][0]) | {"name": run.name} for run, fields in zip(first, each, strict=True)]
    shared = {key: value for key, value in each[0].items() if key != "variants"}
    if not current().owns_lab:  # only the owner's runs report elsewhere, or run elsewhere
        shared.pop("report_to", None)
        shared.pop("executor", None)
        shared.pop("processes", None)
        shared.pop("fsdp", None)
    if repeat > 1:
        shared["repeat"] = {"n": repeat, "vary": _varied(runs) or USUAL}
    if folds:
        shared["folds"] = folds
        variants = [_without_folds(variant) for variant in variants]
    if repeat > 1 or folds:
        variants = [variant | {"name": variant_of(variant["name"])} for variant in variants]
    for variant, fields in zip(variants, each, strict=True):
        if fields.get(OF_THE_RUN) != shared.get(OF_THE_RUN):
            variant[OF_THE_RUN] = fields[OF_THE_RUN]
    for key in [key for key in variants[0] if key not in OWN and all(key in variant for variant in variants)]:
        if (usual := _usual([variant[key] for variant in variants])) is not None:
            shared[key] = usual
    variants = [
        {key: _beside(key, value, shared) for key, value in one.items() if shared.get(key, ...) != value}
        for one in variants
    ]
    for key, value in AS_RESOLVED.items():
        if shared.get(key) == value:
            del shared[key]
    names = dict.fromkeys(run.recipe_name for run in runs)
    return to_fields(build_recipe(shared | {"name": " + ".join(names)[:MOST_LETTERS], "variants": variants}))


def _check_shared(each: Sequence[Fields]) -> None:
    """Raise RecipeError where these recipes differ in something that one recipe has for all its variants."""
    for key in SHARED:
        said = list(dict.fromkeys(str(fields.get(key)) for fields in each))
        if len(said) > 1:
            raise RecipeError(
                f"these runs differ in {key} ({' and '.join(one[:60] for one in said[:2])}), which one recipe has once",
                do="take runs that share it, or begin from one of them.",
            )  # fmt: skip


def _varied(runs: Sequence[Run]) -> list[str]:
    """What differs between the runs of one variant: of its seeds those that do."""
    own = [seeds_of(run.recipe) for run in runs if variant_of(run.name) == variant_of(runs[0].name)]
    return [part for part in PARTS if len({seeds.get(part) for seeds in own}) > 1]


def _folds_of(run: Run) -> int:
    """Into how many parts its data is parted; 0 for a run that is judged by the data's own held-out rows."""
    stages = yaml.safe_load(run.recipe)["variants"][0]["stages"]
    return max((data["fold"]["of"] for stage in stages for data in stage["data"] if data.get("fold")), default=0)


def _without_folds(variant: dict[str, Any]) -> dict[str, Any]:
    """A variant whose data does not say which part is held out."""
    parts = variant.get("stages") or [variant]
    for part in parts:
        part["data"] = [{name: value for name, value in one.items() if name != "fold"} for one in part["data"]]
    return variant


def _usual(values: Sequence[Any]) -> Any:
    """What most variants have and the others can differ from: these must name all that it names, or they would get it.

    None where each has something of its own.
    """
    usual = max(values, key=values.count)
    named = all(not isinstance(usual, dict) or usual.keys() <= value.keys() for value in values)
    return usual if named and (values.count(usual) > 1 or len(values) == 1) else None


def _beside(key: str, value: Any, shared: Fields) -> Any:
    """A variant's own value; of a budget only what differs from the shared one."""
    if key != "budget" or key not in shared:
        return value
    return {name: one for name, one in value.items() if shared[key].get(name, ...) != one}


def _flat(variant: Fields) -> Fields:
    """A variant of one stage without the stage, and without knobs at their defaults."""
    stages = variant["stages"]
    if len(stages) > 1:
        return variant
    usual = find_cards("lab.methods")[stages[0]["method"]].CARD.complete_knobs({}, "")
    knobs = {name: value for name, value in stages[0]["knobs"].items() if value != usual[name]}
    forked = {"fork": variant["fork"]} if "fork" in variant else {}
    return {"name": variant["name"], **forked, **stages[0], "knobs": knobs}
