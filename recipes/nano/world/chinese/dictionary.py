"""Chinese for every word of the tables: things, the values of their properties, jobs, countries; and 量词.

A word is looked up in the table of its field (`chinese("orange", "colour")`), since the English word may mean two
things; without a field the first table that has it answers, names of things first.
"""

import re
from dataclasses import replace
from functools import lru_cache

from recipes.nano.world.chinese import table_more_values, table_people, table_uses, table_values, table_world
from recipes.nano.world.chinese.table_more_names import MORE_NAMES
from recipes.nano.world.chinese.table_more_uses import MORE_USES
from recipes.nano.world.chinese.table_names import NAMES
from recipes.nano.world.relations import countries
from recipes.nano.world.things import Thing, jobs, pairs, part_table


def _entries(*tables: str) -> dict[str, str]:
    lines = (line for table in tables for line in table.strip().splitlines())
    entries = [entry.strip() for line in lines for entry in line.split(", ")]
    found = dict(entry.split("=") for entry in entries)
    if len(found) != len(entries):
        words = [entry.split("=")[0] for entry in entries]
        twice = sorted({word for word in words if words.count(word) > 1})
        raise ValueError(f"a word stands twice in a table: {twice}")
    return found


def _lines(table: str) -> list[list[str]]:
    return [line.split(": ", 1) for line in table.splitlines() if line]


TABLES: dict[str, dict[str, str]] = {
    "name": _entries(*(entries for _, entries in _lines(NAMES + MORE_NAMES))),
    "kind": _entries(table_values.KINDS),
    "colour": _entries(table_values.COLOURS),
    "place": _entries(table_values.PLACES, table_more_values.MORE_PLACES),
    "use": _entries(table_uses.USES, MORE_USES),
    "material": _entries(table_values.MATERIALS, table_more_values.MORE_MATERIALS),
    "sound": _entries(table_values.SOUNDS, table_more_values.MORE_SOUNDS),
    "food": _entries(table_values.FOODS, table_more_values.MORE_FOODS),
    "baby": _entries(table_values.BABIES, table_more_values.MORE_BABIES),
    "can": _entries(table_values.ABILITIES, table_more_values.MORE_ABILITIES),
    "part": _entries(table_uses.PARTS),
    "number": _entries(table_values.NUMBERS),
    "job": _entries(table_people.JOBS),
    "work": _entries(table_people.WORK),
    "workplace": _entries(table_people.WORKPLACES),
    "country": _entries(table_people.COUNTRIES),
    "capital": _entries(table_people.CAPITALS),
    "calendar": _entries(table_people.CALENDAR),
    "continent": _entries(table_world.CONTINENTS),
    "language": _entries(table_world.LANGUAGES),
    "dish": _entries(table_world.DISHES),
    "animal": _entries(table_world.ANIMALS),
    "climate": _entries(table_world.CLIMATES),
    "season": _entries(table_world.SEASONS),
    "tool": _entries(table_world.TOOLS),
}
MEASURE_WORDS: dict[str, str] = {
    name: measure for measure, entries in _lines(NAMES + MORE_NAMES) for name in _entries(entries)
}  # fmt: skip
_SOUNDS_OF = _entries(table_values.SOUNDS_OF)
_BABIES_OF = _entries(table_values.BABIES_OF, table_more_values.MORE_BABIES_OF)
_BABIES_OF_KINDS = _entries(table_more_values.BABIES_OF_KINDS)
_WHERE = {
    place: word
    for places, word in (
        (table_values.ON_THEM, "上"),
        (table_more_values.MORE_ON_THEM, "上"),
        (table_values.AMONG, "中"),
        (table_values.BARE, ""),
    )
    for place in re.split(r", |\n", places.strip())
}
_PARTS_OF = dict(entry.split("=") for entry in table_uses.PARTS_OF.split("|"))


def chinese(word: str, field: str = "") -> str:
    """The Chinese for an English word of the tables, in the sense of this field; KeyError names a word that lacks it."""
    if field:
        return TABLES[field][word]
    return next((table[word] for table in TABLES.values() if word in table), None) or TABLES["name"][word]


def measure_word(name: str) -> str:
    """The measure word (量词) of a thing: 一只猫, 一把锤子; 个 where none is given."""
    return MEASURE_WORDS.get(name, "个")


def located(place: str) -> str:
    """A place as one is there: 花园里, 树上, 天空中; the place is English, as in `Thing.place`."""
    bare = chinese(place, "place")
    return bare + _WHERE.get(place, "里")


def in_chinese(thing: Thing) -> Thing:
    """The thing with every property in Chinese (place: a bare noun; baby and sound as this animal's own are called)."""
    said = {field: chinese(value, field) for field in ("kind", "colour", "place", "use", "material", "food", "can")
            if (value := getattr(thing, field))}  # fmt: skip
    name = chinese(thing.name, "name")
    if thing.sound:
        said["sound"] = _SOUNDS_OF.get(thing.name) or chinese(thing.sound, "sound")
    if thing.baby:
        said["baby"] = _BABIES_OF.get(thing.name) or _BABIES_OF_KINDS.get(thing.kind, f"小{name}")
    return replace(thing, name=name, **said)


@lru_cache(maxsize=1)
def chinese_parts() -> dict[str, tuple[str, ...]]:
    """The parts of things, in Chinese; the keys are the English names."""
    return {name: tuple(_PARTS_OF.get(f"{name}: {part}") or chinese(part, "part") for part in parts)
            for name, parts in part_table().items()}  # fmt: skip


@lru_cache(maxsize=1)
def chinese_jobs() -> tuple[tuple[str, str, str], ...]:
    """(job, what they do, where they work: a bare noun), in the order of `things.jobs()`."""
    return tuple(
        (chinese(job, "job"), chinese(work, "work"), chinese(place, "workplace")) for job, work, place in jobs()
    )


@lru_cache(maxsize=1)
def chinese_capitals() -> tuple[tuple[str, str], ...]:
    """(country, capital)."""
    return tuple((chinese(country.name, "country"), chinese(country.capital, "capital")) for country in countries())


@lru_cache(maxsize=1)
def chinese_opposites() -> tuple[tuple[str, str], ...]:
    """Pairs of Chinese words that are opposites; they are no translations of the English pairs."""
    return pairs(table_people.OPPOSITES)
