"""What the world knows about things: the tables beside this file as `Thing`s, jobs and pairs of words."""

from dataclasses import dataclass
from functools import lru_cache

from recipes.nano.world.table_animals import ANIMALS
from recipes.nano.world.table_food import FOOD_AND_PLANTS
from recipes.nano.world.table_jobs import JOBS
from recipes.nano.world.table_mass import MASS_NOUNS
from recipes.nano.world.table_more_animals import MORE_ANIMALS
from recipes.nano.world.table_more_food import MORE_FOOD
from recipes.nano.world.table_more_objects import MORE_OBJECTS
from recipes.nano.world.table_more_plants import MORE_PLANTS
from recipes.nano.world.table_more_play import MORE_PLAY
from recipes.nano.world.table_objects import OBJECTS
from recipes.nano.world.table_parts import PARTS


@dataclass(frozen=True)
class Thing:
    """One noun and what is known of it; an empty string (-1 legs, size 0) where there is nothing to say."""

    name: str
    kind: str
    colour: str
    size: int
    place: str
    use: str = ""
    material: str = ""
    sound: str = ""
    food: str = ""
    baby: str = ""
    legs: int = -1
    can: str = ""


# the kinds of the animals in the first table; the other tables are by kind
KINDS_OF_ANIMALS = {
    "bird": "hen duck goose penguin owl eagle parrot crow sparrow robin swan pigeon peacock turkey ostrich flamingo",
    "insect": "bee ant fly butterfly ladybird grasshopper mosquito",
    "fish": "goldfish shark",
    "reptile": "snake lizard crocodile turtle tortoise",
    "sea animal": "octopus crab",
}
# nouns that are not counted: they go without an article and have no plural
MASS = frozenset(entry for line in MASS_NOUNS.strip().splitlines() for entry in line.split(", "))


def rows(table: str) -> list[list[str]]:
    """The fields of each line of a table; "-" is an empty string."""
    return [[field.replace("-", "") if field == "-" else field for field in line.split("|")]
            for line in table.splitlines() if line]  # fmt: skip


def _animal_kind(name: str) -> str:
    return next((kind for kind, names in KINDS_OF_ANIMALS.items() if name in names.split()), "animal")


def _animals(table: str, kind: str = "") -> list[Thing]:
    return [Thing(name, kind or _animal_kind(name), colour, int(size), place, sound=sound, food=food, baby=baby,
                  legs=int(legs), can=can)
            for name, colour, size, place, sound, food, baby, legs, can in rows(table)]  # fmt: skip


def _objects(table: str, kind: str) -> list[Thing]:
    return [Thing(name, kind, colour, int(size or 0), place, use, material)
            for name, colour, size, place, use, material in rows(table)]  # fmt: skip


COMMON = 394
"""So many things, the first ones, are asked about three times as often as each of the others."""


@lru_cache(maxsize=1)
def things() -> tuple[Thing, ...]:
    """Every thing of the tables."""
    found = _animals(ANIMALS)
    found += [Thing(name, kind, colour, int(size), place, use, material)
              for name, kind, colour, size, place, use, material in rows(FOOD_AND_PLANTS + OBJECTS)]  # fmt: skip
    for kind, table in MORE_ANIMALS.items():
        found += _animals(table, kind)
    for kind, table in (*MORE_FOOD.items(), *MORE_PLANTS.items(), *MORE_OBJECTS.items(), *MORE_PLAY.items()):
        found += _objects(table, kind)
    return tuple(found)


@lru_cache(maxsize=1)
def rare_things() -> frozenset[str]:
    """The names of what is spoken of less: all but the first tables' animals, food and objects."""
    return frozenset(thing.name for thing in things()[COMMON:])


@lru_cache(maxsize=1)
def jobs() -> tuple[tuple[str, str, str], ...]:
    """(job, what they do, where they work); relations.workers() knows their tools too."""
    return tuple((job, work, place) for job, work, place, _ in rows(JOBS))


def pairs(table: str) -> tuple[tuple[str, str], ...]:
    """The two-word entries of a table of pairs."""
    return tuple(
        dict.fromkeys(tuple(entry.split()) for line in table.strip().splitlines() for entry in line.split("|"))
    )


@lru_cache(maxsize=1)
def part_table() -> dict[str, tuple[str, ...]]:
    """The parts of each thing that has any worth telling."""
    entries = (entry.split(": ") for line in PARTS.strip().splitlines() for entry in line.split("|"))
    return {name: tuple(parts.split(", ")) for name, parts in entries}
