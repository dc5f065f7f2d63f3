"""How much is read of what comes from outside, and how much visitors may have, in one place.

Whoever is refused is told which of these was met. `docs/limits.md` lists them for people; a test holds it to this file.
"""

import os
from dataclasses import dataclass

MEGABYTE = 2**20

FILE_BYTES = 400 * MEGABYTE
"""Bytes of a file on this machine, and of what a packed one unpacks to."""
UPLOAD_BYTES = 50 * MEGABYTE
"""Bytes of a file that the page sends, and of what a packed one unpacks to."""
ROWS = 200_000
"""Rows read of one source: far more than a lab on a small machine trains on, and still seconds to read."""
COLUMNS = 2_000
"""Columns of a table, and keys of a row."""
LETTERS = 2_000_000
"""Letters of one text."""

RECIPE_LETTERS = 200_000
"""Letters of a recipe: the longest that comes with the lab has a fiftieth of that."""
RECIPE_VALUES = 100_000
"""Values in a recipe: fields, entries of lists, and what stands in them."""
RECIPE_DEPTH = 24
"""Lists and mappings of a recipe that stand in each other."""
DIGITS = 100
"""Digits of a whole number in a recipe."""
SHOWN = 80
"""Letters of a value that a message repeats."""

JSON_BYTES = 64 * MEGABYTE
"""Bytes of a model's config.json and of the list of its files."""

BUNDLE_BYTES = 20_000 * MEGABYTE
"""Bytes that a bundle of another lab unpacks to, its weights included."""
BUNDLE_FILES = 20_000
"""Files in a bundle."""

REQUEST_BYTES = 4 * MEGABYTE
"""Bytes of a question that the page asks, files apart."""


EXPORTED_RATINGS = 100_000
"""Votes, thumbs and edits that the page gives out as one file; the terminal writes any number."""


@dataclass(frozen=True)
class Limits:
    """What a process that looks at something from outside may take: seconds of its processor (four times as many by
    the clock, on a busy machine), bytes of memory beyond what it starts with, bytes of its answer."""

    seconds: float
    memory: int
    answer: int


READING = Limits(seconds=120, memory=4096 * MEGABYTE, answer=1024 * MEGABYTE)
"""For a file on this machine that a recipe names."""
HUB = Limits(seconds=600, memory=4096 * MEGABYTE, answer=1024 * MEGABYTE)
"""For a data set on the Hub, which may have to be fetched first."""
CHECKING = Limits(seconds=45, memory=1536 * MEGABYTE, answer=MEGABYTE)
"""For a file that the page sends: it is looked at whole, and kept if it is good."""
AT_ONCE = 2
"""Processes that look at something for one lab at the same time; others wait."""


@dataclass(frozen=True)
class Share:
    """How much of one thing whoever is not the lab's owner may have: each visitor, and all of them together."""

    each: int
    all: int


MEMBERS_GET = 4
"""Times what a visitor may have that a member may, who has entered with a name or a password."""

FAIR_USE = {
    "queued_runs": Share(24, 240),
    "tokens": Share(60_000_000, 600_000_000),
    "run_seconds": Share(1_800, 0),
    "conversations": Share(6, 100),
    "answering": Share(2, 16),
    "making_pairs": Share(2, 16),
    "uploads_mb": Share(100, 2_000),
    "imported_votes": Share(5_000, 100_000),
    "raters": Share(20, 2_000),
    "requests": Share(900, 18_000),
    "new_visitors": Share(0, 600),
}
"""What visitors of a lab that others use may have, each and in all; 0 stands for no limit.

Runs that wait or run, and their steps × batch × length in all (`tokens`); the seconds of one run; conversations kept;
questions being answered and pairs of answers being made at once; megabytes sent, votes from files and the names in
those files, within a day; requests within a minute. `new_visitors`: requests of a minute that bring no cookie."""

HUB_MB = 3_000
"""Megabytes of a base on the Hub that visitors may have fetched; which ones is in LAB_HUB_BASES."""
HUB_DATA_MB = 300
"""Megabytes of a data set on the Hub that visitors may have fetched."""


def setting(name: str, usual: int) -> int:
    """A limit as the environment sets it (`LAB_<NAME>`), else as it usually is; raises ValueError for no number."""
    said = os.environ.get(f"LAB_{name.upper()}", "").strip()
    if not said:
        return usual
    if not said.isdecimal():
        raise ValueError(f"LAB_{name.upper()} is '{said[:40]}', and is to be a whole number")
    return int(said)


def share(name: str) -> Share:
    """How much of something visitors may have: LAB_<NAME> and LAB_<NAME>_IN_ALL change it."""
    usual = FAIR_USE[name]
    return Share(setting(name, usual.each), setting(f"{name}_in_all", usual.all))


def check_settings() -> None:
    """Raise ValueError where the environment sets a limit to what is no number."""
    for name in FAIR_USE:
        share(name)
    for name in ("members_get", "hub_mb", "hub_data_mb", "zero_seconds"):
        setting(name, 0)
