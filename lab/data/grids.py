"""Small pictures: 12 × 12 squares of 16 colours, as a text of twelve lines of hexadecimal digits, a digit a square.

So a picture travels in a row like any text: it can be compared, hashed, written in a CSV and shown in a terminal.
Larger ones are scaled to the grid and each square takes the nearest colour of the palette; that loses what is finer.
"""

import base64
import io
import re
from collections.abc import Sequence

from lab.errors import DataError

SIDE = 12
SQUARES = SIDE * SIDE
PALETTE = (
    "#ffffff", "#000000", "#9a9a9a", "#e03131", "#f08c00", "#ffd43b", "#2f9e44", "#66d9e8",
    "#1c6fd4", "#8e44ad", "#f783ac", "#7b4a21", "#f5deb3", "#0b5345", "#1b2a6b", "#b2f2bb",
)  # fmt: skip
"""What each digit looks like: white, black, grey, red, orange, yellow, green, light blue, blue, purple, pink, brown,
sand, dark green, dark blue, light green. `assets/js/core/grids.js` has the same."""
DIGITS = "0123456789abcdef"
LARGEST_SIDE = 4096
DATA_URI = re.compile(r"data:image/[\w.+-]+;base64,")
GRID = re.compile(rf"([0-9a-f]{{{SIDE}}}\n){{{SIDE - 1}}}[0-9a-f]{{{SIDE}}}")


def is_grid(text: str) -> bool:
    """Whether a text is a picture as this lab writes one."""
    return GRID.fullmatch(text) is not None


def to_grid(squares: Sequence[int]) -> str:
    """The text of 144 colour numbers, row by row from the top left."""
    return "\n".join(to_lines(squares))


def to_lines(squares: Sequence[int]) -> list[str]:
    """The lines of as many rows as there are."""
    digits = "".join(DIGITS[colour] for colour in squares)
    return [digits[i : i + SIDE] for i in range(0, len(digits), SIDE)]


def to_squares(grid: str) -> list[int]:
    """The 144 colour numbers of a picture's text."""
    return [int(digit, 16) for digit in grid.replace("\n", "")]


def differing(one: str, other: str) -> int:
    """How many squares of two pictures differ."""
    return sum(a != b for a, b in zip(one, other, strict=True))


def read_grid(text: str) -> str | None:
    """The picture that a text writes: with lines, or as 144 digits in one; None for any other text."""
    lines = text.strip().lower().split()
    digits = "".join(lines)
    if len(digits) != SQUARES or len(lines) not in (1, SIDE) or not set(digits) <= set(DIGITS):
        return None
    grid = to_grid([int(digit, 16) for digit in digits])
    return grid if len(lines) == 1 or grid.split() == lines else None


def grid_of_image(data: bytes, where: str) -> str:
    """A PNG (or GIF, BMP, JPEG, WebP) scaled to the grid, in the palette's nearest colours; raises DataError.

    What is transparent counts as white. A picture that is no square is scaled in each direction by itself.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "GIF", "BMP", "JPEG", "WEBP")) as opened:
            if max(opened.size) > LARGEST_SIDE:
                raise DataError(
                    f"the picture has {opened.size[0]:,} × {opened.size[1]:,} dots", where=where,
                    do=f"scale it down; at most {LARGEST_SIDE:,} a side are read, and {SIDE} are kept.",
                )  # fmt: skip
            coloured = opened.convert("RGBA")
    except DataError:
        raise
    except Exception as problem:  # Pillow raises anything for a broken file
        raise DataError("the picture can't be read", where=where, do="save it as PNG.") from problem
    whole = Image.alpha_composite(Image.new("RGBA", coloured.size, (255, 255, 255, 255)), coloured).convert("RGB")
    small = whole if whole.size == (SIDE, SIDE) else whole.resize((SIDE, SIDE), Image.Resampling.BOX)
    dots = small.tobytes()
    return to_grid([_nearest(dots[i], dots[i + 1], dots[i + 2]) for i in range(0, len(dots), 3)])


def grid_of_uri(text: str, where: str) -> str | None:
    """The picture in a `data:image/png;base64,…` text; None for any other text. Raises DataError for a broken one."""
    found = DATA_URI.match(text)
    if not found:
        return None
    try:
        data = base64.b64decode(text[found.end() :], validate=True)
    except ValueError as problem:
        raise DataError("the picture's base64 is broken", where=where, do="write it again.") from problem
    return grid_of_image(data, where)


def _nearest(red: int, green: int, blue: int) -> int:
    """The number of the colour of the palette that looks most like this one (red and green weigh more to the eye)."""
    return min(
        range(len(COLOURS)),
        key=lambda n: (
            3 * (COLOURS[n][0] - red) ** 2 + 4 * (COLOURS[n][1] - green) ** 2 + 2 * (COLOURS[n][2] - blue) ** 2
        ),
    )


COLOURS = tuple(tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) for colour in PALETTE)
