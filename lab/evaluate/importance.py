"""How much each setting of a sweep matters for a figure: the share of its variance that goes with the setting's values.

omega squared of a one-way analysis of variance (Hays 1963), which, unlike the plain share, does not grow with the
number of values; numbers of many values are put into four parts of equal size first. The interval is of percentiles
over variants drawn with replacement. Settings that act only together show little by themselves. Plain numbers in and
out.
"""

import random
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

RESAMPLES = 400
PARTS = 4
FEWEST = 6
"""Variants that can tell something of what a setting does."""


@dataclass(frozen=True)
class Importance:
    """The share of a figure's variance that goes with a setting, 0 to 1, with its 95 % interval."""

    setting: str
    share: float
    low: float
    high: float


def importances(settings: Mapping[str, Sequence[Hashable]], figure: Sequence[float]) -> list[Importance]:
    """Of each setting (its values in the order of `figure`) how much it matters, the most important first.

    Nothing for fewer than FEWEST variants, and for settings that are the same everywhere.
    """
    if len(figure) < FEWEST:
        return []
    found = []
    for name, values in settings.items():
        parts = _parts(values)
        if len(set(parts)) > 1:
            found.append(Importance(name, omega_squared(parts, figure), *_interval(parts, figure)))
    return sorted(found, key=lambda one: -one.share)


def omega_squared(parts: Sequence[Hashable], figure: Sequence[float]) -> float:
    """The share of the figure's variance between parts, corrected for chance; 0 where that leaves less."""
    groups = defaultdict[Hashable, list[float]](list)
    for part, value in zip(parts, figure, strict=True):
        groups[part].append(value)
    count, kinds, middle = len(figure), len(groups), fmean(figure)
    total = sum((value - middle) ** 2 for value in figure)
    if kinds < 2 or count <= kinds or not total:
        return 0.0
    between = sum(len(some) * (fmean(some) - middle) ** 2 for some in groups.values())
    noise = (total - between) / (count - kinds)
    return max(0.0, (between - (kinds - 1) * noise) / (total + noise))


def _interval(parts: Sequence[Hashable], figure: Sequence[float]) -> tuple[float, float]:
    rng, places = random.Random(0), range(len(figure))
    found = []
    for _ in range(RESAMPLES):
        drawn = rng.choices(places, k=len(figure))
        found.append(omega_squared([parts[i] for i in drawn], [figure[i] for i in drawn]))
    found.sort()
    return found[round(0.025 * RESAMPLES)], found[round(0.975 * RESAMPLES) - 1]


def _parts(values: Sequence[Hashable]) -> list[Hashable]:
    """The values themselves; numbers of more than PARTS values by the part of their order they are in."""
    numbers = [value for value in values if isinstance(value, int | float)]
    if len(numbers) < len(values) or len(set(values)) <= PARTS:
        return list(values)
    order = sorted(set(numbers))
    return [PARTS * order.index(number) // len(order) for number in numbers]
