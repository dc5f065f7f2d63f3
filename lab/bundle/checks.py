"""What is believed of a bundle's JSON: plain values of bounded size, outcomes whose figures and pictures have their
shapes, recipes that this lab can read, votes on answers that are there."""

import dataclasses
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from lab.bundle.shape import VERDICTS, RunShape, VotesShape
from lab.errors import DataError, LabError, cut, shown
from lab.model_ref import BASE
from lab.recipe import parse_recipe
from lab.store import Outcome
from lab.store.movement import Moved, Movement
from lab.store.pictures import Lines, Matrix, Picture, Scores, Spans, Texts
from lab.store.votes import AGAIN

OTHER = "ask for another copy of it."
DEPTH, MOST_VALUES, MOST_LETTERS = 24, 5_000_000, 2_000_000
LARGEST = 2**53
"""Whole numbers beyond it are no longer told apart by pages."""
_OUTCOMES: TypeAdapter[Outcome] = TypeAdapter(Outcome)
_MOVED: TypeAdapter[tuple[Moved, ...]] = TypeAdapter(tuple[Moved, ...])


def check_plain(value: Any, where: str) -> None:
    """Raise DataError for values that are too deep, too many, too long or not finite. Not recursive."""
    ahead, count = [(value, 0)], 0
    while ahead:
        one, depth = ahead.pop()
        count += 1
        if depth > DEPTH or count > MOST_VALUES:
            raise DataError("its values are too deep, or too many", where=where, do=OTHER)
        if isinstance(one, dict):
            ahead += [(part, depth + 1) for pair in one.items() for part in pair]
        elif isinstance(one, list | tuple):
            ahead += [(part, depth + 1) for part in one]
        else:
            _check_one(one, where)


def outcome_in(told: RunShape, where: str) -> Outcome:
    """A run's outcome; raises DataError where its figures are no figures, or a picture has not its shape."""
    check_plain(told.outcome, where)
    known = {field.name for field in dataclasses.fields(Outcome)}
    if odd := sorted(set(told.outcome) - known):
        raise DataError(f"it has a figure called {shown(odd[0])}, which this lab does not know", where=where,
                        do="update Parrot Lab.")  # fmt: skip
    try:
        text = json.dumps(told.outcome)
        _OUTCOMES.validate_json(text, strict=True)
        found = Outcome.from_json(text)
        moved = Movement.unpack(found.moved)
        _MOVED.validate_python([dataclasses.asdict(one) for one in moved.modules])
    except (ValidationError, ValueError, TypeError) as problem:
        raise DataError(f"its figures can't be read ({_first(problem)})", where=where, do=OTHER) from None
    for name, picture in found.pictures.items():
        if not _fits(picture):
            raise DataError(f"its picture {shown(name)} has parts of different lengths", where=where, do=OTHER)
    return found


def check_recipe(told: RunShape, where: str) -> None:
    """Raise DataError for a recipe that this lab can't read, or one of another run."""
    try:
        recipe = parse_recipe(told.recipe, where="its recipe")
    except LabError as problem:
        raise DataError(f"its recipe can't be read here ({cut(str(problem), 300)})", where=where,
                        do="update Parrot Lab, or ask for another copy of it.") from None  # fmt: skip
    if recipe.base != told.base or len(recipe.variants) != 1:
        raise DataError("its recipe is that of another run", where=where, do=OTHER)


def check_votes(told: VotesShape, runs: Sequence[str], where: str) -> None:
    """Raise DataError for ratings of answers that are not there, or answers of runs that are not in the bundle."""
    check_plain([one.settings for one in told.answers], where)
    answers = {one.id: one for one in told.answers}
    _check_alone([one.id for one in told.answers], "answer", where)
    _check_alone([one.id for one in told.pairs], "pair", where)
    mine = set(runs)
    for answer in told.answers:
        if answer.run not in mine and not answer.run.startswith(BASE):
            raise DataError(f"answer {answer.id} is of {shown(answer.run)}, which is not in it", where=where, do=OTHER)
    pairs = {one.id: {one.first, one.second} for one in told.pairs}
    for pair in told.pairs:
        if pair.first not in answers or pair.second not in answers:
            raise DataError(f"pair {pair.id} is of answers that are not in it", where=where, do=OTHER)
    for one in told.ratings:
        sides = {one.answer} | ({one.other} if one.other else set())
        if not sides <= answers.keys() or (one.kind == "vote") != (one.other is not None):
            raise DataError(f"a {one.kind} is of answers that are not in it", where=where, do=OTHER)
        if one.kind in VERDICTS and one.verdict not in VERDICTS[one.kind]:
            raise DataError(f"a {one.kind} says {shown(one.verdict)}", where=where, do=OTHER)
        if one.scripted != one.rater.startswith("scripted:"):
            raise DataError(f"{one.rater} votes as what it is not", where=where, do=OTHER)
        of = pairs.get(one.subject.removesuffix(AGAIN), sides) if one.kind == "vote" else {one.subject}
        if of != sides:
            raise DataError(f"a {one.kind} is of other answers than its subject", where=where, do=OTHER)


def _check_alone(names: Sequence[str], what: str, where: str) -> None:
    if len(set(names)) < len(names):
        raise DataError(f"an {what} is in it twice".replace("an pair", "a pair"), where=where, do=OTHER)


def _check_one(one: Any, where: str) -> None:
    if isinstance(one, str):
        if len(one) > MOST_LETTERS or "\0" in one or not _is_whole(one):
            raise DataError("it has a text that is too long, or half a letter", where=where, do=OTHER)
    elif isinstance(one, float):
        if not math.isfinite(one):
            raise DataError("it has a number that is not finite", where=where, do=OTHER)
    elif isinstance(one, int) and abs(one) > LARGEST:
        raise DataError("it has a number that is too large", where=where, do=OTHER)


def _is_whole(text: str) -> bool:
    return text.isascii() or "\ufffd" in text or text.encode("utf-8", "replace").decode() == text


def _fits(picture: Picture) -> bool:
    """Whether a picture's parts are as long as each other, as those who draw it expect."""
    if isinstance(picture, Matrix | Scores):
        square = len(picture.values) == len(picture.rows)
        square = square and all(len(row) == len(picture.columns) for row in picture.values)
        if isinstance(picture, Scores):
            lengths = (len(picture.learned), len(picture.measures), len(picture.counts))
            square = square and lengths == (len(picture.rows), len(picture.columns), len(picture.columns))
        return square
    if isinstance(picture, Lines):
        return len(picture.names) == len(picture.points)
    if isinstance(picture, Texts):
        wide = all(len(row) == len(picture.columns) for row in picture.rows)
        return wide and len(picture.right) in (0, len(picture.rows))
    if isinstance(picture, Spans):
        sides = (picture.tokens, picture.wanted, picture.said)
        return len(set(map(len, sides))) == 1 and all(len(set(map(len, row))) == 1 for row in zip(*sides, strict=True))
    parts: Mapping[str, Any] = {name: value for name, value in vars(picture).items() if isinstance(value, tuple)}
    return len({len(value) for name, value in parts.items() if name not in ("steps", "grown")}) <= 1


def _first(problem: Exception) -> str:
    if isinstance(problem, ValidationError):
        one = problem.errors(include_url=False, include_input=False)[0]
        return cut(f"{'.'.join(map(str, one['loc']))}: {one['msg']}", 200)
    return cut(str(problem), 200)
