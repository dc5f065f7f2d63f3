"""Is a value what its column should hold? Each check returns the value as it will be learned from, or raises DataError.

`place` is where the row is; the column is added here.
"""

import math
from datetime import date
from decimal import Decimal
from typing import Any

from lab.data.parse import kind
from lab.errors import DataError

Message = dict[str, str]
ROLES = ("system", "user", "assistant")
SHARED_ROLES = {
    "human": "user", "user": "user", "gpt": "assistant", "chatgpt": "assistant", "assistant": "assistant",
    "model": "assistant", "bot": "assistant", "system": "system",
}  # fmt: skip
"""What ShareGPT files call the speakers."""
TRUTHS = {"true": True, "yes": True, "1": True, "good": True, "false": False, "no": False, "0": False, "bad": False}
MOST_LETTERS = 2_000_000


def text(value: Any, place: object, column: str) -> str:
    """Text with something in it, which can be written as UTF-8; a number counts as the text that writes it."""
    if isinstance(value, str) and value.isascii() and len(value) <= MOST_LETTERS and value.strip():
        return value  # nearly every row ends here; `place` costs more than all these questions
    value = plain(value)
    spot = f"{place}, column '{column}'"
    if not isinstance(value, str):
        do = "fill it, or remove the row." if value is None else 'give text, in double quotes ("...").'
        raise DataError(f"{kind(value)} is here, where text is expected", where=spot, do=do)
    if not value.strip():
        raise DataError("the text is empty", where=spot, do="fill it, or remove the row.")
    if len(value) > MOST_LETTERS:
        raise DataError(
            f"the text has {len(value):,} letters", where=spot, do=f"cut it; at most {MOST_LETTERS:,} are read."
        )
    if not value.isascii():
        _check_encodable(value, spot)
    return value


def plain(value: Any) -> Any:
    """A value of a column of texts as files mean it: a number as text (3.0 as 3, as pandas widens columns with gaps),
    nothing for NaN, all else as it is."""
    if isinstance(value, float | Decimal):
        if not math.isfinite(value):
            return None
        return str(int(value)) if value == int(value) and abs(value) < 1e16 else str(value)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | date) else value


def optional_text(value: Any, place: object, column: str) -> str:
    """Text, or "" for nothing."""
    value = plain(value)
    return "" if value is None or (isinstance(value, str) and not value.strip()) else text(value, place, column)


def label(value: Any, place: object, column: str) -> str:
    """The name of a class; whole numbers and true/false count as names."""
    return text(value, place, column).strip()


def truth(value: Any, place: object, column: str) -> bool:
    """True or false, also as 1/0 or in words, as CSV files write it."""
    known = TRUTHS.get(str(value).strip().lower()) if isinstance(value, bool | int | str) else None
    if known is None:
        shown = f"{_short(value)!r}" if isinstance(value, str) else kind(value)
        raise DataError(
            f"{shown} is neither true nor false", where=f"{place}, column '{column}'", do="write true or false."
        )
    return known


def said(value: Any, place: object, column: str) -> str | list[Message]:
    """Text, or a list of messages."""
    return turns(value, place, column) if isinstance(value, list) else text(value, place, column)


def messages(value: Any, place: object, column: str) -> list[Message]:
    """A conversation: the system's word first if any, then user and assistant by turns, the assistant last."""
    found = turns(value, place, column)
    check_order(found, f"{place}, column '{column}'")
    return found


def turns(value: Any, place: object, column: str) -> list[Message]:
    """Messages with a known role and something said; also as ShareGPT writes them (from, value)."""
    spot = f"{place}, column '{column}'"
    if not isinstance(value, list) or not value:
        found = "an empty list" if value == [] else kind(value)
        raise DataError(
            f"{found} is here, where a list of messages is expected", where=spot,
            do='write [{"role": "user", "content": "..."}, {"role": "assistant", "content": "..."}].',
        )  # fmt: skip
    return [_message(item, f"{spot}, message {number}") for number, item in enumerate(value, 1)]


def check_order(conversation: list[Message], spot: str) -> None:
    """Raises DataError where a conversation is not by turns, or does not end with an answer."""
    spoken = conversation[1:] if conversation[0]["role"] == "system" else conversation
    for number, message in enumerate(spoken, 1 + len(conversation) - len(spoken)):
        awaited = "user" if (number - (len(conversation) - len(spoken))) % 2 else "assistant"
        if message["role"] != awaited:
            raise DataError(
                f"message {number} is the {message['role']}'s, but it is the {awaited}'s turn", where=spot,
                do="after the system's message, if any, user and assistant take turns, the user first.",
            )  # fmt: skip
    if not spoken or spoken[-1]["role"] != "assistant":
        raise DataError("the conversation has no answer at its end", where=spot, do="end it with an assistant message.")


def _message(item: Any, spot: str) -> Message:
    if not isinstance(item, dict):
        raise DataError(f"{kind(item)} is here, where a message is expected", where=spot,
                        do='write {"role": "user", "content": "..."}.')  # fmt: skip
    shared = "role" not in item and "from" in item
    role_key, text_key = ("from", "value") if shared else ("role", "content")
    role = item.get(role_key)
    known = SHARED_ROLES if shared else {role: role for role in ROLES}
    if not isinstance(role, str) or role not in known:
        raise DataError(
            f"{_short(role)!r} is not a role", where=f"{spot}, '{role_key}'", do=f"allowed: {', '.join(known)}."
        )
    content = item.get(text_key)
    if not isinstance(content, str) or not content.strip():
        what = (
            "the message is empty" if isinstance(content, str) else f"{kind(content)} is here, where text is expected"
        )
        raise DataError(what, where=f"{spot}, '{text_key}'", do="fill it, or remove the row.")
    return {"role": known[role], "content": text(content, spot, text_key)}


def _check_encodable(value: str, spot: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as problem:
        letter = value[problem.start]
        if "\udc80" <= letter <= "\udcff":  # what `decode` makes of a byte it could not read
            what = f"byte 0x{ord(letter) - 0xDC00:02x} after letter {problem.start} is broken: it is no text"
            raise DataError(what, where=spot, do="write the letter again, and save the file as UTF-8.") from None
        raise DataError(
            f"letter {problem.start + 1} is half a character (\\u{ord(letter):04x})", where=spot,
            do="write the whole character; emoji are two \\u codes.",
        ) from None  # fmt: skip


def _short(value: Any) -> str:
    shown = " ".join(str(value)[:200].encode("utf-8", "replace").decode().split())
    return shown if len(shown) <= 60 else shown[:57] + "..."
