"""What a vote is in the tables: queries for the votes that stand, in all matches or some, and rows read as votes.

A vote is a row of feedback whose subject is the pair's id, or that id and AGAIN when the pair was shown a second time.
Votes are of a match through their answers, not through the pair: a file can bring votes without one.
"""

from collections.abc import Collection
from sys import intern
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, not_, select

from lab.store.rows import stands
from lab.store.schema import answers, feedback
from lab.store.shapes import Vote

AGAIN = "/again"
FILED = "f-"
"""How the id of a pair begins that a file brought."""
LEFT, RIGHT = answers.alias("left_answer"), answers.alias("right_answer")
SECOND_LOOK = feedback.c.subject.endswith(AGAIN)
PREFERS = feedback.c.verdict.in_(("left", "right")) & (LEFT.c.text != RIGHT.c.text)
"""Whether a vote prefers one answer to one that says something else."""
DECIDED = PREFERS & not_(SECOND_LOOK)
"""The same of votes at first sight."""


def match_of(first: str, second: str) -> str:
    """The name of a match between two runs (as `Answer.run` names them), whichever is named first."""
    return "|".join(sorted((first, second)))


def standing_votes(*columns: Any, until: int | None = None) -> Select[Any]:
    """These columns of the votes that stand (or stood, as in `stands`); LEFT and RIGHT are their answers."""
    return (
        select(*columns)
        .select_from(feedback)
        .join(LEFT, LEFT.c.id == feedback.c.answer)
        .join(RIGHT, RIGHT.c.id == feedback.c.other)
        .where(feedback.c.kind == "vote", stands(until))
    )


def whole_votes() -> Select[Any]:
    """All that `to_vote` reads of the votes that stand."""
    equal = (LEFT.c.text == RIGHT.c.text).label("equal")
    return standing_votes(feedback, LEFT.c.run.label("left_run"), RIGHT.c.run.label("right_run"), equal)


def preferences(until: int | None = None) -> Select[Any]:
    """The votes for one of two answers that say different things: the pair as `one` and `other`, whichever side they
    were shown on, and the `better` of them."""
    left, right = feedback.c.answer, feedback.c.other
    sides = (case((left < right, left), else_=right), case((left < right, right), else_=left))
    better = case((feedback.c.verdict == "left", left), else_=right)
    columns = (sides[0].label("one"), sides[1].label("other"), better.label("better"))
    return standing_votes(*columns, until=until).where(PREFERS)


def of_matches(matches: Collection[str]) -> ColumnElement[bool]:
    """Whether a vote is of one of these matches."""
    sides = [side for match in matches for side in _sides(match)]
    players = sorted({player for side in sides for player in side})
    names = sorted({f"{one}|{other}" for side in sides for one, other in (side, side[::-1])})
    # the runs are indexed, the names of matches are not
    return LEFT.c.run.in_(players) & RIGHT.c.run.in_(players) & (LEFT.c.run + "|" + RIGHT.c.run).in_(names)


def _sides(match: str) -> list[tuple[str, str]]:
    """The two that a match is named after: more than one reading where a folder's name has a bar in it."""
    bars = [place for place, sign in enumerate(match) if sign == "|"]
    return [(match[:bar], match[bar + 1 :]) for bar in bars]


def to_vote(row: Row[Any]) -> Vote:
    """Told by answers in the order of their ids, so that the sides they were shown on make no difference."""
    swapped = row.answer > row.other
    first, second = (row.right_run, row.left_run) if swapped else (row.left_run, row.right_run)
    sides = {"left": "second", "right": "first"} if swapped else {"left": "first", "right": "second"}
    pair = "|".join(sorted((row.answer, row.other)))
    again = row.subject.endswith(AGAIN)
    winner = sides.get(row.verdict, row.verdict)
    left = "" if row.scripted or row.subject.startswith(FILED) else sides["left"]
    who = (intern(row.rater), row.scripted, again, intern(first), intern(second))
    return Vote(pair, *who, intern(winner), bool(row.equal), left)
