"""Questions that weigh several things: is this a that, which is bigger, name three, which does not belong."""

import random
from functools import lru_cache

from recipes.nano.world.grammar import fill, join, plural
from recipes.nano.world.phrasings import MORE_LISTINGS, MORE_ODD_ONES
from recipes.nano.world.relations import kinds, wider
from recipes.nano.world.shapes import Question, Split, fact_is_held_out, phrasings
from recipes.nano.world.things import MASS, Thing, things

# what something may also be, besides the wider kinds of its own kind: no question may turn on it
ALSO = {"musical instrument": "toy", "piece of jewellery": "piece of clothing", "fruit": "plant", "vegetable": "plant",
        "herb": "food", "piece of sports equipment": "toy", "school thing": "tool", "machine": "tool", "material": "food",
        "body of water": "landform", "room": "building", "piece of furniture": "machine", "sport": "toy", "toy": "vehicle",
        "container": "tool", "dish": "vegetable", "sweet": "fruit", "sea animal": "fish"}  # fmt: skip
WIDER = {kind.name: {*kind.wider, ALSO.get(kind.name, "")} for kind in kinds()}


def excludes(kind: str, other: str) -> bool:
    """Whether a thing of one kind is surely not of the other (everything is an object, most toys are other things too)."""
    same = kind == other or other in WIDER[kind] or kind in WIDER[other]
    return not same and "object" not in (kind, other)


# wordings of the three questions with yes or no; the last of each are held out
IS_KIND = (
    "Is {a} a {kind}?", "Is {a} a kind of {kind}?", "{A} is a {kind}. Is that right?", "Would you call {a} a {kind}?", "Is it true that {a} is a {kind}?", "Do you think that {a} is a {kind}?", "Does {a} belong to the {kinds}?",
    "Can one say that {a} is a {kind}?", "{A}: is that a {kind}?", "Somebody says that {a} is a {kind}. Is it so?", "Do we count {a} among the {kinds}?", "Is {a} one of the {kinds}?",
)  # fmt: skip
IS_COLOUR = (
    "Is {a} {colour}?", "Is {a} mostly {colour}?", "Does {a} look {colour}?", "{A} is {colour}. Is that right?", "Is it true that {a} is {colour}?", "Is {colour} the colour of {a}?", "Do you think that {a} is {colour}?",
    "Is the colour of {a} {colour}?", "I painted {a} {colour}. Is that how it really looks?", "{A}: is it {colour}?", "Would you paint {a} {colour}?", "Somebody says that {a} is {colour}. Is it so?", "Does {a} have the colour {colour}?", "Can one say that {a} is {colour}?",
)  # fmt: skip
IS_BIGGER = (
    "Is {a} bigger than {b}?", "Is {a} larger than {b}?", "{A} is bigger than {b}. Is that right?", "Is it true that {a} is bigger than {b}?", "Do you think that {a} is bigger than {b}?", "Is {b} smaller than {a}?", "Compare {a} and {b}. Is the first one bigger?",
    "If you put {a} beside {b}, is {a} bigger?", "{A} and {b}: is the first one the bigger one?", "Would you say {a} is bigger than {b}?",
)  # fmt: skip


@lru_cache(maxsize=256)
def _not_of(kind: str) -> tuple[str, ...]:
    return tuple(sorted({thing.kind for thing in things() if excludes(kind, thing.kind)}))


@lru_cache(maxsize=256)
def _strangers(kind: str) -> tuple[Thing, ...]:
    return tuple(thing for thing in things() if excludes(thing.kind, kind))


@lru_cache(maxsize=256)
def _named_right(kind: str) -> str:
    """The key of a list of a kind: every name of it and of the narrower kinds (a robin is an animal too), plurals too."""
    names = [thing.name for thing in things() if kind in (thing.kind, *wider(thing.kind))]
    return "|".join(form for name in names for form in (name, plural(name)))


@lru_cache(maxsize=1)
def _colours() -> tuple[str, ...]:
    return tuple(sorted({thing.colour for thing in things() if thing.colour}))


def _named(thing: Thing) -> str:
    return thing.name if thing.name in MASS else f"a {thing.name}"


def _claim(rng: random.Random, a: Thing) -> tuple[tuple[str, ...], dict[str, str], bool, str]:
    """Wordings, slots, whether it is so, and what is so, of one claim about a thing."""
    b = rng.choice(things())
    form = rng.choices(("kind", "colour", "size"), (3, 4 if a.colour else 0, 3 if a.size else 0))[0]
    if form == "kind":
        wrong = _not_of(a.kind)
        kind = rng.choice(wrong) if wrong and rng.random() < 0.5 else a.kind
        return IS_KIND, {"kind": kind, "kinds": plural(kind)}, kind == a.kind, f"{_named(a)} is a {a.kind}"
    if form == "colour":
        colour = a.colour
        if rng.random() < 0.5:
            colour = rng.choice([c for c in _colours() if c not in a.colour and a.colour not in c])
        return IS_COLOUR, {"colour": colour}, colour == a.colour, f"{_named(a)} is {a.colour}"
    while not b.size or abs(a.size - b.size) < 2:
        b = rng.choice(things())
    true = a.size > b.size
    return IS_BIGGER, {"b": _named(b)}, true, f"{_named(a)} is {'bigger' if true else 'smaller'} than {_named(b)}"


@lru_cache(maxsize=2)
def _pool(split: Split) -> tuple[Thing, ...]:
    return tuple(thing for thing in things() if fact_is_held_out(f"yes:{thing.name}") == (split == "held_out"))


def plain_yes_or_no(rng: random.Random) -> tuple[str, str]:
    """A question with yes or no about what training asks, and the word that answers it."""
    a = rng.choice(_pool("train"))
    ways, slots, true, _ = _claim(rng, a)
    asks = [ask for ask in phrasings(ways, "train") if ask.endswith("?")]
    return fill(rng.choice(asks), rng, slots | {"a": _named(a), "A": _named(a)}), "yes" if true else "no"


def yes_or_no(rng: random.Random, split: Split) -> Question:
    """Is a dog an animal? Is a banana blue? Is an elephant bigger than an ant? Mostly answered with the reason."""
    a = rng.choice(_pool(split))
    ways, slots, true, full = _claim(rng, a)
    word = "yes" if true else "no"
    answer = fill(
        rng.choice(("{w}, {full}.",) * 6 + ("{full}. So the answer is {w}.", "{full}, so {w}.", "{w}.")),
        rng,
        {"w": word, "full": full},
    )
    unseen = split == "held_out" and rng.random() < 0.5  # else a seen wording about an unseen thing
    asked = fill(
        rng.choice(phrasings(ways, "held_out" if unseen else "train")), rng, slots | {"a": _named(a), "A": _named(a)}
    )
    if rng.random() < 0.35:
        why = "{q} And why?" if " is " in answer else "{q} Is it so or not?"
        asked = fill(
            f"[Answer yes or no: {{q}}|{{q}} Yes or no?|Yes or no: {{q}}|True or not? {{q}}|{why}]", rng, {"q": asked}
        )
    return Question("yes_or_no", asked, answer, word, asked, form=f"not:{'no' if true else 'yes'}")


# the words that belong are said first, or what each of them is: that helps to find the one that does not
WORKED_OUT = (
    "{each}: {one} does not belong.", "{each}. So {one} does not belong.", "{each}, so it is {one}.", "{each}. The odd one out is {one}.", "{rest} are {kinds}, {one} is {other}: {one} does not fit.",
    "{rest} are {kinds}. {One} is {other}, so {one} does not belong.",
)  # fmt: skip
TOLD = (
    "All but one are {kinds}. {One} does not belong.",
    "{rest} are {kinds}, but {one} is not.",
    "The others are {kinds}: {one} does not fit.",
    "{rest} are {kinds}. The odd one is {one}.",
)


def odd_one(rng: random.Random, split: Split, kind: str, members: list[str]) -> Question:
    """Which of three or four words does not belong, mostly worked out in the answer."""
    stranger = rng.choice(_strangers(kind))
    belong = rng.sample(members, rng.choice((2, 2, 2, 3)))
    words = [*belong, stranger.name]
    rng.shuffle(words)
    ask = phrasings(("Which one does not belong: {words}?", "Find the odd one out: {words}.", "Which word is different: {words}?",
                     "One of these is different: {words}. Which one?", "Which of these does not fit: {words}?"), split, MORE_ODD_ONES)  # fmt: skip
    prompt = fill(rng.choice(ask), rng, {"words": ", ".join(words)})
    kinds_of = dict.fromkeys(belong, f"a {kind}") | {stranger.name: f"a {stranger.kind}"}
    slots = {"kinds": plural(kind), "one": stranger.name, "One": stranger.name, "other": f"a {stranger.kind}", "rest": join(belong),
             "each": ", ".join(f"{name} is {kinds_of[name]}" for name in words)}  # fmt: skip
    said = fill(rng.choice(WORKED_OUT if rng.random() < 0.6 else TOLD), rng, slots)
    return Question(
        "odd_one", prompt, said, stranger.name, ",".join(words), form=f"concludes:{','.join((stranger.name, *belong))}"
    )


def listing(rng: random.Random, split: Split) -> Question:
    """Name three fruits; which one does not belong: apple, dog, pear?"""
    asked = [
        "animal",
        "bird",
        "insect",
        "fruit",
        "vegetable",
        "vehicle",
        "tool",
        "toy",
        "food",
        "drink",
        "musical instrument",
    ]
    kind = rng.choice(asked)
    members = [thing.name for thing in things() if thing.kind == kind]
    if rng.random() < 0.5:
        return odd_one(rng, split, kind, members)
    number = rng.randint(2, 4)
    # in the table's order, so that what comes next depends on what was said, and nothing is said twice
    chosen = sorted(rng.sample(members, number), key=members.index)
    ask = phrasings(("Name {n} {kinds}.", "List {n} {kinds}.", "Can you name {n} {kinds}?", "Tell me {n} {kinds}.",
                     "Give me {n} examples of {kinds}.", "I need {n} {kinds}. Which ones do you know?"), split, MORE_LISTINGS)  # fmt: skip
    count = {2: "two", 3: "three", 4: "four"}[number]
    prompt = fill(rng.choice(ask), rng, {"n": count, "kinds": plural(kind)})
    return Question(
        "list",
        prompt,
        join(chosen).capitalize() + ".",
        _named_right(kind),
        kind,
        number,
    )
