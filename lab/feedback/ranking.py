"""Who is better, by votes: Bradley–Terry strengths with intervals, the win matrix, and whether it is settled.

Only numbers: votes come as `lab.store.Vote`. Votes between two samples of one run, between equal words, and second
looks at a pair say nothing about who is better and are left out.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lab.feedback.comparisons import Comparison, better_than, compare, reverse
from lab.feedback.meetings import groups
from lab.store import Vote

DRAWS = 1000
PRIOR = 1.0
"""Imaginary votes a player, half won and half lost, shared out over the others: unbeaten players stay finite."""
TAIL = 0.025
ITERATIONS = 100
LARGEST_STEP = 2.0
SHARES = {"first": 1.0, "second": 0.0}


@dataclass(frozen=True)
class Standing:
    """One player's place: how likely it is to win against the others of its group, on average, a tie half a win.

    The interval is of 95 %: with two in a group the one of their `Comparison`, which holds however often one looks;
    with more from a bootstrap, for one look. A player alone in its group has no strength and no chance.
    """

    player: str
    group: int
    strength: float | None
    """Bradley–Terry, in nats; the mean of the group is 0."""
    chance: float | None
    low: float | None
    high: float | None
    votes: int


@dataclass(frozen=True)
class Ranking:
    """The best player first, group by group: what the votes can't tie together is ranked apart (see `meetings`)."""

    standings: tuple[Standing, ...] = ()
    wins: tuple[tuple[float, ...], ...] = ()
    """`wins[i][j]` counts what i won against j, a tie half."""
    votes: int = 0
    equal: int = 0
    """Votes left out because both answers are the same words."""
    unranked: tuple[str, ...] = ()
    """Players all of whose answers were the same words as the others'."""
    parted: tuple[str, ...] = ()
    """How each group follows on the one before it: 'unmet' or 'beaten'; the first is left out."""
    comparisons: tuple[Comparison, ...] = ()
    """Every two that have met."""

    @property
    def verdict(self) -> str:
        """'none' without votes, 'apart' with more than one group, else 'settled', 'alike' or 'open'.

        It is settled when the first is surely better than all the others, each by its comparison or through others.
        """
        if not self.standings:
            return "none"
        if self.parted:
            return "apart"
        return self.undecided.verdict if self.undecided else "settled"

    @property
    def more(self) -> int | None:
        """About how many more votes would settle it; 0 when it is settled, None where that can't be told."""
        if self.verdict in ("none", "apart"):
            return None
        return self.undecided.more if self.undecided else 0

    @property
    def undecided(self) -> Comparison | None:
        """What stands between the first player of the first group and being surely the best of it; None if nothing."""
        ahead = [one.player for one in self.standings if one.group == 0]
        sure = better_than(ahead[0], self.comparisons) if ahead else set()
        rivals = set(ahead[1:]) - sure
        return next((one for one in self.comparisons if one.first == ahead[0] and one.second in rivals), None)


def rank(votes: Sequence[Vote], seed: int = 0) -> Ranking:
    """The players' order by these votes, which come oldest first.

    Intervals of three players and more are from a Bayesian bootstrap (Rubin 1981) over pairs: every pair of answers,
    with the mean of all votes on it, gets a random weight, and so do the imaginary votes of the prior. What is settled
    is said by the `comparisons`, not by these intervals: they are for one look, not for one after every vote.
    """
    between = [vote for vote in votes if not vote.again and vote.first != vote.second]
    told = [vote for vote in between if not vote.equal]
    players = _players(told)
    unranked = tuple(player for player in _players(between) if player not in players)
    if not told:
        return Ranking(equal=len(between), unranked=unranked)
    wins, comparisons = _wins(told, players), compare(told, players)
    standings, parted = [], []
    for group, (members, follows) in enumerate(groups(wins)):
        parted.append(follows)
        standings += _ranked([players[i] for i in members], group, told, comparisons, seed)
    ordered = [one.player for one in standings]
    place = [players.index(player) for player in ordered]
    return Ranking(
        tuple(standings), tuple(tuple(map(float, row)) for row in wins[np.ix_(place, place)]), len(told),
        len(between) - len(told), unranked, tuple(parted[1:]), _in_order(comparisons, ordered),
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


def _players(votes: Sequence[Vote]) -> list[str]:
    return sorted({player for vote in votes for player in (vote.first, vote.second)})


def _wins(votes: Sequence[Vote], players: Sequence[str]) -> Any:
    """How many votes i won against j, a tie half; (players, players)."""
    place, wins = {player: i for i, player in enumerate(players)}, np.zeros((len(players), len(players)))
    for vote in votes:
        first, second, share = place[vote.first], place[vote.second], SHARES.get(vote.winner, 0.5)
        wins[first, second] += share
        wins[second, first] += 1 - share
    return wins


def _ranked(
    members: Sequence[str], group: int, votes: Sequence[Vote], comparisons: Sequence[Comparison], seed: int
) -> list[Standing]:
    """The standings of one group; a player's votes count those against other groups too."""
    cast = Counter(player for vote in votes for player in (vote.first, vote.second))
    if len(members) == 1:
        return [Standing(members[0], group, None, None, None, None, cast[members[0]])]
    kinds, counts = _kinds_of_pairs([vote for vote in votes if {vote.first, vote.second} <= set(members)], members)
    strengths = bradley_terry(np.tensordot(counts, kinds, 1) + _prior(len(members)))
    if len(members) == 2:
        figures = _compared(members, comparisons)
    else:
        # a bootstrap takes the fitted strengths for free: as for a variance, divide by what is left
        spread = (counts.sum() / max(1, counts.sum() - len(members) + 1)) ** 0.5
        draws = strengths + spread * (_draws(kinds, counts, seed) - strengths)
        low, high = np.quantile(chances(draws), (TAIL, 1 - TAIL), axis=0)
        figures = list(zip(chances(strengths), low, high, strict=True))
    found = [
        Standing(player, group, float(strength), float(chance), float(low), float(high), cast[player])
        for player, strength, (chance, low, high) in zip(members, strengths, figures, strict=True)
    ]
    return sorted(found, key=lambda one: -(one.chance or 0.0))


def _compared(two: Sequence[str], comparisons: Sequence[Comparison]) -> list[tuple[float, float, float]]:
    """Chance and interval of two players, by their comparison."""
    one = next(one for one in comparisons if {one.first, one.second} == set(two))
    told = [one if one.first == player else reverse(one) for player in two]
    return [(each.chance, each.low, each.high) for each in told]


def _in_order(comparisons: Sequence[Comparison], order: Sequence[str]) -> tuple[Comparison, ...]:
    """The comparisons with the better placed player first, by place."""
    place = {player: i for i, player in enumerate(order)}
    turned = [one if place[one.first] < place[one.second] else reverse(one) for one in comparisons]
    return tuple(sorted(turned, key=lambda one: (place[one.first], place[one.second])))


def _kinds_of_pairs(votes: Sequence[Vote], players: Sequence[str]) -> tuple[Any, Any]:
    """The different win matrices of pairs of answers, (kinds, players, players), and how often each occurs.

    A pair's matrix is the mean of the votes on it.
    """
    by_pair: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_pair[vote.pair].append(vote)
    tables = [_wins(cast, players) / len(cast) for cast in by_pair.values()]
    return np.unique(np.stack(tables), axis=0, return_counts=True)


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
