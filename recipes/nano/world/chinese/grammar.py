"""What Chinese templates need besides the template language: number words, counted nouns, places, lists, signs.

`fill` reads the same templates as the English grammar, [a|b] and {slot}, and mends nothing but doubled signs: Chinese
has no articles, plurals or capital letters.
"""

import random
import re
from collections.abc import Mapping, Sequence

from recipes.nano.world.grammar import read

DIGITS = "零一二三四五六七八九"
_DOUBLED = re.compile(r"([，。！？：])[，。]+")


def fill(template: str, rng: random.Random, slots: Mapping[str, str] | None = None) -> str:
    """One reading of the template, without doubled signs."""
    return _DOUBLED.sub(r"\1", read(template, rng, slots).strip())


def in_words(number: int) -> str:
    """The number from 0 to 100 in characters: 零, 十二, 四十七, 一百."""
    if number == 100:
        return "一百"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def before_measure(number: int) -> str:
    """The number as it stands before a measure word: 两, not 二."""
    return "两" if number == 2 else in_words(number)


def number_key(number: int) -> str:
    """What an answer may say for a number: digits or characters."""
    return f"{number}|{in_words(number)}" + ("|两" if number == 2 else "")


def key_for(word: str) -> str:
    """The key for a word: one character alone stands in many longer words, so it has to end a phrase."""
    return word if len(word) > 1 else "|".join(word + end for end in "。，！的了吧呢做”；、")


def at(place: str) -> str:
    """In or on one of the places of `words.PLACES`: 公园里, 河边."""
    return place if place[-1] in "边上里中下" else place + "里"


def join(words: Sequence[str], last: str = "和") -> str:
    """甲、乙和丙."""
    return words[0] if len(words) == 1 else f"{'、'.join(words[:-1])}{last}{words[-1]}"
