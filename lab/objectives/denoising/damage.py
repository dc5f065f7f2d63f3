"""How a text is damaged: spans hidden behind a mark, words left out, words in another order. Plain text in and out.

Of Chinese the words are its characters. Mixed damage draws one of the three for each text.
"""

import random
import re
from collections.abc import Sequence

KINDS = ("mask", "drop", "shuffle")
MARK = "___"
LONGEST = 3
"""Words that one mark stands for, at most."""
WORD = re.compile(r"[一-鿿〇]|[^\s一-鿿〇]+")


def words_of(text: str) -> list[str]:
    """The words of a text; of Chinese its characters."""
    return WORD.findall(text)


def joined(words: Sequence[str]) -> str:
    """Words as a text: with spaces between them, but none beside Chinese."""
    text = " ".join(words)
    return re.sub(r"(?<=[一-鿿〇，。！？：；、]) | (?=[一-鿿〇，。！？：；、])", "", text)


def damaged(text: str, kind: str, share: float, rng: random.Random) -> str:
    """The text with about `share` of its words damaged, at least one; `mix` draws the kind."""
    words = words_of(text)
    count = min(len(words), max(1, round(share * len(words))))
    kind = rng.choice(KINDS) if kind == "mix" else kind
    return joined({"mask": _masked, "drop": _dropped, "shuffle": _shuffled}[kind](words, count, rng))


def _masked(words: Sequence[str], count: int, rng: random.Random) -> list[str]:
    """Spans of one to LONGEST words are drawn until `count` words are hidden; each run of hidden words is one mark."""
    hidden: set[int] = set()
    while len(hidden) < count:
        begin = rng.randrange(len(words))
        length = min(rng.randint(1, LONGEST), count - len(hidden))
        hidden |= set(range(begin, min(begin + length, len(words))))
    found = []
    for i, word in enumerate(words):
        if i not in hidden:
            found.append(word)
        elif i - 1 not in hidden:
            found.append(MARK)
    return found


def _dropped(words: Sequence[str], count: int, rng: random.Random) -> list[str]:
    gone = set(rng.sample(range(len(words)), min(count, len(words) - 1)))
    return [word for i, word in enumerate(words) if i not in gone]


def _shuffled(words: Sequence[str], count: int, rng: random.Random) -> list[str]:
    """`count` words change places among themselves, two at least."""
    places = rng.sample(range(len(words)), min(len(words), max(2, count)))
    moved = places[1:] + places[:1]
    found = list(words)
    for place, other in zip(places, moved, strict=True):
        found[place] = words[other]
    return found
