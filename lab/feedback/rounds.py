"""The rounds of the feedback loop, told from what the store has: nobody writes down that a round began or ended.

A round is a policy (a run that learned from votes or for rewards), the start it went out from, the reward model it
asked, and their duel. Rounds that go out from the policy of another one come after it. Only plain data in and out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lab.card import ObjectiveCard, find_cards
from lab.feedback.comparisons import reverse
from lab.feedback.ranking import rank
from lab.feedback.scripted import SCRIPTED
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


def rounds(runs: Sequence[Run], votes: Sequence[Vote]) -> tuple[Round, ...]:
    """All rounds in the order in which their policies were queued; runs that failed or were discarded are none."""
    known, by_match = {run.id: run for run in runs}, _by_match(votes)
    return tuple(
        Round(
            number_from(run.base, runs), ModelRef.parse(run.base).in_answers, run, _model_of(run, known), watched(run),
            _duel(run.id, by_match.get(duel_match(run), ())),
        )
        for run in runs
        if is_policy(run) and run.status != Status.FAILED and run.request != "discard"
    )  # fmt: skip


def open_start(runs: Sequence[Run], begun: Mapping[str, float], otherwise: str) -> str:
    """Where the round in hand goes out from, as a recipe's base names it.

    A round begins with the first pair of two samples of its start (`begun`: match to time) or with its policy, so the
    newest of these tells; `otherwise` where there is none.
    """
    moments = [(run.created, run.base) for run in runs if is_policy(run) and run.status != Status.FAILED]
    bases = {ModelRef.parse(run.base).in_answers: run.base for run in runs} | {
        run.id: str(ModelRef(run=run.id)) for run in runs
    }
    bases[ModelRef.parse(otherwise).in_answers] = otherwise
    for match, time in begun.items():
        first, second = match.split("|")[0], match.split("|")[-1]
        if first == second and first in bases:
            moments.append((time, bases[first]))
    return max(moments, default=(0.0, otherwise))[1]


def number_from(base: str, runs: Sequence[Run]) -> int:
    """The number of a round that goes out from `base`."""
    known, seen = {run.id: run for run in runs}, set()
    run, number = known.get(ModelRef.parse(base).run or ""), 1
    while run is not None and run.id not in seen:
        seen.add(run.id)
        number += is_policy(run)
        run = known.get(run.parent or "")
    return number


def duel(policy: Run, votes: Sequence[Vote]) -> Duel | None:
    """How the policy did against its start; None before the first vote."""
    return _duel(policy.id, _by_match(votes).get(duel_match(policy), ()))


def duel_match(policy: Run) -> str:
    """The name of the match between a policy and its start."""
    return match_of(ModelRef.parse(policy.base).in_answers, policy.id)


def usual_script(raters: Sequence[RaterCount]) -> str | None:
    """The scripted rater with the most votes: the one to judge the duel too."""
    counts = {one.rater.removeprefix(SCRIPTED): one.count for one in raters if one.scripted}
    return max((name for name in counts if name in find_cards("lab.raters")), key=counts.__getitem__, default=None)


def is_policy(run: Run) -> bool:
    card = card_of(run)
    return card.family in TEACHING and card.gives == "text"


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


@lru_cache(maxsize=256)
def _last_stage(recipe: str) -> ResolvedStage:
    return resolve(parse_recipe(recipe))[0].stages[-1]


def _by_match(votes: Sequence[Vote]) -> dict[str, tuple[Vote, ...]]:
    found: dict[str, list[Vote]] = {}
    for vote in votes:
        found.setdefault(match_of(vote.first, vote.second), []).append(vote)
    return {match: tuple(cast) for match, cast in found.items()}


@lru_cache(maxsize=256)
def _duel(policy: str, votes: tuple[Vote, ...]) -> Duel | None:
    told = [vote for vote in votes if not (vote.again or vote.equal)]
    found = next((one for one in rank(told).comparisons if policy in (one.first, one.second)), None)
    if found is None:
        return None
    mine = found if found.first == policy else reverse(found)
    scripted = sum(vote.scripted for vote in told)
    return Duel(len(told), scripted, mine.chance, mine.low, mine.high, mine.more, mine.verdict)


def _model_of(run: Run, known: Mapping[str, Run]) -> Run | None:
    stage = last_stage(run)
    names = [choice.name for choice in stage.reward if choice.weight] if stage else []
    refs = [ModelRef.parse(name) for name in names]
    if any(ref.is_own_stage for ref in refs):
        return run  # it made its own on the way
    return next((known[ref.run] for ref in refs if ref.run and ref.run in known), None)
