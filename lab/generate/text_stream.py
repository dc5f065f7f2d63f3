"""Tokens become text as they come, never showing half a character."""

from collections.abc import Sequence
from typing import Any

HALF = "\ufffd"
"""What the beginning of a character's bytes decodes to."""


class TextStream:
    """The text of a growing answer. A Chinese character may take several tokens; it is shown with the last of them."""

    def __init__(self, tokenizer: Any):
        self._tokenizer = tokenizer
        self._ids: list[int] = []
        self._begin = 0
        self._whole = 0
        self._shown = ""

    def add(self, token: int) -> str:
        """The text that `token` completes; empty while a character is unfinished."""
        self._ids.append(token)
        # Some tokenizers write a token differently after another one (leading spaces), so new text is the difference
        # between decoding with and without the tokens since text was last whole, some earlier ones before both.
        before = decode(self._tokenizer, self._ids[self._begin : self._whole])
        text = decode(self._tokenizer, self._ids[self._begin :])[len(before) :]
        ready = text.rstrip(HALF)
        new = ready[len(self._shown) :]
        if ready == text:
            self._begin, self._whole, self._shown = self._whole, len(self._ids), ""
        else:
            self._shown = ready
        return new


def decode(tokenizer: Any, ids: Sequence[int]) -> str:
    """The words of `ids`, without special tokens."""
    return str(tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False))
