"""Tokens as people read them: a character that takes several tokens is shown once, over all of them; bytes that are no
whole character are shown as bytes.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

HALF = "\ufffd"
"""What bytes that are no whole character decode to."""
SPACE = "▁"
"""How SentencePiece writes a space; at the beginning of a text its decoder leaves it off."""
LONGEST = 8
"""Tokens taken together at most while a character is unfinished."""
BYTE = re.compile(r"<0x([0-9A-Fa-f]{2})>")


@dataclass(frozen=True)
class Span:
    """Tokens `start` to (without) `end`, and what they say together."""

    start: int
    end: int
    text: str


def token_spans(tokenizer: Any, ids: Sequence[int], breaks: Collection[int] = ()) -> list[Span]:
    """All tokens in order, in the smallest stretches that are whole characters, special tokens as their names.

    No stretch reaches over a place in `breaks`: a character that is cut there is shown as its bytes on either side.
    """
    specials = set(tokenizer.get_added_vocab().values())
    found: list[Span] = []
    context, start = 0, 0
    for end in range(1, len(ids) + 1):
        last = end == len(ids) or end in breaks or ids[end] in specials
        text, whole = _read(tokenizer, ids[context:start], ids[start:end], last or end - start >= LONGEST)
        if text:
            found.append(Span(start, end, text))
            context, start = (start if whole else end), end
    return found


def token_text(tokenizer: Any, token: int, before: Sequence[int] = ()) -> str:
    """What one token adds to those before it; its bytes where they are no whole character."""
    return _read(tokenizer, before[-1:], [token], last=True)[0]


def _read(tokenizer: Any, before: Sequence[int], ids: Sequence[int], last: bool) -> tuple[str, bool]:
    """What tokens say after others, and whether those are whole characters; nothing while more are needed for that,
    unless these are the `last`."""
    # a token may be written differently after another one, so its text is what it adds to the tokens before
    text = _decode(tokenizer, [*before, *ids])[len(_decode(tokenizer, before)) :]
    if text and HALF not in text:
        return text, True
    named = _as_bytes(tokenizer, ids)
    try:
        if found := named.decode("utf-8"):
            return found, True
    except UnicodeDecodeError as problem:
        if problem.reason == "unexpected end of data" and not last:
            return "", False
        return f"⟨{named.hex(' ').upper()}⟩", False
    if not last and text:
        return "", False
    return "".join(tokenizer.convert_ids_to_tokens(list(ids))).replace(SPACE, " ") or text, False


def _decode(tokenizer: Any, ids: Sequence[int]) -> str:
    return str(tokenizer.decode(list(ids), skip_special_tokens=False, clean_up_tokenization_spaces=False))


def _as_bytes(tokenizer: Any, ids: Sequence[int]) -> bytes:
    """The bytes that tokens stand for, where they are named as bytes; nothing where one is not."""
    named = []
    for token in tokenizer.convert_ids_to_tokens(list(ids)):
        if single := BYTE.fullmatch(token):
            named.append(bytes.fromhex(single[1]))
        elif all(sign in _byte_alphabet() for sign in token):
            named.append(bytes(_byte_alphabet()[sign] for sign in token))
        else:
            return b""
    return b"".join(named)


@cache
def _byte_alphabet() -> dict[str, int]:
    """The letters that byte-level tokenizers write bytes with (Radford et al. 2019): printable ones as themselves, the
    others from U+0100 on."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {chr(0x100 + i): byte for i, byte in enumerate(others)}
