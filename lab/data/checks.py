"""Is a value what its column should hold? Each check returns the value as it will be learned from, or raises DataError.

`place` is where the row is; the column is added here.
"""

import math
from typing import Any

from lab.data.decode import markup_in
from lab.data.parse import kind
from lab.errors import DataError

YES = (
    "true", "yes", "1", "1.0", "good", "desirable", "chosen", "accepted", "positive", "up", "thumbs_up", "like",
    "liked",
)  # fmt: skip
NO = (
    "false", "no", "0", "0.0", "-1", "-1.0", "bad", "undesirable", "rejected", "negative", "down", "thumbs_down",
    "dislike", "disliked",
)  # fmt: skip
TRUTHS = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
MOST_LETTERS = 2_000_000


def text(value: Any, place: object, column: str) -> str:
    """Text with something in it, which can be written as UTF-8 and is not a web page."""
    if isinstance(value, str) and value.isascii() and "<" not in value and len(value) <= MOST_LETTERS and value.strip():
        return value  # nearly every row ends here; `place` costs more than all these questions
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
    if page := markup_in(value):
        raise DataError(f"the text is {page}: {short(value)}", where=spot,
                        do="keep only what a reader would see, or remove the row.")  # fmt: skip
    if not value.isascii():
        _check_encodable(value, spot)
    return value


def optional_text(value: Any, place: object, column: str) -> str:
    """Text, or "" for nothing."""
    return "" if value is None or (isinstance(value, str) and not value.strip()) else text(value, place, column)


def label(value: Any, place: object, column: str) -> str:
    """The name of a class; whole numbers and true/false count as names."""
    if isinstance(value, int):
        return str(value).lower()
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
        raise DataError(
            f"letter {problem.start + 1} is half a character (\\u{ord(value[problem.start]):04x})", where=spot,
            do="write the whole character; emoji are two \\u codes.",
        ) from None  # fmt: skip


def known_truth(value: Any) -> bool | None:
    """True or false where a value says so, in one of the ways that `TRUTHS` lists; else None."""
    return TRUTHS.get(str(value).strip().lower()) if isinstance(value, bool | int | float | str) else None


def short(value: Any) -> str:
    """A value as a message shows it, at most 60 letters."""
    shown = " ".join(str(value)[:200].encode("utf-8", "replace").decode().split())
    return shown if len(shown) <= 60 else shown[:57] + "..."
