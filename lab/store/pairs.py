"""Pairs of answers that wait for votes, and the votes on them; also takes in what comes from a file.

How votes lie in the tables is in `votes`.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, insert, not_, select

from lab.store.counts import RaterCount
from lab.store.database import Database, batches
from lab.store.ratings import new_answer, rater_counts
from lab.store.rows import feedback_row, stands, to_answer, to_feedback
from lab.store.runs import new_id
from lab.store.schema import feedback, matches, pairs
from lab.store.shapes import Answer, Feedback, Pair, PairCount, Vote
from lab.store.taking_in import insert_answers, insert_pairs, rating_key, standing_ratings
from lab.store.votes import (
    AGAIN,
    DECIDED,
    LEFT,
    RIGHT,
    SECOND_LOOK,
    match_of,
    of_matches,
    preferences,
    standing_votes,
    to_vote,
    whole_votes,
)  # fmt: skip

FEW = 300
"""Matches that are read as they are, rather than asked for by name."""
SIDES = {"first": LEFT, "second": RIGHT}
__all__ = ["AGAIN", "Pairs", "match_of", "new_answer", "new_pair"]


class Pairs:
    def __init__(self, database: Database):
        self._database = database

    def keep(self, made: Sequence[Pair], ahead: bool = False) -> None:
        """Put new pairs with their answers at the end of the queue, or (`ahead`) at its beginning."""
        with self._database.write() as connection:
            insert_answers(connection, [answer for pair in made for answer in (pair.first, pair.second)])
            insert_pairs(connection, made, ahead)

    def get(self, pair_id: str) -> Pair | None:
        found = self._read(_whole_pairs().where(pairs.c.id == pair_id))
        return found[0] if found else None

    def of_runs(self, runs: Collection[str]) -> list[Pair]:
        """The pairs with an answer of one of these runs, in the order of the queue."""
        found = {}
        for some in batches(sorted(runs)):
            theirs = LEFT.c.run.in_(some) | RIGHT.c.run.in_(some)
            for pair in self._read(_whole_pairs().where(theirs).order_by(pairs.c.place, pairs.c.id)):
                found[pair.id] = pair
        return list(found.values())

    def count(self, match: str) -> int:
        """How many pairs a match has, rated or not."""
        return self._number(select(func.coalesce(func.max(matches.c.pairs), 0)).where(matches.c.name == match))

    def counts(self, match: str | None = None) -> dict[str, PairCount]:
        """How many pairs each match has, rated or not, and how many of them are twice the same words."""
        wanted = select(matches.c.name, matches.c.pairs, matches.c.same)
        if match is not None:
            wanted = wanted.where(matches.c.name == match)
        with self._database.read() as connection:
            return {name: PairCount(count, same) for name, count, same in connection.execute(wanted).tuples()}

    def begun(self, among: Collection[str] | None = None) -> dict[str, float]:
        """When the first pair of each match was made; of these matches only, if they are named."""
        wanted = select(matches.c.name, matches.c.began)
        with self._database.read() as connection:
            every = connection.execute(wanted.limit(None if among is None else FEW + 1)).tuples().all()
            if among is None or len(every) <= FEW:
                named = None if among is None else set(among)
                return {name: began for name, began in every if named is None or name in named}
            parts = (wanted.where(matches.c.name.in_(some)) for some in batches(sorted(among)))
            return {name: began for part in parts for name, began in connection.execute(part).tuples()}

    def waiting(self, rater: str, match: str, limit: int, sources: Collection[str] = ()) -> list[Pair]:
        """Pairs of a match that a rater has not voted on, in the order of the queue; of `sources` only, if named.

        Answers in the same words are no question, and don't wait.
        """
        wanted = _waiting(_whole_pairs(), rater, match, sources)
        return self._read(wanted.order_by(pairs.c.place, pairs.c.id).limit(limit))

    def line(self, match: str, since: int | None, limit: int, sources: Collection[str] = ()) -> list[tuple[int, str]]:
        """The places and ids of a match's pairs that differ, in the order of the queue, from place `since` on."""
        wanted = _asked(select(pairs.c.place, pairs.c.id).where(pairs.c.match == match), sources)
        if since is not None:
            wanted = wanted.where(pairs.c.place >= since)
        with self._database.read() as connection:
            found = connection.execute(wanted.order_by(pairs.c.place, pairs.c.id).limit(limit))
            return [(place, name) for place, name in found.tuples()]

    def front(self, match: str) -> int | None:
        """The first place in a match's queue; None where it has no pairs."""
        with self._database.read() as connection:
            return connection.execute(select(matches.c.front).where(matches.c.name == match)).scalar_one_or_none()

    def count_waiting(self, rater: str, match: str, most: int, sources: Collection[str] = ()) -> int:
        """How many pairs `waiting` would find, counted up to `most`."""
        some = _waiting(select(pairs.c.id), rater, match, sources).limit(most).subquery()
        return self._number(select(func.count()).select_from(some))

    def cast_by(self, rater: str, match: str | None = None) -> list[Feedback]:
        """A rater's votes as they stand, oldest first, in one match or in all."""
        wanted = standing_votes(feedback).where(*_of(rater, match)).order_by(feedback.c.id)
        with self._database.read() as connection:
            return [to_feedback(row) for row in connection.execute(wanted)]

    def last_cast_by(self, rater: str, match: str) -> Feedback | None:
        """The newest of a rater's votes that stand in a match."""
        wanted = standing_votes(feedback).where(*_of(rater, match)).order_by(feedback.c.id.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(wanted).one_or_none()
        return to_feedback(row) if row else None

    def count_cast_by(self, rater: str, match: str) -> int:
        """How many of a rater's votes stand in a match."""
        return self._number(standing_votes(func.count()).where(*_of(rater, match)))

    def has_cast(self, rater: str, subject: str) -> bool:
        """Whether a rater's vote on a pair (its id, or that and AGAIN) stands."""
        wanted = select(func.count()).select_from(feedback).where(
            feedback.c.kind == "vote", feedback.c.rater == rater, feedback.c.subject == subject, stands()
        )  # fmt: skip
        return self._number(wanted) > 0

    def votes(self, match: str | None = None, *, scripted: bool | None = None) -> list[Vote]:
        """What every rater last said of every pair, oldest first; votes taken back are left out.

        In one match only, if it is named; of scripts or of people only, as `scripted` says.
        """
        wanted = whole_votes() if match is None else whole_votes().where(of_matches([match]))
        if scripted is not None:
            wanted = wanted.where(feedback.c.scripted == scripted)
        with self._database.read() as connection:
            return [to_vote(row) for row in connection.execute(wanted.order_by(feedback.c.id))]

    def votes_in(self, matches: Collection[str]) -> dict[str, list[Vote]]:
        """The votes of each of these matches, as in `votes`."""
        found: dict[str, list[Vote]] = {match: [] for match in matches}
        with self._database.read() as connection:
            for row in connection.execute(whole_votes().where(of_matches(matches)).order_by(feedback.c.id)):
                found[match_of(row.left_run, row.right_run)].append(to_vote(row))
        return found

    def raters(self, match: str | None = None, *, first_looks: bool = False) -> list[RaterCount]:
        """Who cast how many of the votes that stand, whoever came first first; in one match, or in all.

        With `first_looks`, votes on pairs that were shown again are left out.
        """
        wanted = standing_votes(feedback.c.rater, feedback.c.scripted, func.count(), func.min(feedback.c.id))
        if match is not None:
            wanted = wanted.where(of_matches([match]))
        if first_looks:
            wanted = wanted.where(not_(SECOND_LOOK))
        with self._database.read() as connection:
            return rater_counts(connection.execute(wanted.group_by(feedback.c.rater, feedback.c.scripted)).tuples())

    def decided(self) -> int:
        """How many votes prefer one answer, at first sight, to one that says something else."""
        return self._number(standing_votes(func.count()).where(DECIDED))

    def preferred(self, *, scripted: bool | None = None, until: int | None = None) -> int:
        """Of how many pairs of answers that say different things most votes prefer one, second looks among them.

        `scripted` and `until` say which votes count, as in `Ratings.current`.
        """
        given = preferences(until)
        if scripted is not None:
            given = given.where(feedback.c.scripted == scripted)
        each = given.subquery()
        balance = func.sum(case((each.c.better == each.c.one, 1), else_=-1))
        pair = select(each.c.one).group_by(each.c.one, each.c.other).having(balance != 0).subquery()
        return self._number(select(func.count()).select_from(pair))

    def take_in(self, said: Iterable[Answer], made: Sequence[Pair], ratings: Sequence[Feedback]) -> int:
        """Keep answers, pairs and ratings, all or nothing; what is there already is left as it is. Returns new ratings.

        The ratings must be one for each rater, kind and subject.
        """
        with self._database.write() as connection:
            insert_answers(connection, said)
            insert_pairs(connection, made, ahead=False)
            standing = standing_ratings(connection, ratings)
            new = [rating for rating in ratings if standing.get(rating_key(rating)) != rating.says]
            if new:
                connection.execute(insert(feedback), [feedback_row(rating) for rating in new])
        return len(new)

    def _read(self, wanted: Select[Any]) -> list[Pair]:
        with self._database.read() as connection:
            return [_to_pair(row) for row in connection.execute(wanted)]

    def _number(self, wanted: Select[Any]) -> int:
        with self._database.read() as connection:
            return int(connection.execute(wanted).scalar_one())


def new_pair(source: str, first: Answer, second: Answer) -> Pair:
    """A pair that is not in the store yet."""
    return Pair(new_id() + new_id(), source, first, second)


def _whole_pairs() -> Select[Any]:
    """Pairs with both answers, all that `_to_pair` reads."""
    sides = [column.label(f"{name}_{column.name}") for name, side in SIDES.items() for column in side.c]
    return _with_answers(select(pairs.c.id, pairs.c.source, *sides))


def _with_answers(wanted: Select[Any]) -> Select[Any]:
    """A select of pairs, with LEFT and RIGHT their first and second answer."""
    both = wanted.select_from(pairs).join(LEFT, LEFT.c.id == pairs.c.first)
    return both.join(RIGHT, RIGHT.c.id == pairs.c.second)


def _to_pair(row: Row[Any]) -> Pair:
    return Pair(row.id, row.source, *(to_answer(row, f"{name}_") for name in SIDES))


def _waiting(wanted: Select[Any], rater: str, match: str, sources: Collection[str]) -> Select[Any]:
    """Those of a select of pairs that a rater has not voted on in a match, of `sources` only, if named."""
    cast = exists().where(
        feedback.c.kind == "vote", feedback.c.rater == rater, feedback.c.subject == pairs.c.id, stands()
    )
    return _asked(wanted.where(pairs.c.match == match, ~cast), sources)


def _asked(wanted: Select[Any], sources: Collection[str]) -> Select[Any]:
    """Those of a select of pairs that are a question, of `sources` only, if named."""
    found = wanted.where(not_(pairs.c.same))
    return found.where(pairs.c.source.in_(sources)) if sources else found


def _of(rater: str, match: str | None) -> list[ColumnElement[bool]]:
    """Whether a vote is a rater's, in one match or in all."""
    mine = feedback.c.rater == rater
    return [mine] if match is None else [mine, of_matches([match])]
