"""Intervals for shares: one that holds however often one looks at it while votes come in, and one for a single look.

Only numbers. An interval of the usual kind, looked at after every vote until it leaves the middle out, is wrong far
more often than its level says; a confidence sequence is not.
"""

from statistics import NormalDist
from typing import Any

import numpy as np

LEVEL = 0.05
"""How often an interval may be wrong."""
BETS = (np.arange(512) + 0.5) / 512
"""Shares of its capital that a gambler may stake; a mixture over a fixed grid is as valid as one over all shares."""
HALVINGS = 40
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
    wins, ties, losses = (np.asarray(count, float) for count in (wins, ties, losses))
    return _lowest(wins, ties, losses, level), 1 - _lowest(losses, ties, wins, level)


def log_evidence(wins: Counts, ties: Counts, losses: Counts, chance: Counts = 0.5) -> Any:
    """By what factor the gambler's capital has grown who bets that the chance to win is above `chance`; its log."""
    wins, ties, losses, chance = (np.asarray(one, float)[..., None] for one in (wins, ties, losses, chance))
    grown = wins * np.log1p(BETS * (1 / chance - 1)) + losses * np.log1p(-BETS)
    grown = grown + ties * np.log1p(BETS * (0.5 / chance - 1))
    most = grown.max(-1)
    return most + np.log(np.exp(grown - most[..., None]).mean(-1))


def wilson(part: float, whole: float, level: float = LEVEL) -> tuple[float, float]:
    """The interval of a share that is looked at once (Wilson 1927); all of 0 to 1 where nothing was counted."""
    if not whole:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(1 - level / 2)
    centre = (part + z * z / 2) / (whole + z * z)
    reach = z / (whole + z * z) * (part * (whole - part) / whole + z * z / 4) ** 0.5
    return centre - reach if part else 0.0, centre + reach if part < whole else 1.0


def _lowest(wins: Any, ties: Any, losses: Any, level: float) -> Any:
    """The largest chance that the bet on more refutes; evidence falls as the chance rises, so halving finds it."""
    low, high = np.zeros(np.shape(wins)), np.ones(np.shape(wins))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        refuted = log_evidence(wins, ties, losses, middle) >= np.log(2 / level)
        low, high = np.where(refuted, middle, low), np.where(refuted, high, middle)
    return low
