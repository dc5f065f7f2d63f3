"""The desk for answers given in conversations and what people said of them. Rows are added, never changed."""

import json
import time
from collections.abc import Collection, Sequence

from sqlalchemy import Engine, Row, func, insert, select

from lab.store.runs import new_id
from lab.store.schema import answers, feedback
from lab.store.shapes import Answer, Feedback


class Ratings:
    def __init__(self, engine: Engine):
        self._engine = engine

    def keep_answer(self, run: str, messages: Sequence[dict], text: str, settings: dict, fingerprint: str) -> Answer:
        """Keep one finished answer with all that produced it."""
        answer = Answer(new_id() + new_id(), run, tuple(messages), text, settings, fingerprint, time.time())
        row = {"id": answer.id, "run": run, "text": text, "fingerprint": fingerprint, "time": answer.time}
        packed = {"messages": json.dumps(list(messages), ensure_ascii=False), "settings": json.dumps(settings)}
        with self._engine.begin() as connection:
            connection.execute(insert(answers).values(**row, **packed))
        return answer

    def answer(self, answer_id: str) -> Answer | None:
        with self._engine.begin() as connection:
            row = connection.execute(select(answers).where(answers.c.id == answer_id)).one_or_none()
        return to_answer(row) if row else None

    def rate(self, rating: Feedback) -> Feedback:
        """Add a thumb, vote or edit; saying the same again adds nothing."""
        last = self._last(rating)
        if last and (last.verdict, last.reason) == (rating.verdict, rating.reason):
            return last
        row = {name: getattr(rating, name) for name in ("kind", "subject", "rater", "verdict", "answer", "other")}
        extra = {"reason": rating.reason, "scripted": rating.scripted, "time": time.time()}
        with self._engine.begin() as connection:
            connection.execute(insert(feedback).values(**row, **extra))
        return self._last(rating) or rating

    def answers(self, answer_ids: Collection[str]) -> dict[str, Answer]:
        """Many answers by id; unknown ids are left out."""
        found: dict[str, Answer] = {}
        wanted = sorted(answer_ids)
        with self._engine.begin() as connection:
            for begin in range(0, len(wanted), 500):  # databases limit the values of one statement
                some = select(answers).where(answers.c.id.in_(wanted[begin : begin + 500]))
                found |= {row.id: to_answer(row) for row in connection.execute(some)}
        return found

    def newest(self) -> int:
        """The number of the newest rating; 0 where there is none."""
        with self._engine.begin() as connection:
            return connection.execute(select(func.max(feedback.c.id))).scalar_one() or 0

    def current(self, kind: str | None = None, until: int | None = None) -> list[Feedback]:
        """What each rater last said of each subject, oldest first; thumbs taken back are left out.

        With `until`, as it was when the rating of that number had been given.
        """
        newest = select(func.max(feedback.c.id)).group_by(feedback.c.kind, feedback.c.rater, feedback.c.subject)
        if until is not None:
            newest = newest.where(feedback.c.id <= until)
        wanted = select(feedback).where(feedback.c.id.in_(newest), feedback.c.verdict != "none")
        if kind:
            wanted = wanted.where(feedback.c.kind == kind)
        with self._engine.begin() as connection:
            return [Feedback(**row._asdict()) for row in connection.execute(wanted.order_by(feedback.c.id))]

    def history(self) -> list[Feedback]:
        """Every row ever added, superseded ones too."""
        with self._engine.begin() as connection:
            return [Feedback(**row._asdict()) for row in connection.execute(select(feedback).order_by(feedback.c.id))]

    def _last(self, rating: Feedback) -> Feedback | None:
        same = [feedback.c[name] == getattr(rating, name) for name in ("kind", "subject", "rater")]
        with self._engine.begin() as connection:
            row = connection.execute(
                select(feedback).where(*same).order_by(feedback.c.id.desc()).limit(1)
            ).one_or_none()
        return Feedback(**row._asdict()) if row else None


def to_answer(row: Row) -> Answer:
    """A row of the table of answers as an answer."""
    fields = row._asdict()
    return Answer(**fields | {"messages": tuple(json.loads(row.messages)), "settings": json.loads(row.settings)})
