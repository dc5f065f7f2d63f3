"""Two players by their votes: how often one wins, and whether it is settled who is better, however often one looked.

Only numbers. A pair of answers counts once, by its first vote: more votes on the same two answers tell more about the
raters, not about who answers other questions better.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, log

import numpy as np

from lab.feedback.confidence import LEVEL, confidence_sequence, log_evidence
from lab.store import Vote

ALIKE = 0.05
"""Two players are alike where the chance to win is surely no further than this from a half."""
MOST = 10_000
"""Votes beyond which no guess is made of how many more would settle it."""
SCORES = {"first": (1, 0, 0), "second": (0, 0, 1)}


@dataclass(frozen=True)
class Comparison:
    """What `first` won, drew and lost against `second`, in pairs of answers; the chance that it wins, a tie half.

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
    """Every two of the players in `order` that have met, the earlier one first, by votes oldest first.

    With more than two players the level is shared out over all pairs of them (Bonferroni), so that with 95 % none of
    all these comparisons is ever settled the wrong way round, or at all where both are equal.
    """
    place = {player: i for i, player in enumerate(order)}
    tables = dict.fromkeys(combinations(order, 2), (0, 0, 0))
    for vote in _first_votes(votes):
        scores = SCORES.get(vote.winner, (0, 1, 0))
        if place[vote.first] < place[vote.second]:
            pair = vote.first, vote.second
        else:
            pair, scores = (vote.second, vote.first), (scores[2], scores[1], scores[0])
        tables[pair] = tuple(map(sum, zip(tables[pair], scores, strict=True)))  # type: ignore[assignment]
    level = LEVEL / max(1, len(tables))
    met = {pair: table for pair, table in tables.items() if sum(table)}
    if not met:
        return ()
    wins, ties, losses = np.array(list(met.values())).T
    lows, highs = confidence_sequence(wins, ties, losses, level)
    return tuple(
        _comparison(pair, table, (float(low), float(high)), level)
        for (pair, table), low, high in zip(met.items(), lows, highs, strict=True)
    )


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


def _first_votes(votes: Sequence[Vote]) -> list[Vote]:
    seen: dict[str, Vote] = {}
    for vote in votes:
        seen.setdefault(vote.pair, vote)
    return list(seen.values())


def _comparison(
    pair: tuple[str, str], table: tuple[int, int, int], interval: tuple[float, float], level: float
) -> Comparison:
    wins, ties, losses = table
    # one imaginary pair, half won and half lost: nobody is sure to win after one vote
    chance = (wins + ties / 2 + 0.5) / (wins + ties + losses + 1)
    low, high = interval
    more = 0 if low > 0.5 or high < 0.5 else _more(wins, ties, losses, level)
    return Comparison(*pair, wins, ties, losses, chance, low, high, more)


def _more(wins: int, ties: int, losses: int, level: float) -> int | None:
    """Votes until the evidence suffices if they fall like the ones so far, with one more won and one more lost."""
    won, lost = max(wins, losses), min(wins, losses)
    share = (won + 1) / (won + lost + 2)
    decided = (won + lost + 1) / (wins + ties + losses + 1)
    new = np.unique(np.geomspace(1, MOST, 600).astype(int))
    enough = log_evidence(won + share * new, 0, lost + (1 - share) * new) >= log(2 / level)
    if won == lost or not enough.any():
        return None
    needed = ceil(new[enough.argmax()] / decided)
    figures = 10 ** max(0, len(str(needed)) - 2)  # two of them: it is a guess
    return ceil(needed / figures) * figures if needed <= MOST else None
