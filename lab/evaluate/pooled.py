"""Scores of many tasks pooled: the interquartile mean, and the probability that one variant improves on another.

As Agarwal et al. 2021 (arXiv:2108.13264, rliable) advise where runs are few: neither a task of outliers nor a lucky run
decides. Intervals are of percentiles over runs drawn with replacement within each task (stratified bootstrap). Plain
numbers in and out.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

RESAMPLES = 2000
TRIMMED = 0.25
"""Of all scores the lowest and the highest quarter are left out."""
Scores = Sequence[Sequence[float]]
"""Of each task the scores of a variant's runs; higher is better, all of one scale."""


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval; no interval where a task has a single run, which can't be drawn anew."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class PooledVariant:
    """A variant over all tasks: its interquartile mean, and how probably it improves on the reference."""

    variant: str
    runs: int
    """Of the task with the fewest."""
    mean: Estimate
    improvement: Estimate | None
    """That a run of it is better than one of the reference, on a task drawn at random; None for the reference."""

    @property
    def verdict(self) -> Literal["higher", "lower", "unsure"]:
        """Whether it improves on the reference; `unsure` where one half lies in the interval."""
        found = self.improvement
        if found is None or found.low is None or found.high is None or found.low <= 0.5 <= found.high:
            return "unsure"
        return "higher" if found.low > 0.5 else "lower"


@dataclass(frozen=True)
class Pooled:
    """Variants over the tasks that all of them have, the best mean first."""

    tasks: tuple[str, ...]
    reference: str
    variants: tuple[PooledVariant, ...]


def pool(scores: Mapping[str, Mapping[str, Sequence[float]]], reference: str | None = None) -> Pooled | None:
    """The variants' scores by task, pooled; None for fewer than two tasks or variants. Without a `reference` the best
    mean is it. Raises KeyError for a reference that is no variant."""
    tasks = [task for task in next(iter(scores.values()), {}) if all(own.get(task) for own in scores.values())]
    if len(tasks) < 2 or len(scores) < 2:
        return None
    found = {variant: [own[task] for task in tasks] for variant, own in scores.items()}
    order = sorted(found, key=lambda variant: -interquartile_mean(_flat(found[variant])))
    other = order[0] if reference is None else reference
    variants = [
        PooledVariant(
            variant, min(map(len, found[variant])), _mean(found[variant]),
            None if variant == other else _improvement(found[variant], found[other]),
        )
        for variant in order
    ]  # fmt: skip
    return Pooled(tuple(tasks), other, tuple(variants))


def interquartile_mean(scores: Sequence[float]) -> float:
    """The mean of the middle half: as many whole scores as a quarter has are left out at either end."""
    cut = int(TRIMMED * len(scores))
    return fmean(sorted(scores)[cut : len(scores) - cut])


def probability_of_improvement(ours: Scores, theirs: Scores) -> float:
    """That a run of ours is better than one of theirs on the same task, the mean over tasks; a tie counts half (Mann
    and Whitney 1947)."""
    return fmean(_better(one, other) for one, other in zip(ours, theirs, strict=True))


def _better(ours: Sequence[float], theirs: Sequence[float]) -> float:
    return fmean((one > other) + (one == other) / 2 for one in ours for other in theirs)


def _mean(scores: Scores) -> Estimate:
    rng = random.Random(0)
    value = interquartile_mean(_flat(scores))
    if any(len(some) < 2 for some in scores):
        return Estimate(value, None, None)
    return Estimate(value, *_percentiles([interquartile_mean(_flat(_drawn(scores, rng))) for _ in range(RESAMPLES)]))


def _improvement(ours: Scores, theirs: Scores) -> Estimate:
    rng = random.Random(0)
    value = probability_of_improvement(ours, theirs)
    if any(len(some) < 2 for some in (*ours, *theirs)):
        return Estimate(value, None, None)
    found = [probability_of_improvement(_drawn(ours, rng), _drawn(theirs, rng)) for _ in range(RESAMPLES)]
    return Estimate(value, *_percentiles(found))


def _drawn(scores: Scores, rng: random.Random) -> list[list[float]]:
    """Of each task as many runs as it has, drawn with replacement."""
    return [rng.choices(some, k=len(some)) for some in scores]


def _percentiles(found: Sequence[float]) -> tuple[float, float]:
    order = sorted(found)
    return order[round(0.025 * len(order))], order[round(0.975 * len(order)) - 1]


def _flat(scores: Scores) -> list[float]:
    return [score for some in scores for score in some]
