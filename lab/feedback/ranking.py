"""Who is better, by votes: Bradley–Terry strengths with intervals, the win matrix, and whether it is settled.

Only numbers: votes come as `lab.store.Vote`. Votes between two samples of one run, between equal words, and second
looks at a pair say nothing about who is better and are left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from lab.feedback.comparisons import Comparison, better_than, compare_meetings, reverse
from lab.feedback.meetings import groups
from lab.feedback.strengths import bradley_terry, chances, intervals
from lab.feedback.sums import ALL, Couple, Meeting, RaterSums, VoteSums
from lab.store import Vote

MOST_RANKED = 500
"""Players that are ranked at most, those with most votes: tables of all of them against all grow with their square,
what is solved with their cube. A thousand take 5 seconds of a processor, ten thousand would take more memory than most
machines have."""
__all__ = ["Ranking", "Standing", "bradley_terry", "chances", "rank", "rank_sums"]


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
    left_out: int = 0
    """Players that are not ranked, since there are more than MOST_RANKED."""

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

    @cached_property
    def met(self) -> frozenset[frozenset[str]]:
        """Every two that have met."""
        return frozenset(frozenset((one.first, one.second)) for one in self.comparisons)

    @cached_property
    def undecided(self) -> Comparison | None:
        """What stands between the first player of the first group and being surely the best of it; None if nothing."""
        ahead = [one.player for one in self.standings if one.group == 0]
        sure = better_than(ahead[0], self.comparisons) if ahead else set()
        rivals = set(ahead[1:]) - sure
        return next((one for one in self.comparisons if one.first == ahead[0] and one.second in rivals), None)


def rank(votes: Sequence[Vote], seed: int = 0) -> Ranking:
    """The players' order by these votes: see `rank_sums`."""
    return rank_sums(VoteSums.of(votes).by[ALL], seed)


def rank_sums(sums: RaterSums, seed: int = 0) -> Ranking:
    """The players' order by what votes add up to.

    Intervals of three players and more are from a Bayesian bootstrap (Rubin 1981) over pairs: every pair of answers,
    with the mean of all votes on it, gets a random weight, and so do the imaginary votes of the prior. What is settled
    is said by the `comparisons`, not by these intervals: they are for one look, not for one after every vote. Of more
    than MOST_RANKED players those with most votes are ranked, by the votes between them.
    """
    every = {player for couple in sums.meetings for player in couple}
    unranked = tuple(player for player in sorted(sums.players) if player not in every)
    meetings = _most_voted(sums.meetings) if len(every) > MOST_RANKED else dict(sums.meetings)
    players = sorted({player for couple in meetings for player in couple})
    if not meetings:
        return Ranking(equal=sums.equal, unranked=unranked, left_out=len(every))
    wins, comparisons = _wins(meetings, players), compare_meetings(meetings, players)
    cast = _cast(meetings)
    standings, parted = [], []
    for group, (members, follows) in enumerate(groups(wins)):
        parted.append(follows)
        standings += _ranked([players[i] for i in members], group, meetings, comparisons, cast, seed)
    ordered = [one.player for one in standings]
    at = {player: i for i, player in enumerate(players)}
    place = [at[player] for player in ordered]
    return Ranking(
        tuple(standings), tuple(map(tuple, wins[np.ix_(place, place)].tolist())),
        sum(meeting.votes for meeting in meetings.values()), sums.equal, unranked, tuple(parted[1:]),
        _in_order(comparisons, ordered), len(every) - len(players),
    )  # fmt: skip


def _cast(meetings: Mapping[Couple, Meeting]) -> Counter[str]:
    """Each player's votes."""
    cast = Counter[str]()
    for (one, other), meeting in meetings.items():
        cast[one] += meeting.votes
        cast[other] += meeting.votes
    return cast


def _most_voted(meetings: Mapping[Couple, Meeting]) -> dict[Couple, Meeting]:
    """The meetings of the MOST_RANKED players with most votes, of as many votes the first by name."""
    cast = _cast(meetings)
    kept = set(sorted(cast, key=lambda player: (-cast[player], player))[:MOST_RANKED])
    return {couple: meeting for couple, meeting in meetings.items() if kept.issuperset(couple)}


def _wins(meetings: Mapping[Couple, Meeting], players: Sequence[str]) -> Any:
    """How many votes i won against j, a tie half; (players, players)."""
    place, wins = {player: i for i, player in enumerate(players)}, np.zeros((len(players), len(players)))
    for (one, other), meeting in meetings.items():
        wins[place[one], place[other]] = meeting.won
        wins[place[other], place[one]] = meeting.votes - meeting.won
    return wins


def _ranked(
    members: Sequence[str], group: int, meetings: Mapping[Couple, Meeting], comparisons: Sequence[Comparison],
    cast: Mapping[str, int], seed: int,
) -> list[Standing]:  # fmt: skip
    """The standings of one group; a player's votes count those against other groups too."""
    if len(members) == 1:
        return [Standing(members[0], group, None, None, None, None, cast[members[0]])]
    place = {player: i for i, player in enumerate(members)}
    judged = [
        (place[one], place[other], score, count)
        for (one, other), meeting in meetings.items() if one in place and other in place
        for score, count in meeting.scores.items()
    ]  # fmt: skip
    strengths, chance, low, high = intervals(judged, len(members), seed)
    figures = list(zip(chance, low, high, strict=True))
    if len(members) == 2:
        figures = _compared(members, comparisons)
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
