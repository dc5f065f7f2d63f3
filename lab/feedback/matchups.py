"""One rater's way through a queue of pairs: which pair is next and who sits where, voting, taking the last vote back;
and which two players are to be compared next.

Nothing is remembered but what the store has, so a reload shows the same pair with the same sides. Sides follow from the
rater and from the answers' ids, which never leave this process before the vote.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from lab.errors import RunError
from lab.feedback.ranking import Ranking
from lab.store import Answer, Feedback, Pair, Store
from lab.store.pairs import AGAIN

VERDICTS = ("left", "right", "tie", "both_bad")
EVERY = 8
"""Every so many bouts, a pair is shown a second time with its sides swapped."""
LOOK_BACK = 4
"""A pair comes again after at least so many others."""


@dataclass(frozen=True)
class Matchup:
    """A pair as one rater sees it."""

    pair: Pair
    again: bool
    swapped: bool

    @property
    def left(self) -> Answer:
        return self.pair.second if self.swapped else self.pair.first

    @property
    def right(self) -> Answer:
        return self.pair.first if self.swapped else self.pair.second

    @property
    def subject(self) -> str:
        return self.pair.id + AGAIN if self.again else self.pair.id


def next_matchup(store: Store, rater: str, match: str, sources: Collection[str] = ()) -> Matchup | None:
    """What the rater judges next in a match, of `sources` only if they are named; None while nothing waits."""
    if pair_id := _due_again(store, rater, match):
        return present(store, rater, pair_id, again=True)
    waiting = store.pairs.waiting(rater, match, 1, sources)
    return Matchup(waiting[0], False, _swapped(waiting[0], rater)) if waiting else None


def present(store: Store, rater: str, pair_id: str, again: bool) -> Matchup:
    """A pair with the sides this rater sees it with; raises RunError when it is gone."""
    if (pair := store.pairs.get(pair_id)) is None:
        raise RunError("that question is no longer there", do="go on with the next one.")
    return Matchup(pair, again, _swapped(pair, rater) != again)


def vote(store: Store, matchup: Matchup, rater: str, verdict: str) -> Feedback:
    """Keep a vote; raises RunError where this rater has voted already."""
    if verdict not in VERDICTS:
        raise RunError(f"'{verdict}' is no verdict", do=f"say one of {', '.join(VERDICTS)}.")
    if store.pairs.has_cast(rater, matchup.subject):
        raise RunError("you have voted on this already", do="take the vote back to change it.")
    return store.ratings.rate(Feedback("vote", matchup.subject, rater, verdict, matchup.left.id, matchup.right.id))


def undo(store: Store, rater: str, match: str) -> Feedback | None:
    """Take the rater's last vote in a match back and return it; None where there is none."""
    last = store.pairs.last_cast_by(rater, match)
    if last is None:
        return None
    store.ratings.rate(Feedback("vote", last.subject, rater, "none", last.answer, last.other))
    return last


def proposals(ranking: Ranking, able: Collection[str] | None = None) -> list[tuple[str, str]]:
    """Which two players to compare next, the most telling first: those that tie apart groups together, then whoever may
    still be as good as the first. Of those that are `able` to answer only, if they are given; players as answers name
    them.
    """
    met = {frozenset((one.first, one.second)) for one in ranking.comparisons}
    groups: dict[int, list[str]] = {}
    for one in ranking.standings:
        if able is None or one.player in able:
            groups.setdefault(one.group, []).append(one.player)
    found = [_unmet(above, below, met) for above, below in pairwise(groups.values())]
    if (undecided := ranking.undecided) and undecided.verdict == "open":
        found.append((undecided.first, undecided.second))
    return [pair for pair in found if pair and (able is None or set(pair) <= set(able))]


def _unmet(above: Sequence[str], below: Sequence[str], met: Collection[frozenset[str]]) -> tuple[str, str] | None:
    return next((pair for pair in product(above, below) if frozenset(pair) not in met), None)


def _due_again(store: Store, rater: str, match: str) -> str | None:
    """The id of the pair that is to be shown a second time now."""
    if store.pairs.count_cast_by(rater, match) % EVERY != EVERY - 1:
        return None
    cast = [one.subject for one in store.pairs.cast_by(rater, match)]
    seen = [subject for subject in cast[:-LOOK_BACK] if not subject.endswith(AGAIN)]
    return next((subject for subject in seen if subject + AGAIN not in cast), None)


def _swapped(pair: Pair, rater: str) -> bool:
    return bool(hashlib.sha256(f"{rater} {pair.first.id} {pair.second.id}".encode()).digest()[0] & 1)
