"""Instructions about the form of an answer, each with a check: one word, N words, lists of every kind, order, capitals, words to use.

Each kind has many wordings; the last of them are held out. What is asked inside is a fact, a list or a sentence that is known.
"""

import random

from recipes.nano.world import facts, numbers
from recipes.nano.world import words as w
from recipes.nano.world.grammar import fill, plural
from recipes.nano.world.instruction_wordings import BEGINNINGS, SENTENCES_WITH, WORDINGS
from recipes.nano.world.shapes import Question, Split, fact_is_held_out, phrasings
from recipes.nano.world.things import MASS, Thing, things

LISTED = ("animal", "bird", "fruit", "vegetable", "vehicle", "tool", "toy", "food", "drink", "insect")
COUNTS = {2: "two", 3: "three", 4: "four", 5: "five"}
SIZES = ("tiny", "tiny", "small", "small", "big", "big", "huge", "huge")


def _ask(
    rng: random.Random, split: Split, kind: str, form: str, answer: str, key: str = "", needs: int = 1, **slots: str
) -> Question:
    prompt = fill(rng.choice(phrasings(WORDINGS[kind], split)), rng, slots)
    return Question("instruction", prompt, answer, key or answer.strip("."), f"{kind}:{prompt}", needs, form)


def _fact(rng: random.Random, one_word: bool = False) -> tuple[str, str, str]:
    """A question that training asks, its full answer and its key."""
    while True:
        found = rng.choice(facts.trained())
        asking = facts.ASKINGS[found.kind]
        slots = dict(found.slots)
        if one_word and (" " in found.key or "|" in found.key):
            continue
        asked = fill(rng.choice(phrasings(asking.ask, "train")), rng, slots)
        full = fill(asking.answer[0], rng, slots)
        if asked.endswith("?"):
            return asked, full, found.key


def _thing(rng: random.Random) -> Thing:
    while True:
        thing = rng.choice(things())
        if (
            thing.colour
            and " " not in thing.kind + thing.colour
            and thing.kind != "object"
            and not fact_is_held_out(thing.name)
        ):
            return thing


def one_word(rng: random.Random, split: Split) -> Question:
    asked, _, key = _fact(rng, one_word=True)
    return _ask(rng, split, "one word", "words:1", f"{key[0].upper()}{key[1:]}.", key, q=asked)


def one_sentence(rng: random.Random, split: Split) -> Question:
    asked, full, key = _fact(rng)
    return _ask(rng, split, "one sentence", "sentences:1", full, key, q=asked)


def number_of_words(rng: random.Random, split: Split) -> Question:
    """A thing described in exactly two to six words."""
    thing, count = _thing(rng), rng.randint(2, 6)
    size = SIZES[thing.size]
    it = "" if thing.name in MASS else "a "
    said = {2: f"{thing.colour} {thing.kind}.", 3: f"{it or 'one '}{thing.colour} {thing.kind}.", 4: f"a {size} {thing.colour} {thing.kind}.",
            5: f"it is a {thing.colour} {thing.kind}.", 6: f"it is a {size} {thing.colour} {thing.kind}."}[count]  # fmt: skip
    numeral = numbers.in_words(count) if rng.random() < 0.7 else str(count)
    return _ask(
        rng,
        split,
        "number of words",
        f"words:{count}",
        fill(said, rng),
        thing.colour,
        n=numeral,
        the=f"{it}{thing.name}",
    )


def _members(rng: random.Random, kind: str, count: int) -> list[str]:
    members = [thing.name for thing in things() if thing.kind == kind]
    return sorted(rng.sample(members, count), key=members.index)


def _naming(rng: random.Random, split: Split, kind: str, form: str, layout) -> Question:
    sort, count = rng.choice(LISTED), rng.randint(2, 5)
    chosen = _members(rng, sort, count)
    every = "|".join(form for thing in things() if thing.kind == sort for form in (thing.name, plural(thing.name)))
    numeral = COUNTS[count] if rng.random() < 0.7 else str(count)
    return _ask(rng, split, kind, f"{form}:{count}", layout(chosen), every, count, n=numeral, kinds=plural(sort))


def numbered(rng: random.Random, split: Split) -> Question:
    return _naming(
        rng, split, "numbered", "numbered", lambda names: "\n".join(f"{i}. {name}" for i, name in enumerate(names, 1))
    )


def dashes(rng: random.Random, split: Split) -> Question:
    return _naming(rng, split, "dashes", "dashes", lambda names: "\n".join(f"- {name}" for name in names))


def one_a_line(rng: random.Random, split: Split) -> Question:
    return _naming(rng, split, "one a line", "lines", "\n".join)


def commas(rng: random.Random, split: Split) -> Question:
    return _naming(rng, split, "commas", "commas", ", ".join)


def exactly_items(rng: random.Random, split: Split) -> Question:
    return _naming(rng, split, "items", "items", lambda names: f"{', '.join(names[:-1])} and {names[-1]}.".capitalize())


def _some_words(rng: random.Random) -> list[str]:
    pool = rng.choice((w.KEEPSAKES, w.GIRLS + w.BOYS, tuple(t.name for t in things()), w.TRAITS, w.COLOURS))
    single = sorted({word for word in pool if " " not in word})
    while True:
        chosen = rng.sample(single, rng.randint(3, 5))
        if len({word[0].lower() for word in chosen}) == len(chosen):  # the first letter decides
            return chosen


def alphabetical(rng: random.Random, split: Split) -> Question:
    """Words put into the order of the alphabet, or into the opposite one."""
    chosen = _some_words(rng)
    right = sorted(chosen, key=str.lower)
    return _ask(rng, split, "alphabet", f"sorted:{','.join(chosen)}", ", ".join(right) + ".", list=", ".join(chosen))


def backwards(rng: random.Random, split: Split) -> Question:
    chosen = _some_words(rng)
    right = ", ".join(reversed(chosen))
    return _ask(rng, split, "reverse", f"same:{right}", f"{right}.", right, list=", ".join(chosen))


def capitals(rng: random.Random, split: Split) -> Question:
    """An answer, or a sentence, all in capital letters; now and then in small ones."""
    small = rng.random() < 0.25
    kind, form = ("small letters", "small") if small else ("capitals", "capitals")
    if rng.random() < 0.5:
        asked, full, key = _fact(rng)
    else:
        sentence = _sentence(rng)
        asked, full, key = f'"{sentence}"', sentence, sentence.rstrip(".")
    said = full.lower() if small else full.upper()
    return _ask(rng, split, kind, form, said, key.lower() if small else key.upper(), q=asked)


def begins_with(rng: random.Random, split: Split) -> Question:
    """An answer that begins with a given word, or a sentence that does."""
    start = rng.choice(list(BEGINNINGS))
    if rng.random() < 0.5:
        said = fill(rng.choice(BEGINNINGS[start]), rng, _people(rng))
        return _ask(rng, split, "begin", f"begins:{start};sentences:1", said, start, word=start)
    asked, full, key = _fact(rng)
    word = rng.choice(("Well", "Of course", "Yes", "Hello", "My friend", "Listen", "Sure", "I think", "Good question"))
    joined = f"{word}, {full}" if word != "I think" else f"I think {full}"
    joined = (
        joined.replace(", A ", ", a ")
        .replace(", An ", ", an ")
        .replace("k A ", "k a ")
        .replace("k An ", "k an ")
        .replace(", The ", ", the ")
    )
    return _ask(
        rng, split, "begin answer", f"begins:{word}", joined.replace("k The ", "k the "), key, q=asked, word=word
    )


def ends_with(rng: random.Random, split: Split) -> Question:
    asked, full, key = _fact(rng)
    word = rng.choice(
        ("my friend", "thank you", "goodbye", "I think", "amen", "that is all", "of course", "hooray", "as you know")
    )
    return _ask(rng, split, "end", f"ends:{word}", f"{full.rstrip('.')}, {word}.", key, q=asked, word=word)


def without(rng: random.Random, split: Split) -> Question:
    """A thing described without the word for its kind, or for its colour, or its name."""
    thing = _thing(rng)
    the = thing.name if thing.name in MASS else f"a {thing.name}"
    form = rng.randrange(3)
    word, said, key = (
        (thing.kind, f"{the} is {thing.colour}.", thing.colour),
        (thing.colour, f"{the} is a {thing.kind}.", thing.kind),
        (thing.name, f"it is a {thing.colour} {thing.kind}.", thing.kind),
    )[form]
    if word in (thing.kind, thing.colour) and word in the:
        word, said, key = "blorp", f"{the} is a {thing.kind}.", thing.kind
    return _ask(rng, split, "without", f"without:{word}", fill(said, rng), key, the=the, word=word)


def repeated(rng: random.Random, split: Split) -> Question:
    word = rng.choice(
        (*w.KEEPSAKES[:20], *w.COLOURS, *w.ANIMAL_HEROES[:20], "hello", "yes", "no", "thank you", "please")
    )
    count = rng.randint(2, 5)
    said = ", ".join([word] * count)
    numeral = COUNTS[count] if rng.random() < 0.7 else str(count)
    return _ask(
        rng, split, "repeat", f"times:{count},{word}", said[0].upper() + said[1:] + ".", word, n=numeral, word=word
    )


def yes_no_only(rng: random.Random, split: Split) -> Question:
    from recipes.nano.world.choices import plain_yes_or_no

    asked, word = plain_yes_or_no(rng)
    return _ask(rng, split, "yes or no", "words:1", f"{word.capitalize()}.", word, q=asked)


def quoted(rng: random.Random, split: Split) -> Question:
    sentence = _sentence(rng)
    return _ask(rng, split, "quote", f'exactly:"{sentence}"', f'"{sentence}"', sentence, text=sentence)


def sentence_with(rng: random.Random, split: Split) -> Question:
    """One sentence that has a given word in it."""
    word = rng.choice((*w.KEEPSAKES, *w.ANIMAL_HEROES, *w.FOODS, *(name for name in w.GIRLS[:20])))
    named = word[0].isupper()
    said = fill(rng.choice(SENTENCES_WITH["name" if named else "thing"]), rng, _people(rng) | {"word": word})
    return _ask(rng, split, "with", "sentences:1", said, word, word=word)


def sentences(rng: random.Random, split: Split) -> Question:
    """Something told about a thing in two or three sentences."""
    count = rng.randint(2, 3)
    while True:
        thing = _thing(rng)
        known = facts.told_of(thing.name)
        if len(known) >= count:
            break
    names = facts._names(thing)
    chosen = sorted(rng.sample(known, count), key=lambda fact: fact.kind != "kind")
    said = " ".join(fill(facts.ASKINGS[fact.kind].answer[0], rng, dict(fact.slots)) for fact in chosen)
    keys = "|".join((thing.name, names["plural"]))
    return _ask(rng, split, "sentences", f"sentences:{count}", said, keys, n=COUNTS[count], the=names["the"])


def number_only(rng: random.Random, split: Split) -> Question:
    problem = numbers.arithmetic(rng, "train")
    ask = problem.fact.replace("*", " * ").replace("+", " + ").replace("-", " - ")
    return _ask(rng, split, "number", f"same:{problem.key}", f"{problem.key}.", problem.key, sum=ask)


def _people(rng: random.Random) -> dict[str, str]:
    girl = rng.random() < 0.5
    return {"name": rng.choice(w.GIRLS if girl else w.BOYS), "friend": rng.choice(w.BOYS if girl else w.GIRLS), "place": rng.choice(w.PLACES),
            "thing": rng.choice(w.KEEPSAKES), "food": rng.choice(w.FOODS), "colour": rng.choice(w.COLOURS), "he": "she" if girl else "he",
            "his": "her" if girl else "his", "pet": rng.choice(w.ANIMAL_HEROES), "weather": rng.choice(w.WEATHER), "day": rng.choice(w.DAYS)}  # fmt: skip


def _sentence(rng: random.Random) -> str:
    start = rng.choice(list(BEGINNINGS))
    return fill(rng.choice(BEGINNINGS[start]), rng, _people(rng))


MAKERS = {
    one_word: 4, one_sentence: 2, number_of_words: 3, numbered: 2, dashes: 1, one_a_line: 1, commas: 2, exactly_items: 2, alphabetical: 2, backwards: 2,
    capitals: 3, begins_with: 3, ends_with: 2, without: 2, repeated: 2, yes_no_only: 2, quoted: 1, sentence_with: 2, sentences: 2, number_only: 1,
}  # fmt: skip


def question(rng: random.Random, split: Split) -> Question:
    """One instruction of any kind."""
    return rng.choices(list(MAKERS), list(MAKERS.values()))[0](rng, split)
