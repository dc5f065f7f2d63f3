"""Ways of tuning: objectives alone, and those that follow each other, found by what their cards say.

Which of them suits a task is not decided here: the rules look at a way's traits.
"""

from dataclasses import dataclass
from typing import Any, Literal

from lab.card import ObjectiveCard, RemedyCard, find_cards
from lab.planning.advice.traits import needs, objective_traits, remedy_traits

Kind = Literal["one_stage", "reads_first", "answers_first", "reward_model", "parts"]


@dataclass(frozen=True)
class Way:
    """Objectives, one after the other, and what they are to each other."""

    kind: Kind
    objectives: tuple[ObjectiveCard, ...]

    @property
    def last(self) -> ObjectiveCard:
        return self.objectives[-1]

    def traits(self) -> set[str]:
        """Those of its objectives together. A reward model takes the place of a score that somebody has; what gives the
        answers in the end is the last."""
        found = {self.kind}.union(*(objective_traits(one) for one in self.objectives))
        if self.kind == "reward_model":
            found -= {"needs:score", "learns:preference"}
        if self.last.reference:
            found.discard("no_reference")
        return {one for one in found if not one.startswith("gives:")} | {f"gives:{self.last.gives}"}


@dataclass(frozen=True)
class Cure:
    """A remedy, or a setting of a recipe that does as one: what it adds to the fields of a stage."""

    id: str
    traits: frozenset[str]
    fields: tuple[tuple[str, Any], ...] = ()


EARLY_STOP = Cure("early_stop", frozenset({"against:overfitting", "stops_early"}), (("early_stop", 2),))
MIXED_IN = Cure("mix", frozenset({"against:forgetting", "mixed_in"}))
"""Old questions in the data of the last stage, at a lower rate (recipes/process/keep_what_it_knew.yaml)."""


def ways() -> list[Way]:
    """Every way there is. What gives a score is only a step to something else."""
    cards: list[ObjectiveCard] = [module.CARD for module in find_cards("lab.objectives").values()]
    supervised = [one for one in cards if needs(one) == "answers" and one.gives == "text" and not one.adapts]
    readers = [one for one in cards if needs(one) == "nothing" and one.gives == "text"]
    judged = [one for one in cards if needs(one) in ("pairs", "thumbs", "score") and one.gives == "text"]
    judges = [one for one in cards if one.gives == "score"]
    found = [Way("one_stage", (one,)) for one in cards if one.gives != "score"]
    found += [Way("reads_first", (first, then)) for first in readers for then in supervised]
    found += [Way("answers_first", (first, then)) for first in supervised for then in judged]
    found += [Way("reward_model", (first, then)) for first in judges for then in judged if then.rewarded]
    return found + [Way("parts", (one, one)) for one in supervised]


def cures() -> list[Cure]:
    """The remedies there are, and the two that are settings of a recipe."""
    found = []
    for name, module in find_cards("lab.remedies").items():
        card: RemedyCard = module.CARD
        found.append(Cure(name, frozenset(remedy_traits(card, module)), (("remedy", name),)))
    return [MIXED_IN, EARLY_STOP, *found]
