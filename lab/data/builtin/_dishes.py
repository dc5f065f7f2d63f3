"""The table of Chinese dishes and techniques (assets/data/dishes.yaml) as typed rows; the words of both languages.

Read and checked here, once; `cuisine` turns it into questions.
"""

from collections.abc import Mapping
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
class NewDish:
    """A dish that is held out whole; its taste only where it is the usual one of its region."""

    id: str
    name: Text
    plural: bool
    region: Text
    technique: Text
    taste: Text | None


@dataclass(frozen=True)
class Table:
    """All dishes and techniques, in the order of the file; `textures` says what a technique (by its name) does."""

    dishes: tuple[Dish, ...]
    techniques: tuple[Technique, ...]
    new_dishes: tuple[NewDish, ...]
    textures: Mapping[Text, Text]


@cache
def read_table() -> Table:
    """The table; raises DataError where a dish names a word the lists don't have, or lacks a language."""
    raw = yaml.load(TABLE.read_text(encoding="utf-8"), Loader=FAST_LOADER)
    techniques = tuple(
        Technique(row["id"], _text(row["name"], row), row["pinyin"], _text(row["means"], row), _text(row["story"], row))
        for row in raw["techniques"]
    )
    lists = raw | {"techniques": {row["id"]: row["name"] for row in raw["techniques"]}}
    here = {"id": "texture_of"}
    textures = {
        _word("techniques", technique, here, lists): _word("textures", texture, here, lists)
        for technique, texture in raw["texture_of"].items()
    }
    dishes = tuple(_dish(row, lists) for row in raw["dishes"])
    return Table(dishes, techniques, tuple(_new_dish(row, lists) for row in raw["new_dishes"]), textures)


def _word(name: str, key: str, row: dict[str, Any], lists: dict[str, Any]) -> Text:
    if key not in lists[name]:
        raise DataError(f"'{key}' is not among the {name}", where=f"{TABLE.name}: {row['id']}")
    return _text(lists[name][key], row)


def _new_dish(row: dict[str, Any], lists: dict[str, Any]) -> NewDish:
    return NewDish(
        id=row["id"],
        name=_text(row["name"], row),
        plural=row.get("plural", False),
        region=_word("regions", row["region"], row, lists),
        technique=_word("techniques", row["technique"], row, lists),
        taste=_word("tastes", row["taste"], row, lists) if "taste" in row else None,
    )


def _dish(row: dict[str, Any], lists: dict[str, Any]) -> Dish:
    def word(name: str, key: str) -> Text:
        return _word(name, key, row, lists)

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
