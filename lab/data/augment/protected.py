"""What augmentation leaves alone in a row: words that its answer has, so that the answer stays right."""

import re
from typing import Any

from lab.data.types import Row

WORD = re.compile(r"(?<![\w-])[A-Za-z]+(?:'[A-Za-z]+)?(?![\w-])")
"""A word by itself: what has a hyphen is often a name (big-plate chicken)."""
CHINESE = re.compile(r"[一-鿿]")


def protected_words(row: Row) -> frozenset[str]:
    """Lower-case words, and Chinese characters, of all answers and labels of a row."""
    answers = [row.get(name) for name in ("completion", "label", "chosen", "rejected")]
    answers += [turn for turn in row.get("messages", ()) if turn["role"] != "user"]
    text = " ".join(map(_text, answers))
    return frozenset({word.lower() for word in WORD.findall(text)} | set(CHINESE.findall(text)))


def is_chinese(text: str) -> bool:
    return CHINESE.search(text) is not None


def is_name(text: str, start: int) -> bool:
    """Whether the word that begins at `start` is written large within a sentence, as names are."""
    before = text[:start].rstrip(" \"'“‘(")
    return text[start].isupper() and bool(before) and before[-1] not in ".!?:\n"


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("content") or "")
    return " ".join(map(_text, value)) if isinstance(value, list) else str(value or "")
