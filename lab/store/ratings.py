"""Answers given in conversations, and what people and scripts said of them. Rows are added, never changed.

So the number of the newest rating (`newest`) names a state of all feedback: what was counted then holds until it grows.
"""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, insert, literal, or_, select

from lab.store.counts import FeedbackCount, RaterCount
from lab.store.database import Database, batches
from lab.store.rows import answer_row, feedback_row, stands, to_answer, to_feedback
from lab.store.runs import new_id
from lab.store.schema import answers, feedback
from lab.store.shapes import Answer, Feedback, Message
from lab.visitors.visitor import BROWSER, MEMBER

EDITED = "edited"


class Ratings:
    def __init__(self, database: Database):
        self._database = database

    def keep_answer(
        self, run: str, messages: Sequence[Message], text: str, settings: Mapping[str, Any], fingerprint: str
    ) -> Answer:
        """Keep one finished answer with all that produced it."""
        answer = new_answer(run, messages, text, settings, fingerprint)
        with self._database.write() as connection:
            connection.execute(insert(answers).values(**answer_row(answer)))
        return answer

    def answer(self, answer_id: str) -> Answer | None:
        with self._database.read() as connection:
            row = connection.execute(select(answers).where(answers.c.id == answer_id)).one_or_none()
        return to_answer(row) if row else None

    def answers(self, answer_ids: Collection[str]) -> dict[str, Answer]:
        """Many answers by id; unknown ids are left out."""
        with self._database.read() as connection:
            return {
                row.id: to_answer(row)
                for some in batches(sorted(answer_ids))
                for row in connection.execute(select(answers).where(answers.c.id.in_(some)))
            }

    def rate(self, rating: Feedback) -> Feedback:
        """Add a thumb, vote or edit; saying the same again adds nothing."""
        with self._database.write() as connection:
            said = (rating.kind, rating.subject, rating.rater)
            last = _last(connection, *said)
            if last and last.says == rating.says:
                return last
            connection.execute(insert(feedback).values(**feedback_row(rating) | {"time": time.time()}))
            return _last(connection, *said) or rating

    def last(self, kind: str, rater: str, subject: str) -> Feedback | None:
        """What a rater last said of a subject, also where it took that back."""
        with self._database.read() as connection:
            return _last(connection, kind, subject, rater)

    def newest(self) -> int:
        """The number of the newest rating; 0 where there is none."""
        with self._database.read() as connection:
            return connection.execute(select(func.max(feedback.c.id))).scalar_one() or 0

    def current(
        self, *kinds: str, scripted: bool | None = None, until: int | None = None, since: int = 0,
        most: int | None = None,
    ) -> list[Feedback]:  # fmt: skip
        """What each rater last said of each subject, oldest first; what was taken back is left out.

        Of these kinds only, if any is named; of scripts or of people only, as `scripted` says. With `until`, as it was
        when the rating of that number had been given. Only the first `most` of a number above `since`, if these are
        given.
        """
        wanted = select(feedback).where(*_of(kinds, scripted), stands(until), feedback.c.id > since)
        with self._database.read() as connection:
            found = connection.execute(wanted.order_by(feedback.c.id).limit(most))
            return [to_feedback(row) for row in found]

    def count(self, *kinds: str, scripted: bool | None = None, until: int | None = None) -> int:
        """How much `current` would find."""
        wanted = select(func.count()).select_from(feedback).where(*_of(kinds, scripted), stands(until))
        with self._database.read() as connection:
            return connection.execute(wanted).scalar_one()

    def counts(self) -> list[FeedbackCount]:
        """How much there is in `current` by kind, verdict and whether scripts said so, in that order."""
        verdict = case((feedback.c.kind == "edit", literal(EDITED)), else_=feedback.c.verdict).label("said")
        wanted = select(feedback.c.kind, verdict, feedback.c.scripted, func.count().label("number"))
        with self._database.read() as connection:
            rows = connection.execute(wanted.where(stands()).group_by(feedback.c.kind, verdict, feedback.c.scripted))
            found = [FeedbackCount(row.kind, row.said, row.scripted, row.number) for row in rows]
        return sorted(found, key=lambda one: (one.kind, one.verdict, one.scripted))

    def raters(self, *kinds: str) -> list[RaterCount]:
        """Who said how much of `current`, whoever came first first; of these kinds only, if any is named."""
        wanted = select(feedback.c.rater, feedback.c.scripted, func.count(), func.min(feedback.c.id))
        wanted = wanted.where(*_of(kinds), stands())
        with self._database.read() as connection:
            return rater_counts(connection.execute(wanted.group_by(feedback.c.rater, feedback.c.scripted)).tuples())

    def brought(self, visitor: str | None, since: float) -> tuple[int, set[str]]:
        """How many ratings a visitor, or all of them, took in from files since then, and under which names ever."""
        begin = [f"{visitor} "] if visitor else [f"{BROWSER}% ", f"{MEMBER}% "]
        theirs = or_(*(feedback.c.rater.like(f"{one}%") for one in begin))
        with self._database.read() as connection:
            count = connection.execute(
                select(func.count()).select_from(feedback).where(theirs, feedback.c.time > since)
            ).scalar_one()
            return count, set(connection.execute(select(feedback.c.rater).where(theirs).distinct()).scalars())

    def of_runs(self, runs: Collection[str]) -> list[Feedback]:
        """Every row ever added about an answer of one of these runs, superseded ones too, oldest first."""
        left, right = answers.alias(), answers.alias()
        found: dict[int, Feedback] = {}
        with self._database.read() as connection:
            for some in batches(sorted(runs)):
                wanted = select(feedback).join(left, left.c.id == feedback.c.answer)
                wanted = wanted.outerjoin(right, right.c.id == feedback.c.other)
                theirs = or_(left.c.run.in_(some), right.c.run.in_(some))
                found |= {row.id: to_feedback(row) for row in connection.execute(wanted.where(theirs))}
        return [found[number] for number in sorted(found)]

    def history(self) -> list[Feedback]:
        """Every row ever added, superseded ones too."""
        with self._database.read() as connection:
            return [to_feedback(row) for row in connection.execute(select(feedback).order_by(feedback.c.id))]


def new_answer(
    run: str, messages: Sequence[Message], text: str, settings: Mapping[str, Any], fingerprint: str
) -> Answer:
    """An answer that is not in the store yet."""
    return Answer(new_id() + new_id(), run, tuple(messages), text, dict(settings), fingerprint, time.time())


def rater_counts(rows: Iterable[tuple[str, bool, int, int]]) -> list[RaterCount]:
    """Rows of rater, scripted, count and first number, as one count a rater, whoever came first first."""
    found: dict[str, RaterCount] = {}
    for rater, scripted, count, _ in sorted(rows, key=lambda row: row[3]):
        known = found.get(rater, RaterCount(rater, scripted, 0))
        found[rater] = RaterCount(rater, known.scripted, known.count + count)
    return list(found.values())


def _of(kinds: Collection[str], scripted: bool | None = None) -> list[ColumnElement[bool]]:
    """Whether a rating is of these kinds, if any is named, and by scripts or by people only, as `scripted` says."""
    found: list[ColumnElement[bool]] = [feedback.c.kind.in_(kinds)] if kinds else []
    return found if scripted is None else [*found, feedback.c.scripted == scripted]


def _last(connection: Connection, kind: str, subject: str, rater: str) -> Feedback | None:
    same = (feedback.c.kind == kind, feedback.c.rater == rater, feedback.c.subject == subject)
    newest = select(feedback).where(*same).order_by(feedback.c.id.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return to_feedback(row) if row else None
