"""What the form offers, drawn from the cards, the catalogue, the recipes and the finished runs."""

from collections.abc import Sequence
from typing import Any, get_args

from lab.card import Choice, Knob, Line, Number, RaterCard, RewardCard, find_cards
from lab.data import data_cards
from lab.data.builtin.retain import RETAIN_WEIGHT
from lab.data.mix import SPOKEN
from lab.errors import LabError
from lab.feedback.rounds import card_of
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import CATALOGUE, find_base
from lab.recipe import Recipe
from lab.recipe.fields import built_in_fields
from lab.recipe.schema import Tracker
from lab.serving.pulling import expected_bytes
from lab.store import Status, Store
from lab.ui.recipe_words import words_of
from lab.visitors import current
from lab.words import pair

MOST_RUNS = 40
RETAIN = "retain"
Entry = dict[str, Any]


def recipes() -> list[Entry]:
    """The recipes that come with the lab."""
    return [
        words_of(path, fields) | {"id": path, "topic": _topic(path), "fields": fields}
        for path, fields in built_in_fields().items()
    ]


def bases(home: Home, store: Store) -> list[Entry]:
    """The catalogue, with whether each is on this machine, then the newest finished runs."""
    catalogue = [
        {"id": entry.id, "name": pair(entry.name), "explain": pair(entry.explain), "here": is_here(entry.id, home),
         "parameters": entry.parameters, "bytes": expected_bytes(entry)}
        for entry in CATALOGUE.values()
    ]  # fmt: skip
    archived = {run for run, mark in store.marks.all().items() if mark.archived}
    done = reversed(store.runs.all(statuses=[Status.DONE], newest=MOST_RUNS + len(archived)))
    kept = [run for run in done if run.id not in archived][:MOST_RUNS]
    finished = [
        {"id": str(ModelRef(run=run.id)), "run": run.name, "recipe": run.recipe_name, "here": True} for run in kept
    ]
    return catalogue + finished


def data_sets() -> list[Entry]:
    """The built-in data sets, those for measuring too; the lab says which an objective can't learn from."""
    return [
        {"id": card.id, "name": pair(card.name), "explain": pair(card.explain), "format": card.format,
         "languages": card.languages}
        for card in data_cards().values()
    ]  # fmt: skip


def replay() -> Entry:
    """What a click adds to a variant's data so that it keeps what it knew, and the kinds of data that goes with."""
    card = find_cards("lab.data.builtin")[RETAIN].CARD
    return {"name": card.id, "weight": RETAIN_WEIGHT, "formats": SPOKEN}


def methods() -> list[Entry]:
    """The method cards with their knobs, the commonest first."""
    first = {name: place for place, name in enumerate(("full", "freeze", "lora"))}
    cards = [module.CARD for module in find_cards("lab.methods").values()]
    ordered = sorted(cards, key=lambda card: first.get(card.id, len(first)))
    return [
        {"id": card.id, "name": pair(card.name), "family": card.family, "explain": pair(card.explain),
         "rate": card.learning_rate, "knobs": knobs(card.knobs)}
        for card in ordered
    ]  # fmt: skip


def objectives() -> list[Entry]:
    """The objective cards with their options and the kinds of data they learn from, the commonest first."""
    cards = [module.CARD for module in find_cards("lab.objectives").values()]
    return [
        {"id": card.id, "name": pair(card.name), "family": card.family, "explain": pair(card.explain),
         "formats": card.formats, "rewarded": card.rewarded, "taught": card.taught,
         "knobs": knobs(card.knobs)}
        for card in sorted(cards, key=lambda card: card.id != "sft")
    ]  # fmt: skip


def precisions() -> list[str]:
    """What a recipe may say of `precision`, the usual one first."""
    return list(get_args(Recipe.model_fields["precision"].annotation))


def trackers() -> list[str]:
    """The trackers that whoever asks may have runs report to."""
    return list(get_args(Tracker)) if current().owns_lab else []


def rewards(store: Store) -> list[Entry]:
    """What answers can be rewarded for: the scripted raters, what can be checked, then the reward models of finished
    runs, newest first. `answers` says that the data must have right answers."""
    rules = [module.CARD for module in find_cards("lab.rewards").values()]
    checked = [
        _named(card) | {"checks": card.checks, "answers": card.answers, "knobs": knobs(card.knobs)} for card in rules
    ]
    scripted = [_named(module.CARD) for module in find_cards("lab.raters").values()]
    done = [run for run in store.runs.all(statuses=[Status.DONE]) if card_of(run).gives == "score"]
    models = [{"id": str(ModelRef(run=run.id)), "run": run.name, "recipe": run.recipe_name} for run in reversed(done)]
    return scripted + checked + models[:MOST_RUNS]


def remedies() -> list[Entry]:
    """What keeps a stage from unlearning the ones before it, or from overfitting, with knobs."""
    return [
        {
            "id": card.id,
            "name": pair(card.name),
            "explain": pair(card.explain),
            "knobs": knobs(card.knobs),
            "needs_past": card.needs_past,
        }
        for card in (module.CARD for module in find_cards("lab.remedies").values())
    ]


def knobs(given: Sequence[Knob]) -> list[Entry]:
    """A card's knobs as the page takes them."""
    return [_knob(knob) for knob in given]


def _named(card: RaterCard | RewardCard) -> Entry:
    return {"id": card.id, "name": pair(card.name), "explain": pair(card.explain)}


def _topic(path: str) -> str:
    """The folder of a built-in recipe; nothing for those at the top."""
    return "/".join(path.split("/")[1:-1])


def _knob(knob: Knob) -> Entry:
    entry = {"name": knob.name, "label": pair(knob.label), "help": pair(knob.help), "default": knob.default}
    if isinstance(knob, Number):
        return entry | {"kind": "number", "low": knob.low, "high": knob.high, "whole": knob.whole}
    if isinstance(knob, Choice):
        return entry | {"kind": "choice", "options": knob.options}
    if isinstance(knob, Line):
        return entry | {"kind": "line", "longest": knob.longest}
    return entry | {"kind": "switch"}


def is_here(name: str, home: Home) -> bool:
    """Whether a model of the catalogue is on this machine."""
    try:
        return bool(find_base(name, home))
    except LabError:
        return False
