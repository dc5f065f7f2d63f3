"""Typing errors: two letters swapped, one left out or said twice; in Chinese a particle or a mark left out."""

import random
import re

from lab.data.augment.protected import WORD, is_chinese, is_name

SHORTEST = 4
"""Letters of a word that may be mistyped: shorter ones turn into others."""
LOOSE = re.compile(r"[的了呢啊吧,,。??!!、 ]")
"""What a hurried writer leaves out in Chinese."""


def mistyped(text: str, rng: random.Random, kept: frozenset[str] = frozenset(), *, share: float) -> str:
    """The text with about `share` of its longer words mistyped; words in `kept`, numbers and names stay."""
    if is_chinese(text):
        return LOOSE.sub(lambda found: "" if rng.random() < share else found[0], text) or text

    def change(found: re.Match[str]) -> str:
        word = found[0]
        if len(word) < SHORTEST or word.lower() in kept or is_name(text, found.start()) or rng.random() >= share:
            return word
        return _wrong(word, rng)

    return WORD.sub(change, text)


def _wrong(word: str, rng: random.Random) -> str:
    """One error that leaves the first letter."""
    at = rng.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return rng.choice([swapped, word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]])
