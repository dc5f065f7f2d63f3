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
from lab.feedback.tally import tally_of
from lab.store import Answer, Feedback, Pair, Store
from lab.store.pairs import AGAIN

VERDICTS = ("left", "right", "tie", "both_bad")
EVERY = 8
"""Every so many bouts, a pair is shown a second time with its sides swapped."""
CHUNK = 64
"""Places of a queue that are read in one go."""
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


def next_matchup(
    store: Store, rater: str, match: str, sources: Collection[str] = (), waiting: Sequence[str] | None = None
) -> Matchup | None:
    """What the rater judges next in a match, of `sources` only if they are named; None while nothing waits. `waiting`
    are the first `waiting_pairs`, where they are known."""
    if pair_id := _due_again(store, rater, match):
        return present(store, rater, pair_id, again=True)
    if waiting is None:
        waiting = waiting_pairs(store, rater, match, 1, sources)
    return present(store, rater, waiting[0], again=False) if waiting else None


def waiting_pairs(store: Store, rater: str, match: str, most: int, sources: Collection[str] = ()) -> list[str]:
    """The ids of the first pairs of a match that this rater has not judged, as `Pairs.waiting` finds them.

    Where the judged ones end is remembered: it costs the same after thousands of votes as after one.
    """
    front, of = store.pairs.front(match), tuple(sorted(sources))
    if front is None:
        return []
    found: list[tuple[int, str]] = []
    with tally_of(store).look() as tally:
        since = tally.floor(rater, match, of, front)
        while len(found) < most:
            line = store.pairs.line(match, since, CHUNK, of)
            found += [(place, pair) for place, pair in line if not tally.has_cast(rater, pair)]
            if line:
                since = line[-1][0] + 1
            if len(line) < CHUNK:
                break
        tally.note_floor(rater, match, of, front, found[0][0] if found else since)
    return [pair for _, pair in found[:most]]


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
    with tally_of(store).look() as tally:
        cast = tally.cast(rater, match)
    last = store.ratings.last("vote", rater, cast[-1]) if cast else None
    if last is None:
        return None
    store.ratings.rate(Feedback("vote", last.subject, rater, "none", last.answer, last.other))
    return last


def proposals(ranking: Ranking, able: Collection[str] | None = None) -> list[tuple[str, str]]:
    """Which two players to compare next, the most telling first: those that tie apart groups together, then whoever may
    still be as good as the first. Of those that are `able` to answer only, if they are given; players as answers name
    them.
    """
    able = None if able is None else set(able)
    groups: dict[int, list[str]] = {}
    for one in ranking.standings:
        if able is None or one.player in able:
            groups.setdefault(one.group, []).append(one.player)
    found = [_unmet(above, below, ranking.met) for above, below in pairwise(groups.values())]
    if (undecided := ranking.undecided) and undecided.verdict == "open":
        found.append((undecided.first, undecided.second))
    return [pair for pair in found if pair and (able is None or set(pair) <= set(able))]


def _unmet(above: Sequence[str], below: Sequence[str], met: Collection[frozenset[str]]) -> tuple[str, str] | None:
    return next((pair for pair in product(above, below) if frozenset(pair) not in met), None)


def _due_again(store: Store, rater: str, match: str) -> str | None:
    """The id of the pair that is to be shown a second time now."""
    with tally_of(store).look() as tally:
        sums = tally.match(match)
        if (sums.by[rater] + sums.looks[rater]) % EVERY != EVERY - 1:
            return None
        cast = tally.cast(rater, match)
        seen = [subject for subject in cast[:-LOOK_BACK] if not subject.endswith(AGAIN)]
        return next((subject for subject in seen if not tally.has_cast(rater, subject + AGAIN)), None)


def _swapped(pair: Pair, rater: str) -> bool:
    return bool(hashlib.sha256(f"{rater} {pair.first.id} {pair.second.id}".encode()).digest()[0] & 1)
