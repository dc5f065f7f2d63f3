"""Feedback in the order in which it was given, from some row on: what whoever keeps sums of it has to read."""

from dataclasses import dataclass
from sys import intern
from typing import Any

from sqlalchemy import Row, Select, case, literal, null, select

from lab.store.database import Database
from lab.store.rows import NONE
from lab.store.schema import feedback
from lab.store.shapes import Vote
from lab.store.votes import LEFT, RIGHT, to_vote

EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of feedback; `said` is None where it takes back what was said before, 'edited' for an edit."""

    id: int
    kind: str
    rater: str
    subject: str
    said: str | None
    scripted: bool
    vote: Vote | None


def read_log(database: Database, since: int, most: int) -> list[Entry]:
    """The rows after the one with that number, oldest first."""
    with database.read() as connection:
        rows = connection.execute(_LOG.where(feedback.c.id > since).limit(most)).all()
    return [_entry(row) for row in rows]


def _entry(row: Row[Any]) -> Entry:
    """The texts that many rows say alike are kept once, for whoever keeps a million entries."""
    vote = to_vote(row) if row.kind == "vote" and row.said and row.other else None
    said = None if row.said is None else intern(row.said)
    return Entry(row.id, intern(row.kind), intern(row.rater), row.subject, said, bool(row.scripted), vote)


def _log() -> Select[Any]:
    said = case(
        (feedback.c.verdict == NONE, null()), (feedback.c.kind == "edit", literal(EDITED)), else_=feedback.c.verdict
    )
    columns = [feedback.c[name] for name in ("id", "kind", "rater", "subject", "scripted", "answer", "other")]
    # of a vote the verdict is a word; of an edit it is a text of any length, which is not read
    verdict = case((feedback.c.kind == "vote", feedback.c.verdict), else_="")
    equal = (LEFT.c.text == RIGHT.c.text).label("equal")
    runs = (LEFT.c.run.label("left_run"), RIGHT.c.run.label("right_run"))
    wanted = select(*columns, said.label("said"), verdict.label("verdict"), *runs, equal)
    joined = wanted.select_from(feedback).join(LEFT, LEFT.c.id == feedback.c.answer)
    return joined.outerjoin(RIGHT, RIGHT.c.id == feedback.c.other).order_by(feedback.c.id)


_LOG = _log()
