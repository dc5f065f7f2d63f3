"""Questions that weigh several things: is this a that, which is bigger, name three, which does not belong."""

import random

from recipes.nano.world.grammar import fill, join, plural
from recipes.nano.world.phrasings import MORE_LISTINGS, MORE_ODD_ONES
from recipes.nano.world.relations import kinds
from recipes.nano.world.shapes import Question, Split, fact_is_held_out, phrasings
from recipes.nano.world.things import MASS, things

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


def yes_or_no(rng: random.Random, split: Split) -> Question:
    """Is a dog an animal? Can a fish bark? Is an elephant bigger than an ant?"""
    pool = [thing for thing in things() if (fact_is_held_out(f"yes:{thing.name}")) == (split == "held_out")]
    a, b = rng.choice(pool), rng.choice(things())
    name, other = (x.name if x.name in MASS else f"a {x.name}" for x in (a, b))
    form = rng.randrange(3)
    if form == 1 and not (a.colour and b.colour):
        form = 0
    if form == 0:
        wrong = sorted({thing.kind for thing in things() if excludes(a.kind, thing.kind)})
        kind = rng.choice(wrong) if wrong and rng.random() < 0.5 else a.kind
        true, ask, full = kind == a.kind, f"Is {name} a {kind}?", f"{name} is a {a.kind}"
    elif form == 1:
        colour = a.colour if rng.random() < 0.5 else b.colour
        true, ask, full = colour == a.colour, f"Is {name} {colour}?", f"{name} is {a.colour}"
    else:
        while abs(a.size - b.size) < 2:
            b = rng.choice(things())
            other = b.name if b.name in MASS else f"a {b.name}"
        true = a.size > b.size
        ask, full = f"Is {name} bigger than {other}?", f"{name} is {'bigger' if true else 'smaller'} than {other}"
    word = "yes" if true else "no"
    answer = fill(f"[{word}, {full}.|{word}, {full}.|{word}.]", rng)
    ask = fill(f"[{ask}|{ask}|Answer yes or no: {ask}|{ask} Yes or no?]", rng)
    return Question("yes_or_no", ask, answer, word, f"{ask}")


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
        stranger = rng.choice([thing.name for thing in things() if excludes(thing.kind, kind)])
        words = [*rng.sample(members, 2), stranger]
        rng.shuffle(words)
        ask = phrasings(("Which one does not belong: {words}?", "Find the odd one out: {words}.", "Which word is different: {words}?",
                         "One of these is different: {words}. Which one?", "Which of these does not fit: {words}?"), split, MORE_ODD_ONES)  # fmt: skip
        prompt = fill(rng.choice(ask), rng, {"words": ", ".join(words)})
        # what is common first: it helps to find what is not; the words that belong must not be in the answer
        said = fill("[All but one are {kinds}. {one} does not belong.|Two are {kinds}, but not {one}.|The others are {kinds}: {one} does not fit.]",
                    rng, {"kinds": plural(kind), "one": stranger})  # fmt: skip
        return Question("odd_one", prompt, said, stranger, ",".join(words))
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
        "|".join(form for name in members for form in (name, plural(name))),
        kind,
        number,
    )
