"""What a student is worth beside its teacher: how alike they answer, and what the teacher's text was worth."""

from collections.abc import Sequence
from typing import Any

from lab.data import DataSet
from lab.data.encode import ANSWERS, wanted_answer
from lab.evaluate.answers import exact_match, matches, overlaps
from lab.evaluate.evaluator import spread
from lab.evaluate.graded import Graded
from lab.evaluate.intervals import mean_interval, share_interval
from lab.home import Home
from lab.objectives.distilling.rows import Lesson, question_of
from lab.objectives.distilling.writing import Writing, written_by
from lab.recipe import ResolvedStage
from lab.store.pictures import Texts

SHOWN = 12
"""Questions in the picture of a run."""


def likeness(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int, trained: bool
) -> Graded:
    """`like_teacher`: the words that student and teacher share in greedy answers to held-out questions (F1). Of a student
    that has learned also `teacher_exact_match`, the teacher's own right answers, where the data has them."""
    rows = spread(data.held_out, limit)
    if not rows:
        return Graded()
    asked, taught = _taught(rows, data.format, stage, home)
    shared = overlaps(_said(model, tokenizer, asked, stage), taught)
    found = Graded({"like_teacher": sum(shared) / len(shared)}, {"like_teacher": mean_interval(shared)})
    if trained and data.format in ANSWERS:
        right = exact_match(taught, [wanted_answer(row, data.format) for row in rows])
        found += Graded({"teacher_exact_match": right}, {"teacher_exact_match": share_interval(right, len(rows))})
    return found


def lesson_figures(lessons: Sequence[Lesson]) -> Graded:
    """The share of the teacher's answers that is learned, and of those the share that says what the data says, where it
    says anything; this is told alone, and decides nothing."""
    if not lessons:
        return Graded()
    kept = [one for one in lessons if one.fate == "kept"]
    found = Graded({"taught_kept": len(kept) / len(lessons)})
    known = [one.right for one in kept if one.right is not None]
    if known:
        share = sum(known) / len(known)
        found += Graded({"taught_right": share}, {"taught_right": share_interval(share, len(known))})
    return found


def drawn(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, lessons: Sequence[Lesson]
) -> dict[str, Texts]:
    """Some questions with what the teacher wrote and what the student says now: `taught`, of those it learned, and
    `like_teacher`, of held-out ones; a tick where they say the same."""
    found = {}
    if kept := spread([one for one in lessons if one.fate == "kept"], SHOWN):
        said = _said(model, tokenizer, [one.question for one in kept], stage)
        found["taught"] = _texts([one.question for one in kept], [one.answer for one in kept], said)
    if rows := spread(data.held_out, SHOWN):
        asked, taught = _taught(rows, data.format, stage, home)
        found["like_teacher"] = _texts(asked, taught, _said(model, tokenizer, asked, stage))
    return found


def _texts(asked: Sequence[Sequence[dict[str, Any]]], taught: Sequence[str], said: Sequence[str]) -> Texts:
    questions = [str(question[-1]["content"]) for question in asked]
    alike = tuple(bool(one) for one in matches(said, taught))
    return Texts(("asked", "teacher", "student"), tuple(zip(questions, taught, said, strict=True)), alike)


def _taught(
    rows: Sequence[dict[str, Any]], format: str, stage: ResolvedStage, home: Home
) -> tuple[list[list[dict[str, Any]]], list[str]]:
    """Held-out questions, and what the teacher answers them, always greedy."""
    asked = [question_of(row, format) for row in rows]
    taught = written_by(str(stage.teacher), home, asked, Writing(stage.options["answer_tokens"]))
    return asked, [one.text for one in taught]


def _said(model: Any, tokenizer: Any, asked: Sequence[Any], stage: ResolvedStage) -> list[str]:
    from lab.generate import complete

    return complete(model, tokenizer, asked, max_new_tokens=stage.options["answer_tokens"])
