"""The teacher's text as rows to learn: what it wrote to each question, what is kept of it, and how that is told."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from lab.data.encode import ANSWERS, Encoded, conversation_parts, labelled, prompt_messages, wanted_answer
from lab.data.split import first_by_seed
from lab.errors import DataError
from lab.evaluate.answers import matches
from lab.objectives.distilling.writing import Writing, written_by
from lab.objectives.task import Task

FILE = "teacher.json"
"""Beside a run's weights: what its teacher wrote."""
Message = dict[str, Any]
Fate = Literal["kept", "cut", "empty", "too long"]
"""What became of an answer: learned; or left out, for it did not end within its limit, says nothing, or does not fit
into the stage's max_length."""


@dataclass(frozen=True)
class Lesson:
    """One answer of the teacher, what became of it, and the answer that the data has, where it has one."""

    question: list[Message]
    answer: str
    fate: Fate
    own: str | None = None

    @property
    def right(self) -> bool | None:
        """Whether it says what the data says; None where that says nothing."""
        return bool(matches([self.answer], [self.own])[0]) if self.own else None


def writing_of(task: Task) -> Writing:
    """How the stage's teacher writes."""
    options = task.stage.options
    return Writing(options["answer_tokens"], options["teacher_temperature"], task.seed)


def lessons_of(task: Task) -> tuple[list[Lesson], list[Encoded]]:
    """What the teacher wrote to the questions of the training rows, and the rows to learn. Raises DataError for none."""
    format, stage = task.data.format, task.stage
    rows = first_by_seed(task.data.train, stage.options["prompts"] or None, task.seed)
    questions = [question_of(row, format) for row in rows]
    own = [wanted_answer(row, format) or None if format in ANSWERS else None for row in rows]
    said = written_by(str(stage.teacher), task.home, questions, writing_of(task))
    told = [[*_given(question), {"role": "assistant", "content": one.text}]
            for question, one in zip(questions, said, strict=True)]  # fmt: skip
    lessons, learned = [], []
    parts = conversation_parts(task.tokenizer, [(messages, None) for messages in told])
    for question, wanted, one, part in zip(questions, own, said, parts, strict=True):
        encoded = labelled(part)
        fits = len(encoded["input_ids"]) <= stage.budget.max_length
        fate: Fate = "empty" if not one.text else "cut" if not one.ended else "kept" if fits else "too long"
        lessons.append(Lesson(question, one.text, fate, wanted))
        if fate == "kept":
            learned.append(encoded)
    print(told_of(lessons), flush=True)
    if not learned:
        raise DataError(
            f"nothing is left to learn: {told_of(lessons)}", where=task.data.name,
            do="raise options.answer_tokens or budget.max_length, or take a teacher that answers.",
        )  # fmt: skip
    return lessons, learned


def question_of(row: dict[str, Any], format: str) -> list[Message]:
    """The conversation that a row asks to be answered."""
    return [dict(turn) for turn in prompt_messages(row, format)]


def told_of(lessons: Sequence[Lesson]) -> str:
    """How many answers were kept, and why the others were not."""
    fates = [one.fate for one in lessons]
    why = ", ".join(f"{fates.count(one)} {one}" for one in ("cut", "empty", "too long") if one in fates)
    return f"the teacher wrote {len(fates):,} answers, {fates.count('kept'):,} are learned" + (
        f" ({why})" if why else ""
    )


def keep_lessons(lessons: Sequence[Lesson], teacher: str, folder: Path) -> None:
    """Write down what the teacher wrote, beside the weights."""
    raw = {"teacher": teacher, "answers": [asdict(one) for one in lessons]}
    (folder / FILE).write_text(json.dumps(raw, ensure_ascii=False, indent=1), encoding="utf-8")


def _given(question: Sequence[Message]) -> list[Message]:
    """A question whose earlier answers, which the teacher did not write, are shown and not learned."""
    return [turn | {"train": False} if turn["role"] == "assistant" else turn for turn in question]
