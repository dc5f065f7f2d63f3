"""How well classes are told apart: accuracy, macro-F1 with its interval, and which class is taken for which. Plain data."""

from collections.abc import Sequence

from lab.data.labels import with_wanted
from lab.evaluate.graded import Graded
from lab.evaluate.intervals import RESAMPLES, Interval, marked_interval
from lab.store.pictures import Matrix


def graded(said: Sequence[str], wanted: Sequence[str], usual: str) -> Graded:
    """Accuracy and macro-F1 with their 95 % intervals, and what always saying `usual` would get."""
    always = [usual] * len(wanted)
    right, marks = accuracy(said, wanted), [float(one == other) for one, other in zip(said, wanted, strict=True)]
    return Graded(
        {"accuracy": right, "macro_f1": macro_f1(said, wanted)},
        {"accuracy": marked_interval(marks), "macro_f1": macro_f1_interval(said, wanted)},
        {"accuracy": accuracy(always, wanted), "macro_f1": macro_f1(always, wanted)},
    )


def accuracy(said: Sequence[str], wanted: Sequence[str]) -> float:
    """The share of texts whose class is told rightly."""
    return sum(one == other for one, other in zip(said, wanted, strict=True)) / len(wanted)


def macro_f1(said: Sequence[str], wanted: Sequence[str]) -> float:
    """The mean over classes of the harmonic mean of precision and recall: a rare class counts as much as a common one.

    Over the classes that are wanted or said; one that is never told rightly has 0.
    """
    names = sorted({*said, *wanted})
    told = [sum(one == name == other for one, other in zip(said, wanted, strict=True)) for name in names]
    sizes = [sum(one == name for one in said) + sum(one == name for one in wanted) for name in names]
    return sum(2 * right / size for right, size in zip(told, sizes, strict=True)) / len(names)


def macro_f1_interval(said: Sequence[str], wanted: Sequence[str]) -> Interval:
    """Its 95 % interval: percentiles over as many texts drawn with replacement (Efron 1979), always the same ones."""
    import numpy as np

    names = sorted({*said, *wanted})
    places = {name: place for place, name in enumerate(names)}
    pairs = np.array([places[one] * len(names) + places[other] for one, other in zip(said, wanted, strict=True)])
    rng, n, found = np.random.default_rng(0), len(wanted), []
    for _ in range(RESAMPLES):
        counts = np.bincount(pairs[rng.integers(0, n, n)], minlength=len(names) ** 2).reshape(len(names), -1)
        sizes = counts.sum(0) + counts.sum(1)
        some = sizes > 0
        found.append(float((2 * counts.diagonal()[some] / sizes[some]).mean()))
    found.sort()
    return Interval(n, found[round(0.025 * RESAMPLES)], found[round(0.975 * RESAMPLES) - 1])


def confusion(said: Sequence[str], wanted: Sequence[str], names: Sequence[str]) -> Matrix:
    """How many texts of each class (rows) were taken for which (columns)."""
    every = with_wanted(names, wanted)
    places = {name: place for place, name in enumerate(every)}
    counts = [[0] * len(every) for _ in every]
    for one, other in zip(said, wanted, strict=True):
        counts[places[other]][places[one]] += 1
    return Matrix(every, every, tuple(tuple(row) for row in counts))
