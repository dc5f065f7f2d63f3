"""Two players by their votes: how often one wins, and whether it is settled who is better, however often one looked.

Only numbers. A pair of answers counts once, by the mean of all votes on it: more votes on the same two answers tell
more about these, not about who answers other questions better. Where each pair has one vote the level is proven; where
several judge the same pairs one after the other, a pair's mean still changes, and the level is what simulations show.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, comb, log

import numpy as np

from lab.feedback.confidence import LEVEL, confidence_of_counts, log_evidence
from lab.feedback.sums import ALL, Couple, Meeting, VoteSums
from lab.store import Vote

ALIKE = 0.05
"""Two players are alike where the chance to win is surely no further than this from a half."""
MOST = 10_000
"""Votes beyond which no guess is made of how many more would settle it."""
Scores = tuple[tuple[float, int], ...]
"""Of how many pairs the first player won such a share, the smallest share first."""


@dataclass(frozen=True)
class Comparison:
    """What `first` won, drew and lost against `second`, in pairs of answers by most votes on each; the chance that it
    wins, a tie half.

    The interval holds for all looks together, for all comparisons together.
    """

    first: str
    second: str
    wins: int
    ties: int
    losses: int
    chance: float
    low: float
    high: float
    more: int | None
    """About how many more votes would settle it; 0 when it is settled, None where that can't be told."""

    @property
    def leader(self) -> str | None:
        """Who is better, once that is settled."""
        return self.first if self.low > 0.5 else self.second if self.high < 0.5 else None

    @property
    def verdict(self) -> str:
        """'settled', 'alike' (surely within ALIKE of a half) or 'open'."""
        if self.leader:
            return "settled"
        return "alike" if self.low >= 0.5 - ALIKE and self.high <= 0.5 + ALIKE else "open"


def compare(votes: Sequence[Vote], order: Sequence[str]) -> tuple[Comparison, ...]:
    """Every two of the players in `order` that have met, by these votes: see `compare_meetings`."""
    sums = VoteSums.of(vote for vote in votes if not (vote.again or vote.equal)).by[ALL]
    return compare_meetings(sums.meetings, order)


def compare_meetings(meetings: Mapping[Couple, Meeting], order: Sequence[str]) -> tuple[Comparison, ...]:
    """Every two of the players in `order` that have met, the earlier one first.

    With more than two players the level is shared out over all pairs of them (Bonferroni), so that with 95 % none of
    all these comparisons is ever settled the wrong way round, or at all where both are equal.
    """
    place = {player: i for i, player in enumerate(order)}
    level = LEVEL / max(1, comb(len(order), 2))
    found: dict[tuple[int, int], Comparison] = {}
    for (one, other), meeting in meetings.items():
        if place[one] < place[other]:
            found[place[one], place[other]] = _comparison((one, other), meeting.scores, level)
        else:
            turned = {1 - score: count for score, count in meeting.scores.items()}
            found[place[other], place[one]] = _comparison((other, one), turned, level)
    return tuple(found[two] for two in sorted(found))


def reverse(one: Comparison) -> Comparison:
    """The same, told from the second player's side."""
    return Comparison(
        one.second, one.first, one.losses, one.ties, one.wins, 1 - one.chance, 1 - one.high, 1 - one.low, one.more
    )


def better_than(player: str, comparisons: Sequence[Comparison]) -> set[str]:
    """Everyone the player is surely better than: itself, or through others that it is surely better than."""
    ahead = {(one.leader, one.second if one.leader == one.first else one.first) for one in comparisons if one.leader}
    found, new = set[str](), {player}
    while new:
        new = {loser for winner, loser in ahead if winner in new} - found
        found |= new
    return found


def _comparison(two: tuple[str, str], scores: Mapping[float, int], level: float) -> Comparison:
    won, tied, lost, chance, low, high, more = _figures(tuple(sorted(scores.items())), level)
    return Comparison(*two, won, tied, lost, chance, low, high, more)


@lru_cache(maxsize=65536)  # most of many meetings have few votes, and look alike
def _figures(scores: Scores, level: float) -> tuple[int, int, int, float, float, float, int | None]:
    """All that is told of two players, by their scores."""
    won = sum(count for score, count in scores if score > 0.5)
    lost = sum(count for score, count in scores if score < 0.5)
    pairs = sum(count for _, count in scores)
    # one imaginary pair, half won and half lost: nobody is sure to win after one vote
    chance = (sum(score * count for score, count in scores) + 0.5) / (pairs + 1)
    values, counts = np.array([score for score, _ in scores]), np.array([count for _, count in scores])
    low, high = confidence_of_counts(values, counts, level)
    more = 0 if low > 0.5 or high < 0.5 else _more(scores, level)
    return won, pairs - won - lost, lost, chance, low, high, more


def _more(scores: Scores, level: float) -> int | None:
    """Votes until the evidence suffices if they fall like the ones so far, with one more won and one more lost."""
    # a pair that two of three prefer is a third of a win; the rest of it decides nothing
    sides = (
        sum(count * max(0.0, 2 * score - 1) for score, count in scores),
        sum(count * max(0.0, 1 - 2 * score) for score, count in scores),
    )
    won, lost = max(sides), min(sides)
    share = (won + 1) / (won + lost + 2)
    decided = (won + lost + 1) / (sum(count for _, count in scores) + 1)
    new = np.unique(np.geomspace(1, MOST, 600).astype(int))
    enough = log_evidence(won + share * new, 0, lost + (1 - share) * new) >= log(2 / level)
    if won == lost or not enough.any():
        return None
    needed = ceil(new[enough.argmax()] / decided)
    figures = 10 ** max(0, len(str(needed)) - 2)  # two of them: it is a guess
    return ceil(needed / figures) * figures if needed <= MOST else None
