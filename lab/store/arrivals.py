"""Runs with all that was said and measured of them, taken in from elsewhere: in one transaction, or not at all."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select

from lab.errors import RunError
from lab.store.database import Database, batches
from lab.store.rows import feedback_row, to_answer, to_feedback
from lab.store.schema import answers, feedback, pairs, points, runs, samples
from lab.store.shapes import Answer, Feedback, Pair, Point, Run, Sample
from lab.store.taking_in import insert_answers, insert_pairs

POINT = ("run", "name", "step", "value", "time")
SAMPLE = ("run", "step", "position", "prompt", "answer", "time")


@dataclass(frozen=True)
class Arrivals:
    """What is taken in together."""

    runs: Sequence[Run]
    points: Sequence[Point]
    samples: Sequence[Sample]
    answers: Sequence[Answer]
    pairs: Sequence[Pair]
    ratings: Sequence[Feedback]


def arrive(database: Database, new: Arrivals) -> None:
    """Add all of it. Raises RunError, and adds nothing, where a run is here already, or where an answer or a pair of
    the same id says something else."""
    with database.write() as connection:
        _check(connection, new)
        last = connection.execute(select(func.coalesce(func.max(runs.c.position), 0))).scalar_one()
        _add(connection, runs, [_row(run) | {"position": last + i} for i, run in enumerate(new.runs, start=1)])
        _add(connection, points, [{name: getattr(one, name) for name in POINT} for one in new.points])
        _add(connection, samples, [{name: getattr(one, name) for name in SAMPLE} for one in new.samples])
        insert_answers(connection, new.answers)
        insert_pairs(connection, list(new.pairs), ahead=False)
        known = _said(connection, new.ratings)
        _add(connection, feedback, [feedback_row(one) for one in new.ratings if _key(one) not in known])


def _row(run: Run) -> dict[str, Any]:
    return asdict(run) | {"outcome": run.outcome.to_json()}


def _add(connection: Connection, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    for some in batches(rows):
        connection.execute(insert(table), list(some))


def _check(connection: Connection, new: Arrivals) -> None:
    ids = [run.id for run in new.runs]
    if there := connection.scalars(select(runs.c.id).where(runs.c.id.in_(ids))).first():
        raise RunError(f"run {there} is here already", do="nothing was imported.")
    told = {one.id: one for one in new.answers}
    for some in batches(sorted(told)):
        for row in connection.execute(select(answers).where(answers.c.id.in_(some))):
            if to_answer(row) != told[row.id]:
                raise RunError(f"answer {row.id} is here already, and says something else", do="nothing was imported.")
    sides = {one.id: (one.first.id, one.second.id) for one in new.pairs}
    for some in batches(sorted(sides)):
        for row in connection.execute(select(pairs.c.id, pairs.c.first, pairs.c.second).where(pairs.c.id.in_(some))):
            if (row.first, row.second) != sides[row.id]:
                raise RunError(f"pair {row.id} is here already, and is another one", do="nothing was imported.")


def _key(one: Feedback) -> tuple[Any, ...]:
    return one.kind, one.subject, one.rater, one.verdict, one.answer, one.other, one.reason, one.time


def _said(connection: Connection, ratings: Sequence[Feedback]) -> set[tuple[Any, ...]]:
    """What of these ratings is there already: votes outlive the runs they are of."""
    subjects, found = sorted({one.subject for one in ratings}), set()
    for some in batches(subjects):
        found |= {
            _key(to_feedback(row)) for row in connection.execute(select(feedback).where(feedback.c.subject.in_(some)))
        }
    return found
