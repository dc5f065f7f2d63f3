"""Answers, pairs and ratings as rows that are added to the tables: what is there already is left as it is."""

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, case, func, insert, select, update

from lab.store.database import batches
from lab.store.rows import answer_row, to_feedback
from lab.store.schema import answers, feedback, matches, pairs
from lab.store.shapes import Answer, Feedback, Pair
from lab.store.votes import match_of


def insert_answers(connection: Connection, said: Iterable[Answer]) -> None:
    by_id = {answer.id: answer for answer in said}
    new = by_id.keys() - _known(connection, answers, by_id)
    if new:
        connection.execute(insert(answers), [answer_row(by_id[name]) for name in by_id if name in new])


def insert_pairs(connection: Connection, made: Sequence[Pair], ahead: bool) -> None:
    by_id = {pair.id: pair for pair in made}
    new = by_id.keys() - _known(connection, pairs, by_id)
    edge = connection.execute(select(func.min(pairs.c.place) if ahead else func.max(pairs.c.place))).scalar_one()
    start = (edge or 0) - len(new) if ahead else (edge or 0) + 1
    rows = [
        {"id": pair.id, "place": start + i, "match": match_of(pair.first.run, pair.second.run),
         "source": pair.source, "first": pair.first.id, "second": pair.second.id, "time": time.time(),
         "same": pair.first.text == pair.second.text}
        for i, pair in enumerate(by_id[name] for name in by_id if name in new)
    ]  # fmt: skip
    if rows:
        connection.execute(insert(pairs), rows)
        _add_up(connection, rows)


def _add_up(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add new pairs to the sums of their matches."""
    by_match: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_match[row["match"]].append(row)
    for name, new in by_match.items():
        count, same = len(new), sum(row["same"] for row in new)
        front, began = min(row["place"] for row in new), min(row["time"] for row in new)
        nearer = case((matches.c.front < front, matches.c.front), else_=front)
        more = {"pairs": matches.c.pairs + count, "same": matches.c.same + same, "front": nearer}
        if not connection.execute(update(matches).where(matches.c.name == name).values(**more)).rowcount:
            sums = {"pairs": count, "same": same, "began": began, "front": front}
            connection.execute(insert(matches).values(name=name, **sums))


def _known(connection: Connection, table: Table, ids: Collection[str]) -> set[str]:
    """Those of the ids that a table has already."""
    known: set[str] = set()
    for some in batches(sorted(ids)):
        known |= set(connection.scalars(select(table.c.id).where(table.c.id.in_(some))))
    return known


def standing_ratings(
    connection: Connection, ratings: Sequence[Feedback]
) -> dict[tuple[str, str, str], tuple[str, str]]:
    """What the same raters last said of the same subjects (`Feedback.says`); a rating taken back says 'none'."""
    raters = sorted({rating.rater for rating in ratings})
    subjects = sorted({rating.subject for rating in ratings})
    found: dict[tuple[str, str, str], tuple[str, str]] = {}
    for some in batches(subjects):
        same = select(feedback).where(feedback.c.subject.in_(some), feedback.c.rater.in_(raters))
        for row in connection.execute(same.order_by(feedback.c.id)):
            found[row.kind, row.rater, row.subject] = to_feedback(row).says
    return found


def rating_key(rating: Feedback) -> tuple[str, str, str]:
    return rating.kind, rating.rater, rating.subject
