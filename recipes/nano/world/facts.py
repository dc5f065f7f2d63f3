"""Everyday facts, asked and told: colours, kinds, places, uses, parts, what animals do, opposites, capitals, calendars.

One in ten facts is never asked in training, only told in running text (`tell`); the last phrasings of every list are
never used in training either. A question about either is what "unseen" means in nano's figures.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from recipes.nano.world.grammar import fill, plural, third
from recipes.nano.world.phrasings import MORE_ASKS, MORE_TELLS
from recipes.nano.world.relations import countries, wider
from recipes.nano.world.shapes import Document, Question, Split, fact_is_held_out, phrasings
from recipes.nano.world.table_words import OPPOSITES
from recipes.nano.world.things import MASS, Thing, jobs, pairs, part_table, rare_things, things
from recipes.nano.world.words import DAYS, MONTHS


@dataclass(frozen=True)
class Fact:
    """One thing that can be asked: slots for its templates, and the word an answer must hold."""

    kind: str
    key: str
    slots: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """Its name for the split: the same in every run."""
        return f"{self.kind}:{'/'.join(value for _, value in self.slots)}"


@dataclass(frozen=True)
class Asking:
    """How one kind of fact is asked, answered and told."""

    ask: tuple[str, ...]
    answer: tuple[str, ...]
    tell: tuple[str, ...]


ASKINGS = {
    "colour": Asking(
        ("What colour is {the}?", "Which colour is {the}?", "Tell me the colour of {the}.", "What is the colour of {the}?",
         "{The} is what colour?", "I want to paint {the}. Which colour do I need?", "Name the colour of {the}.",
         "What colour does {the} have?", "Do you know the colour of {the}?"),
        ("{The} is {colour}.", "{The} is {colour}.", "[{colour}.|It is {colour}.]", "It is {colour}.",
         "[Good question!|Of course.|Sure.] {The} is {colour}."),
        ("{The} is {colour}.", "In the picture there was {a}. It was {colour}, as most of them are.")),
    "kind": Asking(
        ("What kind of thing is {the}?", "What is {the}?", "What type of thing is {the}?", "What sort of thing is {the}?",
         "Is {the} a {kind} or a {other}?", "Which group does {the} belong to?", "Tell me what {the} is.",
         "In which group would you put {the}?", "Say what {the} is."),
        ("{The} is a {kind}.", "{The} is a kind of {kind}.", "It is a {kind}.", "A {kind}."),
        ("{The} is a {kind}.", "{Plural} are a kind of {kind}.")),
    "place": Asking(
        ("Where can you find {the}?", "Where do you find {the}?", "Where would you look for {the}?", "Where is {the} found?",
         "In which place do we find {the}?", "I am looking for {the}. Where should I go?", "Where might {the} be?"),
        ("You can find {the} in the {place}.", "In the {place}.", "You find it in the {place}.",
         "You will find {the} in the {place}, my friend."),
        ("You can find {the} in the {place}.", "We went to the {place} and saw {the}.")),
    "use": Asking(
        ("What is {the} for?", "What do you use {the} for?", "What can you do with {the}?", "Why do people need {the}?",
         "What do people do with {the}?", "What is the use of {the}?", "How do we use {the}?", "For what do we use {the}?"),
        ("You use {the} to {use}.", "To {use}.", "People use {the} to {use}.", "It is there to {use}."),
        ("People use {the} to {use}.", "With {the} you can {use}.")),
    "material": Asking(
        ("What is {the} made of?", "What are {plural} made of?", "Which material is {the} made of?",
         "From what do people make {the}?", "Tell me what {the} is made of.", "What do you need to make {the}?"),
        ("{The} is made of {material}.", "It is made of {material}.", "{material}.", "Most are made of {material}."),
        ("{The} is made of {material}.", "They took some {material} and made {the} of it.")),
    "sound": Asking(
        ("What sound does {the} make?", "What does {the} do when it speaks?", "How does {the} sound?",
         "Which sound do {plural} make?", "What noise does {the} make?", "What do {plural} say?", "Tell me the sound of {the}."),
        ("{The} {sounds}.", "It {sounds}.", "{Plural} {sound}.", "They {sound}."),
        ("{The} {sounds} all day.", "{Plural} {sound} when they are hungry.")),
    "food": Asking(
        ("What does {the} eat?", "What do {plural} eat?", "What is the food of {the}?", "What can I give {the} to eat?",
         "What do {plural} like to eat?", "My {name} is hungry. What should I give it?", "Which food do {plural} need?"),
        ("{The} eats {food}.", "{Plural} eat {food}.", "{food}.", "It eats {food}.", "Please give it {food}."),
        ("{The} eats {food}.", "{Plural} love {food}.")),
    "baby": Asking(
        ("What is a baby {name} called?", "What do you call a young {name}?", "What is the baby of {the} called?",
         "How do we call the child of {the}?", "What is the name of a baby {name}?", "What do people call a baby {name}?"),
        ("A baby {name} is called a {baby}.", "It is called a {baby}.", "A {baby}.", "A young {name} is a {baby}."),
        ("A baby {name} is called a {baby}.", "The mother {name} slept beside her {baby}.")),
    "legs": Asking(
        ("How many legs does {the} have?", "How many legs do {plural} have?", "Count the legs of {the}.",
         "What is the number of legs of {the}?", "Tell me how many legs {the} has.", "Do you know how many legs {the} has?"),
        ("{The} has {legs} legs.", "{Plural} have {legs} legs.", "It has {legs} legs.", "{legs}."),
        ("{The} has {legs} legs.", "{Plural} have {legs} legs.")),
    "can": Asking(
        ("What can {the} do?", "What can {plural} do?", "What is {the} good at?", "What does {the} do well?",
         "Tell me something that {the} can do.", "Name one thing that {plural} can do."),
        ("{The} can {can}.", "{Plural} can {can}.", "It can {can}.", "It can {can} very well."),
        ("{The} can {can}.", "We watched {the}. It can {can}.")),
    "part": Asking(
        ("What parts does {the} have?", "What does {the} have?", "What are the parts of {the}?", "Name the parts of {the}.",
         "Which parts do {plural} have?", "What do you see when you look at {the} closely?", "Tell me a part of {the}."),
        ("{The} has {parts}.", "{Plural} have {parts}.", "It has {parts}.", "{parts}."),
        ("{The} has {parts}.", "I drew {the} and did not forget {parts}.")),
    "opposite": Asking(
        ("What is the opposite of {word}?", "What is the opposite of the word {word}?", "Give me the opposite of {word}.",
         "Which word means the opposite of {word}?", "Opposite of {word}?", "If it is not {word}, what is it?",
         "Tell me a word that means the opposite of {word}.", "Name the opposite of {word}."),
        ("The opposite of {word} is {opposite}.", "{opposite}.", "It is {opposite}.", "That is {opposite}."),
        ("{word} and {opposite} are opposites.", "It was not {word} at all, it was {opposite}.")),
    "capital": Asking(
        ("What is the capital of {country}?", "Which city is the capital of {country}?", "Name the capital of {country}.",
         "Tell me the capital of {country}.", "What is the main city of {country}?", "Do you know the capital of {country}?"),
        ("The capital of {country} is {capital}.", "It is {capital}.", "{capital}.", "That is {capital}."),
        ("{capital} is the capital of {country}.", "She flew to {capital}, the capital of {country}.")),
    "job": Asking(
        ("What does {the} do?", "What is the work of {the}?", "What does {the} do all day?", "Tell me what {the} does.",
         "What is the job of {the}?", "How does {the} earn money?", "What kind of work does {the} do?"),
        ("{The} has to {work}.", "{The} likes to {work}.", "They {work}.", "The job of {the} is to {work}."),
        ("{The} has to {work}.", "Her mother is {the}. Her job is to {work}.")),
    "worker": Asking(
        ("Who has to {work}?", "Whose job is it to {work}?", "Who can {work} for me?", "Which person will {work}?",
         "Who would {work}?", "I need someone to {work}. Who can help?"),
        ("{The} does that.", "That is the job of {the}.", "{The}.", "You need {the}."),
        ("It is the job of {the} to {work}.", "{The} works in the {place}.")),
    "after": Asking(
        ("What comes after {word}?", "Which {unit} comes after {word}?", "What is the {unit} after {word}?",
         "Which {unit} follows {word}?", "If this {unit} is {word}, what is the next one?", "What is the next {unit} after {word}?"),
        ("After {word} comes {next}.", "{next}.", "{next} comes after {word}.", "It is {next}."),
        ("After {word} comes {next}.", "First it was {word}, then it was {next}.")),
    "before": Asking(
        ("What comes before {word}?", "Which {unit} comes before {word}?", "What is the {unit} before {word}?",
         "Which {unit} is just before {word}?", "Name the {unit} before {word}.", "What {unit} do we have before {word}?"),
        ("Before {word} comes {next}.", "{next}.", "{next} comes before {word}.", "It is {next}."),
        ("Before {word} comes {next}.", "It was {next}, and the {unit} after it was {word}.")),
    "plural": Asking(
        ("What is the plural of {name}?", "What do you call more than one {name}?", "Give me the plural of {name}.",
         "One {name}, two what?", "How do you write more than one {name}?", "I have one {name}. You have two ..."),
        ("The plural of {name} is {plural}.", "{plural}.", "One {name}, two {plural}.", "It is {plural}."),
        ("One {name}, two {plural}.", "There was one {name}, and then there were many {plural}.")),
}  # fmt: skip


SLOW = ("worker", "part", "baby", "material", "opposite") * 2  # what needs to be asked oftener to be learned


def _names(thing: Thing) -> dict[str, str]:
    # "a" becomes "an" in polish; mass nouns go without
    the = thing.name if thing.name in MASS else f"a {thing.name}"
    many = thing.name if thing.name in MASS else plural(thing.name)
    return {"name": thing.name, "the": the, "The": the, "a": the, "plural": many, "Plural": many}


def _thing_facts(thing: Thing, kinds: list[str]) -> list[Fact]:
    names = _names(thing)

    def fact(kind: str, key: str, /, **slots: str) -> Fact:
        return Fact(kind, key, tuple((names | slots).items()))

    other = kinds[(kinds.index(thing.kind) + len(thing.name)) % len(kinds)]
    while other in (thing.kind, "object", *wider(thing.kind)) or thing.kind in wider(other):
        other = kinds[(kinds.index(other) + 1) % len(kinds)]
    found = [fact("kind", thing.kind, kind=thing.kind, other=other)]
    for field in ("colour", "place", "use", "material", "food", "can"):
        if value := getattr(thing, field):
            found.append(fact(field, value, **{field: value}))
    if thing.baby and thing.baby != "baby":
        found.append(fact("baby", thing.baby, baby=thing.baby))
    if thing.sound:
        found.append(fact("sound", f"{thing.sound}|{third(thing.sound)}", sound=thing.sound, sounds=third(thing.sound)))
    if thing.legs >= 0:
        found.append(fact("legs", _count(thing.legs), legs=_count(thing.legs)))
    if parts := part_table().get(thing.name):
        bare = [part.removeprefix("a ").removeprefix("an ") for part in parts]
        found.append(fact("part", "|".join(bare), parts=" and ".join(parts)))
    if thing.name not in MASS:
        found.append(fact("plural", names["plural"]))
    return found


def _count(number: int) -> str:
    return {0: "no", 2: "two", 4: "four", 6: "six", 8: "eight", 10: "ten"}[number]


def _sequence_facts(unit: str, words: tuple[str, ...]) -> list[Fact]:
    following = list(zip(words, words[1:] + words[:1], strict=True))
    return [Fact("after", b, (("word", a), ("unit", unit), ("next", b))) for a, b in following] + [
        Fact("before", a, (("word", b), ("unit", unit), ("next", a))) for a, b in following]  # fmt: skip


@lru_cache(maxsize=1)
def facts() -> tuple[Fact, ...]:
    """Everything that can be asked."""
    kinds = sorted({thing.kind for thing in things()})
    found = [fact for thing in things() for fact in _thing_facts(thing, kinds)]
    both_ways = [(a, b) for pair in pairs(OPPOSITES) for a, b in (pair, pair[::-1])]
    for a, b in both_ways:
        every = "|".join(other for word, other in both_ways if word == a)  # old: young or new
        found.append(Fact("opposite", every, (("word", a), ("opposite", b))))
    found += [
        Fact("capital", country.capital, (("country", country.name), ("capital", country.capital)))
        for country in countries()
    ]
    for job, work, place in jobs():
        names = (("the", f"a {job}"), ("The", f"a {job}"), ("work", work), ("place", place))
        found += [Fact("job", work, names), Fact("worker", job, names)]
    found += _sequence_facts("day", DAYS) + _sequence_facts("month", MONTHS)
    return tuple(found)


@lru_cache(maxsize=1)
def _by_split() -> dict[str, tuple[Fact, ...]]:
    held = [fact for fact in facts() if fact_is_held_out(fact.name)]
    return {"held_out": tuple(held), "train": tuple(fact for fact in facts() if not fact_is_held_out(fact.name))}


def trained() -> tuple[Fact, ...]:
    """The facts that training asks about."""
    return _by_split()["train"]


def told_of(name: str) -> list[Fact]:
    """What training may say of a thing when it is asked about it."""
    return [fact for fact in _trained_of().get(name, ()) if fact.kind != "baby"]


@lru_cache(maxsize=1)
def _by_kind() -> dict[str, tuple[Fact, ...]]:
    return {kind: tuple(fact for fact in _by_split()["train"] if fact.kind == kind) for kind in ASKINGS}


def drawn(rng: random.Random, pool: Sequence[Fact]) -> Fact:
    """One of the facts; those of rare things a third as often as the others."""
    while True:
        fact = rng.choice(pool)
        _, _, about = fact.name.partition(":")
        if about.partition("/")[0] not in rare_things() or rng.random() < 1 / 3:
            return fact


def question(rng: random.Random, split: Split) -> Question:
    """A question about one fact. Held out: an unseen phrasing of a seen fact, or a seen phrasing of an unseen one."""
    unseen_phrasing = split == "held_out" and rng.random() < 0.5
    pool = _by_split()["train" if split == "train" or unseen_phrasing else "held_out"]
    fact = drawn(rng, pool)
    if split == "train" and rng.random() < 0.35:  # a few kinds have few facts: capitals, days, jobs
        fact = drawn(rng, _by_kind()[rng.choice((*ASKINGS, *SLOW))])
    asking = ASKINGS[fact.kind]
    slots = dict(fact.slots)
    more = MORE_ASKS[fact.kind] if split == "train" else ()
    ways = phrasings(asking.ask, "held_out" if unseen_phrasing else "train", more)
    prompt = fill(rng.choice(ways), rng, slots)
    return Question(fact.kind, prompt, fill(rng.choice(asking.answer), rng, slots), fact.key, fact.name)


@lru_cache(maxsize=1)
def _groups() -> dict[object, tuple[Fact, ...]]:
    """Facts that are told together: of one thing (by its first slot), and of one kind."""
    groups: dict[object, list[Fact]] = {}
    for fact in facts():
        groups.setdefault(fact.slots[0], []).append(fact)
        groups.setdefault((fact.kind, len(groups) % 5), []).append(fact)
    return {name: tuple(group) for name, group in groups.items()}


def told_together(rng: random.Random, groups: Mapping[object, Sequence[Fact]], held_out: Sequence[Fact]) -> list[Fact]:
    """Two to seven facts of a group. Half of the time one that training never asks is among them: it is only told."""
    if rng.random() < 0.5:
        unasked = rng.choice(held_out)
        group = [fact for fact in groups[unasked.slots[0]] if fact != unasked]
        chosen = [unasked, *rng.sample(group, min(len(group), rng.randint(1, 4)))]
        rng.shuffle(chosen)
        return chosen
    group = rng.choice(list(groups.values()))
    return rng.sample(group, min(len(group), rng.randint(2, 7)))


def tell(rng: random.Random) -> Document:
    """A few facts told in running text, held-out ones too: about one thing, or about several of a kind."""
    chosen = told_together(rng, _groups(), _by_split()["held_out"])
    said = [
        rng.choice((ASKINGS[fact.kind].answer[0], *ASKINGS[fact.kind].tell, *MORE_TELLS[fact.kind])) for fact in chosen
    ]
    told = [fill(text, rng, dict(fact.slots)) for text, fact in zip(said, chosen, strict=True)]
    return Document("facts", " ".join(told))


@lru_cache(maxsize=1)
def _trained_of() -> dict[str, list[Fact]]:
    """What training asks of each thing, but for its plural."""
    found: dict[str, list[Fact]] = {}
    for fact in _by_split()["train"]:
        if fact.kind != "plural":
            found.setdefault(dict(fact.slots).get("name", ""), []).append(fact)
    return found


def about(rng: random.Random) -> Document:
    """A thing described on request, in one sentence or several; facts that are held out are left out."""
    thing = rng.choice(things())
    known = _trained_of().get(thing.name, [])
    names = _names(thing)
    ask = fill("[Tell me about {the}.|Describe {the}.|What do you know about {the}?|Tell me something about {plural}.|"
               "Explain what {the} is.|I have never seen {the}. What is it?]", rng, names)  # fmt: skip
    chosen = sorted(rng.sample(known, min(len(known), rng.randint(1, 4))), key=lambda fact: fact.kind != "kind")
    said = " ".join(fill(ASKINGS[fact.kind].answer[0], rng, dict(fact.slots)) for fact in chosen)
    return Document("facts", turns=(("user", ask), ("assistant", said or "I do not know much about it.")))
