"""Questions that take two facts: a sparrow is a bird and birds have feathers; Norway is cold and in the cold one wears a coat.

Also the plain relations: countries, seasons, jobs and tools. One in ten is never asked in training; what it follows from is told.
"""

import random
from dataclasses import dataclass
from functools import lru_cache

from recipes.nano.world import relations
from recipes.nano.world.grammar import fill, plural
from recipes.nano.world.relation_wordings import IS_IT_SO, RELATIONS
from recipes.nano.world.shapes import Document, Question, Split, fact_is_held_out, phrasings
from recipes.nano.world.things import MASS, Thing, things

UNCOUNTED = MASS | {"scales", "ice", "gold", "glass", "clay", "wood", "leather"}  # tools without an article
STUFFS = {"glass": "glass", "wood": "wooden", "metal": "metal", "paper": "paper", "stone": "stone", "plastic": "plastic", "rubber": "rubber",
          "leather": "leather", "clay": "clay", "gold": "golden", "silver": "silver", "straw": "straw", "wax": "wax", "ice": "ice"}  # fmt: skip
BRITTLE = ("cup", "bowl", "plate", "bottle", "doll")  # what breaks if it is of glass
VESSELS = ("cup", "bowl", "box", "chair", "spoon", "ring", "doll", "ball", "plate", "hat", "bag", "table", "bottle", "house", "boat", "key", "toy", "shoe", "door", "stick")  # fmt: skip


@dataclass(frozen=True)
class Link:
    """One thing that stands in a relation: the subject, what answers, the keys, and what it follows from."""

    relation: str
    subject: str
    said: str
    key: str
    more: str = ""

    @property
    def name(self) -> str:
        """Its name for the split."""
        return f"{self.relation}:{self.subject}"


def _bare(words: str) -> str:
    return words.removeprefix("a ").removeprefix("an ")


@lru_cache(maxsize=1)
def links() -> tuple[Link, ...]:
    """Every relation that can be asked."""
    found: list[Link] = []
    for c in relations.countries():
        plain = {
            "continent": c.continent,
            "language": c.language,
            "climate": c.climate,
            "dish": c.food,
            "beast": c.animal,
        }
        found += [Link(kind, c.name, value, value) for kind, value in plain.items() if value]
        if climate := relations.climates().get(c.climate):
            found += [
                Link("wear", c.name, climate.wear, _bare(climate.wear), c.climate),
                Link("grows", c.name, climate.grows, climate.grows, c.climate),
            ]
    for season in relations.seasons():
        found += [Link("month", month, season.name, season.name) for month in season.months]
        found += [Link("weather", season.name, season.weather, season.weather), Link("doing", season.name, season.doing, season.doing),
                  Link("season_wear", season.name, season.wear, _bare(season.wear), season.weather)]  # fmt: skip
    for worker in relations.workers():
        found.append(Link("workplace", f"a {worker.job}", worker.place, worker.place))
        if worker.tool:
            tool = worker.tool if worker.tool in UNCOUNTED else f"a {worker.tool}"
            found.append(Link("tool", f"a {worker.job}", tool, worker.tool))
    return tuple(found)


@lru_cache(maxsize=2)
def _links_of(split: Split) -> dict[str, tuple[Link, ...]]:
    """The links of a split by their relation."""
    held = [link for link in links() if fact_is_held_out(link.name) == (split == "held_out")]
    by_kind = {kind: tuple(link for link in held if link.relation == kind) for kind in RELATIONS}
    return {kind: found for kind, found in by_kind.items() if found}


SHARES = {"continent": 3, "language": 3, "climate": 3, "dish": 2, "beast": 2, "wear": 4, "grows": 2, "month": 2, "weather": 1, "doing": 1, "season_wear": 1, "tool": 4, "workplace": 4}  # fmt: skip


def relation(rng: random.Random, split: Split) -> Question:
    """One relation. Held out: an unseen wording of a seen one, or a seen wording of an unseen one."""
    unseen_wording = split == "held_out" and rng.random() < 0.5
    pool = _links_of("train" if split == "train" or unseen_wording else "held_out")
    kind = rng.choices(list(pool), [SHARES[kind] for kind in pool])[0]
    link = rng.choice(pool[kind])
    told = RELATIONS[kind]
    slots = {"s": link.subject, "x": link.said, "more": link.more}
    prompt = fill(rng.choice(phrasings(told.ask, "held_out" if unseen_wording else "train")), rng, slots)
    return Question(kind, prompt, fill(rng.choice(told.answer), rng, slots), link.key, link.name)


def _named(thing: Thing) -> str:
    return thing.name if thing.name in MASS else f"a {thing.name}"


@lru_cache(maxsize=2)
def _ruled(split: Split) -> tuple[tuple[Thing, relations.Rule], ...]:
    """Things with the rules that go down to them; which of them are held out goes by thing and rule."""
    both = ((thing, rule) for thing in things() for rule in relations.rules_of(thing))
    return tuple((t, r) for t, r in both if fact_is_held_out(f"rule:{t.name}:{r.what}") == (split == "held_out"))


def _of_material(rng: random.Random, split: Split) -> tuple[str, relations.Rule, str]:
    """A thing thought up, of some material: a glass cup, an iron ring."""
    while True:
        material, thing = rng.choice([one for one in relations.materials() if one.name in STUFFS]), rng.choice(VESSELS)
        rule = rng.choice(material.rules)
        subject = f"a {STUFFS[material.name]} {thing}"
        brittle = rule.what.startswith("break") and thing in BRITTLE
        if (relations.ONLY_ITSELF in rule.exceptions and not brittle) or thing in rule.exceptions:
            continue
        if fact_is_held_out(f"rule:{subject}:{rule.what}") == (split == "held_out"):
            return (
                subject,
                rule,
                f"{subject} is made of {material.name}, and {rule.said(material.name) if rule.holds else rule.denied(material.name)}",
            )


def inferred(rng: random.Random, split: Split) -> Question:
    """Does a sparrow have feathers? Would a glass cup break? Answered with what it follows from, or with the plain fact."""
    if rng.random() < 0.3:
        subject, rule, because = _of_material(rng, split)
    else:
        thing, rule = rng.choice(_ruled(split))
        subject = _named(thing)
        many = plural(rule.about) if rule.about not in MASS and rule.about != thing.material else rule.about
        several = many != rule.about
        general = rule.said(many, plural=several) if rule.holds else rule.denied(many, plural=several)
        is_what = f"made of {rule.about}" if rule.about == thing.material else f"a {rule.about}"
        because = f"{subject} is {is_what}, and {general}"
    word = "yes" if rule.holds else "no"
    slots = {
        "q": rule.asked(subject),
        "so": rule.said(subject),
        "w": word,
        "because": because,
        "plain": rule.said(subject) if rule.holds else rule.denied(subject),
    }
    unseen = split == "held_out" and rng.random() < 0.5
    prompt = fill(rng.choice(phrasings(IS_IT_SO, "held_out" if unseen else "train")), rng, slots)
    answer = fill(
        rng.choice(
            ("{w}, {plain}.", "{w}, {plain}.", "{w}, because {because}.", "{because}. So the answer is {w}.", "{w}.")
        ),
        rng,
        slots,
    )
    return Question(
        "inferred", prompt, answer, word, f"rule:{subject}:{rule.what}", form=f"not:{'no' if rule.holds else 'yes'}"
    )


def question(rng: random.Random, split: Split) -> Question:
    """A relation, or something to infer."""
    return relation(rng, split) if rng.random() < 0.6 else inferred(rng, split)


@lru_cache(maxsize=1)
def _by_subject() -> tuple[tuple[Link, ...], ...]:
    groups: dict[str, list[Link]] = {}
    for link in links():
        groups.setdefault(link.subject, []).append(link)
    return tuple(tuple(group) for group in groups.values())


def tell(rng: random.Random) -> Document:
    """Running text: what is known of a country, a season or a job (held-out things too), or the rules of a kind or a material."""
    form = rng.random()
    if form < 0.6:
        group = rng.choice(_by_subject())
        chosen = rng.sample(group, min(len(group), rng.randint(1, 5)))
        said = [
            fill(rng.choice(RELATIONS[one.relation].tell), rng, {"s": one.subject, "x": one.said, "more": one.more})
            for one in chosen
        ]
        return Document("relations", " ".join(said))
    if form < 0.7:
        climate = rng.choice(list(relations.climates().values()))
        where = rng.sample([c.name for c in relations.countries() if c.climate == climate.name], 2)
        return Document("relations", fill(f"Where it is {climate.name}, people wear {climate.wear}. There {climate.weather}. One needs {climate.need}, and you can see {climate.grows}. "
                                          f"It is so in {where[0]} and in {where[1]}.", rng))  # fmt: skip
    if form < 0.85:
        kind = rng.choice([kind for kind in relations.kinds() if kind.rules and kind.members])
        many = plural(kind.name)
        members = rng.sample(kind.members, min(len(kind.members), rng.randint(1, 3)))
        said = [f"{_named_by(name)} is a {kind.name}" for name in members]
        rules, name, several = kind.rules, many, True
        exceptions = [
            f"{_named_by(one)} is a {kind.name}, but {_unlike(rule, one)}"
            for rule in rules
            if rule.what.startswith("can ")
            for one in rule.exceptions
            if _known(one)
        ]
        said += rng.sample(exceptions, min(len(exceptions), rng.randint(0, 1)))
    else:
        material = rng.choice(relations.materials())
        said = [
            f"{_named_by(name)} is made of {material.name}"
            for name in rng.sample(material.things, min(2, len(material.things)))
        ]
        rules, name, several = material.rules, material.name, False
    chosen = rng.sample(rules, min(len(rules), rng.randint(1, 4)))
    general = [rule.said(name, plural=several) if rule.holds else rule.denied(name, plural=several) for rule in chosen]
    sentences = [*general, *said]
    rng.shuffle(sentences)
    return Document("relations", fill(". ".join(sentences) + ".", rng))


def _named_by(name: str) -> str:
    return name if name in MASS else f"a {name}"


def _known(name: str) -> bool:
    return name in {thing.name for thing in things()}


def _unlike(rule: relations.Rule, name: str) -> str:
    return rule.denied(_named_by(name)) if rule.holds else rule.said(_named_by(name))
