"""Episodes: of one task a few examples that are shown, and other rows of it that are asked afterwards.

Which are drawn hangs on the seed and the episode's number alone, so that a resumed training goes on as it began.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lab.data.encode import IGNORED, Encoded, encode
from lab.data.task_rows import drawn_examples, rows_by_task
from lab.data.types import Row

Batch = dict[str, Any]
"""`input_ids`, `attention_mask` and `labels`, each (rows, longest), padded on the right."""


@dataclass(frozen=True)
class Episode:
    """A task's examples, and what is asked afterwards."""

    shown: Batch
    asked: Batch


class Episodes:
    """`count` episodes as a data set for a trainer; episode `i` is always the same."""

    def __init__(self, tasks: Sequence[Sequence[Encoded]], shots: int, queries: int, count: int, seed: int, pad: int):
        self._tasks, self._shots, self._queries = tasks, shots, queries
        self._count, self._seed, self._pad = count, seed, pad

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> dict[str, Batch]:
        rng = random.Random(f"{self._seed} episode {number}")
        episode = episode_of(rng.choice(self._tasks), self._shots, self._queries, rng, self._pad)
        return {"shown": episode.shown, "asked": episode.asked}


def episode_of(rows: Sequence[Encoded], shots: int, queries: int, rng: random.Random, pad: int) -> Episode:
    """`shots` of a task's rows to be shown, and at most `queries` of its others to be asked."""
    shown, others = drawn_examples(rows, answer_key, shots, rng)
    asked, _ = drawn_examples(others, answer_key, queries, rng)
    return Episode(batch_of(shown, pad), batch_of(asked, pad))


def encoded_tasks(rows: Sequence[Row], tokenizer: Any, max_length: int, least: int) -> list[list[Encoded]]:
    """Of every task with at least `least` rows, those rows as token ids with labels."""
    every = [
        encode(some, "few_shot", tokenizer, max_length) for some in rows_by_task(rows).values() if len(some) >= least
    ]
    return [task for task in every if len(task) >= least]


def answer_key(row: Encoded) -> str:
    """The same for rows with the same answer."""
    return " ".join(str(token) for token in row["labels"] if token != IGNORED)


def batch_of(rows: Sequence[Encoded], pad: int) -> Batch:
    """Rows as one batch, padded on the right."""
    import torch

    longest = max(len(row["input_ids"]) for row in rows)

    def filled(name: str, value: int) -> Any:
        return torch.tensor([row[name] + [value] * (longest - len(row[name])) for row in rows])

    mask = torch.tensor([[1] * len(row["input_ids"]) + [0] * (longest - len(row["input_ids"])) for row in rows])
    return {"input_ids": filled("input_ids", pad), "attention_mask": mask, "labels": filled("labels", IGNORED)}
