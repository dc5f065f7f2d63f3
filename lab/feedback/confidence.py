"""Intervals for shares: one that holds however often one looks at it while votes come in, and one for a single look.

Only numbers. An interval of the usual kind, looked at after every vote until it leaves the middle out, is wrong far
more often than its level says; a confidence sequence is not.
"""

from collections.abc import Sequence
from math import floor
from typing import Any

import numpy as np

LEVEL = 0.05
"""How often an interval may be wrong."""
BETS = (np.arange(512) + 0.5) / 512
"""Shares of its capital that a gambler may stake; a mixture over a fixed grid is as valid as one over all shares."""
HALVINGS = 40
FIRST_HALVINGS = 6
EXACT = 1e-12
GRAIN = 2.0**-HALVINGS
"""Shares are told in such steps, so that one and what is left of it add up exactly."""
OUTCOMES = np.array([1.0, 0.5, 0.0])
Counts = Any
"""A count, or an array of counts."""


def confidence_sequence(wins: Counts, ties: Counts, losses: Counts, level: float = LEVEL) -> tuple[Any, Any]:
    """Where the chance to win lies (a tie is half a win), with error `level` over all looks together: low and high.

    The hedged betting of Waudby-Smith and Ramdas (2024, "Estimating means of bounded random variables by betting",
    section 4): a gambler who bets that the chance is above m can't expect to grow rich if it is m; every m at which
    one who averages over all stakes has multiplied the capital by 2 / level is left out, by Ville's inequality (1939)
    for all times at once. One gambler bets on more, one on less. At m = 1/2 this is Robbins' mixture test (1970) of a
    fair coin, and ties don't count. It needs no model: only that each vote has the same chance, given those before.
    """
    counts = _table(wins, ties, losses)
    return _lowest(counts, OUTCOMES, level), 1 - _lowest(counts, 1 - OUTCOMES, level)


def confidence_of_scores(scores: Sequence[float], level: float = LEVEL) -> tuple[float, float]:
    """The same for pairs of answers that several people judged, by the share of each that was won (0 to 1)."""
    values, counts = np.unique(scores, return_counts=True)
    return confidence_of_counts(values, counts, level)


def confidence_of_counts(values: Any, counts: Any, level: float = LEVEL) -> tuple[float, float]:
    """The same by how many pairs (`counts`) were won by each share (`values`, rising)."""
    return _lowest_of_one(counts, values, level), 1 - _lowest_of_one(counts, 1 - values, level)


def log_evidence(wins: Counts, ties: Counts, losses: Counts, chance: Counts = 0.5) -> Any:
    """By what factor the gambler's capital has grown who bets that the chance to win is above `chance`; its log."""
    return _log_evidence(_table(wins, ties, losses), OUTCOMES, np.asarray(chance, float))


def _table(wins: Counts, ties: Counts, losses: Counts) -> Any:
    """The counts of OUTCOMES, (…, 3)."""
    return np.stack(np.broadcast_arrays(*(np.asarray(count, float) for count in (wins, ties, losses))), -1)


def _log_evidence(counts: Any, values: Any, chance: Any) -> Any:
    """See `log_evidence`; `counts` (…, values) of what was won, each from 0 to 1."""
    grown = 0.0
    for count, value in zip(np.moveaxis(counts, -1, 0), values, strict=True):
        grown = grown + count[..., None] * np.log1p(BETS * (value / chance[..., None] - 1))
    most = np.max(grown, -1)
    return most + np.log(np.exp(grown - most[..., None]).mean(-1))


def _lowest_of_one(counts: Any, values: Any, level: float) -> float:
    """`_lowest` of one table: some halvings, then the line between the ends, which lands in a few steps (Illinois)."""
    edge, counts = float(np.log(2 / level)), np.asarray(counts, float)

    def above(chance: float) -> float:
        grown = counts @ np.log1p(np.outer(values / chance - 1, BETS))
        most = grown.max()
        return float(most + np.log(np.exp(grown - most).mean())) - edge

    low, high, below, beyond = 0.0, 1.0, float("inf"), above(1.0)
    if beyond >= 0:
        return 1.0
    for step in range(2 * HALVINGS):
        line = low + (high - low) * below / (below - beyond) if step >= FIRST_HALVINGS and below < 1e300 else 0.0
        middle = line if low < line < high else (low + high) / 2
        if (found := above(middle)) >= 0:
            low, below, beyond = middle, found, beyond / 2 if step >= FIRST_HALVINGS else beyond
        else:
            high, beyond, below = middle, found, below / 2 if step >= FIRST_HALVINGS else below
        if high - low < EXACT or abs(found) < EXACT:
            break
    return floor((low if abs(found) >= EXACT else middle) / GRAIN) * GRAIN


def _lowest(counts: Any, values: Any, level: float) -> Any:
    """The largest chance that the bet on more refutes; evidence falls as the chance rises, so halving finds it."""
    low, high = np.zeros(counts.shape[:-1]), np.ones(counts.shape[:-1])
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        refuted = _log_evidence(counts, values, middle) >= np.log(2 / level)
        low, high = np.where(refuted, middle, low), np.where(refuted, high, middle)
    return low
