"""Does a regular expression match the answer? Anybody may write one, so that no search may take long."""

import math
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from lab.card import Choice, Line, RewardCard, Text
from lab.errors import RecipeError
from lab.rewards._read import Style, text_of

CARD = RewardCard(
    id="pattern",
    name=Text("Regular expression", "正则表达式"),
    explain=Text(
        "1 if the pattern matches, else 0. A search that takes longer than a twentieth of a second counts as no match.",
        "匹配正则表达式得 1 分,否则 0 分。单次匹配超过 0.05 秒视为不匹配。",
    ),
    checks="form",
    knobs=(
        Line(
            "pattern", Text("Pattern", "模式"), r"\d",
            Text("A regular expression, as Python's `re` reads it.", "正则表达式,语法同 Python 的 re。"),
        ),
        Choice(
            "where", Text("Where", "匹配范围"), "anywhere", ("anywhere", "whole"),
            Text("Anywhere in the answer, or all of it.", "出现在回答中即可(anywhere),或须匹配整个回答(whole)。"),
        ),
    ),
)  # fmt: skip
BRACES = re.compile(r"\{(\d*)(?:,(\d*))?\}")
PATIENCE = 0.05
"""Seconds of processor time for a search in one answer."""
TRIED = 400
"""Letters of the texts a pattern is tried on: as many as a long answer has."""


MOST_REPEATS = 2000
"""What the numbers in braces may multiply to: they are written out in memory, each in the other."""


def check(*, place: str, pattern: str, where: str) -> None:
    """Refuse a pattern that can't be read, or that goes back and forth without end; takes a moment at most."""
    import regex

    place = f"{place}.pattern"
    if not pattern:
        raise RecipeError("the pattern is empty, and matches everything", where=place, do=r"write one, such as '\d+'.")
    if _repeats(pattern) > MOST_REPEATS:
        raise RecipeError(f"the pattern {pattern!r} counts its repeats too far", where=place,
                          do=f"let the numbers in braces multiply to {MOST_REPEATS:,} at most.")  # fmt: skip
    try:
        re.compile(pattern)
        _compiled(pattern)
    except (re.error, regex.error, RecursionError, OverflowError) as problem:
        raise RecipeError(f"the pattern {pattern!r} can't be read: {problem}", where=place, do="mend it.") from None
    if (text := _endless(pattern, where)) is not None:
        shown = text if len(text) <= 30 else f"{text[:24]}… ({len(text)} letters)"
        raise RecipeError(
            f"the pattern {pattern!r} goes back and forth for more than {PATIENCE} s in {shown!r}", where=place,
            do="don't repeat what is repeated already, as in (a+)+, and let no two branches match the same.",
        )  # fmt: skip


def score(
    prompts: Sequence[Style], completions: Sequence[Style], answers: Sequence[str | None], *, pattern: str, where: str
) -> list[float | None]:
    """1 or 0."""
    return [float(_matches(pattern, where, text_of(said)) is True) for said in completions]


def _matches(pattern: str, where: str, text: str) -> bool | None:
    """Whether it matches; None where that takes too long."""
    compiled = _compiled(pattern)
    search = compiled.fullmatch if where == "whole" else compiled.search
    try:
        return search(text, timeout=PATIENCE) is not None
    except TimeoutError:
        return None


def _endless(pattern: str, where: str) -> str | None:
    """A text in which the search takes too long: pieces of the pattern's own letters, repeated, with a wrong end."""
    letters = "".join(dict.fromkeys(letter for letter in pattern if letter.isalnum() or letter.isspace()))
    pieces = list(dict.fromkeys([*letters[:12], "a", "1", " ", letters[:4] or "ab", "a1 "]))
    for piece in pieces:
        for end in ("", "\x00"):
            text: str = (piece * TRIED)[:TRIED] + end
            if _matches(pattern, where, text) is None:
                return text
    return None


def _repeats(pattern: str) -> int:
    """The numbers in braces multiplied: never less than the memory that repeats in repeats take."""
    return math.prod(max(1, int(most or least or 1)) for least, most in BRACES.findall(pattern))


@cache
def _compiled(pattern: str) -> Any:
    import regex

    return regex.compile(pattern)
