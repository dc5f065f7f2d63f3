"""Three methods for five answers, with the reasons: a pure function of what the cards and their sizes say.

Every rule reads a trait (family, size, mergeable, what it keeps), never a method's name, so a new card is judged too.
The weights are rules of thumb from the papers and from what the lab measured on small models, not a law.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from lab.card import MethodCard, ObjectiveCard

WANTED = {"few": -2.4, "some": -1.3, "many": -0.6}
"""The share of the weights that so many examples can teach without overfitting, as a power of ten."""
REACH = {"near": -0.5, "middle": 0.0, "far": 0.7}
"""How much more (or less) should move when the task is so far from what the base can do."""
TEACHES = {
    "everything": 1.0, "low-rank": 0.75, "adapters": 0.75, "sparse": 0.65, "orthogonal": 0.55, "selective": 0.5,
    "scaling": 0.25, "prompt-like": 0.15,
}  # fmt: skip
"""How much a family can teach that the base can't do at all; the rest is steering what is there."""
NEEDED = {"near": 0.2, "middle": 0.65, "far": 0.8}
CLOSE = 0.8
"""Powers of ten that a size may be off: a knob such as the rank makes up for as much."""
A_YEAR = 0.2
"""What a year of having been tried by others is worth."""
PROVEN = 2021.4
"""Papers from before count alike."""
HEAVY = 0.2
"""The share from which gradients and optimizer weigh as much as the model itself."""
FORMATS = {"answers": "prompt_completion", "thumbs": "binary_feedback", "pairs": "preference"}
Reason = Literal["size", "light", "room", "teaches", "steers", "versions", "merges"]


@dataclass(frozen=True)
class Answers:
    """What somebody says of her task."""

    data: Literal["few", "some", "many"] = "some"
    memory: Literal["tight", "plenty"] = "plenty"
    distance: Literal["near", "middle", "far"] = "middle"
    versions: Literal["one", "several"] = "one"
    feedback: Literal["answers", "thumbs", "pairs", "score"] = "answers"


@dataclass(frozen=True)
class Candidate:
    """A method's card and the share of a base's weights it trains."""

    card: MethodCard
    share: float


@dataclass(frozen=True)
class Advice:
    """A method and two reasons for it."""

    method: str
    reasons: tuple[Reason, ...]


def advise(candidates: Sequence[Candidate], answers: Answers, most: int = 3) -> tuple[Advice, ...]:
    """The best methods for these answers, the best first, one a family; among equals the longer proven."""
    able = [one for one in candidates if answers.feedback == "answers" or not one.card.own_loss]
    ranked = sorted(able, key=lambda one: (-round(sum(_points(one, answers).values()), 3), one.card.id))
    best: dict[str, Candidate] = {}
    for one in ranked:
        best.setdefault(one.card.family, one)
    said: set[Reason] = set()
    advice = []
    for one in list(best.values())[:most]:
        reasons = _reasons(_points(one, answers), said)
        said |= set(reasons)
        advice.append(Advice(one.card.id, reasons))
    return tuple(advice)


def objectives_for(cards: Sequence[ObjectiveCard], feedback: str) -> tuple[str, ...]:
    """The objectives that learn from what there is, the longest known first."""
    alone = [card for card in cards if not card.taught]  # a teacher is nothing that one has of people
    fitting = [card for card in alone if card.rewarded == (feedback == "score") and _learns_from(card, feedback)]
    return tuple(card.id for card in sorted(fitting, key=lambda card: published(card.paper)))


def published(paper: str) -> tuple[int, int]:
    """Year and month of the first paper a card names, as far as it says; for ordering."""
    if found := re.search(r"arXiv:(\d\d)(\d\d)\.", paper):
        return 2000 + int(found[1]), int(found[2])
    if found := re.search(r"\b(?:19|20)\d\d\b", paper):
        return int(found[0]), 13
    return 9999, 0


def _points(one: Candidate, answers: Answers) -> Mapping[Reason | str, float]:
    """What speaks for a method (above zero) and against it, by reason."""
    card, size = one.card, math.log10(max(one.share, 1e-6))
    points: dict[Reason | str, float] = {}
    off = abs(size - min(0.0, WANTED[answers.data] + REACH[answers.distance]))
    points["size"] = 0.6 - 0.8 * max(0.0, off - CLOSE)
    if answers.memory == "tight":
        points["light"] = 0.5 if one.share < HEAVY else -2.5
    elif answers.data == "many":
        points["room"] = 0.5 if one.share >= HEAVY else 0.0
    points |= _distance_points(card, answers.distance)
    if answers.versions == "several":
        small = card.adapter and one.share < HEAVY
        points["versions"] = 0.7 + min(0.4, -0.1 * size) if small else -1.5
        points["start"] = 0.0 if card.reference else -0.4  # these change the base that the versions should share
    points["merges"] = 0.3 if card.mergeable and card.adapter else 0.0 if card.mergeable else -0.2
    if answers.feedback != "answers":
        points["reference"] = 0.0 if card.reference else -0.6
    year, month = published(card.paper)
    points["proven"] = -A_YEAR * (min(max(year + month / 13, PROVEN), 2027) - PROVEN)
    return points


def _distance_points(card: MethodCard, distance: str) -> dict[Reason | str, float]:
    """Far tasks want a method that can teach; for near ones steering is enough, and forgets less."""
    teaches, needed = TEACHES.get(card.family, 0.5), NEEDED[distance]
    if distance == "near":
        return {"steers": 0.6 * (1 - teaches)}
    return {"teaches": 0.4 if teaches >= needed else -2.0 * (needed - teaches)}


def _reasons(points: Mapping[Reason | str, float], said: set[Reason]) -> tuple[Reason, ...]:
    """The two strongest reasons, first those that were not yet said of another."""
    order = list(points)
    speaking: list[Reason] = [name for name in get_args(Reason) if points.get(name, 0) > 0]
    return tuple(sorted(speaking, key=lambda name: (name in said, -points[name], order.index(name)))[:2])


def _learns_from(card: ObjectiveCard, feedback: str) -> bool:
    return feedback == "score" or FORMATS[feedback] in card.formats
