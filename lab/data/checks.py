"""Is a value what its column should hold? Each check returns the value as it will be learned from, or raises DataError.

`place` is where the row is; the column is added here.
"""

import math
from datetime import date
from decimal import Decimal
from typing import Any

from lab.data.parse import kind
from lab.errors import DataError
from lab.limits import LETTERS as MOST_LETTERS

YES = (
    "true", "yes", "1", "1.0", "good", "desirable", "chosen", "accepted", "positive", "up", "thumbs_up", "like",
    "liked",
)  # fmt: skip
NO = (
    "false", "no", "0", "0.0", "-1", "-1.0", "bad", "undesirable", "rejected", "negative", "down", "thumbs_down",
    "dislike", "disliked",
)  # fmt: skip
TRUTHS = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)


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
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else str(value)
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


def number(value: Any) -> float | None:
    """A finite number, also written as text; None for anything else."""
    try:
        found = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def truth(value: Any, place: object, column: str) -> bool:
    """True or false, also as 1/0, 1.0/0.0, 1/-1 or in words, as files write it."""
    known = known_truth(value)
    if known is None:
        shown = f"{short(value)!r}" if isinstance(value, str) else kind(value)
        raise DataError(
            f"{shown} is neither true nor false", where=f"{place}, column '{column}'", do="write true or false."
        )
    return known


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


def known_truth(value: Any) -> bool | None:
    """True or false where a value says so, in one of the ways that `TRUTHS` lists; else None."""
    return TRUTHS.get(str(value).strip().lower()) if isinstance(value, bool | int | float | str) else None


def short(value: Any) -> str:
    """A value as a message shows it, at most 60 letters."""
    shown = " ".join(str(value)[:200].encode("utf-8", "replace").decode().split())
    return shown if len(shown) <= 60 else shown[:57] + "..."
