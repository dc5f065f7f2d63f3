"""Data augmentation: more training rows made from those there are, that ask the same in other words, the answers kept.

`augment` makes them; `synonyms`, `wordings` and `noise` are the three ways, each a function of a text and a generator
of random numbers, in English and Chinese (what has a Chinese character is Chinese). After the habits of EDA (Wei & Zou
2019, arXiv:1901.11196), without its deletions and swaps of whole words, which can turn a question into another one.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from lab.data.asked import Key, questions_of
from lab.data.augment.noise import mistyped
from lab.data.augment.protected import protected_words
from lab.data.augment.synonyms import with_synonyms
from lab.data.augment.wordings import reworded
from lab.data.types import DataSet, Row
from lab.errors import DataError

SPOKEN = ("prompt_completion", "messages", "prompt", "binary_feedback", "preference")
READ = ("labels", "some_labels")
TRIES = 4
"""How often another text is tried for where one came out as another row already asks."""

Change = Callable[[str, random.Random, frozenset[str]], str]


@dataclass(frozen=True)
class Made:
    """A row that was made, the one it was made from, and by which ways."""

    row: Row
    source: Row
    ways: tuple[str, ...]


def augment(data: DataSet, seed: int, *, copies: int, synonyms: float, wordings: float, noise: float) -> list[Made]:
    """Up to `copies` rows made from each training row, none of which asks what another row or a held-out one asks.

    `synonyms` and `noise` are shares of the words that are changed, `wordings` of the made rows that are asked in
    another sentence. Words that the answer has, numbers and names stay. Raises DataError for rows without a text of one
    side that may change.
    """
    if data.format not in (*SPOKEN, *READ) or not all(_can_change(row) for row in data.train[:1]):
        raise DataError(
            f"'{data.name}' ({data.format}) has no questions or texts that could be said in other words",
            where="remedy", do="leave 'augment' out, or give data of the kind prompt_completion, messages or labels.",
        )  # fmt: skip
    ways: dict[str, tuple[float, Change]] = {
        "synonyms": (1.0 if synonyms else 0.0, partial(with_synonyms, share=synonyms)),
        "wordings": (wordings if data.format in SPOKEN else 0.0, reworded),
        "noise": (1.0 if noise else 0.0, partial(mistyped, share=noise)),
    }
    judged = [*data.held_out, *(row for rows in data.unseen.values() for row in rows)]
    taken: set[Key] = {key for row in (*data.train, *judged) for key in questions_of(row)}
    rng, made = random.Random(f"{seed} augment"), []
    for row in data.train:
        for _ in range(copies):
            if (found := _another(row, ways, taken, rng)) is not None:
                made.append(found)
    return made


def _another(row: Row, ways: dict[str, tuple[float, Change]], taken: set[Key], rng: random.Random) -> Made | None:
    """One more row made from this one that asks what no row asks yet; None where none came out."""
    kept = protected_words(row)
    for _ in range(TRIES):
        made, used = row, []
        for name, (share, change) in ways.items():
            if rng.random() < share and (new := _changed(made, lambda text: change(text, rng, kept))) != made:  # noqa: B023
                made = new
                used.append(name)
        keys = questions_of(made)
        if used and not taken.intersection(keys):
            taken.update(keys)
            return Made(made, row, tuple(used))
    return None


def _can_change(row: Row) -> bool:
    return "messages" in row or "prompt" in row or ("text" in row and "label" in row)


def _changed(row: Row, change: Callable[[str], str]) -> Row:
    """The row with what its reader says changed: its prompt, the user's messages, or its text."""
    if "messages" in row:
        return {**row, "messages": _said(row["messages"], change)}
    if "prompt" in row:
        prompt = row["prompt"]
        return {**row, "prompt": change(prompt) if isinstance(prompt, str) else _said(prompt, change)}
    return {**row, "text": change(row["text"])}


def _said(turns: Iterable[dict[str, Any]], change: Callable[[str], str]) -> list[dict[str, Any]]:
    return [{**turn, "content": change(turn["content"])} if turn["role"] == "user" else turn for turn in turns]
