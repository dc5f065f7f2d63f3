"""Answers to held-out questions, graded: figures, how sure they are, and what the commonest answer would have got."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lab.data import DataSet, Row
from lab.data.asked import questions_of
from lab.data.encode import prompt_messages, wanted_answer
from lab.data.forms import forms_of
from lab.evaluate.answers import exact_match, matches, overlaps, token_f1
from lab.evaluate.intervals import Interval, marked_interval

ANSWERED = ("prompt_completion", "messages")
ANSWER_TOKENS = 48
SHARES = ("preference_accuracy", "good_over_bad", "accuracy")
"""Figures of objectives that are shares of the held-out rows they look at."""
PASS = "pass@"
"""With a number, the share of held-out problems that are answered rightly in one of so many tries."""


@dataclass(frozen=True)
class Graded:
    """Figures by name; `commonest` has what always the same answer, the commonest of training, would have got."""

    figures: dict[str, float] = field(default_factory=dict)
    intervals: dict[str, Interval] = field(default_factory=dict)
    commonest: dict[str, float] = field(default_factory=dict)

    def __add__(self, other: "Graded") -> "Graded":
        return Graded(
            {**self.figures, **other.figures}, {**self.intervals, **other.intervals},
            {**self.commonest, **other.commonest},
        )  # fmt: skip


def grade(model: Any, tokenizer: Any, rows: Sequence[dict[str, Any]], format: str, kind: str, usual: str) -> Graded:
    """Greedy answers to these rows' questions; of a further `kind` of held-out rows only the exact match."""
    from lab.generate import complete

    questions = [prompt_messages(row, format) for row in rows]
    wanted = [wanted_answer(row, format) for row in rows]
    longest = max(len(tokenizer(want)["input_ids"]) for want in wanted)
    room = min(ANSWER_TOKENS, longest + 8)  # an answer that runs on is wrong all the same
    answers, always = complete(model, tokenizer, questions, max_new_tokens=room), [usual] * len(rows)
    name, groups = f"exact_match/{kind}" if kind else "exact_match", form_numbers(rows)
    right, shared = matches(answers, wanted), overlaps(answers, wanted)
    exact = _marked(name, right, groups, exact_match(always, wanted))
    return exact if kind else exact + _marked("token_f1", shared, groups, token_f1(always, wanted))


def _marked(name: str, marks: Sequence[float], groups: Sequence[int], usual: float) -> Graded:
    return Graded({name: sum(marks) / len(marks)}, {name: marked_interval(marks, groups)}, {name: usual})


def form_numbers(rows: Sequence[Row]) -> tuple[int, ...]:
    """Of each row the number of its question's form: answers to questions of one form are right or wrong together."""
    forms = forms_of([questions_of(row)[0] for row in rows])
    numbers = {form: number for number, form in enumerate(dict.fromkeys(forms))}
    return tuple(numbers[form] for form in forms)


def answered_training(data: DataSet) -> Iterator[str]:
    """The answers that training rows want."""
    return (wanted_answer(row, data.format) for row in data.train)
