"""How sure a figure is: 95 % intervals of shares and means over few answers. Plain numbers in and out."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
"""Deviations of the normal distribution that leave 2.5 % at either side."""
RESAMPLES = 1000


@dataclass(frozen=True)
class Interval:
    """Over how many answers or pairs a figure is, and where its true value lies in 95 of 100 such samples.

    `marks` says how each was judged, 0 to 1, where that is kept; `groups` has the number of each question's form.
    """

    n: int
    low: float
    high: float
    marks: tuple[float, ...] = ()
    groups: tuple[int, ...] = ()


def share_interval(share: float, n: int) -> Interval:
    """The interval of a share of `n` answers or pairs, see `wilson`."""
    return Interval(n, *wilson(share * n, n))


def marked_interval(marks: Sequence[float], groups: Sequence[int] = ()) -> Interval:
    """The interval of the mean of these marks, which it keeps: of a share where all are 0 or 1, else of a mean."""
    share = all(mark in (0, 1) for mark in marks)
    plain = share_interval(sum(marks) / len(marks), len(marks)) if share else mean_interval(marks)
    return replace(plain, marks=tuple(round(mark, 4) for mark in marks), groups=tuple(groups))


def wilson(part: float, whole: float) -> tuple[float, float]:
    """The interval of a share that is looked at once, right at the edges too (Wilson 1927; Agresti and Coull 1998).

    All of 0 to 1 where nothing was counted.
    """
    if not whole:
        return 0.0, 1.0
    middle = (part + Z * Z / 2) / (whole + Z * Z)
    half = Z / (whole + Z * Z) * (part * (whole - part) / whole + Z * Z / 4) ** 0.5
    return middle - half if part else 0.0, middle + half if part < whole else 1.0


def mean_interval(values: Sequence[float]) -> Interval:
    """The interval of a mean: percentiles of means of as many values drawn with replacement (Efron 1979).

    The same values always give the same interval.
    """
    rng, n = random.Random(0), len(values)
    means = sorted(sum(rng.choices(values, k=n)) / n for _ in range(RESAMPLES))
    return Interval(n, means[round(0.025 * RESAMPLES)], means[round(0.975 * RESAMPLES) - 1])
