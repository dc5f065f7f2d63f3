"""How sure a difference between two variants is: paired over the seeds (or folds) of their runs, and over the questions
both were asked. Plain numbers in and out.

Two things are left to chance: the seeds, told by Student's t over the differences of the pairs (Student 1908), and the
questions that were held out, told by the spread of the questions' own differences, those of one form of question
counted together (cluster-robust, Liang and Zeger 1986). The halves of both intervals are added in squares, which is a
little too wide.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Literal

from lab.evaluate.intervals import Z

Verdict = Literal["higher", "lower", "unsure"]
T_975 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""What Student's t leaves 2.5 % above, for 1 to 30 degrees of freedom."""


@dataclass(frozen=True)
class Difference:
    """The mean difference of one variant to another with its 95 % interval, over so many pairs of runs and questions.

    No interval where nothing tells how far it would vary: a single pair of runs of a figure that is not over questions.
    """

    mean: float
    low: float | None
    high: float | None
    pairs: int
    questions: int

    @property
    def verdict(self) -> Verdict:
        """Whether the variant's figure is higher or lower; `unsure` where the interval has zero in it."""
        if self.low is None or self.high is None or self.low <= 0 <= self.high:
            return "unsure"
        return "higher" if self.low > 0 else "lower"


def difference(
    pairs: Sequence[tuple[float, float]], marks: Sequence[tuple[Sequence[float], Sequence[float]]] = (),
    groups: Sequence[int] = (),
) -> Difference:  # fmt: skip
    """The difference of a figure over pairs of runs (a variant's value, the other's).

    `marks` are, for each pair, how each question was answered by both, 0 to 1, in the same order; `groups` has the
    number of each question's form. Without them only the pairs count.
    """
    gaps = [one - other for one, other in pairs]
    halves = [half for half in (_over_pairs(gaps), _over_questions(marks, groups)) if half is not None]
    mean, questions = fmean(gaps), len(marks[0][0]) if marks else 0
    if not halves:
        return Difference(mean, None, None, len(gaps), questions)
    half = math.hypot(*halves)
    return Difference(mean, mean - half, mean + half, len(gaps), questions)


def t_quantile(freedom: int) -> float:
    """What Student's t leaves 2.5 % above; by its series beyond the table (Fisher 1925)."""
    return T_975[freedom - 1] if freedom <= len(T_975) else Z + (Z**3 + Z) / (4 * freedom)


def _over_pairs(gaps: Sequence[float]) -> float | None:
    """Half of the interval over pairs of runs."""
    return t_quantile(len(gaps) - 1) * stdev(gaps) / len(gaps) ** 0.5 if len(gaps) > 1 else None


def _over_questions(marks: Sequence[tuple[Sequence[float], Sequence[float]]], groups: Sequence[int]) -> float | None:
    """Half of the interval over questions, by their mean difference over all pairs."""
    if not marks:
        return None
    gaps = [
        fmean(one - other for one, other in column)
        for column in zip(*(zip(*m, strict=True) for m in marks), strict=True)
    ]
    mean, sums = fmean(gaps), defaultdict[int, float](float)
    for place, gap in enumerate(gaps):
        sums[groups[place] if groups else place] += gap - mean
    clusters = len(sums)
    if clusters < 2:
        return None
    squares: float = clusters / (clusters - 1) * sum(one * one for one in sums.values())
    return t_quantile(clusters - 1) * math.sqrt(squares) / len(gaps)
