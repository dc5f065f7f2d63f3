"""Rows that belong to small tasks: which tasks there are, and some of a task's rows as its examples. Plain data only.

A task is nothing but its rows: what it asks for is not said, it has to be seen from a few of them.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from lab.data.types import Row
from lab.errors import DataError

TASK = "task"
T = TypeVar("T")


def rows_by_task(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each task, tasks and rows in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[TASK], []).append(row)
    return found


def drawn_examples(
    rows: Sequence[T], answer_of: Callable[[T], str], count: int, rng: random.Random
) -> tuple[list[T], list[T]]:
    """`count` of a task's rows as its examples, and the other rows, both in an order drawn anew.

    The examples have as many different answers as they can: of a rule with two answers, half of each.
    """
    before: Counter[str] = Counter()
    order = []
    for row in rng.sample(rows, len(rows)):
        order.append((before[answer_of(row)], row))  # how many rows of the same answer come first
        before[answer_of(row)] += 1
    drawn = [row for _, row in sorted(order, key=lambda one: one[0])]
    return rng.sample(drawn[:count], min(count, len(drawn))), drawn[count:]


def task_notes(train: Sequence[Row], held_out: Sequence[Row], where: str) -> list[str]:
    """How many tasks there are on each side; raises DataError where nothing could be learned over tasks."""
    known, unseen = rows_by_task(train), rows_by_task(held_out)
    if len(known) < 2:
        raise DataError(f"all {len(train):,} rows are of one task", where=where,
                        do="learning to learn needs many: give each its own name in the column 'task'.")  # fmt: skip
    fewest = min(map(len, known.values()))
    return [f"{len(known):,} tasks to learn from, {len(unseen):,} unseen ones; at least {fewest:,} rows of each."]
