"""The form of a question: rows that are one sentence with other words put in ("Where is ... from?") have one.

Folds part rows by it, and intervals count questions of one form together.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

Token = str
OPEN = 0.5
"""Of the rows that begin alike, so many go on with a word of their own where a form has its gap."""
FEWEST = 4
"""Different words that were put into a gap, for it to be one."""


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
