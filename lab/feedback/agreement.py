"""How far raters agree with each other on the same pairs, and each with itself when a pair comes a second time.

Only numbers. A verdict counts as one of three: the first answer, the second, or neither ('tie' and 'both bad').
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from lab.evaluate.intervals import wilson
from lab.feedback.confidence import LEVEL
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
    shared = [by for by in _by_pair(votes).values() if len(by) > 1]
    if not shared:
        return None
    raters = tuple(sorted({rater for by in shared for rater in by}))
    said = np.array([_counts(by.values()) for by in shared], float)
    each = said.sum(1)
    return _agreement(raters, (said * (said - 1)).sum(1) / (each * (each - 1)), said, said)


def agreements(votes: Sequence[Vote]) -> list[Agreement]:
    """Every two raters with a pair in common, by Cohen's kappa (1960); those with the most in common first."""
    found = []
    by_pair = _by_pair(votes)
    for one, other in combinations(sorted({vote.rater for vote in votes}), 2):
        both = [by for by in by_pair.values() if one in by and other in by]
        if both:
            mine, yours = (np.array([_counts([by[who]]) for by in both], float) for who in (one, other))
            found.append(_agreement((one, other), (mine * yours).sum(1), mine, yours))
    return sorted(found, key=lambda one: -one.pairs)


def consistency(votes: Sequence[Vote]) -> list[Consistency]:
    """Each rater who was shown a pair again, by name."""
    first = {(vote.rater, vote.pair): _verdict(vote) for vote in votes if not vote.again}
    seen: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    for vote in votes:
        if vote.again and (vote.rater, vote.pair) in first:
            seen[vote.rater, vote.scripted].append(first[vote.rater, vote.pair] == _verdict(vote))
    return [
        Consistency(*who, len(same), sum(same), *wilson(sum(same), len(same))) for who, same in sorted(seen.items())
    ]


def _by_pair(votes: Sequence[Vote]) -> dict[str, dict[str, str]]:
    """Each pair's verdicts by rater; second looks and answers in the same words are left out."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for vote in votes:
        if not (vote.again or vote.equal):
            found[vote.pair][vote.rater] = _verdict(vote)
    return found


def _verdict(vote: Vote) -> str:
    return vote.winner if vote.winner in ("first", "second") else "neither"


def _counts(said: Any) -> list[int]:
    """How often each of KINDS was said."""
    counts = Counter(said)
    return [counts[kind] for kind in KINDS]


def _agreement(raters: tuple[str, ...], same: Any, mine: Any, yours: Any) -> Agreement:
    """From the share of raters that said the same by pair, and counts of verdicts by pair, (pairs, kinds): by each of
    two raters, or twice by all of them.

    Intervals are from draws of a Bayesian bootstrap over pairs (Rubin 1981) to which PRIOR imaginary ones are added, as
    in Basu, Banerjee and Sen (2000): with few pairs, or none that differ, the usual formula makes them far too short.
    """
    kinds, counts = np.unique(np.c_[same, mine, yours], axis=0, return_counts=True)
    imagined = _imagined(together=mine is yours)
    told, nothing = np.r_[kinds, imagined], np.zeros(len(imagined))
    (share,), (kappa,) = _figures(np.r_[counts, nothing][None], told)
    # the weights of n equal pairs are exponential, their sum is a draw from Gamma(n)
    shapes = np.r_[counts, nothing + PRIOR / len(imagined)]
    drawn = _figures(np.random.default_rng(0).gamma(shapes, size=(DRAWS, len(shapes))), told)
    low, high = _around(share, drawn[0], len(same)).clip(0, 1).tolist()
    if np.isnan(kappa):
        return Agreement(raters, len(same), float(share), None, low, high)
    bounds = _around(kappa, drawn[1], len(same)).clip(-1, 1).tolist()
    return Agreement(raters, len(same), float(share), float(kappa), low, high, *bounds)


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
