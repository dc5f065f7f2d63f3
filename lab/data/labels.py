"""Classes of rows with labels: which there are, in which order, what each weighs, and what to know of them beforehand.

A label is a text: names of ClassLabel columns, words of a CSV and numbers all come as texts by the time they are here.
"""

from collections import Counter
from collections.abc import Sequence

from lab.data.types import Row
from lab.errors import DataError

MOST_CLASSES = 200
"""More are hardly classes: a column of ids, dates or measured numbers was taken for labels."""


def class_names(rows: Sequence[Row]) -> tuple[str, ...]:
    """The classes of rows, always in one order: numbers by their size, others by the alphabet."""
    return tuple(sorted({row["label"] for row in rows}, key=_place))


def outputs_of(rows: Sequence[Row]) -> int:
    """How many outputs a head has that tells the classes of these rows apart; 0 for rows without classes."""
    return len({row["label"] for row in rows if isinstance(row.get("label"), str)}) if rows and "text" in rows[0] else 0


def with_wanted(names: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The classes, and after them those that are wanted and nobody has trained on."""
    return (*names, *sorted(set(wanted) - set(names), key=_place))


def commonest_class(rows: Sequence[Row]) -> str:
    """The class with most rows, the first of several such."""
    counts = Counter(row["label"] for row in rows)
    return max(class_names(rows), key=lambda name: counts[name])


def balanced_weights(rows: Sequence[Row]) -> dict[str, float]:
    """What a row of each class weighs so that all classes weigh the same together, and a row weighs 1 on average."""
    counts = Counter(row["label"] for row in rows)
    return {name: len(rows) / (len(counts) * count) for name, count in counts.items()}


def label_notes(train: Sequence[Row], held_out: Sequence[Row], where: str) -> list[str]:
    """How many classes there are and how common each is; raises DataError for labels that nobody could learn."""
    counts = Counter(row["label"] for row in train)
    if len(counts) < 2:
        raise DataError(f"all {len(train):,} rows have the label '{next(iter(counts), '')}'", where=where,
                        do="nothing can be told apart: add rows of another class.")  # fmt: skip
    if len(counts) > MOST_CLASSES:
        raise DataError(f"the labels have {len(counts):,} different values, at most {MOST_CLASSES} can be told apart",
                        where=where, do="name another column (--set data.columns.label=…), or join some.")  # fmt: skip
    common, rare = (count / len(train) for count in (max(counts.values()), min(counts.values())))
    notes = [f"{len(counts):,} classes: the commonest is {common:.0%} of the rows, the rarest {rare:.0%}."]
    if strange := sum(row["label"] not in counts for row in held_out):
        notes.append(f"{strange:,} held-out rows are of classes that training does not have: they count as wrong.")
    return notes


def _place(name: str) -> tuple[bool, float, str]:
    try:
        return False, float(name), name
    except ValueError:
        return True, 0.0, name
