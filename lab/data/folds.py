"""k-fold cross-validation: training rows in parts, each held out once; rows asked in the same words are in one part.

Where rows are one sentence with other words put in ("Where is ... from?"), a split by rows would hold out what training
has in all but one word. So rows are put together by their form first (`forms_of`), and a form is on one side.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from lab.data.asked import number_of, questions_of
from lab.data.types import Row
from lab.errors import DataError
from lab.recipe import Fold

Token = str
OPEN = 0.5
"""Of the rows that begin alike, so many go on with a word of their own where a form has its gap."""
FEWEST = 4
"""Different words that were put into a gap, for it to be one."""
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


def forms_of(texts: Sequence[str]) -> list[str]:
    """The form of each text: what stands before its gap and after it, where others begin or end alike and differ there.

    A gap begins where most of the texts that begin alike go on differently. Texts without one are their own form.
    """
    tokens = [_tokens(text) for text in texts]
    before = _gaps(tokens)
    after = _gaps([one[::-1] for one in tokens])
    forms = []
    for text, one, start, end in zip(texts, tokens, before, after, strict=True):
        if start is None and end is None:
            forms.append(text)
        else:
            forms.append(" ".join([*one[: start or 0], "_", *(one[len(one) - end :] if end else [])]))
    return forms


def _gaps(tokens: Sequence[Sequence[Token]]) -> list[int | None]:
    """After how many tokens each text's gap begins; None where nothing was found, or it begins with one."""
    counts: Counter[tuple[Token, ...]] = Counter()
    following: dict[tuple[Token, ...], set[Token]] = defaultdict(set)
    for one in tokens:
        for length in range(1, len(one)):
            counts[tuple(one[:length])] += 1
            following[tuple(one[:length])].add(one[length])
    return [
        next((length for length in range(1, len(one)) if _is_open(tuple(one[:length]), counts, following)), None)
        for one in tokens
    ]


def _is_open(
    start: tuple[Token, ...], counts: Counter[tuple[Token, ...]], following: dict[tuple[Token, ...], set[Token]]
) -> bool:
    different = len(following[start])
    return different >= FEWEST and different >= OPEN * counts[start]


def _tokens(text: str) -> list[Token]:
    """Words, and each Chinese character by itself."""
    spaced = "".join(f" {letter} " if "一" <= letter <= "鿿" else letter for letter in text)
    return spaced.split()
