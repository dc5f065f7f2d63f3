"""The best variant of a comparison by each figure, and whether it is better than the next one by more than chance."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from lab.evaluate.figures import is_lower_better, is_ranked
from lab.evaluate.paired import Difference
from lab.evaluate.versus import differences, figures_of, runs_by_variant
from lab.store import Run


@dataclass(frozen=True)
class Leader:
    """The variant with the best mean of a figure, the next best, and the paired difference of the first to it.

    `real` where the interval of that difference leaves zero out on the better side, over two seeds (or folds) or more:
    one seed does not tell what another would do.
    """

    variant: str
    second: str
    difference: Difference
    real: bool


def leaders(runs: Sequence[Run]) -> dict[str, Leader]:
    """Of each figure that has a best (see `lab.evaluate.figures`) who leads, over runs of one comparison that are done.

    Nothing for a figure that fewer than two variants have.
    """
    found = runs_by_variant(runs)
    means = {variant: dict(_means(own)) for variant, own in found.items()}
    names = dict.fromkeys(name for figures in means.values() for name in figures if is_ranked(name))
    told = ((name, _leader(name, means, found)) for name in names)
    return {name: leader for name, leader in told if leader}


def as_plain(found: Mapping[str, Leader]) -> dict[str, dict[str, Any]]:
    """What `leaders` found as JSON has it."""
    return {name: asdict(one) for name, one in found.items()}


def _leader(name: str, means: dict[str, dict[str, float]], runs: dict[str, dict[str, Run]]) -> Leader | None:
    known = [variant for variant in means if name in means[variant]]
    if len(known) < 2:
        return None
    low = is_lower_better(name)
    first, second = sorted(known, key=lambda variant: means[variant][name] * (1 if low else -1))[:2]
    gap = differences(runs[first], runs[second]).get(name)
    if gap is None:  # no seed in common
        return None
    return Leader(first, second, gap, gap.pairs > 1 and gap.verdict == ("lower" if low else "higher"))


def _means(runs: Mapping[str, Run]) -> Iterator[tuple[str, float]]:
    values: dict[str, list[float]] = {}
    for run in runs.values():
        for name, change in figures_of(run):
            values.setdefault(name, []).append(change.after or 0.0)
    return ((name, fmean(some)) for name, some in values.items())
