"""Two players by their votes: how often one wins, and whether it is settled who is better, however often one looked.

Only numbers. A pair of answers counts once, by the mean of all votes on it: more votes on the same two answers tell
more about these, not about who answers other questions better. Where each pair has one vote the level is proven; where
several judge the same pairs one after the other, a pair's mean still changes, and the level is what simulations show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, comb, log
from statistics import fmean

import numpy as np

from lab.feedback.confidence import LEVEL, confidence_of_scores, log_evidence
from lab.store import Vote

ALIKE = 0.05
"""Two players are alike where the chance to win is surely no further than this from a half."""
MOST = 10_000
"""Votes beyond which no guess is made of how many more would settle it."""
SCORES = {"first": 1.0, "second": 0.0}


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
    """Every two of the players in `order` that have met, the earlier one first.

    With more than two players the level is shared out over all pairs of them (Bonferroni), so that with 95 % none of
    all these comparisons is ever settled the wrong way round, or at all where both are equal.
    """
    place = {player: i for i, player in enumerate(order)}
    scores: dict[tuple[str, str], dict[str, list[float]]] = {}
    for vote in votes:
        score = SCORES.get(vote.winner, 0.5)
        swapped = place[vote.first] > place[vote.second]
        two = (vote.second, vote.first) if swapped else (vote.first, vote.second)
        scores.setdefault(two, {}).setdefault(vote.pair, []).append(1 - score if swapped else score)
    level = LEVEL / max(1, comb(len(order), 2))
    return tuple(
        _comparison(two, [fmean(judged) for judged in scores[two].values()], level)
        for two in combinations(order, 2) if two in scores
    )  # fmt: skip


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


def _comparison(two: tuple[str, str], scores: Sequence[float], level: float) -> Comparison:
    won, lost = sum(score > 0.5 for score in scores), sum(score < 0.5 for score in scores)
    tied = len(scores) - won - lost
    # one imaginary pair, half won and half lost: nobody is sure to win after one vote
    chance = (sum(scores) + 0.5) / (len(scores) + 1)
    low, high = confidence_of_scores(scores, level)
    more = 0 if low > 0.5 or high < 0.5 else _more(scores, level)
    return Comparison(*two, won, tied, lost, chance, low, high, more)


def _more(scores: Sequence[float], level: float) -> int | None:
    """Votes until the evidence suffices if they fall like the ones so far, with one more won and one more lost."""
    # a pair that two of three prefer is a third of a win; the rest of it decides nothing
    sides = sum(max(0.0, 2 * score - 1) for score in scores), sum(max(0.0, 1 - 2 * score) for score in scores)
    won, lost = max(sides), min(sides)
    share = (won + 1) / (won + lost + 2)
    decided = (won + lost + 1) / (len(scores) + 1)
    new = np.unique(np.geomspace(1, MOST, 600).astype(int))
    enough = log_evidence(won + share * new, 0, lost + (1 - share) * new) >= log(2 / level)
    if won == lost or not enough.any():
        return None
    needed = ceil(new[enough.argmax()] / decided)
    figures = 10 ** max(0, len(str(needed)) - 2)  # two of them: it is a guess
    return ceil(needed / figures) * figures if needed <= MOST else None
