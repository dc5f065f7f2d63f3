"""Several data sets as one: weights are the shares of training rows seen, held-out rows stay those of each part."""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lab.data.asked import questions_of, row_key
from lab.data.load import load_data
from lab.data.tasks import TASK, TASKS, as_task, task_name
from lab.data.types import MOST_ROWS, DataSet, Row
from lab.errors import DataError
from lab.home import Home
from lab.recipe import DataChoice

SPOKEN = ("text", "prompt_completion", "messages")
"""Formats that can all be told as conversations."""
ASKED = "prompt"
ANSWER = "answer"
"""In rows that only ask, the column with the right answer, where the data has one: what checkable rewards look at."""
Messages = tuple[dict[str, str], ...]
LONGEST = 4000
"""Letters; a longer question is nothing to compare answers by at a glance."""


def load_mix(
    choices: Sequence[DataChoice], home: Home, seed: int, formats: Sequence[str] = (), split_seed: int = 0
) -> DataSet:
    """One data set, or a weighted mix of several in one format; raises DataError where formats don't go together.

    `formats` are those the objective learns from, best first: feedback can be told in several, and of what an objective
    answers itself (prompts) only the questions are taken. `split_seed` decides what is held out, `seed` all else.
    """
    parts = [load_data(choice, home, seed, formats, split_seed) for choice in choices]
    if formats and formats[0] == ASKED:
        parts = [_asked(part, choice.name) if part.format in formats else part
                 for part, choice in zip(parts, choices, strict=True)]  # fmt: skip
    if formats and formats[0] == TASKS:
        parts = [as_task(part, task_name(choice.name)) if part.format in formats else part
                 for part, choice in zip(parts, choices, strict=True)]  # fmt: skip
        return parts[0] if len(parts) == 1 else mix(parts, [len(part.train) for part in parts], seed)  # each row once
    return parts[0] if len(parts) == 1 else mix(parts, [choice.weight for choice in choices], seed)


def mix(parts: Sequence[DataSet], weights: Sequence[float], seed: int) -> DataSet:
    """Training rows of each part in the given shares, shuffled; rows of small parts come several times.

    Every row of every part is there at least once, unless that took more than MOST_ROWS rows.
    """
    parts, notes = _in_one_format(parts)
    counts = _counts([len(part.train) for part in parts], weights)
    train = [row for part, count in zip(parts, counts, strict=True) for row in _fill(part, count, seed)]
    random.Random(f"{seed} mix").shuffle(train)
    parts, leaked = _without_each_others(parts)
    held_out = _interleaved(parts)
    columns = dict.fromkeys(part.grouped_by for part in parts if part.grouped_by)
    shares = ", ".join(f"{part.name} {count:,}" for part, count in zip(parts, counts, strict=True))
    own = [f"{part.name}: {note}" for part in parts for note in part.notes]
    if leaked:
        own.append(f"{leaked:,} held-out rows were left out: another part is trained on them, or what they ask.")
    return DataSet(
        name=" + ".join(part.name for part in parts), format=parts[0].format, train=train,
        held_out=[parts[part].held_out[place] for part, place in held_out],
        notes=(f"Rows of each part: {shares}.", *notes, *own),
        sources=tuple(parts[part].sources[place] for part, place in held_out), grouped_by=" / ".join(columns),
        groups=tuple(_group(parts[part], place) for part, place in held_out) if columns else (),
        dropped=leaked + sum(part.dropped for part in parts),
        repeated=sum(part.repeated for part in parts), one_task=any(part.one_task for part in parts),
        unseen={name: list(rows) for part in parts for name, rows in part.unseen.items()},
    )  # fmt: skip


def conversation_in(row: Row) -> Messages:
    """What a row asks, the question last; empty where it asks nothing."""
    said: Any = row.get("prompt") or row.get("messages") or ()
    messages = [{"role": "user", "content": said}] if isinstance(said, str) else [dict(one) for one in said]
    while messages and messages[-1]["role"] != "user":
        messages.pop()
    return tuple(messages) if sum(len(one["content"]) for one in messages) <= LONGEST else ()


def answer_in(row: Row) -> str | None:
    """The right answer to what a row asks: its completion or a conversation's last turn; None where it has none."""
    said: Any = row[ANSWER] if ANSWER in row else row.get("completion") or row.get("messages")
    if not said or isinstance(said, str):
        return said or None
    last = said[-1]
    return str(last.get("content") or "") or None if last["role"] == "assistant" else None


def _asked(part: DataSet, task: str) -> DataSet:
    """Only what a data set asks, each row with the name of its task and the right answer."""

    def rows(given: Sequence[Row]) -> list[Row]:
        asked = [(said, row) for row in given if (said := conversation_in(row))]
        return [{"prompt": list(said), TASK: task, ANSWER: answer_in(row)} for said, row in asked]

    train = rows(part.train)
    if not train:
        raise DataError(f"the rows of '{part.name}' ask nothing", where="data", do="take data with a prompt.")
    asking = part.judged_by([place for place, row in enumerate(part.held_out) if conversation_in(row)])
    return replace(asking, format=ASKED, train=train, held_out=rows(asking.held_out), unseen={})


def _in_one_format(parts: Sequence[DataSet]) -> tuple[list[DataSet], list[str]]:
    formats = {part.format for part in parts}
    if len(formats) == 1:
        return list(parts), []
    for part in parts:
        if part.format not in SPOKEN:
            other = next(other for other in parts if other.format != part.format)
            raise DataError(
                f"'{part.name}' ({part.format}) and '{other.name}' ({other.format}) can't be mixed", where="data",
                do=f"mix data of one kind, or of {', '.join(SPOKEN)}.",
            )  # fmt: skip
    told = [part.name for part in parts if part.format != "messages"]
    return [_as_messages(part) for part in parts], [f"Told as conversations: {', '.join(told)}."]


def _as_messages(part: DataSet) -> DataSet:
    def told(rows: Sequence[Row]) -> list[Row]:
        return [conversation_of(row) for row in rows]

    unseen = {name: told(rows) for name, rows in part.unseen.items()}
    return replace(part, format="messages", train=told(part.train), held_out=told(part.held_out), unseen=unseen)


def conversation_of(row: Row) -> Row:
    """A text, prompt/completion or messages row as a messages row; a text is something the assistant says unasked."""
    if "messages" in row:
        return row
    if "text" in row:
        return {"messages": [{"role": "assistant", "content": row["text"]}]}
    told = {"messages": [*_turns(row["prompt"], "user"), *_turns(row["completion"], "assistant")]}
    return told | ({"tools": row["tools"]} if "tools" in row else {})


def _turns(said: str | list[dict[str, str]], role: str) -> list[dict[str, str]]:
    return [{"role": role, "content": said}] if isinstance(said, str) else said


def _counts(sizes: Sequence[int], weights: Sequence[float]) -> list[int]:
    """How many rows of each part: the shares exact (to a row), each part whole at least once, MOST_ROWS in all."""
    scale = max(size / weight for size, weight in zip(sizes, weights, strict=True))
    scale = min(scale, MOST_ROWS / sum(weights))
    return [max(1, round(weight * scale)) for weight in weights]


def _fill(part: DataSet, count: int, seed: int) -> list[Row]:
    """`count` rows of a part: all of them as often as they fit, the rest chosen by the seed."""
    whole, rest = divmod(count, len(part.train))
    return part.train * whole + random.Random(f"{seed} {part.name}").sample(part.train, rest)


def _interleaved(parts: Sequence[DataSet]) -> list[tuple[int, int]]:
    """Part and place of each held-out row, evenly spread, so that any stretch of them is of all parts."""
    placed = [
        ((place + 0.5) / len(part.held_out), number, place)
        for number, part in enumerate(parts)
        for place in range(len(part.held_out))
    ]
    return [(number, place) for _, number, place in sorted(placed)]


def _group(part: DataSet, place: int) -> str:
    """The value that a held-out row is told apart by; of a part that names no column, the part's name."""
    return part.groups[place] if part.groups else part.name


def _without_each_others(parts: Sequence[DataSet]) -> tuple[list[DataSet], int]:
    """The parts without held-out rows that another is trained on, and how many were; each has seen to its own."""
    one_task = any(part.one_task for part in parts)

    def keys(row: Row) -> tuple[str, ...]:
        return (row_key(row),) if one_task else questions_of(row)

    asked = {key for part in parts for row in part.train for key in keys(row)}

    def kept(part: DataSet) -> DataSet:
        new = [place for place, row in enumerate(part.held_out) if not any(key in asked for key in keys(row))]
        unseen = {
            name: [row for row in rows if not any(key in asked for key in keys(row))]
            for name, rows in part.unseen.items()
        }
        return replace(part.judged_by(new), unseen=unseen)

    after = [kept(part) for part in parts]
    return after, sum(len(part.held_out) for part in parts) - sum(len(part.held_out) for part in after)
