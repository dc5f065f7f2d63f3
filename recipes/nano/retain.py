"""Writes what the lab asks and repeats of nano's own world: the questions that measure what a tuned nano still knows,
and the rows of the data set `retain`, which ask none of the facts that are measured.

    python recipes/nano/retain.py            # assets/data/skills/nano.jsonl, retain.jsonl, and nano_texts.jsonl

The questions are drawn as those of nano's own figure (seed 1234, see assets/nano/README.md), without those whose answer
must have a form, which the lab does not check. It is run when weights are made: the files belong to the shipped ones,
and the world may have grown since.
"""

import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
sys.path.insert(0, str(PROJECT))

from recipes.nano.world import corpus  # noqa: E402
from recipes.nano.world.shapes import Question  # noqa: E402

FOLDER = PROJECT / "assets" / "data" / "skills"
QUESTIONS, ROWS, TEXTS = {"en": 60, "zh": 40}, {"en": 1440, "zh": 960}, {"en": 24, "zh": 16}
TALK = 0.15
"""The share of `retain` that is open talk and advice; the rest are questions, as in nano's own corpus."""
LONGEST = {"en": 220, "zh": 50}
"""Letters of a row: it fits into the 64 tokens that the short recipes read."""


def measured() -> list[Question]:
    """The questions that are measured: held-out phrasings of trained facts, and facts never asked in training."""
    found = []
    for language, number in QUESTIONS.items():
        drawn = corpus.unseen_questions(2 * number, language=language)
        found += [one for one in drawn if one.kind not in ("instruction", "odd_one")][:number]
    return found


def retained(asked: list[Question]) -> list[dict[str, str]]:
    """Rows to repeat: what nano's training asked, without any fact or wording that is measured."""
    facts, prompts = {question.fact for question in asked}, {_bare(question.prompt) for question in asked}
    rng, rows, seen = random.Random("retain"), [], set()
    for language, number in ROWS.items():
        talk, wanted = _talk(language), len(rows) + number
        while len(rows) < wanted:
            if rng.random() < TALK:
                row, fact = next(talk), ""
            else:
                question = corpus.question(rng, "train", language)
                row, fact = {"prompt": question.prompt, "completion": question.answer}, question.fact
            key = _bare(row["prompt"])
            known = fact in facts or any(one in key or key in one for one in prompts)
            if key in seen or known or len(row["prompt"] + row["completion"]) > LONGEST[language]:
                continue
            seen.add(key)
            rows.append(row)
    rng.shuffle(rows)
    return rows


def texts() -> list[dict[str, str]]:
    """Beginnings of stories by the generators' held-out draw: the kind of text nano was trained on."""
    found = []
    for language, number in TEXTS.items():
        drawn = corpus.documents(99, "held_out", (language,))
        stories = (one.text for one in drawn if one.subject == "stories" and one.text)
        for _ in range(number):
            text = next(stories)
            found.append({"text": " ".join(text.split(" ")[:70]) if language == "en" else text[:100]})
    return found


def _talk(language: str) -> Iterator[dict[str, str]]:
    """The first exchange of talk and advice."""
    for document in corpus.documents(7, "train", (language,)):
        if document.subject == "talk" and len(document.turns) >= 2:
            yield {"prompt": document.turns[0][1], "completion": document.turns[1][1]}


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _write(name: str, rows: list[dict[str, object]]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    asked = measured()
    told = [{"kind": q.kind, "prompt": q.prompt, "keys": q.key.split("|"), "needs": q.needs} for q in asked]
    _write("nano.jsonl", told)
    _write("nano_texts.jsonl", texts())
    _write("retain.jsonl", retained(asked))


if __name__ == "__main__":
    main()
