"""Intervals for shares: one that holds however often one looks at it while votes come in, and one for a single look.

Only numbers. An interval of the usual kind, looked at after every vote until it leaves the middle out, is wrong far
more often than its level says; a confidence sequence is not.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

LEVEL = 0.05
"""How often an interval may be wrong."""
BETS = (np.arange(512) + 0.5) / 512
"""Shares of its capital that a gambler may stake; a mixture over a fixed grid is as valid as one over all shares."""
HALVINGS = 40
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
    low, high = _lowest(counts, values, level), 1 - _lowest(counts, 1 - values, level)
    return float(low), float(high)


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


def _lowest(counts: Any, values: Any, level: float) -> Any:
    """The largest chance that the bet on more refutes; evidence falls as the chance rises, so halving finds it."""
    low, high = np.zeros(counts.shape[:-1]), np.ones(counts.shape[:-1])
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        refuted = _log_evidence(counts, values, middle) >= np.log(2 / level)
        low, high = np.where(refuted, middle, low), np.where(refuted, high, middle)
    return low
