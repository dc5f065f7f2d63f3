"""The Learn tab: every method and objective as a card on the article's map, and the way from a card to Train.

All of it is read from the cards; what a method costs is counted on nano. Its advisor is `lab.ui.advice`.
"""

import re
from typing import Any

from pydantic import Field

from lab.api import Lab
from lab.card import Card, MethodCard, ObjectiveCard, find_cards
from lab.errors import LabError, RecipeError
from lab.home import Home
from lab.models import ModelShape, shape_of
from lab.planning.advice.shown import FIRST_STEPS, recipe_with
from lab.planning.advice.traits import published
from lab.recipe import build_recipe
from lab.recipe.fields import built_in_fields, to_fields
from lab.ui import form_choices
from lab.ui.advice import Advisor
from lab.ui.component import Request, component, endpoint, endpoints_of
from lab.ui.measured import Measured
from lab.ui.recipe_cards import recipe_cards
from lab.words import pair

BASE = "nano"
BESIDE = "lora"
INCREMENTAL = "recipes/process/incremental.yaml"
REMEDY = "remedy"
BRANCHES = {
    "full": ("everything",),
    "freeze": ("selective",),
    "peft": ("prompt-like", "adapters", "low-rank", "orthogonal", "scaling", "sparse"),
}
"""The article's kinds by which weights move, and the families of methods in each; families to come join the last."""
STRATEGIES = (
    "supervised", "unsupervised", "semi-supervised", "distillation", "preference", "reinforcement", "cross-modal",
    "meta",
)  # fmt: skip
"""Families of objectives, as one meets them."""
Entry = dict[str, Any]


class Nothing(Request):
    """An endpoint that needs no question."""


class Wish(Request):
    """What somebody wants to try: one method, several side by side, or an objective."""

    methods: tuple[str, ...] = Field((), max_length=4)
    objective: str = Field("sft", max_length=60)


def build(lab: Lab) -> None:
    """Lay the tab out."""
    advisor, measured = endpoints_of(Advisor(lab), "questions", "advise"), endpoints_of(Measured(), "measured")
    component("learn", [*endpoints_of(Learn(lab.home), "map", "try_it"), *advisor, *measured])


class Learn:
    """The endpoints of the tab."""

    def __init__(self, home: Home):
        self._home = home

    @endpoint(Nothing)
    def map(self, _asked: Nothing) -> Entry:
        """The families in order, and in each its cards, the longest known first."""
        methods = [module.CARD for module in find_cards("lab.methods").values()]
        objectives = [module.CARD for module in find_cards("lab.objectives").values()]
        shape = self._shape()
        return {
            "branches": [{"id": branch, "families": _known(families, methods)} for branch, families in _branches()],
            "strategies": _known((*STRATEGIES, *_others(objectives, STRATEGIES)), objectives),
            "methods": [_method(card, shape) for card in _in_order(methods)],
            "objectives": [_objective(card) for card in _in_order(objectives)],
            "recipe_cards": recipe_cards(self._home),
            "remedies": remedy_cards(),
            "base": BASE,
        }

    @endpoint(Wish)
    def try_it(self, asked: Wish) -> Entry:
        """The built-in recipe of a method or an objective where there is one, else the fields of a fitting form."""
        recipes = built_in_fields()
        if not asked.methods:
            if (found := recipe_with(asked.objective)) is None:
                raise RecipeError(f"no recipe shows '{asked.objective}' yet", do="write one in Train, as YAML.")
            return {"recipe": found}
        own = f"recipes/peft/{asked.methods[0]}.yaml"
        if len(asked.methods) == 1 and own in recipes:
            return {"recipe": own}
        return {"fields": _side_by_side(asked.methods, asked.objective)}

    def _shape(self) -> ModelShape | None:
        try:
            return shape_of(BASE, self._home)
        except LabError:
            return None


def _side_by_side(methods: tuple[str, ...], objective: str) -> Entry:
    """A form with one variant a method; a single one gets LoRA beside it. Raises RecipeError for unknown ones."""
    if len(methods) == 1 and methods[0] != BESIDE:
        methods = (*methods, BESIDE)
    cards = find_cards("lab.methods")
    names = [cards[method].CARD.name.en if method in cards else method for method in methods]
    start = built_in_fields()[recipe_with(objective) or FIRST_STEPS]
    variants = [{"name": name, "method": method} for name, method in zip(names, methods, strict=True)]
    fields = {key: value for key, value in start.items() if key not in ("note", "method", "knobs", "learning_rate")}
    return to_fields(build_recipe(fields | {"name": ", ".join(names), "variants": variants}))


def _branches() -> list[tuple[str, tuple[str, ...]]]:
    methods = [module.CARD for module in find_cards("lab.methods").values()]
    named = tuple(family for families in BRANCHES.values() for family in families)
    return [
        (branch, (*families, *_others(methods, named)) if branch == "peft" else families)
        for branch, families in BRANCHES.items()
    ]


def _others(cards: list[Any], named: tuple[str, ...]) -> tuple[str, ...]:
    """Families of cards that are not named yet."""
    return tuple(dict.fromkeys(card.family for card in cards if card.family not in named))


def _known(families: tuple[str, ...], cards: list[Any]) -> list[str]:
    """Those of the families that have a card."""
    present = {card.family for card in cards}
    return [family for family in families if family in present]


def _in_order(cards: list[Any]) -> list[Any]:
    """The longest known first, as a history."""
    return sorted(cards, key=lambda card: (published(card.paper), card.id))


def _method(card: MethodCard, shape: ModelShape | None) -> Entry:
    trainable = _trainable(card.id, shape) if shape else None
    return _card(card) | {
        "parts": card.parts, "mergeable": card.mergeable, "adapter": card.adapter, "trainable": trainable,
        "of": shape.parameters if shape else None, "bytes": 4 * trainable if trainable is not None else None,
    }  # fmt: skip


def _objective(card: ObjectiveCard) -> Entry:
    return _card(card) | {
        "formats": ("reward",) if card.rewarded else card.formats, "try": recipe_with(card.id) is not None,
    }  # fmt: skip


def _card(card: Card) -> Entry:
    return {
        "id": card.id, "name": pair(card.name), "family": card.family, "explain": pair(card.explain),
        "good": pair(card.good), "bad": pair(card.bad), **_paper(card.paper),
        "knobs": form_choices.knobs(card.knobs),
    }  # fmt: skip


def remedy_cards() -> list[Entry]:
    """The remedies against forgetting as cards of the map; the recipe is the one that holds them side by side."""
    cards = [module.CARD for module in find_cards("lab.remedies").values() if "forgetting" in module.CARD.against]
    found = [
        {"id": f"{REMEDY}_{card.id}", "stem": REMEDY, "name": pair(card.name), "explain": pair(card.explain),
         "good": pair(card.good), "bad": pair(card.bad), **_paper(card.paper),
         "knobs": form_choices.knobs(card.knobs), "recipe": INCREMENTAL}
        for card in cards
    ]  # fmt: skip
    return found if INCREMENTAL in built_in_fields() else []


def _paper(paper: str) -> Entry:
    return {"paper": paper, "arxiv": re.findall(r"arXiv:(\d{4}\.\d{4,5})", paper)}


def _trainable(method: str, shape: ModelShape) -> int:
    module = find_cards("lab.methods")[method]
    return int(module.count(shape, **module.CARD.complete_knobs({}, method)))
