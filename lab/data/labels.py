"""Classes of rows with labels: which there are, in which order, what each weighs, and what to know of them beforehand.

A label is a text: names of ClassLabel columns, words of a CSV and numbers all come as texts by the time they are here.
"""

import random
from collections import Counter
from collections.abc import Sequence

from lab.data.types import Row
from lab.errors import DataError

LABELLED = ("labels", "some_labels")
"""Formats of texts with the names of their classes; in the second some rows have none."""
MOST_CLASSES = 200
"""More are hardly classes: a column of ids, dates or measured numbers was taken for labels."""


def class_names(rows: Sequence[Row]) -> tuple[str, ...]:
    """The classes of rows, always in one order: numbers by their size, others by the alphabet."""
    return tuple(sorted({row["label"] for row in rows if row["label"]}, key=_place))


def labelled(rows: Sequence[Row]) -> list[Row]:
    """Those rows that say their class."""
    return [row for row in rows if row["label"]]


def with_few_labels(rows: Sequence[Row], each: int, most: int, seed: int) -> tuple[list[Row], list[Row]]:
    """Rows that keep their labels, `each` of every class or all there are for 0; and at most `most` others (0: all).

    The others still say what their label was, so that what is guessed can be counted; empty where nobody knows. Which
    rows are which hangs on the seed alone, and fewer of them are some of more.
    """
    order = list(range(len(rows)))
    random.Random(f"{seed} labels").shuffle(order)
    taken: Counter[str] = Counter()
    kept: list[int] = []
    others: list[int] = []
    for place in order:
        label = rows[place]["label"]
        with_label = bool(label) and (not each or taken[label] < each)
        taken[label] += with_label
        (kept if with_label else others).append(place)
    others = others[:most] if most else others
    return [rows[place] for place in sorted(kept)], [rows[place] for place in sorted(others)]


def with_wanted(names: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The classes, and after them those that are wanted and nobody has trained on."""
    return (*names, *sorted(set(wanted) - set(names), key=_place))


def commonest_class(rows: Sequence[Row]) -> str:
    """The class with most rows, the first of several such."""
    counts = Counter(row["label"] for row in labelled(rows))
    return max(class_names(rows), key=lambda name: counts[name])


def balanced_weights(rows: Sequence[Row]) -> dict[str, float]:
    """What a row of each class weighs so that all classes weigh the same together, and a row weighs 1 on average."""
    counts = Counter(row["label"] for row in rows)
    return {name: len(rows) / (len(counts) * count) for name, count in counts.items()}


def label_notes(train: Sequence[Row], held_out: Sequence[Row], where: str) -> list[str]:
    """How many classes there are and how common each is; raises DataError for labels that nobody could learn."""
    known = labelled(train)
    counts = Counter(row["label"] for row in known)
    if len(counts) < 2:
        raise DataError(f"all {len(known):,} rows have the label '{next(iter(counts), '')}'", where=where,
                        do="nothing can be told apart: add rows of another class.")  # fmt: skip
    if len(counts) > MOST_CLASSES:
        raise DataError(f"the labels have {len(counts):,} different values, at most {MOST_CLASSES} can be told apart",
                        where=where, do="name another column (--set data.columns.label=…), or join some.")  # fmt: skip
    common, rare = (count / len(known) for count in (max(counts.values()), min(counts.values())))
    notes = [f"{len(counts):,} classes: the commonest is {common:.0%} of the rows, the rarest {rare:.0%}."]
    if len(known) < len(train):
        notes.append(f"{len(train) - len(known):,} of {len(train):,} rows have no label.")
    if strange := sum(row["label"] not in counts for row in labelled(held_out)):
        notes.append(f"{strange:,} held-out rows are of classes that training does not have: they count as wrong.")
    return notes


def _place(name: str) -> tuple[bool, float, str]:
    try:
        return False, float(name), name
    except ValueError:
        return True, 0.0, name
