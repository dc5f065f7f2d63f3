"""Conversations whose later turns refer back: it, the same again, two more, shorter, louder, politely, why, the first of them.

Polite and blunt, long and short. Facts that are held out are not spoken of here.
"""

import random
from functools import lru_cache

from recipes.nano.world import facts
from recipes.nano.world import words as w
from recipes.nano.world.grammar import fill, join, plural
from recipes.nano.world.shapes import Document
from recipes.nano.world.things import things

Turns = list[tuple[str, str]]

# a fact asked of "it", when it is clear what is spoken of
OF_IT = {
    "colour": ("What colour is it?", "And its colour?", "Which colour does it have?", "And what colour?", "Is it red or what?", "Tell me its colour.", "Colour?"),
    "kind": ("What is it?", "What kind of thing is that?", "And what is that?", "What is it, then?", "Explain what it is."),
    "place": ("Where do you find it?", "Where is it?", "And where can I see one?", "Where would I look for it?", "Where?"),
    "use": ("What is it for?", "What do I do with it?", "What can one do with it?", "Why would I need it?", "And what is its use?"),
    "material": ("What is it made of?", "And what is it made of?", "Which material is it?", "What stuff is that made of?"),
    "sound": ("What sound does it make?", "How does it sound?", "And what does it say?", "What noise does it make?"),
    "food": ("What does it eat?", "And what does it eat?", "What do I feed it?", "What does it like to eat?", "Its food?"),
    "baby": ("What is its baby called?", "And the baby?", "What do you call its young?", "How is its child called?"),
    "legs": ("How many legs does it have?", "And how many legs?", "Count its legs.", "On how many legs does it walk?"),
    "can": ("What can it do?", "And what can it do?", "What is it good at?", "Can it do anything special?"),
    "part": ("What parts does it have?", "What does it have?", "Name its parts.", "What do you see on it?"),
    "plural": ("And more than one?", "What is the plural?", "One of them, two what?"),
}  # fmt: skip
ANOTHER = (
    "And {the}?",
    "What about {the}?",
    "And what about {the}?",
    "The same for {the}, please.",
    "Now {the}.",
    "And how is it with {the}?",
    "{The}?",
)
MORE = ("Give me {n} more.", "{n} more, please.", "Can you name {n} more?", "And {n} others?", "I need {n} more.", "{n} others, please.", "More! I want {n}.", "Do you know {n} more?")  # fmt: skip
ONE_MORE = (
    "Give me one more.",
    "One more, please.",
    "Can you name one more?",
    "And another?",
    "Another one, please.",
    "One other?",
    "Just one more.",
)
AGAIN = ("Say that again.", "Once more, please.", "Again, please.", "Could you say that again?", "I did not hear you.", "What did you say?", "Repeat that.", "Pardon?", "Please repeat your answer.")  # fmt: skip
SHORTER = ("Shorter, please.", "Make it shorter.", "In one word?", "Too long. One word.", "Can you say it in one word?", "Short, please.", "Only the word, please.", "Be brief.", "Just one word.")  # fmt: skip
LONGER = ("Longer, please.", "In a full sentence, please.", "Make it a sentence.", "Please use a whole sentence.", "Say it in a sentence.", "A bit longer, please.", "Not so short!", "That was too short.")  # fmt: skip
LOUDER = ("In capital letters, please.", "Louder!", "Say it in capitals.", "Write that in big letters.", "Shout it.", "Now in capital letters.")  # fmt: skip
POLITELY = ("Say that again politely.", "More politely, please.", "A little more friendly, please.", "Be polite.", "Say it nicely.", "Can you be more polite?", "With good manners, please.")  # fmt: skip
BLUNTLY = (
    "Say it bluntly.",
    "Without the nice words.",
    "No need to be so polite.",
    "Just the facts.",
    "Drop the manners.",
    "Plainly, please.",
)
POLITE = ("Of course, with pleasure: {s}", "Certainly. {s} I hope that helps.", "I would be glad to tell you: {s}", "Thank you for asking. {s}", "With pleasure, my friend. {s}", "Gladly! {s} Have a nice day.")  # fmt: skip
FIRST = ("Which was the first?", "What did you name first?", "The first one again?", "Which one came first?")
LAST = ("Which was the last?", "What did you name last?", "The last one again?", "Which one came last?")
COUNT = ("How many did you name?", "How many are that?", "Count them.", "How many were that?")
SORT = (
    "Now in alphabetical order.",
    "Sort them from A to Z.",
    "And in alphabetical order?",
    "Put them in alphabetical order, please.",
)
TURN = ("Now backwards.", "In reverse order, please.", "And the other way round?", "Turn them around.")
LINES = ("One per line, please.", "Each on a new line.", "Put them below one another.", "Write them line by line.")
NUMBER = ("Number them.", "As a numbered list, please.", "Put numbers before them.", "With numbers, please.")
THANKS = (("Thank you.", "You are welcome!"), ("Thanks!", "My pleasure."), ("Good.", "I am glad."), ("That is enough.", "All right."), ("Fine, thank you very much.", "You are very welcome."),
          ("OK, bye.", "Goodbye!"), ("That helps.", "I am happy to hear it."), ("You are clever.", "Thank you, that is kind of you."))  # fmt: skip
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, dict[str, facts.Fact]]:
    known: dict[str, dict[str, facts.Fact]] = {}
    for fact in facts.trained():
        if fact.kind in OF_IT and (name := dict(fact.slots).get("name")):
            known.setdefault(name, {})[fact.kind] = fact
    return {name: kinds for name, kinds in known.items() if len(kinds) >= 3}


def _said(rng: random.Random, fact: facts.Fact, full: bool = False) -> str:
    """An answer to the fact; `full` names the thing."""
    answers = facts.ASKINGS[fact.kind].answer
    return fill(answers[0] if full else rng.choice(answers), rng, dict(fact.slots))


def about_it(rng: random.Random) -> Turns:
    """A thing is named once, then spoken of as it; at the end perhaps another thing, asked the same."""
    known = _by_name()
    name = rng.choice(list(known))
    kinds = rng.sample(list(known[name]), min(len(known[name]), rng.randint(2, 4)))
    slots = dict(known[name][kinds[0]].slots)
    turns = []
    if rng.random() < 0.4:
        turns.append((fill("[I have {a}.|I saw {a} today.|Do you know what {a} is?|Let us talk about {plural}.|Tell me about {the}.]", rng, slots),
                      _said(rng, known[name]["kind"], full=True) if "kind" in known[name] else "All right."))  # fmt: skip
    else:
        first = kinds.pop(0)
        ask = rng.choice(facts.phrasings(facts.ASKINGS[first].ask, "train"))
        turns.append((fill(ask, rng, slots), _said(rng, known[name][first], full=True)))
    for kind in kinds:
        turns.append((rng.choice(OF_IT[kind]), _said(rng, known[name][kind], full=rng.random() < 0.5)))
    last = kinds[-1] if kinds else None
    others = [other for other in rng.sample(list(known), 25) if last in known[other] and other != name] if last else []
    for other in others[: rng.choice((0, 1, 1, 2))]:
        names = dict(known[other][last].slots)
        turns.append((fill(rng.choice(ANOTHER), rng, names), _said(rng, known[other][last], full=True)))
    return turns


def put_otherwise(rng: random.Random) -> Turns:
    """One answer said again: shorter, longer, louder, politely, bluntly."""
    known = _by_name()
    name = rng.choice(list(known))
    kind = rng.choice([kind for kind in known[name] if kind != "part"])
    fact = known[name][kind]
    slots = dict(fact.slots)
    full, word = _said(rng, fact, full=True), fact.key.split("|")[0]
    word = f"{word[0].upper()}{word[1:]}."
    polite = rng.choice(POLITE).format(s=full)
    ways = {"again": (AGAIN, None), "shorter": (SHORTER, word), "longer": (LONGER, full), "louder": (LOUDER, full.upper()), "politely": (POLITELY, polite), "bluntly": (BLUNTLY, full)}  # fmt: skip
    said = rng.choice((full, word, polite))
    turns = [(fill(rng.choice(facts.phrasings(facts.ASKINGS[kind].ask, "train")), rng, slots), said)]
    for _ in range(rng.randint(1, 3)):
        way = rng.choice(list(ways))
        asks, answer = ways[way]
        answer = answer or said
        senseless = (
            (way == "shorter" and " " in word)
            or (way == "longer" and said != word)
            or (way == "bluntly" and said != polite)
        )
        if senseless or (answer == said and way != "again"):
            continue
        said = answer
        turns.append((rng.choice(asks), said))
    return turns


def _list(words: list[str]) -> str:
    return fill("{x}.", random.Random(0), {"x": join(words)})


def more_of_them(rng: random.Random) -> Turns:
    """Some of a kind are named; then more of them, or the same ones in another order or form."""
    kind = rng.choice(
        ("animal", "bird", "fruit", "vegetable", "vehicle", "tool", "toy", "food", "drink", "insect", "flower")
    )
    members = [thing.name for thing in things() if thing.kind == kind]
    rng.shuffle(members)
    count = rng.randint(2, 4)
    named, rest = members[:count], members[count:]
    slots = {"n": NUMBERS[count], "kinds": plural(kind)}
    turns = [(fill("[Name {n} {kinds}.|List {n} {kinds}, please.|Tell me {n} {kinds}.|Give me {n} {kinds}.|I need {n} {kinds}.|{n} {kinds}!|Could you please name {n} {kinds}?]", rng, slots), _list(named))]  # fmt: skip
    for _ in range(rng.randint(1, 3)):
        step = rng.randrange(9)
        if step < 3 and len(rest) >= 3:
            extra = rng.randint(1, 2) + (rng.random() < 0.3)
            asked = fill(rng.choice(MORE if extra > 1 else ONE_MORE), rng, {"n": NUMBERS[extra]})
            named, rest = rest[:extra], rest[extra:]
            turns.append((asked, _list(named)))
        elif step == 3:
            turns.append((rng.choice(FIRST), _list(named[:1])))
        elif step == 4:
            turns.append((rng.choice(LAST), _list(named[-1:])))
        elif step == 5 and len(named) > 1:
            turns.append((rng.choice(COUNT), f"{NUMBERS[len(named)].capitalize()}."))
        elif step == 6 and len(named) > 1:
            named = sorted(named)
            turns.append((rng.choice(SORT), _list(named)))
        elif step == 7 and len(named) > 1:
            named = named[::-1]
            turns.append((rng.choice(TURN), _list(named)))
        elif step == 8 and len(named) > 1:
            numbered = rng.random() < 0.5
            turns.append((rng.choice(NUMBER if numbered else LINES), "\n".join(f"{i}. {n}" if numbered else n for i, n in enumerate(named, 1))))  # fmt: skip
    return turns


def remembered(rng: random.Random) -> Turns:
    """The user tells something of themselves and asks for it later."""
    name, thing, colour, food, place = (
        rng.choice(pool) for pool in (w.GIRLS + w.BOYS, w.KEEPSAKES, w.COLOURS, w.FOODS, w.PLACES)
    )
    told = {
        "name": (f"[My name is {name}.|I am {name}.|Call me {name}.]", f"[Hello, {name}!|Nice to meet you, {name}.]", "[What is my name?|Do you remember my name?|Who am I?]", f"[Your name is {name}.|You are {name}.|{name}.]"),
        "thing": (f"[I have a {thing}.|Today I got a {thing}.|I bought a {thing}.]", "[How nice!|That is good.|Very nice.]", "[What do I have?|What was it that I have?|Do you remember what I have?]", f"[You have a {thing}.|A {thing}.]"),
        "colour": (f"[I like {colour} best.|My favourite colour is {colour}.]", f"[{colour} is a lovely colour.|A good choice.]", "[Which colour do I like?|What is my favourite colour?]", f"[You like {colour}.|{colour}.|Your favourite colour is {colour}.]"),
        "food": (f"[I ate a {food}.|This morning I had a {food}.]", "[Was it good?|I hope you liked it.]", "[What did I eat?|Do you remember what I ate?]", f"[You ate a {food}.|A {food}.]"),
        "place": (f"[I am going to {place}.|Tomorrow I will go to {place}.]", "[Have fun!|I hope the weather is good.]", "[Where am I going?|Where did I say that I go?]", f"[You are going to {place}.|To {place}.]"),
    }  # fmt: skip
    kinds = rng.sample(list(told), rng.randint(1, 3))
    turns = [(fill(told[kind][0], rng), fill(told[kind][1], rng)) for kind in kinds]
    rng.shuffle(kinds)
    return turns + [(fill(told[kind][2], rng), fill(told[kind][3], rng)) for kind in kinds]


def counting_on(rng: random.Random) -> Turns:
    """A sum, and then something done to its result."""
    total = rng.randint(1, 10)
    plus = rng.randint(1, 8)
    turns = [(f"What is {total} + {plus}?", f"{total + plus}.")]
    total += plus
    for _ in range(rng.randint(1, 3)):
        step = rng.randint(1, max(1, min(5, total)))
        if total == 0 or rng.random() < 0.6:
            turns.append(
                (
                    fill(f"[Plus {step}?|Add {step}.|And {step} more?|Now add {step}.|{step} more, please.]", rng),
                    f"{total + step}.",
                )
            )
            total += step
        else:
            turns.append(
                (
                    fill(f"[Minus {step}?|Take away {step}.|And {step} less?|Now take {step} away.]", rng),
                    f"{total - step}.",
                )
            )
            total -= step
    return turns


def conversation(rng: random.Random) -> Document:
    """One conversation that refers back, sometimes with a word of thanks at the end."""
    maker = rng.choices((about_it, put_otherwise, more_of_them, remembered, counting_on), (5, 3, 4, 2, 1))[0]
    turns = maker(rng)
    if rng.random() < 0.2:
        turns.append(rng.choice(THANKS))
    flat = tuple(turn for asked, said in turns for turn in (("user", asked), ("assistant", said)))
    return Document("turns", turns=flat)
