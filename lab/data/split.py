"""Which rows are held out, and that none of them is trained on. Everything follows from the seed and the rows alone."""

import hashlib
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lab.data.types import Row


@dataclass(frozen=True)
class Split:
    """Both sides of a split; `dropped` held-out rows were in training too, `repeated` counts copies within training."""

    train: list[Row]
    held_out: list[Row]
    dropped: int = 0
    repeated: int = 0


def split_by_seed(rows: Sequence[Row], share: float, seed: int) -> Split:
    """Hold out `share` of the rows, at least one.

    A row's side hangs on its content, not on its place: reordering the rows changes nothing, and adding some moves few.
    Rows that ask the same question stay together, else a held-out question would have been seen in training.
    """
    order = sorted(range(len(rows)), key=lambda i: (_rank(_asked(rows[i]), seed), _rank(rows[i], seed)))
    count = min(max(1, round(share * len(rows))), len(rows) - 1)
    chosen = set(order[: _between_questions(rows, order, count)])
    return without_leaks(
        [row for i, row in enumerate(rows) if i not in chosen], [row for i, row in enumerate(rows) if i in chosen]
    )


def without_leaks(train: list[Row], held_out: list[Row]) -> Split:
    """Both sides as they are, without the held-out rows that training has too."""
    seen = Counter(map(key_of, train))
    kept = [row for row in held_out if key_of(row) not in seen]
    return Split(train, kept, len(held_out) - len(kept), len(train) - len(seen))


def first_by_seed(rows: list[Row], limit: int | None, seed: int) -> list[Row]:
    """`limit` of the rows, in their order; a smaller limit takes some of what a larger one takes."""
    if limit is None or limit >= len(rows):
        return rows
    order = list(range(len(rows)))
    random.Random(f"{seed} limit").shuffle(order)
    return [rows[i] for i in sorted(order[:limit])]


WRITER = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


def key_of(row: object) -> str:
    """The same for equal rows, whatever the order of their keys."""
    return WRITER.encode(row)


def _asked(row: Row) -> object:
    """What a row asks, where it asks something."""
    if "prompt" in row:
        return row["prompt"]
    return row["messages"][0:-1] if "messages" in row else row


def _rank(value: object, seed: int) -> bytes:
    return hashlib.blake2b(f"{seed} {key_of(value)}".encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _between_questions(rows: Sequence[Row], order: list[int], count: int) -> int:
    """The first place from `count` on where the question changes; `count` itself where that would hold out too much."""
    place = count
    while 0 < place < len(order) and _asked(rows[order[place]]) == _asked(rows[order[place - 1]]):
        place += 1
    return place if place <= max(2 * count, count + 4) and place < len(order) else count
