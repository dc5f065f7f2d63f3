"""How a picture is said in tokens: rows that are alike once, with how many; in a row squares that are alike once, with
how many. 28 tokens say every picture: 16 colours and 12 numbers. A model puts them behind its own vocabulary. What
reaches to the edge is always said as 12, so that nothing has to be computed for it.

Why not a token a square: a shape on a plain background then takes 144 tokens that hardly say anything, and where it
stands has to be counted; here it takes some 28, and its place is said by two numbers. Why not a codebook of patches: a
colour on a background that was never trained would be a token that was never trained; colours and numbers are the same
in all pictures. What it costs: a picture of noise takes 300 tokens.
"""

from collections.abc import Sequence

from lab.data.grids import DIGITS, SIDE, to_grid

COLOURS = len(DIGITS)
TOKENS = COLOURS + SIDE
EDGE = TOKENS - 1
"""The number 12, which is also said of whatever reaches to the edge."""
MOST = SIDE * (1 + 2 * SIDE)
"""Tokens of the longest picture."""
NAMES = (*(f"■{digit}" for digit in DIGITS), *(f"×{number}" for number in range(1, SIDE + 1)))
"""What each token is called where people look at tokens: a colour by its digit, a number of squares or rows."""


def write_picture(grid: str) -> list[int]:
    """The tokens (from 0) of a picture."""
    said: list[int] = []
    lines = grid.split("\n")
    for line, rows in _to_the_edge(_runs(lines)):
        said.append(_number(rows))
        for digit, squares in _to_the_edge(_runs(line)):
            said += [DIGITS.index(digit), _number(squares)]
    return said


class Pen:
    """A picture while it is said: which tokens may come next, so that it always comes out whole and ends by itself."""

    def __init__(self) -> None:
        self.squares: list[int] = []
        """The rows that are whole, square by square."""
        self._rows = 0
        self._row: list[int] = []
        self._colour: int | None = None

    @property
    def done(self) -> bool:
        """Whether all twelve rows are there."""
        return len(self.squares) == SIDE * SIDE

    def allowed(self) -> Sequence[int]:
        """The tokens that may come next; none once it is done."""
        if self.done:
            return ()
        if not self._rows:
            return _numbers(SIDE - len(self.squares) // SIDE)
        if self._colour is None:
            return [colour for colour in range(COLOURS) if not self._row or colour != self._row[-1]]
        return _numbers(SIDE - len(self._row))

    def put(self, token: int) -> None:
        """Take one of the tokens that are allowed."""
        if token not in self.allowed():
            raise ValueError(f"token {token} can't come here")
        if not self._rows:
            self._rows = min(token - COLOURS + 1, SIDE - len(self.squares) // SIDE)
        elif self._colour is None:
            self._colour = token
        else:
            self._row += [self._colour] * min(token - COLOURS + 1, SIDE - len(self._row))
            self._colour = None
        if len(self._row) == SIDE:
            self.squares += self._row * self._rows
            self._row, self._rows = [], 0


def allowed_along(tokens: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """At each place of a picture's tokens those that might have come there."""
    pen, found = Pen(), []
    for token in tokens:
        found.append(tuple(pen.allowed()))
        pen.put(token)
    return tuple(found)


def read_picture(tokens: Sequence[int]) -> str:
    """The picture that tokens say; raises ValueError for what is no whole picture."""
    pen = Pen()
    for token in tokens:
        pen.put(token)
    if not pen.done:
        raise ValueError("the picture has no end")
    return to_grid(pen.squares)


def _number(count: int) -> int:
    return COLOURS + count - 1


def _numbers(left: int) -> list[int]:
    """The numbers that may come where so much is left: those that leave some, and 12, which leaves nothing."""
    return [*range(COLOURS, COLOURS + left - 1), EDGE]


def _to_the_edge(runs: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    return [*runs[:-1], (runs[-1][0], SIDE)]


def _runs(values: Sequence[str]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for value in values:
        if found and found[-1][0] == value:
            found[-1] = (value, found[-1][1] + 1)
        else:
            found.append((value, 1))
    return found
