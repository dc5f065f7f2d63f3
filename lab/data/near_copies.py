"""Texts that are nearly copies of others: most runs of words in them stand in another text too (after Broder 1997)."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

RUN = 5
"""Words (of Chinese: characters) in a row that are compared."""
ALIKE = 0.7
"""The share of a text's runs that another must have: a few words changed in a long text, not a common phrase."""
FEWEST = 8
"""Runs from which a share says something; shorter texts are only compared as wholes."""
MOST_WORDS = 3_000_000
"""Words read of the texts that may be copied: a few seconds' work. Of more, the first so many of each count."""


def near_copies(texts: Sequence[str], suspects: Sequence[str]) -> set[int]:
    """The places in `suspects` of the near copies of any of `texts`."""
    runs = [set(_runs(text)) for text in suspects]
    holders: dict[int, list[int]] = defaultdict(list)
    for place, found in enumerate(runs):
        if len(found) >= FEWEST:
            for one in found:
                holders[one].append(place)
    copies: set[int] = set()
    if not holders:
        return copies
    for text in texts:
        shared = Counter(place for one in set(_runs(text, MOST_WORDS // len(texts))) for place in holders.get(one, ()))
        copies |= {place for place, count in shared.items() if count >= ALIKE * len(runs[place])}
    return copies


def _runs(text: str, most: int | None = None) -> Iterator[int]:
    """Each RUN words in a row, as a number."""
    words = re.findall(r"[一-鿿]|[^\W_]+", unicodedata.normalize("NFKC", text).casefold())[:most]
    return (hash(tuple(words[i : i + RUN])) for i in range(len(words) - RUN + 1))
