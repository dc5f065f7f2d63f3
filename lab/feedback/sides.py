"""Whether raters prefer a side, whatever stands there: the lab deals left and right by chance, so half should win each.

Only numbers. Votes of scripts and from files are left out: nobody dealt their sides. So are second looks, whose sides
follow from the first ones, and ties.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lab.feedback.confidence import LEVEL, confidence_sequence
from lab.store import Vote


@dataclass(frozen=True)
class SideBias:
    """How often the left answer won of `votes` that chose one; the 95 % interval holds however often one looks."""

    raters: tuple[str, ...]
    votes: int
    left: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of votes for the left answer."""
        return self.left / self.votes

    @property
    def leans(self) -> str | None:
        """'left' or 'right' where that can't be chance, else None."""
        return "left" if self.low > 0.5 else "right" if self.high < 0.5 else None


def side_bias(votes: Sequence[Vote]) -> SideBias | None:
    """All people's votes together; None where nobody has chosen a side yet."""
    told = _told(votes)
    return _bias(told, LEVEL) if told else None


def side_biases(votes: Sequence[Vote]) -> list[SideBias]:
    """Each person's votes, those with most first; with several, the level is shared out over them (Bonferroni)."""
    told = _told(votes)
    raters = sorted({vote.rater for vote in told})
    found = [_bias([vote for vote in told if vote.rater == rater], LEVEL / len(raters)) for rater in raters]
    return sorted(found, key=lambda one: -one.votes)


def _told(votes: Sequence[Vote]) -> list[Vote]:
    return [vote for vote in votes if vote.left and not vote.again and vote.winner in ("first", "second")]


def _bias(votes: Sequence[Vote], level: float) -> SideBias:
    left = sum(vote.winner == vote.left for vote in votes)
    low, high = map(float, confidence_sequence(left, 0, len(votes) - left, level))
    return SideBias(tuple(sorted({vote.rater for vote in votes})), len(votes), left, low, high)
