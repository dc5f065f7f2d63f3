"""How wide the columns of a table are, so that it fits the terminal: wrapped between words and, where that is not
enough, without its least important columns. Only numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

BETWEEN = 3
"""Cells between two columns."""
LONGEST_WORD = 20
"""A longer word may be broken."""
LONGEST_NUMBER = 10
NARROWEST = 4


@dataclass(frozen=True)
class Fitted:
    """The columns that are shown, by their place, and how wide each is."""

    places: tuple[int, ...]
    widths: tuple[int, ...]


def fit(cells: Sequence[Sequence[str]], room: int, spare: Sequence[Sequence[str]] = ()) -> Fitted:
    """How a table of these rows, its heads first, fits into `room` cells.

    `spare` are groups of columns, by their heads, to go without: the least important group first.
    """
    places = list(range(len(cells[0])))
    for group in [*spare, None]:
        shown = [[row[place] for place in places] for row in cells]
        space = room - BETWEEN * (len(places) - 1)
        least = [max(map(_word, column)) for column in zip(*shown, strict=True)]
        if sum(least) <= space or group is None:
            break
        places = [place for place in places if cells[0][place] not in group]
    return Fitted(tuple(places), tuple(_shrink([max(map(_line, column)) for column in zip(*shown, strict=True)],
                                               least, space)))  # fmt: skip


def _shrink(widths: list[int], least: list[int], space: int) -> list[int]:
    """Take from the widest column, down to its longest word; where that is not enough, from all."""
    for floors in (least, [min(one, NARROWEST) for one in least]):
        while sum(widths) > space and (able := [i for i, width in enumerate(widths) if width > floors[i]]):
            widths[max(able, key=lambda i: widths[i])] -= 1
    return widths


def _line(cell: str) -> int:
    return max(map(cell_len, cell.split("\n")))


def _word(cell: str) -> int:
    """The longest piece that stays whole: a word, or a number with its unit."""
    pieces = [cell] if cell[:1].isdigit() and len(cell) < LONGEST_NUMBER else cell.split()
    return min(LONGEST_WORD, max(map(cell_len, pieces or [""])))
