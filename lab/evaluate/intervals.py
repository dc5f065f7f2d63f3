"""How sure a figure is: 95 % intervals of shares and means over few answers. Plain numbers in and out."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

Z = 1.959964
"""Deviations of the normal distribution that leave 2.5 % at either side."""
RESAMPLES = 1000


@dataclass(frozen=True)
class Interval:
    """Over how many answers or pairs a figure is, and where its true value lies in 95 of 100 such samples."""

    n: int
    low: float
    high: float


def share_interval(share: float, n: int) -> Interval:
    """The interval of a share of `n`, right at the edges too (Wilson 1927; Agresti and Coull 1998)."""
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return Interval(n, min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half)))


def mean_interval(values: Sequence[float]) -> Interval:
    """The interval of a mean: percentiles of means of as many values drawn with replacement (Efron 1979).

    The same values always give the same interval.
    """
    rng, n = random.Random(0), len(values)
    means = sorted(sum(rng.choices(values, k=n)) / n for _ in range(RESAMPLES))
    return Interval(n, means[round(0.025 * RESAMPLES)], means[round(0.975 * RESAMPLES) - 1])
