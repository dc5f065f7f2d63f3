"""What a rule may look at: traits of methods, objectives and remedies, read from their cards and nothing else.

No trait is the name of a card, so that a new one is judged by the same rules as all others.
"""

import re
from typing import Any

from lab.card import MethodCard, ObjectiveCard, RemedyCard
from lab.cards.kinds import FORMATS, OBJECTIVE_FAMILIES
from lab.cards.parts import LIT
from lab.extension_points import optional_hook

TEACHES = {
    "everything": 1.0, "low-rank": 0.75, "adapters": 0.75, "sparse": 0.65, "orthogonal": 0.55, "selective": 0.5,
    "scaling": 0.25, "prompt-like": 0.15,
}  # fmt: skip
"""How much a family can teach that the base can't do at all; the rest is steering what is there."""
TEACHES_FROM, STEERS_TO = 0.65, 0.3
MOVES = {"moves_all": 0.5, "moves_a_lot": 0.1, "moves_much": 0.02, "moves_some": 0.002, "moves_few": 0.0}
"""The share of a base's weights from which on a method moves all or nearly all of them, a lot, much, some or few."""
SMALL = 0.2
"""Below this share an adapter is a small file, and gradients and optimizer weigh less than the model."""
SLOW_STEP = 1.5
PROVEN, UNTRIED = 2022, 2025
"""Up to the first year a paper has been tried by many; from the second on by few."""
NEEDS = {
    "text": "nothing", "preference": "pairs", "binary_feedback": "thumbs", "some_labels": "few", "prompt": "nothing",
}  # fmt: skip
"""What somebody must have for an objective whose first format this is; right answers for all others."""
METHOD_TRAITS = (
    *LIT, *MOVES, "teaches", "steers", "reaches_mlp", "mergeable", "stays_beside", "small_file", "whole_model",
    "changes_base", "quantized", "slow_steps", "proven", "untried", "input_tokens", "large_base", "small_base",
    "measured", "measured_among_best", "measured_behind", "measured_keeps", "measured_forgets",
    "too_large", "far_too_large", "made_to_fit", "fills", "slow",
)  # fmt: skip
"""Of a method, with what was measured of it and what it would cost."""
WAY_TRAITS = (
    *(f"family:{family}" for family in OBJECTIVE_FAMILIES), *(f"learns:{format_}" for format_ in FORMATS),
    "needs:answers", "needs:few", "needs:pairs", "needs:thumbs", "needs:score", "needs:teacher", "needs:nothing",
    "gives:text", "gives:classes", "gives:picture", "gives:caption", "gives:score", "rewarded", "taught", "adapts",
    "samples", "compares_group", "watches_general", "no_reference",
    "one_stage", "reads_first", "answers_first", "reward_model", "parts",
)  # fmt: skip
"""Of a way: its objectives, and how they follow each other."""
REMEDY_TRAITS = (
    "against:forgetting", "against:overfitting", "needs_past", "old_rows", "made_rows", "same_weights",
    "begins_adapter", "mixed_in", "stops_early", "callback",
)  # fmt: skip
"""Of a remedy, or of what a recipe's own settings do against forgetting and overfitting."""


LARGE = 1_000_000_000
"""Parameters from which virtual tokens before the input do as well as other methods (Lester et al. 2021, figure 1)."""


def method_traits(card: MethodCard, share: float, base_parameters: int) -> set[str]:
    """What a method is, when it trains that share of a base's weights."""
    teaches, (year, _) = TEACHES.get(card.family, 0.5), published(card.paper)
    found = {card.family, next(name for name, least in MOVES.items() if share >= least)}
    found.add("large_base" if base_parameters >= LARGE else "small_base")
    found |= {"teaches"} if teaches >= TEACHES_FROM else {"steers"} if teaches <= STEERS_TO else set()
    said = {
        "reaches_mlp": any("mlp" in part for part in card.parts), "mergeable": card.mergeable,
        "stays_beside": not card.mergeable, "small_file": card.adapter and share < SMALL,
        "whole_model": not card.adapter, "changes_base": not card.reference, "quantized": card.quantized,
        "slow_steps": card.step_cost >= SLOW_STEP, "proven": year <= PROVEN, "untried": year >= UNTRIED,
        "input_tokens": "input_tokens" in card.traits,
    }  # fmt: skip
    return found | {name for name, true in said.items() if true}


def objective_traits(card: ObjectiveCard) -> set[str]:
    """What an objective learns from, needs and gives."""
    said = {
        "rewarded": card.rewarded, "samples": card.rewarded, "taught": card.taught, "adapts": card.adapts,
        "no_reference": not card.reference, "watches_general": card.watches_general,
        "compares_group": any(knob.name == "group" for knob in card.knobs),
    }  # fmt: skip
    found = {f"family:{card.family}", f"needs:{needs(card)}", f"gives:{card.gives}"}
    found |= {f"learns:{format_}" for format_ in card.formats}
    return found | {name for name, true in said.items() if true}


def needs(card: ObjectiveCard) -> str:
    """What somebody must have for an objective: an answer to the question about labels."""
    if card.rewarded:
        return "score"
    if card.taught:
        return "teacher"
    return "answers" if "prompt_completion" in card.formats else NEEDS.get(card.formats[0], "answers")


def remedy_traits(card: RemedyCard, module: Any) -> set[str]:
    """What a remedy is against, and by what."""
    said = {
        "needs_past": card.needs_past, "same_weights": card.same_weights, "begins_adapter": card.new_adapter,
        "old_rows": card.needs_past and optional_hook(module, "rows") is not None,
        "made_rows": optional_hook(module, "made") is not None,
        "callback": optional_hook(module, "callbacks") is not None,
    }  # fmt: skip
    return {f"against:{ailment}" for ailment in card.against} | {name for name, true in said.items() if true}


def published(paper: str) -> tuple[int, int]:
    """Year and month of the first paper a card names, as far as it says; for ordering."""
    if found := re.search(r"arXiv:(\d\d)(\d\d)\.", paper):
        return 2000 + int(found[1]), int(found[2])
    if found := re.search(r"\b(?:19|20)\d\d\b", paper):
        return int(found[0]), 13
    return 9999, 0
