"""Which rows are held out, and that none of them is trained on.

A row's side hangs on what it asks and on the `split_seed`, on nothing else: not on the run's seed, so that what one run
holds out no other has learned; nor on the rows beside it, so that a data set may grow without a row changing sides.
"""

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lab.data.asked import Key, key_of, number_of, questions_of, row_key
from lab.data.near_copies import near_copies
from lab.data.types import Row

ALL = 1 << 64
GENERAL = 0.5
"""The share of the rows from which one question is no question but a task ("Write a poem."), told apart by answers."""


@dataclass(frozen=True)
class Split:
    """Both sides of a split; `dropped` held-out rows were in training too, `repeated` counts copies within training."""

    train: list[Row]
    held_out: list[Row]
    dropped: int = 0
    repeated: int = 0
    one_task: bool = False
    """Whether nearly all rows ask one and the same, so that a held-out row differs in its answer alone."""


def split_by_content(rows: Sequence[Row], share: float, split_seed: int) -> Split:
    """Hold out about `share` of the questions with all the rows that ask them; at least one, where there are two.

    Each question draws its own lot, so that a share of few rows comes out a little larger or smaller.
    """
    sides = _keys(rows)
    lots = {key: number_of(f"{split_seed} {key}") for key in sides}
    if len(lots) < 2:
        return without_leaks(list(rows), [])
    order = sorted(lots, key=lots.__getitem__)
    chosen = {key for key in order if lots[key] < share * ALL} or {order[0]}
    if len(chosen) == len(order):
        chosen.discard(order[-1])
    train = [row for row, key in zip(rows, sides, strict=True) if key not in chosen]
    return without_leaks(train, [row for row, key in zip(rows, sides, strict=True) if key in chosen])


def apart_by_content(rows: Sequence[Row], split_seed: int) -> list[bool]:
    """Which of the held-out rows are kept for choosing: about half of the questions, with all the rows that ask them.

    Each question draws its own lot, so that it is on the same side in whatever other rows it stands among; where there
    are two, at least one is on each.
    """
    sides = _keys(rows) if rows else []
    lots = {key: number_of(f"{split_seed} apart {key}") for key in sides}
    if len(lots) < 2:
        return [False] * len(sides)
    order = sorted(lots, key=lots.__getitem__)
    choosing = ({key for key in order if lots[key] < ALL // 2} or {order[0]}) - {order[-1]}
    return [key in choosing for key in sides]


def without_leaks(train: list[Row], held_out: list[Row]) -> Split:
    """Both sides as they are, without the held-out rows whose question (or, of texts, a near copy) training has too."""
    general = _general(train)
    seen = {key for row in train for key in _known_by(row, general)}
    starts = _Beginnings(train)
    kept = [row for row in held_out if not any(key in seen for key in _known_by(row, general)) and not starts.of(row)]
    copies = near_copies([row["text"] for row in train if "text" in row], [row.get("text", "") for row in kept])
    kept = [row for number, row in enumerate(kept) if number not in copies]
    repeated = len(train) - len(set(map(key_of, train)))
    return Split(train, kept, len(held_out) - len(kept), repeated, one_task=bool(general and kept))


def first_by_seed(rows: list[Row], limit: int | None, seed: int) -> list[Row]:
    """`limit` of the rows, in their order; a smaller limit takes some of what a larger one takes."""
    if limit is None or limit >= len(rows):
        return rows
    order = list(range(len(rows)))
    random.Random(f"{seed} limit").shuffle(order)
    return [rows[i] for i in sorted(order[:limit])]


def _keys(rows: Sequence[Row]) -> list[Key]:
    """By what each row is put on a side: its first question, or all it says where nearly all rows ask that."""
    general = _general(rows)
    asked = [questions_of(row)[0] for row in rows]
    return [row_key(row) if key in general else key for row, key in zip(rows, asked, strict=True)]


def _general(rows: Sequence[Row]) -> set[Key]:
    """The question that more than half of the rows ask, if there is one: to hold it out would hold out everything."""
    counts = Counter(questions_of(row)[0] for row in rows)
    return {key for key, count in counts.most_common(1) if count > 1 and count > GENERAL * len(rows)}


def _known_by(row: Row, general: set[Key]) -> list[Key]:
    """What must not be on both sides."""
    return [row_key(row) if key in general else key for key in questions_of(row)]


class _Beginnings:
    """Of pairs of answers without a prompt: whether what they have in common begins a row of the other side.

    Two answers to one question may share some words more, so that the questions inferred are not equal to the letter.
    """

    def __init__(self, train: Sequence[Row]):
        self._asked = sorted({questions_of(row)[0] for row in train if _implicit(row)})
        self._known, self._lengths = set(self._asked), sorted({len(key) for key in self._asked})

    def of(self, row: Row) -> bool:
        if not self._asked or not _implicit(row):
            return False
        key = questions_of(row)[0]
        place = bisect_left(self._asked, key)
        begins_another = place < len(self._asked) and self._asked[place].startswith(key)
        return begins_another or any(key[:length] in self._known for length in self._lengths)


def _implicit(row: Row) -> bool:
    return not row.get("prompt") and isinstance(row.get("chosen"), str) and isinstance(row.get("rejected"), str)
