"""The desk for pairs of answers that wait for votes, and for the votes on them; also takes in what comes from a file.

A vote is a row of feedback whose subject is the pair's id, or that id and AGAIN when the pair was shown a second time.
"""

import json
import time
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, Engine, Select, Table, and_, func, insert, not_, or_, select

from lab.store.ratings import to_answer
from lab.store.runs import new_id
from lab.store.schema import answers, feedback, pairs
from lab.store.shapes import Answer, Feedback, Pair, Vote

AGAIN = "/again"
SIDES = ("left", "right")


def match_of(first: str, second: str) -> str:
    """The name of a match between two runs (as `Answer.run` names them), whichever is named first."""
    return "|".join(sorted((first, second)))


def run_name(base: str) -> str:
    """How answers name who gave them: a run id, or `base:<name>`."""
    return base.removeprefix("run:") if base.startswith("run:") else f"base:{base}"


class Pairs:
    def __init__(self, engine: Engine):
        self._engine = engine

    def keep(self, made: Sequence[Pair], ahead: bool = False) -> None:
        """Put new pairs with their answers at the end of the queue, or (`ahead`) at its beginning."""
        with self._engine.begin() as connection:
            self._insert_answers(connection, [answer for pair in made for answer in (pair.first, pair.second)])
            self._insert_pairs(connection, made, ahead)

    def get(self, pair_id: str) -> Pair | None:
        found = self._read(select(pairs).where(pairs.c.id == pair_id))
        return found[0] if found else None

    def count(self, match: str) -> int:
        """How many pairs a match has, rated or not."""
        with self._engine.begin() as connection:
            wanted = select(func.count()).select_from(pairs).where(pairs.c.match == match)
            return connection.execute(wanted).scalar_one()

    def begun(self) -> dict[str, float]:
        """When the first pair of each match was made."""
        wanted = select(pairs.c.match, func.min(pairs.c.time)).group_by(pairs.c.match)
        with self._engine.connect().execution_options(lab_read_only=True) as connection:
            return dict(map(tuple, connection.execute(wanted)))

    def waiting(self, rater: str, match: str, limit: int, sources: Collection[str] = ()) -> list[Pair]:
        """Pairs of a match that a rater has not voted on, in the order of the queue; of `sources` only, if named."""
        done = _current(rater).where(not_(feedback.c.subject.endswith(AGAIN)))
        wanted = select(pairs).where(pairs.c.match == match, pairs.c.id.not_in(_column(done, "subject")))
        if sources:
            wanted = wanted.where(pairs.c.source.in_(sources))
        return self._read(wanted.order_by(pairs.c.place, pairs.c.id).limit(limit))

    def cast_by(self, rater: str, match: str | None = None) -> list[Feedback]:
        """A rater's votes as they stand, oldest first, in one match or in all."""
        wanted = _current(rater)
        if match:
            first, second = answers.alias(), answers.alias()
            names = match.split("|")
            runs = or_(
                and_(first.c.run == names[0], second.c.run == names[-1]),
                and_(first.c.run == names[-1], second.c.run == names[0]),
            )
            wanted = wanted.join(first, first.c.id == feedback.c.answer).join(second, second.c.id == feedback.c.other)
            wanted = wanted.where(runs)
        with self._engine.begin() as connection:
            return [Feedback(**row._asdict()) for row in connection.execute(wanted.order_by(feedback.c.id))]

    def votes(self, match: str | None = None) -> list[Vote]:
        """What every rater last said of every pair, oldest first; votes taken back are left out."""
        left, right = answers.alias(), answers.alias()
        wanted = (
            select(feedback, left.c.run.label("left_run"), right.c.run.label("right_run"),
                   (left.c.text == right.c.text).label("equal"))
            .join(left, left.c.id == feedback.c.answer).join(right, right.c.id == feedback.c.other)
            .where(feedback.c.kind == "vote", feedback.c.verdict != "none", feedback.c.id.in_(_newest()))
        )  # fmt: skip
        with self._engine.begin() as connection:
            every = [_to_vote(row) for row in connection.execute(wanted.order_by(feedback.c.id))]
        return [vote for vote in every if match in (None, match_of(vote.first, vote.second))]

    def take_in(self, said: Iterable[Answer], made: Sequence[Pair], ratings: Sequence[Feedback]) -> int:
        """Keep answers, pairs and ratings, all or nothing; what is there already is left as it is. Returns new ratings.

        The ratings must be one for each rater, kind and subject.
        """
        now = time.time()
        with self._engine.begin() as connection:
            self._insert_answers(connection, said)
            self._insert_pairs(connection, made, ahead=False)
            standing = {
                (row.kind, row.rater, row.subject): (row.verdict, row.reason)
                for row in connection.execute(select(feedback).where(feedback.c.id.in_(_newest())))
            }
            new = [
                rating for rating in ratings
                if standing.get((rating.kind, rating.rater, rating.subject)) != (rating.verdict, rating.reason)
            ]  # fmt: skip
            if new:
                connection.execute(insert(feedback), [_feedback_row(rating, now) for rating in new])
        return len(new)

    def _insert_answers(self, connection: Connection, said: Iterable[Answer]) -> None:
        by_id = {answer.id: answer for answer in said}
        new = by_id.keys() - _known(connection, answers, by_id)
        if new:
            connection.execute(insert(answers), [_answer_row(by_id[name]) for name in by_id if name in new])

    def _insert_pairs(self, connection: Connection, made: Sequence[Pair], ahead: bool) -> None:
        by_id = {pair.id: pair for pair in made}
        new = by_id.keys() - _known(connection, pairs, by_id)
        edge = connection.execute(select(func.min(pairs.c.place) if ahead else func.max(pairs.c.place))).scalar_one()
        start = (edge or 0) - len(new) if ahead else (edge or 0) + 1
        rows = [
            {"id": pair.id, "place": start + i, "match": match_of(pair.first.run, pair.second.run),
             "source": pair.source, "first": pair.first.id, "second": pair.second.id, "time": time.time()}
            for i, pair in enumerate(by_id[name] for name in by_id if name in new)
        ]  # fmt: skip
        if rows:
            connection.execute(insert(pairs), rows)

    def _read(self, wanted: Select) -> list[Pair]:
        with self._engine.begin() as connection:
            rows = connection.execute(wanted).all()
            names = [name for row in rows for name in (row.first, row.second)]
            said = {
                row.id: to_answer(row)
                for begin in range(0, len(names), 500)  # databases limit the values of one statement
                for row in connection.execute(select(answers).where(answers.c.id.in_(names[begin : begin + 500])))
            }
        return [Pair(row.id, row.source, said[row.first], said[row.second]) for row in rows]


def new_answer(run: str, messages: Sequence[dict], text: str, settings: dict, fingerprint: str) -> Answer:
    """An answer that is not in the store yet."""
    return Answer(new_id() + new_id(), run, tuple(messages), text, settings, fingerprint, time.time())


def new_pair(source: str, first: Answer, second: Answer) -> Pair:
    """A pair that is not in the store yet."""
    return Pair(new_id() + new_id(), source, first, second)


def _newest() -> Select:
    return select(func.max(feedback.c.id)).group_by(feedback.c.kind, feedback.c.rater, feedback.c.subject)


def _current(rater: str) -> Select:
    """A rater's votes that stand."""
    mine = select(func.max(feedback.c.id)).where(feedback.c.kind == "vote", feedback.c.rater == rater)
    newest = mine.group_by(feedback.c.subject)
    return select(feedback).where(feedback.c.id.in_(newest), feedback.c.verdict != "none")


def _column(wanted: Select, name: str) -> Select:
    return wanted.with_only_columns(feedback.c[name])


def _known(connection: Connection, table: Table, names: Collection[str]) -> set[str]:
    wanted, known = sorted(names), set()
    for begin in range(0, len(wanted), 500):
        known |= set(connection.scalars(select(table.c.id).where(table.c.id.in_(wanted[begin : begin + 500]))))
    return known


def _answer_row(answer: Answer) -> dict[str, object]:
    packed = {
        "messages": json.dumps(list(answer.messages), ensure_ascii=False),
        "settings": json.dumps(answer.settings),
    }
    plain = {name: getattr(answer, name) for name in ("id", "run", "text", "fingerprint")}
    return plain | packed | {"time": answer.time or time.time()}


def _feedback_row(rating: Feedback, now: float) -> dict[str, object]:
    names = ("kind", "subject", "rater", "verdict", "answer", "other", "reason", "scripted")
    return {name: getattr(rating, name) for name in names} | {"time": rating.time or now}


def _to_vote(row: object) -> Vote:
    """Told by answers in the order of their ids, so that the sides they were shown on make no difference."""
    swapped = row.answer > row.other
    runs = (row.right_run, row.left_run) if swapped else (row.left_run, row.right_run)
    places = ("second", "first") if swapped else ("first", "second")
    winner = dict(zip(SIDES, places, strict=True)).get(row.verdict, row.verdict)
    pair = "|".join(sorted((row.answer, row.other)))
    again = row.subject.endswith(AGAIN)
    return Vote(pair, row.rater, row.scripted, again, *runs, winner, bool(row.equal))
