"""Recipes drawn from the cards of the methods: one for each method, LoRA beside it, and one with all of them.

A method's recipe is drawn whenever it is asked for, unless a file in recipes/peft has more to say about the method.
The one with all methods is a file for programs that read it as such: `make recipes` (`python -m lab.recipe.drawn`)
writes it anew, and a test says when that is due.
"""

import json
import re

import yaml

from lab.card import LIT, MethodCard, find_cards, refuse_broken
from lab.home import RECIPES

BESIDE = "lora"
ALL = "peft/all.yaml"

ONE = """\
name: {name}
note: {note}
base: nano
data: cuisine
objective: sft
budget: {{steps: 60, batch_size: 8, max_length: 64}}
evaluate: {{every: 20, rows: 48, answers: 24}}
seed: 0
variants:
  - {{name: {beside}, method: lora}}
  - {{name: {title}, method: {method}}}
"""
EVERY = """\
name: All methods
note: >-
  Every method on the same data, seed and steps, each at the learning rate of its card. One run of each is no ranking.
  Some ten minutes of one CPU core: five on two.
base: nano
data: cuisine
objective: sft
budget: {steps: 60, batch_size: 8, max_length: 64}
evaluate: {every: 60, rows: 48, answers: 24}
seed: 0
variants:
"""


def recipe_of(method: str) -> str:
    """The YAML of a comparison of `method` with LoRA, in the words of its card."""
    cards = _cards()
    refuse_broken("lab.methods", BESIDE)
    name = cards[method].name.en
    note = f"{name} beside LoRA, on the same data for the same time. {cards[method].good.en}"
    return ONE.format(
        name=_scalar(f"{name} beside LoRA"), note=_scalar(note),
        beside=_scalar(cards[BESIDE].name.en), title=_scalar(name), method=method,
    )  # fmt: skip


def recipe_of_all() -> str:
    """The YAML that puts every method there is side by side, family by family, in the order of their ids."""
    cards = _cards()
    lines = []
    for family in LIT:
        ours = [card for card in cards.values() if card.family == family]
        lines += [f"  # {family}"] if ours else []
        lines += [f"  - {{name: {_scalar(card.name.en)}, method: {card.id}}}" for card in ours]
    return EVERY + "\n".join(lines) + "\n"


def _cards() -> dict[str, MethodCard]:
    return {name: module.CARD for name, module in find_cards("lab.methods").items()}


def _scalar(words: str) -> str:
    """Words as a YAML string, quoted where they hold signs that could mean something to YAML."""
    plain = re.fullmatch(r"[^\W\d_][\w+ -]*\w|[^\W\d_][\w-]*\+", words)
    return words if plain and yaml.safe_load(words) == words else json.dumps(words, ensure_ascii=False)


if __name__ == "__main__":
    (RECIPES / ALL).write_text(recipe_of_all(), encoding="utf-8")
