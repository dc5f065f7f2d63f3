"""What a row asks: the keys by which two rows ask the same, however they are written. Plain data only.

A question is what stands before an answer that is learned. Where a row does not say what that is (two answers that
begin alike, plain text), it is inferred. Case, spaces, Unicode forms and closing marks make no difference.
"""

import hashlib
import itertools
import json
import re
import unicodedata
from typing import Any

from lab.data.types import Row

Key = str
WRITER = json.JSONEncoder(sort_keys=True, ensure_ascii=False)
CLOSING = " .?!。？！…"
ASKED_BY = re.compile(r"[\n?？!！。:：]|\.\s")
"""Where a question may end that two answers have in common."""
SHORTEST = 8
"""Letters that a common beginning needs to be taken for a question."""


def key_of(row: object) -> str:
    """The same for equal rows, whatever the order of their keys."""
    return WRITER.encode(row)


def number_of(text: str) -> int:
    """A text as 64 bits, evenly spread and the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def questions_of(row: Row) -> tuple[Key, ...]:
    """Keys of all a row asks, the first question first: of a conversation whose answers are all learned, each turn's.

    Never empty: a row that asks nothing is its own question.
    """
    if "task" in row and "completion" in row:  # what a task asks is not in any of its rows: they are on one side
        return (f"task {row['task']}",)
    if row.get("prompt"):
        return (_said(_turns(row["prompt"])),)
    if "messages" in row:
        return _learned(row["messages"]) or (_whole(row),)
    if "chosen" in row and "rejected" in row:
        return (_of_pair(row["chosen"], row["rejected"]),)
    if "text" in row:
        return (plain(row["text"]),)
    if "image" in row:  # all captions of a picture are on one side
        return (row["image"],)
    return (_whole(row),)


def row_key(row: Row) -> Key:
    """A row by all it says, the answers of a pair in either order: a vote that turns around stays the same row."""
    asked = questions_of(row)[0]
    if "chosen" in row and "rejected" in row:
        return "|".join((asked, *sorted(key_of(row[side]) for side in ("chosen", "rejected"))))
    if "task" in row:
        return key_of(row)
    if "completion" in row:
        return f"{asked}|{key_of(row['completion'])}"
    return key_of(row)


def plain(text: str) -> str:
    """A text without what makes no difference to what it asks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(CLOSING)


def _learned(messages: list[dict[str, Any]]) -> tuple[Key, ...]:
    """What stands before each answer of a conversation that is learned."""
    return tuple(
        said
        for end, turn in enumerate(messages)
        if turn["role"] == "assistant" and turn.get("train", True) and (said := _said(messages[:end]))
    )


def _of_pair(chosen: Any, rejected: Any) -> Key:
    """What two answers have in common at their beginning; both of them where that is nothing."""
    if isinstance(chosen, str) and isinstance(rejected, str):
        pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(chosen, rejected, strict=False))
        start = "".join(letter for letter, _ in pairs)
        ends = [found.end() for found in ASKED_BY.finditer(start)]
        asked = plain(start[: ends[-1]]) if ends else ""
        return asked if len(asked) >= SHORTEST else " | ".join(sorted((plain(chosen), plain(rejected))))
    one, other = _turns(chosen), _turns(rejected)
    shared = 0
    while shared < min(len(one), len(other)) - 1 and one[shared] == other[shared]:
        shared += 1
    return _said(one[:shared]) or " | ".join(sorted((_said(one), _said(other))))


def _turns(said: Any) -> list[dict[str, Any]]:
    return [{"role": "user", "content": said}] if isinstance(said, str) else list(said)


def _said(turns: list[dict[str, Any]]) -> Key:
    """A conversation without its instructions to the model: they change how it is answered, not what is asked."""
    return " || ".join(plain(str(turn.get("content") or "")) for turn in turns if turn["role"] != "system")


def _whole(row: Row) -> Key:
    return " | ".join(plain(str(value)) for _, value in sorted(row.items()))
