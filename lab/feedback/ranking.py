"""Who is better, by votes: Bradley–Terry strengths with intervals, the win matrix, how many more votes would settle it.

Only numbers: votes come as `lab.store.Vote`. Votes between two samples of one run, between equal words, and second
looks at a pair say nothing about who is better and are left out.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np

from lab.store import Vote

DRAWS = 1000
PRIOR = 1.0
"""Imaginary votes a player, half won and half lost, shared out over the others: unbeaten players stay finite."""
TAIL = 0.025
FEWEST = 20
"""Votes below which nothing is called settled."""
MOST = 10_000
"""Where more votes than this would be needed, two players count as equally good."""
ITERATIONS = 100
LARGEST_STEP = 2.0


@dataclass(frozen=True)
class Standing:
    """One player's place: how likely it is to win against the others, on average, with a 95 % interval."""

    player: str
    strength: float
    """Bradley–Terry, in nats; the players' mean is 0."""
    chance: float
    low: float
    high: float
    votes: int


@dataclass(frozen=True)
class Ranking:
    """The best player first; `wins[i][j]` counts what i won against j, a tie half."""

    standings: tuple[Standing, ...] = ()
    wins: tuple[tuple[float, ...], ...] = ()
    votes: int = 0
    sure: float | None = None
    """The share of draws in which the first is ahead of the second."""
    more: int | None = None
    """Votes that are still needed; 0 when it is settled, None when the first two seem equal."""


def rank(votes: Sequence[Vote], seed: int = 0) -> Ranking:
    """The players' order by these votes.

    Intervals are from a Bayesian bootstrap (Rubin 1981) over pairs: every pair of answers, with all votes on it, gets
    a random weight, and so do the imaginary votes of the prior; with two players this is the Beta posterior. `more`: it
    is settled when at least FEWEST votes are in and the first is ahead of the second in 97.5 % of the draws. Otherwise,
    as spreads shrink with the square root of the votes, votes × (spread below the median / median)² of the lead would
    do, if new votes fall like the ones so far.
    """
    votes = [vote for vote in votes if not (vote.again or vote.equal or vote.first == vote.second)]
    if not votes:
        return Ranking()
    players = sorted({player for vote in votes for player in (vote.first, vote.second)})
    kinds, counts = _kinds_of_pairs(votes, players)
    wins = np.tensordot(counts, kinds, 1)
    strength = bradley_terry(wins + _prior(len(players)))
    order = np.argsort(-strength, kind="stable")
    draws = _draws(kinds, counts, seed)[:, order]
    wins, strength = wins[np.ix_(order, order)], strength[order]
    low, high = np.quantile(chances(draws), (TAIL, 1 - TAIL), axis=0)
    lead = draws[:, 0] - draws[:, 1]
    each = zip(order, strength, chances(strength), low, high, (wins + wins.T).sum(1), strict=True)
    return Ranking(
        tuple(Standing(players[i], float(s), float(c), float(lo), float(hi), round(n)) for i, s, c, lo, hi, n in each),
        tuple(tuple(map(float, row)) for row in wins), len(votes), float((lead > 0).mean()), _more(lead, len(votes)),
    )  # fmt: skip


def bradley_terry(wins: Any) -> Any:
    """Strengths (…, players) of mean 0 that make `wins` (…, players, players) likeliest (Bradley and Terry 1952).

    `wins[…, i, j]` is what i won against j. By Newton's method; every player needs a win and a loss, or a prior.
    """
    games = wins + np.swapaxes(wins, -1, -2)
    strength = np.zeros(wins.shape[:-1])
    for _ in range(ITERATIONS):
        chance = _beats(strength)
        slope = (wins - games * chance).sum(-1)
        weight = games * chance * (1 - chance)
        # the likelihood does not know the mean: the added 1 holds it at 0
        curve = weight.sum(-1)[..., None] * np.eye(wins.shape[-1]) - weight + 1
        step = np.linalg.solve(curve, slope[..., None])[..., 0].clip(-LARGEST_STEP, LARGEST_STEP)
        strength = strength + step
        if np.abs(step).max() < 1e-10:
            break
    return strength - strength.mean(-1, keepdims=True)


def chances(strength: Any) -> Any:
    """Each player's chance to win against another one, the mean over the others; (…, players) from (…, players)."""
    beats = _beats(strength)
    others = beats.shape[-1] - 1
    return (beats.sum(-1) - 0.5) / others


def _beats(strength: Any) -> Any:
    """The chance that i beats j, (…, players, players)."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(strength[..., None, :] - strength[..., :, None]))


def _kinds_of_pairs(votes: Sequence[Vote], players: Sequence[str]) -> tuple[Any, Any]:
    """The different win matrices of pairs of answers, (kinds, players, players), and how often each occurs."""
    place = {player: i for i, player in enumerate(players)}
    tables: dict[str, Any] = defaultdict(lambda: np.zeros((len(players), len(players))))
    for vote in votes:
        first, second = place[vote.first], place[vote.second]
        share = {"first": 1.0, "second": 0.0}.get(vote.winner, 0.5)
        tables[vote.pair][first, second] += share
        tables[vote.pair][second, first] += 1 - share
    return np.unique(np.stack(list(tables.values())), axis=0, return_counts=True)


def _prior(players: int) -> Any:
    """The imaginary votes: everyone half won and half lost against everyone else."""
    return (PRIOR / 2 / (players - 1)) * (1 - np.eye(players))


def _draws(kinds: Any, counts: Any, seed: int) -> Any:
    """Strengths under random weights, (DRAWS, players)."""
    generator = np.random.default_rng(seed)
    # the weights of n equal pairs are exponential, their sum is a draw from Gamma(n)
    weights = generator.gamma(counts, size=(DRAWS, len(counts)))
    prior = _prior(kinds.shape[-1])
    imagined = generator.gamma(np.maximum(prior, 1e-9), size=(DRAWS, *prior.shape)).clip(1e-6) * (prior > 0)
    return bradley_terry(np.tensordot(weights, kinds, 1) + imagined)


def _more(lead: Any, votes: int) -> int | None:
    """See `rank`."""
    low, middle = np.quantile(lead, (TAIL, 0.5))
    if middle <= 0:
        return None
    needed = votes if low > 0 else ceil(votes * ((middle - low) / middle) ** 2)
    more = max(needed, FEWEST) - votes
    return max(more, 0 if low > 0 else 1) if more <= MOST else None
