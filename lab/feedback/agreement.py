"""How far raters agree with each other on the same pairs, and each with itself when a pair comes a second time.

Only numbers. A verdict counts as one of three: the first answer, the second, or neither ('tie' and 'both bad').
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lab.evaluate.intervals import wilson
from lab.feedback.confidence import LEVEL
from lab.feedback.sums import ALL, SCRIPTED, VoteSums
from lab.store import Vote

KINDS = ("first", "second", "neither")
EVERY = np.eye(len(KINDS))
DRAWS = 2000
PRIOR = 1.0
"""Imaginary pairs, spread evenly over all that two raters could say: ten votes alike don't prove full agreement."""


@dataclass(frozen=True)
class Agreement:
    """What several raters said of the same pairs. `share` of all comparable verdicts are the same; kappa takes chance
    off: 1 is full agreement, 0 what chance would give, None where everybody always says the same. Intervals of 95 %."""

    raters: tuple[str, ...]
    pairs: int
    share: float
    kappa: float | None
    share_low: float
    share_high: float
    kappa_low: float | None = None
    kappa_high: float | None = None


@dataclass(frozen=True)
class Consistency:
    """How often a rater said the same of a pair seen again with its sides swapped, with Wilson's 95 % interval."""

    rater: str
    scripted: bool
    pairs: int
    same: int
    low: float
    high: float


def agreement(votes: Sequence[Vote]) -> Agreement | None:
    """All raters together, by Fleiss' kappa (1971) for any number of raters a pair; None where no pair has two."""
    return agreement_of(VoteSums.of(votes))


def agreement_of(sums: VoteSums, whose: str = ALL) -> Agreement | None:
    """The same by what votes add up to."""
    mine = sums.by[whose]
    told = sorted(mine.verdicts.items())
    if not told:
        return None
    said, counts = np.array([one for one, _ in told], float), np.array([count for _, count in told], float)
    each = said.sum(1)
    same = (said * (said - 1)).sum(1) / (each * (each - 1))
    return _agreement(tuple(sorted(mine.sharing)), same, said, None, counts)


def agreements(votes: Sequence[Vote]) -> list[Agreement]:
    """Every two raters with a pair in common, by Cohen's kappa (1960); those with the most in common first."""
    return agreements_of(VoteSums.of(votes))


def agreements_of(sums: VoteSums, whose: str = ALL, most: int | None = None) -> list[Agreement]:
    """The same by what votes add up to; only the first `most`, if that is given."""
    shared = sorted(
        ((raters, tuple(cells)) for raters, cells in sums.between.items()
         if any(cells) and (whose == ALL or all((rater in sums.scripts) == (whose == SCRIPTED) for rater in raters))),
        key=lambda one: (-sum(one[1]), one[0]),
    )[:most]  # fmt: skip
    return [_between(raters, cells) for raters, cells in shared]


def _between(raters: tuple[str, str], cells: Sequence[int]) -> Agreement:
    """Two raters by how often they said what: three times three counts."""
    there = [i for i, count in enumerate(cells) if count]
    mine, yours = EVERY[[i // len(KINDS) for i in there]], EVERY[[i % len(KINDS) for i in there]]
    counts = np.array([cells[i] for i in there], float)
    return _agreement(raters, (mine * yours).sum(1), mine, yours, counts)


def consistency(votes: Sequence[Vote]) -> list[Consistency]:
    """Each rater who was shown a pair again, by name."""
    return consistency_of(VoteSums.of(votes))


def consistency_of(sums: VoteSums, whose: str = ALL) -> list[Consistency]:
    """The same by what votes add up to."""
    return [
        Consistency(rater, scripted, pairs, same, *wilson(same, pairs))
        for (rater, scripted), (pairs, same) in sorted(sums.consistent.items())
        if pairs and (whose == ALL or scripted == (whose == SCRIPTED))
    ]


def _agreement(raters: tuple[str, ...], same: Any, mine: Any, yours: Any | None, counts: Any) -> Agreement:
    """From kinds of pairs and how many there are of each: the share of raters that said the same, and counts of
    verdicts, (kinds of pairs, KINDS): by each of two raters, or only by all of them.

    Intervals are from draws of a Bayesian bootstrap over pairs (Rubin 1981) to which PRIOR imaginary ones are added, as
    in Basu, Banerjee and Sen (2000): with few pairs, or none that differ, the usual formula makes them far too short.
    """
    kinds = np.c_[same, mine, mine if yours is None else yours]
    order = np.lexsort(kinds.T[::-1])
    kinds, counts, pairs = kinds[order], counts[order], int(counts.sum())
    imagined = _imagined(together=yours is None)
    told, nothing = np.r_[kinds, imagined], np.zeros(len(imagined))
    (share,), (kappa,) = _figures(np.r_[counts, nothing][None], told)
    # the weights of n equal pairs are exponential, their sum is a draw from Gamma(n)
    shapes = np.r_[counts, nothing + PRIOR / len(imagined)]
    drawn = _figures(np.random.default_rng(0).gamma(shapes, size=(DRAWS, len(shapes))), told)
    low, high = _around(share, drawn[0], pairs).clip(0, 1).tolist()
    if np.isnan(kappa):
        return Agreement(raters, pairs, float(share), None, low, high)
    bounds = _around(kappa, drawn[1], pairs).clip(-1, 1).tolist()
    return Agreement(raters, pairs, float(share), float(kappa), low, high, *bounds)


def _around(figure: float, draws: Any, pairs: int) -> Any:
    """The interval by draws, as much wider as a bootstrap of few pairs is known to be too short."""
    wider = ((pairs + 2) / max(1, pairs - 1)) ** 0.5
    low, high = np.quantile(draws, (LEVEL / 2, 1 - LEVEL / 2)) - figure
    return figure + wider * np.array([min(low, 0.0), max(high, 0.0)])


def _imagined(together: bool) -> Any:
    """All that two raters could say of a pair, as rows of `_agreement`: same or not, and what each said."""
    mine, yours = np.repeat(EVERY, len(KINDS), axis=0), np.tile(EVERY, (len(KINDS), 1))
    same = (mine * yours).sum(1)
    return np.c_[same, mine + yours, mine + yours] if together else np.c_[same, mine, yours]


def _figures(weights: Any, told: Any) -> tuple[Any, Any]:
    """The share of same verdicts, and kappa (nan where chance explains all), for each row of weights."""
    same, mine, yours = np.split(told, [1, 1 + len(KINDS)], axis=1)
    share = (weights @ same)[:, 0] / weights.sum(1)
    chance = (_shares(weights, mine) * _shares(weights, yours)).sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return share, np.where(chance < 1 - 1e-12, (share - chance) / (1 - chance), np.nan)


def _shares(weights: Any, said: Any) -> Any:
    """How often each kind is said, (draws, kinds)."""
    counts = weights @ said
    return counts / counts.sum(1, keepdims=True)
