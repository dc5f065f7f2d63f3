"""The rounds of the feedback loop, told from what the store has: nobody writes down that a round began or ended.

A round is a policy (a run that learned from votes or for rewards), the start it went out from, the reward model it
asked, and their duel. Rounds that go out from the policy of another one come after it. Only plain data in and out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lab.card import ObjectiveCard, find_cards
from lab.feedback.comparisons import compare_meetings, reverse
from lab.feedback.scripted import SCRIPTED
from lab.feedback.sums import ALL, VoteSums
from lab.feedback.sums import SCRIPTED as SCRIPTS
from lab.model_ref import ModelRef
from lab.recipe import ResolvedStage, parse_recipe, resolve
from lab.store import RaterCount, Run, Status, Vote
from lab.store.pairs import match_of

TEACHING = ("preference", "reinforcement")
"""The families of objectives that learn from what was said of answers."""


@dataclass(frozen=True)
class Duel:
    """The policy against its start by votes, as in `Comparison`: the interval holds however often one looks."""

    votes: int
    scripted: int
    chance: float
    low: float
    high: float
    more: int | None
    verdict: str


@dataclass(frozen=True)
class Round:
    """One round; `number` counts the policies on the way from a base model to its own."""

    number: int
    start: str
    """Who it went out from, as answers name who gave them."""
    policy: Run
    model: Run | None
    """The reward model; None where it learned from votes or scripted rewards alone."""
    watched: str | None
    """The scripted rater whose score is logged beside what is optimised, without being optimised."""
    duel: Duel | None


def rounds(runs: Sequence[Run], votes: Sequence[Vote] | VoteSums) -> tuple[Round, ...]:
    """All rounds in the order in which their policies were queued; runs that failed or were discarded are none."""
    known, sums = {run.id: run for run in runs}, _sums(votes)
    return tuple(
        Round(
            _number(run.base, known), ModelRef.parse(run.base).in_answers, run, _model_of(run, known), watched(run),
            duel(run, sums),
        )
        for run in runs
        if is_policy(run) and run.status != Status.FAILED and run.request != "discard"
    )  # fmt: skip


def own_matches(runs: Sequence[Run], otherwise: str) -> list[str]:
    """The matches of two samples of one start, for all that a round may go out from."""
    starts = {ModelRef.parse(base).in_answers for base in {otherwise, *(run.base for run in runs)}}
    return [f"{start}|{start}" for start in starts | {run.id for run in runs}]


def open_start(runs: Sequence[Run], begun: Mapping[str, float], otherwise: str) -> str:
    """Where the round in hand goes out from, as a recipe's base names it.

    A round begins with the first pair of two samples of its start (`begun`: match to time) or with its policy, so the
    newest of these tells; `otherwise` where there is none.
    """
    moments = [(run.created, run.base) for run in runs if is_policy(run) and run.status != Status.FAILED]
    bases = {ModelRef.parse(base).in_answers: base for base in dict.fromkeys(run.base for run in runs)}
    bases[ModelRef.parse(otherwise).in_answers] = otherwise
    known = {run.id for run in runs}
    for match, time in begun.items():
        first, second = match.split("|")[0], match.split("|")[-1]
        if first == second and (first in bases or first in known):
            moments.append((time, str(ModelRef(run=first)) if first in known else bases[first]))
    return max(moments, default=(0.0, otherwise))[1]


def number_from(base: str, runs: Sequence[Run]) -> int:
    """The number of a round that goes out from `base`."""
    return _number(base, {run.id: run for run in runs})


def _number(base: str, known: Mapping[str, Run]) -> int:
    run, number = known.get(ModelRef.parse(base).run or ""), 1
    seen: set[str] = set()
    while run is not None and run.id not in seen:
        seen.add(run.id)
        number += is_policy(run)
        run = known.get(ModelRef.parse(run.base).run or "")  # where it began: a fork's parent is its sibling
    return number


def duel(policy: Run, votes: Sequence[Vote] | VoteSums) -> Duel | None:
    """How the policy did against its start; None before the first vote."""
    sums, start = _sums(votes), ModelRef.parse(policy.base).in_answers
    couple = (start, policy.id) if start < policy.id else (policy.id, start)
    met = sums.by[ALL].meetings.get(couple)
    if met is None:
        return None
    (found,) = compare_meetings({couple: met}, couple)
    mine = found if found.first == policy.id else reverse(found)
    scripted = sums.by[SCRIPTS].meetings.get(couple)
    return Duel(met.votes, scripted.votes if scripted else 0, mine.chance, mine.low, mine.high, mine.more, mine.verdict)


def duel_match(policy: Run) -> str:
    """The name of the match between a policy and its start."""
    return match_of(ModelRef.parse(policy.base).in_answers, policy.id)


def usual_script(raters: Sequence[RaterCount]) -> str | None:
    """The scripted rater with the most votes: the one to judge the duel too."""
    counts = {one.rater.removeprefix(SCRIPTED): one.count for one in raters if one.scripted}
    return max((name for name in counts if name in find_cards("lab.raters")), key=counts.__getitem__, default=None)


def is_policy(run: Run) -> bool:
    module: Any = find_cards("lab.objectives").get(run.objective.split(", ")[-1])
    return _teaches(run.objective, module)


@lru_cache(maxsize=1024)
def _teaches(_objective: str, module: Any) -> bool:
    """Whether it makes a policy, by the module of what was done last; where there is none, it is taken for SFT."""
    card = module.CARD if module else find_cards("lab.objectives")["sft"].CARD
    return bool(card.family in TEACHING and card.gives == "text")


def card_of(run: Run) -> ObjectiveCard:
    """The card of what a run did last; of SFT where it did what this lab does not know."""
    objectives = find_cards("lab.objectives")
    card: ObjectiveCard = objectives.get(run.objective.split(", ")[-1], objectives["sft"]).CARD
    return card


def watched(run: Run) -> str | None:
    """See `Round.watched`."""
    stage = last_stage(run)
    scripted = [choice.name for choice in stage.reward if not choice.weight] if stage else []
    return scripted[0] if scripted else None


def last_stage(run: Run) -> ResolvedStage | None:
    """What a run did last, with all its settings; None for a run without a recipe."""
    return _last_stage(run.recipe) if run.recipe else None


@lru_cache(maxsize=4096)  # a poll looks at every policy
def _last_stage(recipe: str) -> ResolvedStage:
    return resolve(parse_recipe(recipe))[0].stages[-1]


def _sums(votes: Sequence[Vote] | VoteSums) -> VoteSums:
    return votes if isinstance(votes, VoteSums) else VoteSums.of(votes)


def _model_of(run: Run, known: Mapping[str, Run]) -> Run | None:
    stage = last_stage(run)
    names = [choice.name for choice in stage.reward if choice.weight] if stage else []
    refs = [ModelRef.parse(name) for name in names]
    if any(ref.is_own_stage for ref in refs):
        return run  # it made its own on the way
    return next((known[ref.run] for ref in refs if ref.run and ref.run in known), None)
