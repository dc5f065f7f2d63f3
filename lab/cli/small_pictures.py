"""Small pictures in the terminal: two squares a character where it has colours, else a letter a square."""

import os
import sys
from collections.abc import Sequence
from itertools import zip_longest

from lab.data.grids import COLOURS, DIGITS

LETTERS = " #%roygcbpkbsGNm"
"""How squares look where there are no colours: nothing for white, the first letter of most others."""


def in_colour() -> bool:
    """Whether standard output is a terminal that shows colours."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def picture_lines(grid: str) -> list[str]:
    """A picture as lines of equal width: two of its rows in one, or, where there are no colours, a row in each."""
    rows = grid.split("\n")
    if not in_colour():
        return [f"|{''.join(2 * LETTERS[DIGITS.index(digit)] for digit in row)}|" for row in rows]
    return ["".join(map(_half, upper, lower)) + "\x1b[0m"
            for upper, lower in zip_longest(rows[::2], rows[1::2], fillvalue=rows[-1])]  # fmt: skip


def beside(grids: Sequence[str]) -> list[str]:
    """Several pictures in one row."""
    return ["  ".join(parts) for parts in zip(*map(picture_lines, grids), strict=True)]


def _half(upper: str, lower: str) -> str:
    """Two squares, one above the other, in one character."""
    one, other = (";".join(map(str, COLOURS[DIGITS.index(digit)])) for digit in (upper, lower))
    return f"\x1b[38;2;{one};48;2;{other}m▀"
