"""How well pictures are drawn and described: exactly right or not, and how near drawings are to what was trained.

Plain data. A drawing is right if every square is; a caption, if it says what is to be said, letter by letter or, where
the data can tell, in the same meaning.
"""

from collections import Counter
from collections.abc import Sequence
from statistics import fmean

from lab.data.asked import plain
from lab.data.grids import SQUARES, differing
from lab.data.types import Row
from lab.evaluate.graded import Graded
from lab.evaluate.intervals import mean_interval, share_interval
from lab.store.pictures import Captions, Drawings


def graded_drawings(drawn: Sequence[str], wanted: Sequence[str], trained: Sequence[str]) -> Graded:
    """The share drawn exactly, the share of squares that are right, and the share that copies a training picture.

    Beside each stands what the most central training picture would get if it were always drawn.
    """
    known = list(dict.fromkeys(trained))
    usual = commonest_picture(known)
    exact = [one == other for one, other in zip(drawn, wanted, strict=True)]
    squares = [1 - differing(one, other) / SQUARES for one, other in zip(drawn, wanted, strict=True)]
    copied = [one in set(known) for one in drawn]
    n = len(wanted)
    return Graded(
        {"drawn_exactly": fmean(exact), "squares_right": fmean(squares), "copied": fmean(copied)},
        {
            "drawn_exactly": share_interval(fmean(exact), n), "squares_right": mean_interval(squares),
            "copied": share_interval(fmean(copied), n),
        },
        {
            "drawn_exactly": fmean(usual == one for one in wanted),
            "squares_right": fmean(1 - differing(usual, one) / SQUARES for one in wanted), "copied": 1.0,
        },
    )  # fmt: skip


def graded_captions(right: Sequence[bool], blind: Sequence[bool], usual: Sequence[bool]) -> Graded:
    """The share of captions that are right, and the same where another picture was shown, which is what can be
    guessed; beside both what always the commonest caption would get."""
    found = {"captions_right": fmean(right), "captions_right_blind": fmean(blind)}
    always = dict.fromkeys(found, fmean(usual))
    return Graded(found, {name: share_interval(value, len(right)) for name, value in found.items()}, always)


def is_right(said: str, row: Row) -> bool:
    """Whether a caption is one of those that a row has: word by word, whatever the case and the marks at its end."""
    return plain(said) in map(plain, (row["caption"], *row.get("also", ())))


def others(pictures: Sequence[str]) -> list[str]:
    """In the place of each picture another one of them, as far as there is another."""
    half = max(1, len(pictures) // 2)
    turned = [*pictures[half:], *pictures[:half]]
    return [next((one for one in (other, *pictures) if one != own), own)
            for own, other in zip(pictures, turned, strict=True)]  # fmt: skip


def commonest_caption(rows: Sequence[Row]) -> str:
    """The caption that most rows have, the first of several such."""
    found: str = Counter(row["caption"] for row in rows).most_common(1)[0][0]
    return found


def captioned(rows: Sequence[Row], said: Sequence[str], blind: Sequence[str]) -> Captions:
    """What is said of some rows' pictures, and what with another picture before it."""
    right = tuple(is_right(one, row) for one, row in zip(said, rows, strict=True))
    shown, wanted = (tuple(row[name] for row in rows) for name in ("image", "caption"))
    return Captions(shown, wanted, tuple(said), tuple(blind), right)


def commonest_picture(known: Sequence[str]) -> str:
    """Of the pictures the one that is made of each square's commonest colour, as far as one is near that."""
    common = "".join(Counter(column).most_common(1)[0][0] for column in zip(*known, strict=True))
    return min(known, key=lambda one: differing(one, common))


def nearest_of(known: Sequence[str], drawn: str) -> str:
    """The picture that a drawing is most like."""
    return min(known, key=lambda one: differing(one, drawn))


def drawings(
    captions: Sequence[str], wanted: Sequence[str], drawn: Sequence[str], trained: Sequence[str],
    history: Sequence[tuple[int, Sequence[str]]] = (),
) -> Drawings:  # fmt: skip
    """The drawings of some captions: what is wanted, those made on the way, and the nearest picture of training."""
    known = list(dict.fromkeys(trained))
    nearest = tuple(nearest_of(known, have) for have in drawn)
    apart = tuple(differing(one, other) for one, other in zip(nearest, drawn, strict=True))
    steps, grown = tuple(step for step, _ in history), tuple(zip(*(made for _, made in history), strict=True))
    return Drawings(tuple(captions), tuple(wanted), tuple(drawn), nearest, apart, steps, grown)
