"""The corpus: draws documents of all subjects in fixed shares, renders them as training text, and keeps the splits apart.

`documents(seed, "train")` is endless and the same for the same seed. Real texts can be mixed in by path (`real_texts`);
they are never part of the project. What turns text into tokens is the recipe's business.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from recipes.nano.world.languages import LANGUAGES
from recipes.nano.world.shapes import Document, Question, Split

END_OF_TEXT, START, END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"

QUESTION_SHARE = 0.65
"""Of all documents; each of them asks one to four questions."""
CHINESE_SHARE = 0.42
"""Of all documents."""


def question(rng: random.Random, split: Split, language: str = "en") -> Question:
    """A question of any kind; in training one in three stands in a frame, so that wording matters less."""
    made_of = LANGUAGES[language]
    shares = [
        share * made_of.slow_to_learn.get(ask, 1) if split == "train" else share
        for ask, share in made_of.questions.items()
    ]
    asked = rng.choices(list(made_of.questions), shares)[0](rng, split)
    if split == "train" and rng.random() < 0.33:
        return replace(asked, prompt=rng.choice(made_of.frames).replace("{q}", asked.prompt))
    return asked


def instruction(rng: random.Random, split: Split, language: str = "en") -> Question:
    """An instruction about the form of an answer: what the figure "instructions followed" asks."""
    return LANGUAGES[language].instruct(rng, split)


def question_document(rng: random.Random, split: Split, language: str = "en") -> Document:
    """One to four questions and answers as one conversation."""
    asked = [question(rng, split, language) for _ in range(rng.choice((1, 1, 2, 3, 4)))]
    turns = [turn for q in asked for turn in (("user", q.prompt), ("assistant", q.answer))]
    return Document("questions", turns=tuple(turns))


def documents(seed: int, split: Split, languages: tuple[str, ...] = ("en", "zh")) -> Iterator[Document]:
    """Endless documents of all subjects; the same seed, split and languages give the same ones."""
    rng = random.Random(f"{seed}/{split}")
    while True:
        language = languages[-1] if len(languages) > 1 and rng.random() < CHINESE_SHARE else languages[0]
        if rng.random() < QUESTION_SHARE:
            yield question_document(rng, split, language)
        else:
            makers = LANGUAGES[language].documents
            yield rng.choices(list(makers), list(makers.values()))[0](rng)


def render(document: Document) -> str:
    """The document as training text: plain, or in the chat template; it ends with the end-of-text token."""
    turns = "".join(f"{START}{role}\n{content}{END}\n" for role, content in document.turns)
    return f"{document.text}{turns}{END_OF_TEXT}"


def real_texts(path: Path, skip_first: int = 0) -> list[str]:
    """The `text` column of a JSON-lines file, without its first rows (kept as a probe)."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"].strip() for line in lines][skip_first:]


def unseen_questions(number: int, seed: int = 1234, language: str = "en") -> list[Question]:
    """The questions of nano's figure "share answered right": held-out phrasings and held-out facts only."""
    rng = random.Random(seed)
    return [question(rng, "held_out", language) for _ in range(number)]
