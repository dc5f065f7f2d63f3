"""The table of Chinese dishes and techniques (assets/data/dishes.yaml) as typed rows; the words of both languages.

Read and checked here, once; `cuisine` turns it into questions.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from lab.card import Text
from lab.errors import DataError
from lab.home import ASSETS

TABLE = ASSETS / "data" / "dishes.yaml"
FAST_LOADER = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # in C it takes 50 ms instead of 500, before every first step


@dataclass(frozen=True)
class Technique:
    """A way of cooking; `means` completes "… is called"."""

    id: str
    name: Text
    pinyin: str
    means: Text
    story: Text


@dataclass(frozen=True)
class Dish:
    """A dish with everything the questions ask about; the first ingredient is the main one."""

    id: str
    name: Text
    pinyin: str
    plural: bool
    region: Text
    ingredients: tuple[Text, ...]
    technique: Text
    taste: Text
    kind: Text
    story: Text


@dataclass(frozen=True)
class Table:
    """All dishes and techniques, in the order of the file."""

    dishes: tuple[Dish, ...]
    techniques: tuple[Technique, ...]


@cache
def read_table() -> Table:
    """The table; raises DataError where a dish names a word the lists don't have, or lacks a language."""
    raw = yaml.load(TABLE.read_text(encoding="utf-8"), Loader=FAST_LOADER)
    techniques = tuple(
        Technique(row["id"], _text(row["name"], row), row["pinyin"], _text(row["means"], row), _text(row["story"], row))
        for row in raw["techniques"]
    )
    lists = raw | {"techniques": {row["id"]: row["name"] for row in raw["techniques"]}}
    return Table(tuple(_dish(row, lists) for row in raw["dishes"]), techniques)


def _dish(row: dict[str, Any], lists: dict[str, Any]) -> Dish:
    def word(name: str, key: str) -> Text:
        if key not in lists[name]:
            raise DataError(f"'{key}' is not among the {name}", where=f"{TABLE.name}: {row['id']}")
        return _text(lists[name][key], row)

    return Dish(
        id=row["id"],
        name=_text(row["name"], row),
        pinyin=row["pinyin"],
        plural=row.get("plural", False),
        region=word("regions", row["region"]),
        ingredients=tuple(word("ingredients", key) for key in row["ingredients"]),
        technique=word("techniques", row["technique"]),
        taste=word("tastes", row["taste"]),
        kind=word("kinds", row["kind"]),
        story=_text(row["story"], row),
    )


def _text(pair: list[str], row: dict[str, Any]) -> Text:
    if len(pair) != 2 or not all(isinstance(words, str) and words.strip() for words in pair):
        raise DataError(f"{pair!r} is not a pair of English and Chinese", where=f"{TABLE.name}: {row['id']}")
    return Text(*pair)
