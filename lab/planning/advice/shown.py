"""How the lab itself uses an objective: the built-in recipe that shows it best, and its settings there."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from lab.card import find_cards
from lab.recipe.fields import built_in_fields

FIRST_STEPS = "recipes/first_steps.yaml"
USUAL = "lora"
"""A recipe of it is preferred, as the plainest."""
ORDINARY = "sft"
BUDGET = {"steps": 120, "batch_size": 16, "max_length": 64}
Fields = dict[str, Any]


@cache
def recipe_with(objective: str) -> str | None:
    """The built-in recipe that shows an objective best: little else, on LoRA; of the ordinary one, the first steps."""
    recipes = built_in_fields()
    if objective == ORDINARY and FIRST_STEPS in recipes:
        return FIRST_STEPS
    fitting = [path for path, fields in recipes.items() if objective in objectives_of(fields)]
    return min(fitting, default=None, key=lambda path: (len(objectives_of(recipes[path])), USUAL not in path, path))


def objectives_of(fields: Fields) -> set[str]:
    """The objectives a recipe names: at its top, in its variants, in their stages."""
    return {part["objective"] for part in _parts(fields) if part.get("objective")}


def settings_of(objective: str) -> Fields:
    """The budget, options and judging that the lab's own recipe gives an objective, as far as its card knows them."""
    fields = built_in_fields().get(recipe_with(objective) or "", {})
    where = next((part for part in _parts(fields) if part.get("objective") == objective), {})
    known = {knob.name for knob in find_cards("lab.objectives")[objective].CARD.knobs}
    options = {name: value for name, value in (where.get("options") or {}).items() if name in known}
    budget = BUDGET | _said(fields.get("budget")) | _said(where.get("budget"))
    budget = {name: budget[name] for name in BUDGET if budget.get(name) is not None}
    judged = {name: value for name, value in _said(fields.get("evaluate")).items() if name in ("rows", "every")}
    return {"budget": budget, "options": options, "evaluate": judged} | _own_method(fields, where)


def _own_method(fields: Fields, where: Fields) -> Fields:
    """The method, knobs and rate of the first place where the recipe says them."""
    for part in (where, *fields.get("variants", ()), fields):
        if part.get("method"):
            return {name: part[name] for name in ("method", "knobs", "learning_rate") if part.get(name) is not None}
    return {}


def _parts(fields: Fields) -> list[Fields]:
    variants = fields.get("variants", ())
    stages = [stage for variant in variants for stage in variant.get("stages") or ()]
    return [*stages, fields, *variants]


def _said(given: Mapping[str, Any] | None) -> Fields:
    return {name: value for name, value in (given or {}).items() if value is not None}


def teaching_stages(objective: str) -> tuple[list[Fields], str]:
    """The stages that train a teacher in the lab's own recipe, and what names it there."""
    fields = built_in_fields().get(recipe_with(objective) or "", {})
    for variant in fields.get("variants", ()):
        stages = variant.get("stages") or []
        for number, stage in enumerate(stages):
            if stage.get("objective") == objective and stage.get("teacher"):
                return [dict(one) for one in stages[:number]], stage["teacher"]
    return [], ""
