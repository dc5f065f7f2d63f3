"""Rows of several tasks as tokens, with the places where something is to be told: a class at the end, a tag at each word.

All are read as `classify` reads a text, as a question in the base's chat template. A word's tag is told at its last token.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lab.data.tasks import TASK, Spec
from lab.data.types import Row
from lab.objectives.classes.reading import read_texts


@dataclass(frozen=True)
class TaskRow:
    """Token ids; and of each place where something is told which output is wanted there. `task` is the spec's number."""

    task: int
    ids: Sequence[int]
    places: Sequence[int]
    wanted: Sequence[int]


def read_rows(tokenizer: Any, rows: Sequence[Row], specs: Sequence[Spec], max_length: int) -> list[TaskRow]:
    """Each row as its task reads it; outputs that training does not know are wanted as number -1."""
    numbers = {spec.name: number for number, spec in enumerate(specs)}
    known = [{name: number for number, name in enumerate(spec.outputs)} for spec in specs]
    before, read = len(_before(tokenizer)), read_texts(tokenizer, [row["text"] for row in rows], max_length)
    found = []
    for row, ids in zip(rows, read, strict=True):
        task = numbers[row[TASK]]
        if specs[task].kind == "classes":
            found.append(TaskRow(task, ids, [len(ids) - 1], [known[task].get(row["label"], -1)]))
        else:
            ends = [before + end for end in word_ends(tokenizer, row)]
            kept = [
                (end, _number(known[task], tag)) for end, tag in zip(ends, row["tags"], strict=True) if end < len(ids)
            ]
            found.append(TaskRow(task, ids, [end for end, _ in kept], [tag for _, tag in kept]))
    return found


def word_ends(tokenizer: Any, row: Row) -> list[int]:
    """The last token of each word of a row, counted from the beginning of its text."""
    text, found, at, token = row["text"], [], 0, 0
    offsets = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]
    for word in row["tokens"]:
        end = at = text.index(word, at) + len(word)
        while token + 1 < len(offsets) and offsets[token + 1][0] < end:
            token += 1
        found.append(token)
    return found


def _number(known: Mapping[str, int], tag: str) -> int:
    return known.get(tag, -1)


def _before(tokenizer: Any) -> list[int]:
    """What the template writes before any text."""
    one, other = read_texts(tokenizer, ["a", "7"], 10**9)
    count = next(n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return one[:count]
