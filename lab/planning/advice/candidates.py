"""Methods, ways and remedies put together, as far as they go together, judged by the rules; the most promising first.

What a candidate costs is not judged here: that needs its recipe planned.
"""

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lab.card import MethodCard, find_cards
from lab.errors import LabError, RecipeError
from lab.evaluate.leaderboard import Score
from lab.models import ModelShape
from lab.planning.advice.answers import Answers
from lab.planning.advice.judge import Judgement, judge
from lab.planning.advice.measured import measured_traits
from lab.planning.advice.recipes import can_take, fields_of
from lab.planning.advice.rules import rules_for
from lab.planning.advice.shown import Fields
from lab.planning.advice.traits import method_traits, published
from lab.planning.advice.ways import Cure, Way, cures, ways
from lab.recipe import ResolvedRun, build_recipe, resolve
from lab.recipe.combinations import refusal

BEHIND = 4.0
"""Ways that are further behind the best are left out."""
MOST_WAYS = 8
MOST_OF_A_FAMILY = 4
"""So many methods of a family are looked at for one way; the others are much like them."""
MOST = 24
MEASURED_WITH = "sft"
"""The objective of the table of methods, whose rates are good with the knobs that they were found with."""
AILMENTS = ("forgetting", "overfitting")


@dataclass(frozen=True)
class Candidate:
    """A way with a method and remedies, its recipe's fields, and what the rules say of it so far."""

    way: Way
    method: MethodCard
    cures: tuple[Cure, ...]
    judgement: Judgement
    fields: Fields
    run: ResolvedRun
    share: float
    """Of the base's weights, what the method trains."""

    @property
    def order(self) -> tuple[float, tuple[int, int], tuple[int, int], str]:
        """Sorts the best first; among equals what has been known for longer."""
        return (-round(self.judgement.weight, 3), published(self.method.paper), published(self.way.last.paper),
                f"{self.method.id} {self.way.last.id}")  # fmt: skip


def candidates(
    answers: Answers, shape: ModelShape, measured: Mapping[str, Score], format_: str | None = None
) -> list[Candidate]:
    """The most promising candidates, best first; `format_` is that of somebody's own rows. Raises RecipeError."""
    found: list[Candidate] = []
    helpful = [_called_for(ailment, answers) for ailment in AILMENTS]
    for pair in _promising(answers, shape, measured, format_):
        with contextlib.suppress(RecipeError):
            found.append(_candidate(pair, helpful, answers, shape, measured.get(pair[1].id), format_))
        if len(found) == MOST:
            break
    return sorted(found, key=lambda one: one.order)


Pair = tuple[Way, MethodCard, float, Judgement]


def _promising(
    answers: Answers, shape: ModelShape, measured: Mapping[str, Score], format_: str | None
) -> Iterator[Pair]:
    """Ways with methods that they go with, best first, of each family in a way no more than a few."""
    unmeasured, by_figures = _methods(answers, shape, {}), _methods(answers, shape, measured)
    pairs = [
        (way, card, share, ours + theirs)
        for way, ours in _ways(answers, format_)
        for card, share, theirs in (by_figures if is_measured(way) else unmeasured)
        if all(refusal(card, one) is None for one in way.objectives if one.gives != "score")
    ]
    seen: Counter[tuple[int, str]] = Counter()
    for pair in sorted(pairs, key=lambda one: (-round(one[3].weight, 3), published(one[1].paper), one[1].id)):
        place = (id(pair[0]), pair[1].family)
        seen[place] += 1
        if seen[place] <= MOST_OF_A_FAMILY:
            yield pair


def _ways(answers: Answers, format_: str | None) -> list[tuple[Way, Judgement]]:
    """The ways that suit the answers, and learn from rows of that format where one is given."""
    asked = rules_for("way", answers)
    judged = [(way, judgement) for way in ways() if (judgement := judge(way.traits(), asked)) is not None]
    if format_:
        judged = [one for one in judged if format_ in _learner(one[0]).formats]
    judged.sort(key=lambda one: (-round(one[1].weight, 3), published(one[0].last.paper)))
    return [one for one in judged[:MOST_WAYS] if one[1].weight > judged[0][1].weight - BEHIND]


def is_measured(way: Way) -> bool:
    """Whether the table of methods tells something of a way: it was measured with one objective."""
    return way.last.id == MEASURED_WITH


def _learner(way: Way) -> Any:
    return way.objectives[0] if way.kind == "reward_model" else way.last


def _methods(
    answers: Answers, shape: ModelShape, measured: Mapping[str, Score]
) -> list[tuple[MethodCard, float, Judgement]]:
    """The methods that the rules leave, with the share of the base that each trains."""
    asked, found = rules_for("method", answers), []
    for name, module in find_cards("lab.methods").items():
        try:
            share = module.count(shape, **module.CARD.complete_knobs({}, name)) / shape.parameters
        except LabError:  # it can't be put into a base of this kind
            continue
        traits = method_traits(module.CARD, share, shape.parameters) | measured_traits(name, measured)
        if (judgement := judge(traits, asked)) is not None:
            found.append((module.CARD, share, judgement))
    return found


def _candidate(
    pair: Pair, helpful: Sequence[Sequence[tuple[Cure, Judgement]]], answers: Answers, shape: ModelShape,
    measured: Score | None, format_: str | None,
) -> Candidate:  # fmt: skip
    """The candidate with the best remedy that it can take against each ailment. Raises RecipeError."""
    way, method, share, judgement = pair
    known = measured is not None and is_measured(way) and not measured.knobs  # a rate goes with the knobs of its search
    rate = measured.learning_rate if measured and known else None
    taken: tuple[Cure, ...] = ()

    def settled(some: Sequence[Cure]) -> tuple[Fields, ResolvedRun]:
        fields = fields_of(way, method, some, answers, shape.parameters, rate)
        return fields, resolve(build_recipe(fields))[0]

    fields, run = settled(taken)
    for against in helpful:
        for cure, theirs in against:
            with contextlib.suppress(RecipeError):
                if can_take(cure, way, answers, format_):
                    fields, run = settled((*taken, cure))
                    taken, judgement = (*taken, cure), judgement + theirs
                    break
    return Candidate(way, method, taken, judgement, fields, run, share)


def _called_for(ailment: str, answers: Answers) -> list[tuple[Cure, Judgement]]:
    """The remedies against an ailment that the answers call for, best first."""
    name = f"against:{ailment}"
    asked = [rule for rule in rules_for("remedy", answers) if name in rule.trait]
    judged = [(one, judge(set(one.traits), asked)) for one in cures() if name in one.traits]
    return sorted(
        [(one, said) for one, said in judged if said is not None and said.weight > 0], key=lambda one: -one[1].weight
    )
