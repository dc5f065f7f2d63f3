"""Scripted raters vote on pairs: the answer with the higher score wins, equal scores are a tie.

Their votes carry `scripted` and a name that says so, wherever they are shown or learned from.
"""

import math
from collections import Counter
from collections.abc import Sequence

from lab.card import find_cards, refuse_broken
from lab.errors import RunError, nearest
from lab.store import Answer, Feedback, Pair, Store

SCRIPTED = "scripted:"


def rater_name(rater: str) -> str:
    """The name a scripted rater votes under; raises RunError for one there is not."""
    raters = find_cards("lab.raters")
    refuse_broken("lab.raters", rater, "rater")
    if rater not in raters:
        raise RunError(f"there is no scripted rater '{rater}'", where="rater", do=nearest(rater, raters))
    return SCRIPTED + rater


def cast_scripted(store: Store, rater: str, pairs: Sequence[Pair]) -> Counter[str]:
    """Have a rater vote on pairs, all at once; returns how often it said left (the pair's first), right and tie."""
    name, score = rater_name(rater), find_cards("lab.raters")[rater].score
    prompts = [pair.first.messages for pair in pairs]
    first, second = (score(prompts, [answer.text for answer in side]) for side in _sides(pairs))
    verdicts = [_verdict(one, other, rater) for one, other in zip(first, second, strict=True)]
    store.pairs.take_in((), (), [
        Feedback("vote", pair.id, name, verdict, pair.first.id, pair.second.id, scripted=True)
        for pair, verdict in zip(pairs, verdicts, strict=True)
    ])  # fmt: skip
    return Counter(verdicts)


def _sides(pairs: Sequence[Pair]) -> tuple[list[Answer], list[Answer]]:
    return [pair.first for pair in pairs], [pair.second for pair in pairs]


def _verdict(first: float, second: float, rater: str) -> str:
    if not (math.isfinite(first) and math.isfinite(second)):
        raise RunError(f"gave the scores {first} and {second}, which can't be compared", where=f"rater '{rater}'")
    return "left" if first > second else "right" if second > first else "tie"
