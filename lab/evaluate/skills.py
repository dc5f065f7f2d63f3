"""What a base could do before it was tuned: questions it is asked again, and the kind of text it was made from.

Nano is asked a fixed hundred of its own held-out questions (see recipes/nano/retain.py) and reads its own kind of
stories; any other base is asked general questions, which anyone knows, and reads everyday text. An answer is right if
it holds the words that matter, however long it is.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lab.data.asked import number_of, plain
from lab.data.builtin import everyday
from lab.evaluate.says import says
from lab.home import ASSETS, Home
from lab.models import find_base
from lab.models.catalogue import CATALOGUE

FOLDER = ASSETS / "data" / "skills"
ANSWER_TOKENS = 32


@dataclass(frozen=True)
class Question:
    """An answer is right if it says at least `needs` of the keys (see `says`)."""

    prompt: str
    keys: tuple[str, ...]
    needs: int = 1

    def is_right(self, answer: str) -> bool:
        """Whether this answer would do."""
        return sum(says(answer, key) for key in self.keys) >= self.needs


@dataclass(frozen=True)
class Skills:
    """What is measured of a base; `name` is the question file's."""

    name: str
    questions: tuple[Question, ...]
    texts: tuple[str, ...]


def skills_of(base: str, home: Home) -> Skills:
    """Nano's own questions and stories for nano (under any name of its folder), general ones for all others."""
    nano = CATALOGUE["nano"].bundled
    if nano is not None and nano.is_dir() and find_base(base, home).resolve() == nano.resolve():
        return Skills("nano", _questions("nano"), tuple(row["text"] for row in _rows(FOLDER / "nano_texts.jsonl")))
    return Skills("general", _questions("general"), tuple(row["text"] for row in everyday.load("held_out")))


def unlearned(skills: Skills, asked: Iterable[str], learned: frozenset[int]) -> Skills:
    """The skills without questions that training asks (keys of `lab.data.asked`), or that were learned before."""
    keys = set(asked)

    def new(question: Question) -> bool:
        key = plain(question.prompt)
        return key not in keys and number_of(key) not in learned

    return Skills(skills.name, tuple(filter(new, skills.questions)), skills.texts)


def rightly_answered(model: Any, tokenizer: Any, questions: Sequence[Question]) -> list[bool]:
    """For each question whether the model's greedy answer is right."""
    from lab.generate import complete

    asked = [[{"role": "user", "content": question.prompt}] for question in questions]
    answers = complete(model, tokenizer, asked, max_new_tokens=ANSWER_TOKENS)
    return [question.is_right(answer) for question, answer in zip(questions, answers, strict=True)]


@cache
def _questions(name: str) -> tuple[Question, ...]:
    rows = _rows(FOLDER / f"{name}.jsonl")
    return tuple(Question(row["prompt"], tuple(row["keys"]), row.get("needs", 1)) for row in rows)


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
