"""Answers and feedback as rows of their tables and back, and which row of feedback stands."""

import json
import time
from typing import Any

from sqlalchemy import ColumnElement, Row, exists

from lab.store.schema import answers, feedback
from lab.store.shapes import Answer, Feedback

ANSWER_FIELDS = tuple(column.name for column in answers.c)
NONE = "none"
"""The verdict that takes a rating back."""


def to_answer(row: Row[Any], side: str = "") -> Answer:
    """A row of the table of answers as an answer; where the row holds several, that whose columns begin with `side`."""
    fields = {name: row._mapping[side + name] for name in ANSWER_FIELDS}
    unpacked = {"messages": tuple(json.loads(fields["messages"])), "settings": json.loads(fields["settings"])}
    return Answer(**fields | unpacked)


def answer_row(answer: Answer) -> dict[str, object]:
    return {
        "id": answer.id, "run": answer.run, "text": answer.text, "fingerprint": answer.fingerprint,
        "messages": json.dumps(list(answer.messages), ensure_ascii=False), "settings": json.dumps(answer.settings),
        "time": answer.time or time.time(),
    }  # fmt: skip


def to_feedback(row: Row[Any]) -> Feedback:
    """A row of the table of feedback as feedback."""
    return Feedback(
        row.kind, row.subject, row.rater, row.verdict, row.answer, row.other, row.reason, row.scripted, row.id, row.time
    )


def feedback_row(rating: Feedback) -> dict[str, object]:
    names = ("kind", "subject", "rater", "verdict", "answer", "other", "reason", "scripted")
    return {name: getattr(rating, name) for name in names} | {"time": rating.time or time.time()}


def stands(until: int | None = None) -> ColumnElement[bool]:
    """Whether a row of feedback is what its rater last said of its subject, and was not taken back.

    With `until`, whether it was so when the rating of that number had been given.
    """
    later = feedback.alias()
    same = (later.c[name] == feedback.c[name] for name in ("kind", "rater", "subject"))
    superseded = exists().where(*same, later.c.id > feedback.c.id)
    if until is None:
        return ~superseded & (feedback.c.verdict != NONE)
    return ~superseded.where(later.c.id <= until) & (feedback.c.id <= until) & (feedback.c.verdict != NONE)
