"""What votes add up to, kept up one vote at a time: all that ranking, agreement and the rest are computed from.

A vote that comes, or is taken back, changes the sums of its pair of answers and of nothing else, so that it costs the
same after a hundred thousand votes as after ten. Only numbers; `VoteSums.of` takes a list of votes.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lab.store import Vote
from lab.store.pairs import match_of

VERDICTS = {"first": 0, "second": 1}
NEITHER = 2
SCORES = (1.0, 0.0, 0.5)
"""What the first of a pair wins by each verdict."""
ALL, PEOPLE, SCRIPTED = "all", "people", "scripted"
Look = tuple[str, int, bool]
"""A rater, its verdict on a pair (0 the first answer, 1 the second, 2 neither), whether it is a script."""
Couple = tuple[str, str]
"""Two players in the order of their names."""


@dataclass
class Meeting:
    """What two players' votes add up to, told from the first one's side."""

    votes: int = 0
    won: float = 0.0
    """A tie is half a win."""
    scores: Counter[float] = field(default_factory=Counter)
    """How many pairs of answers by the mean of all votes on them."""


@dataclass
class RaterSums:
    """The sums of the votes of all, of people or of scripts."""

    votes: int = 0
    scripted: int = 0
    equal: int = 0
    """Votes between two players on answers in the same words."""
    players: Counter[str] = field(default_factory=Counter)
    """Everybody with a vote against another one, on equal answers too."""
    meetings: dict[Couple, Meeting] = field(default_factory=dict)
    verdicts: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    """How many pairs that several raters judged, by how many of them said each."""
    sharing: Counter[str] = field(default_factory=Counter)
    """Who judged so many of those pairs."""

    def take(self, pair: "_Pair", looks: list[Look], sign: int) -> None:
        """Add what is said of a pair, or take it off."""
        if not looks:
            return
        if pair.first != pair.second:
            for player in (pair.first, pair.second):
                _count(self.players, player, sign * len(looks))
            if pair.equal:
                self.equal += sign * len(looks)
            else:
                self._meet(pair, looks, sign)
        by = {rater: verdict for rater, verdict, _ in looks}
        if len(by) > 1 and not pair.equal:
            said = Counter(by.values())
            _count(self.verdicts, (said[0], said[1], said[2]), sign)
            for rater in by:
                _count(self.sharing, rater, sign)

    def _meet(self, pair: "_Pair", looks: list[Look], sign: int) -> None:
        couple = (pair.first, pair.second)
        won = sum(SCORES[verdict] for _, verdict, _ in looks)
        if pair.first > pair.second:
            couple, won = (pair.second, pair.first), len(looks) - won
        meeting = self.meetings.setdefault(couple, Meeting())
        meeting.votes += sign * len(looks)
        meeting.won += sign * won
        _count(meeting.scores, won / len(looks), sign)
        if not meeting.votes:
            del self.meetings[couple]


@dataclass
class MatchSums:
    """The votes of one match, at first sight; `changed` grows with each."""

    couple: Couple = ("", "")
    votes: int = 0
    scripted: int = 0
    equal: int = 0
    by: Counter[str] = field(default_factory=Counter)
    """Each rater's votes, and below their second looks."""
    looks: Counter[str] = field(default_factory=Counter)
    changed: int = 0


def match_of_vote(vote: Vote) -> str:
    """The name of the match that a vote is of."""
    return match_of(vote.first, vote.second)


class _Pair:
    """A pair of answers with what is said of it."""

    __slots__ = ("again", "equal", "first", "looks", "second")

    def __init__(self, vote: Vote):
        self.first, self.second, self.equal = vote.first, vote.second, vote.equal
        self.looks: list[Look] = []
        self.again: tuple[Look, ...] = ()  # of most pairs there are none, and an empty list takes 56 bytes

    def of(self, whose: str) -> list[Look]:
        return self.looks if whose == ALL else [look for look in self.looks if look[2] == (whose == SCRIPTED)]


class VoteSums:
    """The sums of votes that were added and not taken off again."""

    def __init__(self) -> None:
        self.by = {whose: RaterSums() for whose in (ALL, PEOPLE, SCRIPTED)}
        self.matches: dict[str, MatchSums] = {}
        self.between: dict[Couple, list[int]] = {}
        """Of two raters in the order of their names how many pairs by what each said: three times three."""
        self.consistent: dict[tuple[str, bool], list[int]] = {}
        """Of each rater (scripted or not) the pairs it saw again, and of how many of them it said the same."""
        self.sides: dict[str, list[int]] = {}
        """Of each person the votes for the left side, and for either."""
        self.decided = 0
        """Votes at first sight for one of two answers that say different things."""
        self.scripts: set[str] = set()
        self._pairs: dict[str, _Pair] = {}
        self._known: dict[Look, Look] = {}

    @classmethod
    def of(cls, votes: Iterable[Vote]) -> "VoteSums":
        sums = cls()
        for vote in votes:
            sums.add(vote)
        return sums

    def snapshot(self, whose: str = ALL) -> "VoteSums":
        """A copy to compute from while votes come in: of these raters' sums, without the pairs they are of."""
        copied = VoteSums()
        mine = self.by[whose]
        meetings = {two: Meeting(one.votes, one.won, Counter(one.scores)) for two, one in mine.meetings.items()}
        copied.by[whose] = RaterSums(
            mine.votes, mine.scripted, mine.equal, Counter(mine.players), meetings, Counter(mine.verdicts),
            Counter(mine.sharing),
        )  # fmt: skip
        for name in ("between", "consistent", "sides"):
            setattr(copied, name, {key: list(counts) for key, counts in getattr(self, name).items()})
        copied.scripts = set(self.scripts)
        return copied

    def of_match(self, name: str) -> RaterSums:
        """What says who is better in one match."""
        match = self.matches.get(name)
        if match is None or match.couple[0] == match.couple[1]:
            return RaterSums()
        every = self.by[ALL]
        told = Counter({player: match.votes for player in match.couple if match.votes})
        met = {match.couple: every.meetings[match.couple]} if match.couple in every.meetings else {}
        return RaterSums(equal=match.equal, players=told, meetings=met)

    def add(self, vote: Vote) -> None:
        self._change(vote, 1)

    def remove(self, vote: Vote) -> None:
        self._change(vote, -1)

    def _change(self, vote: Vote, sign: int) -> None:
        pair = self._pairs.get(vote.pair) or self._pairs.setdefault(vote.pair, _Pair(vote))
        verdict = VERDICTS.get(vote.winner, NEITHER)
        if vote.first != pair.first:  # told from the other side
            verdict = (1, 0, NEITHER)[verdict]
        look = (vote.rater, verdict, vote.scripted)
        look = self._known.setdefault(look, look)  # few different ones, and many votes
        whose = (ALL, SCRIPTED if vote.scripted else PEOPLE)
        if vote.scripted:
            self.scripts.add(vote.rater)
        self._compare_looks(pair, vote, -1)
        if vote.again:
            pair.again = _changed(pair.again, look, sign)
        else:
            told = {one: pair.of(one) for one in whose}
            for one in whose:
                self.by[one].take(pair, told[one], -1)
            if sign < 0:
                pair.looks.remove(look)
            self._meet_raters(pair, look, sign)
            if sign > 0:
                pair.looks.append(look)
            for one in whose:
                self.by[one].take(pair, pair.of(one), 1)
            self._lean(vote, verdict, sign)
        self._compare_looks(pair, vote, 1)
        for one in whose:
            self.by[one].votes += sign
            self.by[one].scripted += sign * vote.scripted
        self._match(vote, sign)
        if not (pair.looks or pair.again):
            del self._pairs[vote.pair]

    def _match(self, vote: Vote, sign: int) -> None:
        couple = (vote.first, vote.second) if vote.first < vote.second else (vote.second, vote.first)
        match = self.matches.setdefault(match_of_vote(vote), MatchSums(couple))
        match.changed += 1
        if vote.again:
            _count(match.looks, vote.rater, sign)
            return
        match.votes += sign
        match.scripted += sign * vote.scripted
        match.equal += sign * vote.equal
        _count(match.by, vote.rater, sign)

    def _meet_raters(self, pair: _Pair, look: Look, sign: int) -> None:
        """What a rater said of a pair beside what the others did."""
        if pair.equal:
            return
        rater, verdict, _ = look
        for other, said in {one: said for one, said, _ in pair.looks if one != rater}.items():
            first = rater < other
            cells = self.between.setdefault((rater, other) if first else (other, rater), [0] * 9)
            cells[3 * verdict + said if first else 3 * said + verdict] += sign

    def _compare_looks(self, pair: _Pair, vote: Vote, sign: int) -> None:
        """What a rater said when it saw a pair again, beside what it said first."""
        if not pair.again:
            return
        seen = [verdict for rater, verdict, _ in pair.again if rater == vote.rater]
        first = [verdict for rater, verdict, _ in pair.looks if rater == vote.rater]
        if seen and first:
            counts = self.consistent.setdefault((vote.rater, vote.scripted), [0, 0])
            counts[0] += sign * len(seen)
            counts[1] += sign * sum(one == first[-1] for one in seen)

    def _lean(self, vote: Vote, verdict: int, sign: int) -> None:
        if verdict == NEITHER:
            return
        self.decided += sign * (not vote.equal)
        if vote.left:
            counts = self.sides.setdefault(vote.rater, [0, 0])
            counts[0] += sign * (vote.winner == vote.left)
            counts[1] += sign


def _changed(looks: tuple[Look, ...], look: Look, sign: int) -> tuple[Look, ...]:
    """These looks with one more, or without it."""
    if sign > 0:
        return (*looks, look)
    place = looks.index(look)
    return looks[:place] + looks[place + 1 :]


def _count(counts: Counter[Any], key: Any, by: int) -> None:
    """Add to a count; one of nothing is forgotten."""
    counts[key] += by
    if not counts[key]:
        del counts[key]
