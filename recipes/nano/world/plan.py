"""Puts a story together: beginning, hero, trouble, attempts, meeting, turn, ending, closing, from two sentences to 200 words.

Every part is drawn by itself, so the stories are as many as the products of the parts; slots of the case and the hero keep
them in agreement. The sentences stand in `begins.py`, `events.py` and the `problems_*.py`.
"""

import random
from functools import cache
from itertools import pairwise

from recipes.nano.world import begins, events
from recipes.nano.world.grammar import fill, parse
from recipes.nano.world.heroes import hero
from recipes.nano.world.problems_people import PEOPLE
from recipes.nano.world.problems_things import THINGS, Family
from recipes.nano.world.problems_wonder import NATURE, WONDER
from recipes.nano.world.shapes import Ending, Story

FAMILIES: tuple[Family, ...] = (*THINGS, *PEOPLE, *WONDER, *NATURE)
PROBLEMS = sum(len(family.cases) for family in FAMILIES)
MOST_WORDS = 200
JOURNEYS = frozenset(["missing", "way", "illness", "errand", "lost", "find"])  # troubles in which one walks about

_OF_HERO = frozenset(["h", "H", "he", "He", "hs", "Hs"])
_OF_OTHERS = frozenset(["f", "F", "fintro", "Fintro", "r"])


@cache
def slots_of(template: str) -> frozenset[str]:
    """The names of the slots in a template."""

    def walk(nodes: tuple) -> set[str]:
        found: set[str] = set()
        for node in nodes:
            if isinstance(node, tuple) and node[0] == "slot":
                found.add(node[1])
            elif isinstance(node, tuple):
                found |= {name for branch in node[1] for name in walk(branch)}
        return found

    return frozenset(walk(parse(template)))


@cache
def _families(group: str) -> tuple[Family, ...]:
    return tuple(f for f in FAMILIES if (group in f.who if f.who else group != "nature"))


def _family(rng: random.Random, slots: dict[str, str], thing: str | None) -> tuple[Family, dict[str, str]]:
    """A trouble that this hero can have, and its case; whoever is the hero or the helper plays no other part in it."""
    pool = _families(slots["group"])
    if thing and any(f.name == "lost" for f in pool):
        pool = tuple(f for f in pool if f.name == "lost")
    # families by the number of their cases, so that all troubles are about equally common
    family = rng.choices(pool, [len(f.cases) for f in pool])[0]
    taken = (slots["kind"], slots["fkind"])
    fitting = [
        case
        for case in family.cases
        if not any(noun in value.split() for value in case.values() for noun in taken if noun != slots["kind"] or "kinds" not in case)
        and slots["kind"] in case.get("kinds", slots["kind"]).split(",")
    ]  # fmt: skip
    return family, rng.choice(fitting or family.cases)


def _with_capitals(slots: dict[str, str]) -> dict[str, str]:
    """Each slot also with a capital, for the starts of sentences that follow a quotation."""
    big = {name[0].upper() + name[1:]: value[:1].upper() + value[1:] for name, value in slots.items() if value}
    return big | slots


def _beginning(rng: random.Random, slots: dict[str, str], family: Family, hooked: bool) -> list[str]:
    """The first sentences: who it is about must be said in them, or right after them."""
    still = slots["group"] == "nature"
    hook = rng.choice(family.hooks)
    if hooked and (slots["group"] != "animal" or slots_of(hook) & {"h", "H", "hs", "Hs"}):
        return [hook, rng.choice(begins.WHO)] if slots["group"] == "animal" else [hook]
    if still:
        return [rng.choice(begins.STILL)]
    new = rng.random() < 0.35
    said = [rng.choice(begins.NEW if new else begins.MIDST)]
    several = slots["group"] in ("pair", "family")
    if not new and not several and rng.random() < (0.7 if slots["group"] in ("child", "animal") else 0.25):
        said.append(rng.choice(begins.WHO))
    if rng.random() < 0.3 and not several:
        said.append(rng.choice(begins.ABOUT))
    return said


def _attempts(rng: random.Random, family: Family, count: int) -> list[str]:
    """So many things that were tried; no two tell the same detail of the case."""
    tried: list[str] = []
    told: set[str] = set()
    for attempt in rng.sample(family.attempts, len(family.attempts)):
        details = slots_of(attempt.lower()) & set(family.cases[0])
        if len(tried) < count and not details & told:
            tried.append(attempt)
            told |= details
    return tried


def _middle(rng: random.Random, family: Family, length: int) -> list[str]:
    """The trouble and what was tried, for a length of 1 (hardly anything) to 4."""
    said = [rng.choice(family.start)]
    if rng.random() < 0.2 + 0.15 * length:
        said.append(rng.choice(events.FEELINGS))
    tried = _attempts(rng, family, (0, 1, 2, 3)[length - 1])
    if family.name == "wish":
        tried.sort(key=lambda one: "{then}" in one.lower())  # the bliss comes first
    for attempt in tried:
        if family.name in JOURNEYS and rng.random() < 0.12 * length:
            said.append(rng.choice(events.ON_THE_WAY))
        said.append(attempt)
        if rng.random() < 0.25:
            said.append(rng.choice(events.STILL_TROUBLED))
    return said


def _turn(rng: random.Random, family: Family, ending: Ending, length: int) -> list[str]:
    """How it comes out: with help, alone, or badly; then a reward and a closing."""
    if ending == "sad":
        said = [rng.choice(events.MEETINGS)] if rng.random() < 0.08 and "{f}" in "".join(family.sad) else []
        said.append(rng.choice(family.sad))
    elif rng.random() < 0.6 and length > 1:
        helped = rng.choice(family.helped)
        said = [] if "{fintro}" in helped else [rng.choice(events.MEETINGS)]
        said.append(helped)
        if rng.random() < 0.5:
            said.append(rng.choice(events.REWARDS))
    else:
        said = [rng.choice(family.alone)]
    closings = events.CLOSINGS_HAPPY if ending == "happy" else events.CLOSINGS_SAD
    if rng.random() < 0.55:
        said.append(rng.choice(closings))
    return said


def _joined(rng: random.Random, said: list[str], often: float = 0.6) -> str:
    """The sentences as one template; the hero's name at the start of one often gives way to a pronoun after another of it."""
    out = said[:1]
    for before, sentence in pairwise(said):
        clear = slots_of(before) & _OF_HERO and not slots_of(before) & _OF_OTHERS and " he said" not in before
        if clear and sentence.startswith(("{H} ", "{h} ")) and rng.random() < often:
            sentence = "{He} " + sentence[4:]
        out.append(sentence)
    return " ".join(out)


def _later(rng: random.Random, template: str, slots: dict[str, str]) -> str:
    """A later part of a story, in which a pair may be called the two."""
    if slots["group"] == "pair" and rng.random() < 0.5 and not slots_of(template) & {"hs", "Hs"}:
        slots = slots | {"h": "the two", "H": "The two"}
    return fill(template, rng, slots)


def dress(rng: random.Random, slots: dict[str, str]) -> dict[str, str]:
    """The slots with what beginnings need besides: weather, a sound, an interruption, and everything with a capital, too."""
    slots = slots | {"sky": rng.choice(begins.SKIES), "noise": rng.choice(begins.NOISES)}
    when = fill(rng.choice(begins.WHEN), rng, slots)
    return _with_capitals(slots | {"when": when[0].lower() + when[1:]})


def story(rng: random.Random, kind: str | None = None, thing: str | None = None, ending: Ending | None = None) -> Story:
    """One story; hero's kind, thing and ending may be asked for."""
    ending = ending or rng.choice(("happy", "sad"))
    slots = hero(rng, kind, thing)
    family, case = _family(rng, slots, thing)
    slots |= {name: in_midst(value, rng, slots) for name, value in case.items() if name != "kinds"}
    slots = dress(rng, slots)
    length = rng.choices((1, 2, 3, 4), (2, 4, 4, 2))[0]
    hooked = rng.random() < 0.22
    breaks = rng.choice((" ", " ", "\n\n", "\n"))
    often = {"it": 0.3, "they": 0.85}.get(slots["he"], 0.6)
    while True:
        first = _beginning(rng, slots, family, hooked)
        told = [
            fill(_joined(rng, first, often), rng, slots),
            _later(rng, _joined(rng, _middle(rng, family, length), often), slots),
        ]
        last = _later(rng, _joined(rng, _turn(rng, family, ending, length), often), slots)
        if sum(len(text.split()) for text in (*told, last)) <= MOST_WORDS:
            break
        length = max(1, length - 1)
    text = breaks.join((*told, last))
    return Story(text, breaks.join(told), ending, fill(family.about, rng, slots).lower(), slots)


def in_midst(value: str, rng: random.Random, slots: dict[str, str]) -> str:
    """A case's own words with the hero's pronouns in them, as they stand in the middle of a sentence."""
    return fill("x " + value, rng, slots)[2:] if "{" in value else value
