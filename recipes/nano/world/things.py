"""What the world knows about things: the tables beside this file as `Thing`s, jobs and pairs of words."""

from dataclasses import dataclass
from functools import lru_cache

from recipes.nano.world.table_animals import ANIMALS
from recipes.nano.world.table_food import FOOD_AND_PLANTS
from recipes.nano.world.table_jobs import JOBS
from recipes.nano.world.table_objects import OBJECTS
from recipes.nano.world.table_parts import PARTS


@dataclass(frozen=True)
class Thing:
    """One noun and what is known of it; an empty string (or -1 legs) where there is nothing to say."""

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


BIRDS = frozenset(["hen", "duck", "goose", "penguin", "owl", "eagle", "parrot", "crow", "sparrow", "robin", "swan", "pigeon", "peacock", "turkey", "ostrich", "flamingo"])  # fmt: skip
INSECTS = frozenset(["bee", "ant", "fly", "butterfly", "ladybird", "grasshopper", "mosquito"])
MASS = frozenset(["bread", "cheese", "butter", "honey", "chocolate", "rice", "soup", "milk", "water", "tea", "coffee", "juice", "lemonade", "corn", "soap", "lettuce", "spinach", "garlic", "jam", "sugar", "salt", "flour", "yogurt", "cocoa", "glue", "medicine", "bamboo", "grass", "ivy", "moss", "wheat", "salad"])  # fmt: skip


def rows(table: str) -> list[list[str]]:
    """The fields of each line of a table; "-" is an empty string."""
    return [[field.replace("-", "") if field == "-" else field for field in line.split("|")]
            for line in table.splitlines() if line]  # fmt: skip


def _animal_kind(name: str) -> str:
    return "bird" if name in BIRDS else "insect" if name in INSECTS else "animal"


@lru_cache(maxsize=1)
def things() -> tuple[Thing, ...]:
    """Every thing of the table."""
    animals = [Thing(name, _animal_kind(name), colour, int(size), place, sound=sound, food=food, baby=baby,
                     legs=int(legs), can=can)
               for name, colour, size, place, sound, food, baby, legs, can in rows(ANIMALS)]  # fmt: skip
    objects = [Thing(name, kind, colour, int(size), place, use, material)
               for name, kind, colour, size, place, use, material in rows(FOOD_AND_PLANTS + OBJECTS)]  # fmt: skip
    return (*animals, *objects)


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
