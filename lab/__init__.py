"""Parrot Lab: fine-tune language models side by side, compare them, rate them, and learn from the ratings.

`lab.open()` opens a lab from Python, see `lab.api`. Importing `lab` loads nothing else; a room that needs a heavy
library imports it where it is used.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lab.api import Lab
    from lab.evaluate.leaderboard import Leaderboard

__version__ = "0.1.0"


def open(folder: str | Path | None = None) -> "Lab":
    """The lab in `folder`; by default LAB_HOME, or `.lab` in the working folder."""
    from lab.api import Lab

    return Lab.open(folder)


def leaderboard() -> "Leaderboard | None":
    """The measured table of methods that ships with the lab: what each came to on each data set, with intervals.

    `lab.leaderboard().of("cookbook: west")` has the scores of a data set, best first; `score.row()` is a flat record.
    """
    from lab.evaluate.leaderboard import read_leaderboard

    return read_leaderboard()
