"""The corpus: draws documents of all subjects in fixed shares, renders them as training text, and keeps the splits apart.

`documents(seed, "train")` is endless and the same for the same seed. Real texts can be mixed in by path (`real_texts`);
they are never part of the project. What turns text into tokens is the recipe's business.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from recipes.nano.world import (
    choices,
    facts,
    feelings,
    inferring,
    instructions,
    lists,
    numbers,
    pairs,
    stories,
    talk,
    turns,
)
from recipes.nano.world.phrasings import FRAMES
from recipes.nano.world.shapes import Document, Question, Split

END_OF_TEXT, START, END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"

# shares of documents (a story is some ten times as long as a question)
QUESTIONS: dict[Callable[[random.Random, Split], Question], float] = {
    facts.question: 48, choices.yes_or_no: 10, choices.listing: 7, numbers.arithmetic: 9, numbers.word_problem: 3,
    numbers.comparison: 4, numbers.counting: 5, feelings.question: 7, talk.rewriting: 5, talk.reading: 9,
    lists.question: 3, pairs.question: 5, instructions.question: 12, inferring.question: 10,
}  # fmt: skip
# asked so much oftener in training
SLOW_TO_LEARN = {numbers.arithmetic: 1.7, numbers.word_problem: 2.0, talk.reading: 3.0, lists.question: 3.0,
                 choices.yes_or_no: 1.3, choices.listing: 1.8, pairs.question: 1.6, instructions.question: 1.3}  # fmt: skip
DOCUMENTS: dict[Callable[[random.Random], Document], float] = {
    stories.document: 24, talk.story_on_request: 9, talk.continuation: 3, facts.tell: 15, facts.about: 5, numbers.tell: 2,
    talk.small_talk: 5, talk.advice: 5, talk.feeling_reply: 2, feelings.tell: 2, turns.conversation: 14, inferring.tell: 8,
}  # fmt: skip
QUESTION_SHARE = 0.7  # of all documents; each of them asks one to four questions


def question(rng: random.Random, split: Split) -> Question:
    """A question of any kind; in training one in three stands in a frame, so that wording matters less."""
    shares = [share * SLOW_TO_LEARN.get(ask, 1) if split == "train" else share for ask, share in QUESTIONS.items()]
    asked = rng.choices(list(QUESTIONS), shares)[0](rng, split)
    if split == "train" and rng.random() < 0.33:
        return replace(asked, prompt=rng.choice(FRAMES).replace("{q}", asked.prompt))
    return asked


def instruction(rng: random.Random, split: Split) -> Question:
    """An instruction about the form of an answer: what the figure "instructions followed" asks."""
    return instructions.question(rng, split)


def question_document(rng: random.Random, split: Split) -> Document:
    """One to four questions and answers as one conversation."""
    asked = [question(rng, split) for _ in range(rng.choice((1, 1, 2, 3, 4)))]
    turns = [turn for q in asked for turn in (("user", q.prompt), ("assistant", q.answer))]
    return Document("questions", turns=tuple(turns))


def documents(seed: int, split: Split) -> Iterator[Document]:
    """Endless documents of all subjects; the same seed and split give the same ones."""
    rng = random.Random(f"{seed}/{split}")
    makers, shares = list(DOCUMENTS), list(DOCUMENTS.values())
    while True:
        if rng.random() < QUESTION_SHARE:
            yield question_document(rng, split)
        else:
            yield rng.choices(makers, shares)[0](rng)


def render(document: Document) -> str:
    """The document as training text: plain, or in the chat template; it ends with the end-of-text token."""
    turns = "".join(f"{START}{role}\n{content}{END}\n" for role, content in document.turns)
    return f"{document.text}{turns}{END_OF_TEXT}"


def real_texts(path: Path, skip_first: int = 0) -> list[str]:
    """The `text` column of a JSON-lines file, without its first rows (kept as a probe)."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"].strip() for line in lines][skip_first:]


def unseen_questions(number: int, seed: int = 1234) -> list[Question]:
    """The questions of nano's figure "share answered right": held-out phrasings and held-out facts only."""
    rng = random.Random(seed)
    return [question(rng, "held_out") for _ in range(number)]
