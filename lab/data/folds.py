"""k-fold cross-validation: training rows in parts, each held out once; rows asked in the same words are in one part.

Where rows are one sentence with other words put in ("Where is ... from?"), a split by rows would hold out what training
has in all but one word. So rows are put together by their form first (`forms_of`), and a form is on one side.
"""

from collections import Counter
from collections.abc import Sequence

from lab.data.asked import number_of, questions_of
from lab.data.forms import forms_of
from lab.data.types import Row
from lab.errors import DataError
from lab.recipe import Fold

LARGEST = 2.0
"""A form may have this many times the rows of an equal part; else its rows are parted by what they ask."""


def fold_of(rows: Sequence[Row], fold: Fold, split_seed: int) -> tuple[list[bool], str]:
    """Which rows a fold holds out, and by what they were parted, in words. Raises DataError for too few rows.

    Each row is held out by exactly one of the folds; which one hangs on its form and the `split_seed`.
    """
    asked = [questions_of(row)[0] for row in rows]
    keys, what = forms_of(asked), "form of the question"
    largest = max(Counter(keys).values(), default=0)
    if len(set(keys)) < 2 * fold.of or largest > LARGEST * len(rows) / fold.of:
        keys, what = asked, "question"
    sizes = Counter(keys)
    if len(sizes) < fold.of:
        raise DataError(
            f"{len(sizes)} different questions can't be parted into {fold.of} folds", where="folds",
            do=f"give folds: {len(sizes)} or fewer, or more data." if len(sizes) > 1 else "give more data.",
        )  # fmt: skip
    filled, place = [0] * fold.of, {}
    for key in sorted(sizes, key=lambda one: (-sizes[one], number_of(f"{split_seed} fold {one}"))):
        place[key] = min(range(fold.of), key=filled.__getitem__)
        filled[place[key]] += sizes[key]
    return [place[key] == fold.number - 1 for key in keys], f"{len(sizes):,} by {what}"
