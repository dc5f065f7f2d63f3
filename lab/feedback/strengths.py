"""Bradley and Terry's strengths by what pairs of answers came to, and intervals for what players win by them.

Only numbers, by the places of players. Intervals of few players are from a bootstrap that fits every draw; those of
many from the same weights to first order, which costs two products of matrices however many votes there are.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

DRAWS = 1000
MANY = 24
"""Players from which on intervals are computed to first order: a bootstrap would solve a thousand such systems."""
PRIOR = 1.0
"""Imaginary votes a player, half won and half lost, shared out over the others: unbeaten players stay finite."""
TAIL = 0.025
NORMAL = 1.959964
"""Standard deviations on either side of a normal distribution's mean that hold all but twice the TAIL."""
ITERATIONS = 100
LARGEST_STEP = 2.0
Judged = tuple[int, int, float, int]
"""Two players by place, the share of pairs of answers that the first won by the mean of all votes, how many of them."""


def bradley_terry(wins: Any) -> Any:
    """Strengths (…, players) of mean 0 that make `wins` (…, players, players) likeliest (Bradley and Terry 1952).

    `wins[…, i, j]` is what i won against j. By Newton's method; every player needs a win and a loss, or a prior.
    """
    games = wins + np.swapaxes(wins, -1, -2)
    strength = np.zeros(wins.shape[:-1])
    for _ in range(ITERATIONS):
        chance = _beats(strength)
        slope = (wins - games * chance).sum(-1)
        step = np.linalg.solve(_curve(games, chance), slope[..., None])[..., 0].clip(-LARGEST_STEP, LARGEST_STEP)
        strength = strength + step
        if np.abs(step).max() < 1e-10:
            break
    return strength - strength.mean(-1, keepdims=True)


def chances(strength: Any) -> Any:
    """Each player's chance to win against another one, the mean over the others; (…, players) from (…, players)."""
    beats = _beats(strength)
    others = beats.shape[-1] - 1
    return (beats.sum(-1) - 0.5) / others


def intervals(judged: Sequence[Judged], players: int, seed: int) -> tuple[Any, Any, Any, Any]:
    """Strengths, chances and the bounds of their 95 % intervals, each (players,)."""
    # in one order, whatever order the votes came in: the draws are given out along it
    told = sorted((one if one[0] < one[1] else _turned(one) for one in judged), key=_place)
    first, second = np.array([one[0] for one in told]), np.array([one[1] for one in told])
    scores, counts = np.array([one[2] for one in told]), np.array([one[3] for one in told], float)
    wins = _table(first, second, scores, counts, players) + _prior(players)
    if players == 2:  # the odds of their wins; their interval is that of their comparison
        half = np.log(wins[0, 1] / wins[1, 0]) / 2
        strengths = np.array([half, -half])
        return strengths, chances(strengths), strengths, strengths
    strengths = bradley_terry(wins)
    # a bootstrap takes the fitted strengths for free: as for a variance, divide by what is left
    spread = (counts.sum() / max(1, counts.sum() - players + 1)) ** 0.5
    if players >= MANY:
        return strengths, chances(strengths), *_to_first_order(first, second, scores, counts, strengths, spread)
    draws = strengths + spread * (_draws(first, second, scores, counts, players, seed) - strengths)
    low, high = np.quantile(chances(draws), (TAIL, 1 - TAIL), axis=0)
    return strengths, chances(strengths), low, high


def _turned(one: Judged) -> Judged:
    return one[1], one[0], 1 - one[2], one[3]


def _place(one: Judged) -> tuple[int, int, float]:
    return one[0], one[1], one[2]


def _beats(strength: Any) -> Any:
    """The chance that i beats j, (…, players, players)."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(strength[..., None, :] - strength[..., :, None]))


def _curve(games: Any, chance: Any) -> Any:
    """The second derivative of the likelihood, negated."""
    weight = games * chance * (1 - chance)
    # the likelihood does not know the mean: the added 1 holds it at 0
    return weight.sum(-1)[..., None] * np.eye(weight.shape[-1]) - weight + 1


def _prior(players: int) -> Any:
    """The imaginary votes: everyone half won and half lost against everyone else."""
    return (PRIOR / 2 / (players - 1)) * (1 - np.eye(players))


def _table(first: Any, second: Any, scores: Any, weights: Any, players: int) -> Any:
    """What everyone won against everyone, (…, players, players), by weights (…, kinds); kinds are sorted by players."""
    found = np.zeros((*weights.shape[:-1], players * players))
    couples, begin = np.unique(first * players + second, return_index=True)
    found[..., couples] = np.add.reduceat(weights * scores, begin, axis=-1)
    turned = couples % players * players + couples // players
    found[..., turned] = np.add.reduceat(weights * (1 - scores), begin, axis=-1)
    return found.reshape(*weights.shape[:-1], players, players)


def _draws(first: Any, second: Any, scores: Any, counts: Any, players: int, seed: int) -> Any:
    """Strengths under random weights, (DRAWS, players): a Bayesian bootstrap (Rubin 1981)."""
    generator = np.random.default_rng(seed)
    # the weights of n equal pairs are exponential, their sum is a draw from Gamma(n)
    weights = generator.gamma(counts, size=(DRAWS, len(counts)))
    prior = _prior(players)
    imagined = generator.gamma(np.maximum(prior, 1e-9), size=(DRAWS, *prior.shape)).clip(1e-6) * (prior > 0)
    return bradley_terry(_table(first, second, scores, weights, players) + imagined)


def _to_first_order(
    first: Any, second: Any, scores: Any, counts: Any, strengths: Any, spread: float
) -> tuple[Any, Any]:
    """The bounds of the intervals of chances where every weight moves the strengths by its own small share.

    A weight of mean 1 and variance 1 on each pair moves the likelihood's slope by what that pair adds to it; the
    inverse of the curve carries this to the strengths (the sandwich of Huber 1967), their derivatives to the chances.
    Bounds are taken in logits, so that they stay between 0 and 1.
    """
    players = len(strengths)
    beats = _beats(strengths)
    prior = _prior(players)
    squares = np.zeros((players, players))
    np.add.at(squares, (first, second), counts * (scores - beats[first, second]) ** 2)
    squares += squares.T
    squares += prior * ((1 - beats) ** 2) + prior.T * beats**2  # the imaginary votes have weights too
    varied = np.diag(squares.sum(-1)) - squares
    games = _table(first, second, scores, counts, players) + prior
    curve = np.linalg.inv(_curve(games + games.T, beats))
    slopes = beats * (1 - beats) / (players - 1)
    np.fill_diagonal(slopes, 0.0)
    moves = (np.diag(slopes.sum(-1)) - slopes) @ curve
    deviations = spread * np.sqrt(np.maximum(((moves @ varied) * moves).sum(-1), 1e-18))
    chance = chances(strengths)
    logit, width = np.log(chance / (1 - chance)), NORMAL * deviations / (chance * (1 - chance))
    return 1 / (1 + np.exp(width - logit)), 1 / (1 + np.exp(-width - logit))
