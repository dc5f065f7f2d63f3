"""Texts as words, whichever style they come in: what every rater starts from."""

import re
from collections.abc import Iterable, Mapping, Sequence

Style = str | Sequence[Mapping[str, str]]
"""A text, or messages of which the last one counts."""

WORD = re.compile(r"[一-鿿]|[a-z']+")


def text_of(said: Style) -> str:
    return said if isinstance(said, str) else said[-1]["content"]


def words_of(said: Style) -> list[str]:
    """Lower-case English words, Chinese characters one by one."""
    return WORD.findall(text_of(said).lower().replace("’", "'"))


def found(said: Style, english: Iterable[str], chinese: Iterable[str]) -> int:
    """How many different entries of the lists occur: whole words in English, anywhere in Chinese."""
    text = text_of(said)
    return len(set(words_of(said)) & set(english)) + sum(entry in text for entry in chinese)
