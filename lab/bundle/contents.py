"""Runs, curves and votes as a bundle has them, and back. Plain data: nothing here opens a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from lab.bundle.shape import AnswerShape, CurvesShape, RatingShape, RunShape, SampleShape, VotesShape
from lab.feedback.scripted import SCRIPTED
from lab.home import Home
from lab.store import Answer, Feedback, Outcome, Pair, Point, Run, Sample
from lab.store.imported import without_imported
from lab.store.requests import EVICTED
from lab.store.shapes import plain
from lab.visitors.keys import PSEUDONYM, pseudonym

TRAVELS = tuple(name for name in RunShape.model_fields if name not in ("status", "outcome"))


def run_out(run: Run) -> dict[str, Any]:
    """A run as JSON, without machine, process, owner, and where it was imported from."""
    outcome = plain(asdict(without_imported(run.outcome)))
    return {name: getattr(run, name) for name in TRAVELS} | {"status": run.status.value, "outcome": outcome}


def run_in(told: RunShape, outcome: Outcome, weights: bool) -> Run:
    """A run that is taken in; one without weights is as one whose weights were removed."""
    fields = {name: getattr(told, name) for name in TRAVELS}
    return Run(**fields, status=told.over, outcome=outcome, request=None if weights else EVICTED)


def curves_out(points: Iterable[Point], samples: Iterable[Sample]) -> dict[str, Any]:
    """A run's curves and samples as JSON."""
    curves: dict[str, list[tuple[int, float, float]]] = {}
    for point in points:
        curves.setdefault(point.name, []).append((point.step, point.value, point.time))
    told = [{name: getattr(one, name) for name in SampleShape.model_fields} for one in samples]
    return {"curves": curves, "samples": told}


def curves_in(run: str, told: CurvesShape) -> tuple[list[Point], list[Sample]]:
    """A run's points, in the order of their times, and its samples."""
    points = [Point(0, run, name, *point) for name, line in told.curves.items() for point in line]
    samples = [Sample(run, one.step, one.position, one.prompt, one.answer, one.time) for one in told.samples]
    return sorted(points, key=lambda one: one.time), samples


def votes_out(
    pairs: Sequence[Pair], ratings: Sequence[Feedback], answers: Mapping[str, Answer], home: Home
) -> dict[str, Any]:
    """Pairs and ratings with the answers they are of, as JSON; people go by pseudonyms that nobody can undo."""
    said = {one.id: one for pair in pairs for one in (pair.first, pair.second)}
    said |= {name: answers[name] for one in ratings for name in (one.answer, one.other) if name in answers and name}
    return {
        "answers": [_answer_out(said[name]) for name in sorted(said)],
        "pairs": [
            {"id": one.id, "source": one.source, "first": one.first.id, "second": one.second.id} for one in pairs
        ],
        "ratings": [_rating_out(one, home) for one in ratings],
    }  # fmt: skip


def votes_in(told: VotesShape, known: Mapping[str, str]) -> tuple[list[Answer], list[Pair], list[Feedback]]:
    """The answers, pairs and ratings that are taken in; `known` has this lab's own raters by their pseudonyms."""
    answers = {one.id: _answer_in(one) for one in told.answers}
    pairs = [Pair(one.id, one.source, answers[one.first], answers[one.second]) for one in told.pairs]
    return list(answers.values()), pairs, [_rating_in(one, known) for one in told.ratings]


def named_out(rating: Feedback, home: Home) -> str:
    """Who rated, as a bundle says it: scripts by their names, people by a pseudonym, which stays what it is."""
    if (rating.scripted and rating.rater.startswith(SCRIPTED)) or PSEUDONYM.fullmatch(rating.rater):
        return rating.rater
    return pseudonym(home, rating.rater)


def _answer_out(answer: Answer) -> dict[str, Any]:
    return asdict(answer) | {"messages": [{"role": one["role"], "content": one["content"]} for one in answer.messages]}


def _answer_in(told: AnswerShape) -> Answer:
    messages = tuple({"role": one.role, "content": one.content} for one in told.messages)
    return Answer(told.id, told.run, messages, told.text, told.settings, told.fingerprint, told.time)


def _rating_out(rating: Feedback, home: Home) -> dict[str, Any]:
    told = {name: getattr(rating, name) for name in RatingShape.model_fields if name != "rater"}
    return told | {"rater": named_out(rating, home)}


def _rating_in(told: RatingShape, known: Mapping[str, str]) -> Feedback:
    fields = {name: getattr(told, name) for name in RatingShape.model_fields if name != "rater"}
    return Feedback(**fields, rater=known.get(told.rater, told.rater))
