"""The facts of the English world asked and told in Chinese, under the same names: what is held out there is held out here.

Opposites and measure words (量词) are Chinese facts of their own. One in ten facts is never asked in training, only told.
"""

import random
from functools import lru_cache

from recipes.nano.world import facts as english
from recipes.nano.world.chinese.askings import ASKINGS, FOLLOW_UPS, Fact
from recipes.nano.world.chinese.dictionary import (
    chinese,
    chinese_opposites,
    chinese_parts,
    in_chinese,
    located,
    measure_word,
)
from recipes.nano.world.chinese.facts_world import at_work, facts_about_the_world
from recipes.nano.world.chinese.grammar import before_measure, fill, join, key_for, number_key
from recipes.nano.world.chinese.phrasings import MORE_ASKS
from recipes.nano.world.shapes import Document, Question, Split, fact_is_held_out, phrasings
from recipes.nano.world.things import Thing, things

ONE_CHARACTER_KINDS = {"鸟": "鸟类", "花": "花", "树": "树木"}


@lru_cache(maxsize=1)
def chinese_things() -> dict[str, Thing]:
    """Every thing in Chinese, by its English name."""
    return {thing.name: in_chinese(thing) for thing in things()}


def one(name: str) -> str:
    """One of it, up to the measure word: 一只."""
    return f"一{measure_word(name)}"


def a_kind(kind: str) -> str:
    """A kind as a predicate: 一种水果."""
    return "身体的一部分" if kind == "身体部位" else f"一种{ONE_CHARACTER_KINDS.get(kind, kind)}"


def colour_key(colour: str) -> str:
    """红色 and 红的 are both right."""
    return f"{colour}|{colour[:-1]}的" if colour.endswith("色") and len(colour) == 2 else colour


def _of_thing(fact: english.Fact) -> Fact | None:
    """A fact about a thing; its fields are the thing's own, in Chinese."""
    old = dict(fact.slots)
    name = old["name"]
    thing = chinese_things()[name]
    slots = {"x": thing.name, "one": one(name)}
    kind, key = fact.kind, ""
    if kind == "colour":
        key, slots["colour"] = colour_key(thing.colour), thing.colour
    elif kind == "kind":
        key = key_for(thing.kind) + (f"|{ONE_CHARACTER_KINDS[thing.kind]}" if len(thing.kind) == 1 else "")
        if thing.kind == "身体部位":
            key = "身体"
        slots |= {"kind": thing.kind, "other": chinese(old["other"], "kind"), "a_kind": a_kind(thing.kind)}
    elif kind == "place":
        where = located(old["place"])
        key, slots["at"] = (thing.place if len(thing.place) > 1 else where), where
    elif kind == "part":
        parts = chinese_parts()[name]
        key, slots["parts"] = "|".join(key_for(part) for part in parts), join(parts)
    elif kind == "legs":
        count = thing.legs
        said = f"{before_measure(count)}条腿"
        key = number_key(count) if count else "没有"
        slots |= {
            "has_legs": f"[有{said}|有{said}|有{count}条腿]" if count else "没有腿",
            "legs": said if count else "没有腿",
        }
    elif kind in ("use", "material", "sound", "food", "baby", "can"):
        value = getattr(thing, kind).removeprefix("在旅途中")
        key, slots[kind] = key_for(value), value
        if kind == "sound" and value.endswith("叫") and len(value) > 2:
            key = value[:-1]
        if kind == "use":
            kind = "building" if thing.kind == "建筑" else "plain_use" if len(value) == 1 else kind
    else:
        return None
    return Fact(kind, key, tuple(slots.items()), fact.name, fact)


def _of_job(fact: english.Fact) -> Fact:
    old = dict(fact.slots)
    job, work = chinese(old["the"].removeprefix("a "), "job"), chinese(old["work"], "work")
    slots = (("job", job), ("work", work), ("at", at_work(chinese(old["place"], "workplace"))))
    return Fact(fact.kind, key_for(work if fact.kind == "job" else job), slots, fact.name, fact)


UNITS = {"day": ("星期几", "天"), "month": ("几月", "个月"), "season": ("什么季节", "个季节")}


def _of_calendar(fact: english.Fact) -> Fact:
    old = dict(fact.slots)
    word, following = chinese(old["word"], "calendar"), chinese(old["next"], "calendar")
    which, unit = UNITS[old["unit"]]
    key = f"{following}|星期天" if following == "星期日" else following
    return Fact(
        fact.kind, key, (("word", word), ("next", following), ("which", which), ("one_unit", unit)), fact.name, fact
    )


def _of_country(fact: english.Fact) -> Fact:
    old = dict(fact.slots)
    country, capital = chinese(old["country"], "country"), chinese(old["capital"], "capital")
    return Fact("capital", capital, (("country", country), ("capital", capital)), fact.name, fact)


def _own_facts() -> list[Fact]:
    """What is a fact of Chinese alone: opposites and measure words."""
    both_ways = [(a, b) for pair in chinese_opposites() for a, b in (pair, pair[::-1])]
    found = []
    for a, b in both_ways:
        every = "|".join(key_for(other) for word, other in both_ways if word == a)
        found.append(Fact("opposite", every, (("word", a), ("opposite", b)), f"opposite:{a}/{b}"))
    for name, thing in chinese_things().items():
        measure = measure_word(name)
        if measure != "个":
            slots = (("x", thing.name), ("one", one(name)), ("measure", measure))
            found.append(Fact("measure", f"一{measure}|“{measure}”|^{measure}", slots, f"measure:{name}"))
    return found


CONVERTERS = {"job": _of_job, "worker": _of_job, "after": _of_calendar, "before": _of_calendar, "capital": _of_country}


@lru_cache(maxsize=1)
def facts() -> tuple[Fact, ...]:
    """Everything that can be asked in Chinese."""
    found = []
    for fact in english.facts():
        convert = CONVERTERS.get(fact.kind, _of_thing if "name" in dict(fact.slots) else None)
        if convert and (made := convert(fact)):
            found.append(made)
    return (*found, *_own_facts(), *facts_about_the_world())


@lru_cache(maxsize=1)
def by_split() -> dict[str, tuple[Fact, ...]]:
    """The facts that are asked in training, and those that never are."""
    held = [fact for fact in facts() if fact_is_held_out(fact.name)]
    return {"held_out": tuple(held), "train": tuple(fact for fact in facts() if not fact_is_held_out(fact.name))}


@lru_cache(maxsize=1)
def _by_kind() -> dict[str, tuple[Fact, ...]]:
    return {kind: tuple(fact for fact in by_split()["train"] if fact.kind == kind) for kind in ASKINGS}


def answered(rng: random.Random, fact: Fact, template: str) -> str:
    """The template with the fact's slots, some of which hold choices themselves."""
    return fill(fill(template, rng, dict(fact.slots)), rng)


def draw(rng: random.Random, split: Split) -> tuple[Fact, tuple[str, ...]]:
    """A fact and how it may be asked. Held out: an unseen phrasing of a seen fact, or a seen phrasing of an unseen one."""
    unseen_phrasing = split == "held_out" and rng.random() < 0.5
    fact = english.drawn(rng, by_split()["train" if split == "train" or unseen_phrasing else "held_out"])
    if split == "train" and rng.random() < 0.35:  # a few kinds have few facts: capitals, days, jobs
        fact = english.drawn(rng, _by_kind()[rng.choice(list(ASKINGS))])
    more = MORE_ASKS[fact.kind] if split == "train" else ()
    return fact, phrasings(ASKINGS[fact.kind].ask, "held_out" if unseen_phrasing else "train", more)


def question(rng: random.Random, split: Split) -> Question:
    """A question about one fact."""
    fact, ways = draw(rng, split)
    prompt = answered(rng, fact, rng.choice(ways))
    return Question(fact.kind, prompt, answered(rng, fact, rng.choice(ASKINGS[fact.kind].answer)), fact.key, fact.name)


@lru_cache(maxsize=1)
def _groups() -> dict[object, tuple[Fact, ...]]:
    """Facts that are told together: of one thing (by its first slot), and of one kind."""
    groups: dict[object, list[Fact]] = {}
    for fact in facts():
        groups.setdefault(fact.slots[0], []).append(fact)
        groups.setdefault((fact.kind, len(groups) % 5), []).append(fact)
    return {name: tuple(group) for name, group in groups.items()}


def tell(rng: random.Random) -> Document:
    """A few facts told in running text, held-out ones too: about one thing, or about several of a kind."""
    chosen = english.told_together(rng, _groups(), by_split()["held_out"])
    told = [
        answered(rng, fact, rng.choice((ASKINGS[fact.kind].answer[0], *ASKINGS[fact.kind].tell))) for fact in chosen
    ]
    x = chosen[0].slots[0][1]
    if all(fact.slots[0] == ("x", x) for fact in chosen) and rng.random() < 0.6:
        told[1:] = [_it(x, text) for text in told[1:]]
    return Document("facts", "".join(told))


def _it(x: str, text: str) -> str:
    """The sentence with 它 for the thing that was named before."""
    return "它" + text.removeprefix(x) if text.startswith(x) else text


@lru_cache(maxsize=1)
def known_things() -> dict[str, tuple[Fact, ...]]:
    """What may be asked in training of each thing, by its Chinese name."""
    known: dict[str, list[Fact]] = {}
    for fact in by_split()["train"]:
        if fact.slots[0][0] == "x":
            known.setdefault(fact.slots[0][1], []).append(fact)
    return {x: tuple(facts_of) for x, facts_of in known.items() if len(facts_of) > 1}


ABOUT = (
    "说说{x}。",
    "介绍一下{x}。",
    "你知道{x}吗？",
    "告诉我一些关于{x}的事。",
    "我没见过{x}，它是什么样的？",
    "给我讲讲{x}。",
    "请描述一下{x}。",
    "关于{x}，你知道什么？",
)


def about(rng: random.Random) -> Document:
    """A thing described on request, in one sentence or several; facts that are held out are left out."""
    x, known = rng.choice(tuple(known_things().items()))
    chosen = sorted(rng.sample(known, min(len(known), rng.randint(1, 4))), key=lambda fact: fact.kind != "kind")
    said = [answered(rng, fact, ASKINGS[fact.kind].answer[0]) for fact in chosen]
    said[1:] = [_it(x, text) for text in said[1:]]
    return Document("facts", turns=(("user", fill(rng.choice(ABOUT), rng, {"x": x})), ("assistant", "".join(said))))


def conversation(rng: random.Random) -> Document:
    """Two to four questions about one thing; after the first it is called 它, and sometimes another thing follows."""
    x, known = rng.choice(tuple(known_things().items()))
    chosen = rng.sample(known, min(len(known), rng.randint(2, 4)))
    turns = []
    for at, fact in enumerate(chosen):
        ways = phrasings(ASKINGS[fact.kind].ask, "train") if at == 0 else FOLLOW_UPS[fact.kind]
        turns += [("user", answered(rng, fact, rng.choice(ways))),
                  ("assistant", answered(rng, fact, rng.choice(ASKINGS[fact.kind].answer)))]  # fmt: skip
    last = chosen[-1].kind
    other = rng.choice(_by_kind()[last])
    if rng.random() < 0.5 and dict(other.slots)["x"] != x:
        turns += [("user", fill("[那{y}呢？|{y}呢？|换成{y}呢？]", rng, {"y": dict(other.slots)["x"]})),
                  ("assistant", answered(rng, other, ASKINGS[last].answer[0]))]  # fmt: skip
    return Document("facts", turns=tuple(turns))
