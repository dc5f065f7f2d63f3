"""Whether raters prefer a side, whatever stands there: the lab deals left and right by chance, so half should win each.

Only numbers. Votes of scripts and from files are left out: nobody dealt their sides. So are second looks, whose sides
follow from the first ones, and ties.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lab.feedback.confidence import LEVEL, confidence_sequence
from lab.feedback.sums import VoteSums
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
    return side_bias_of(VoteSums.of(votes))


def side_bias_of(sums: VoteSums) -> SideBias | None:
    """The same by what votes add up to."""
    told = _told(sums)
    if not told:
        return None
    left, votes = (sum(counts[i] for counts in told.values()) for i in (0, 1))
    return _bias(tuple(sorted(told)), left, votes, LEVEL)


def side_biases(votes: Sequence[Vote]) -> list[SideBias]:
    """Each person's votes, those with most first; with several, the level is shared out over them (Bonferroni)."""
    return side_biases_of(VoteSums.of(votes))


def side_biases_of(sums: VoteSums, most: int | None = None) -> list[SideBias]:
    """The same by what votes add up to; only the first `most`, if that is given."""
    told = sorted(_told(sums).items(), key=lambda one: (-one[1][1], one[0]))
    return [_bias((rater,), left, votes, LEVEL / len(told)) for rater, (left, votes) in told[:most]]


def _told(sums: VoteSums) -> dict[str, list[int]]:
    return {rater: counts for rater, counts in sums.sides.items() if counts[1]}


def _bias(raters: tuple[str, ...], left: int, votes: int, level: float) -> SideBias:
    low, high = map(float, confidence_sequence(left, 0, votes - left, level))
    return SideBias(raters, votes, left, low, high)
