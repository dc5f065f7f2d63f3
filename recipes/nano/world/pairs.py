"""Texts in which two or three people do the same with different things; every place in the text is asked about equally often.

What is asked (the thing, the person, the colour, the place) and the order of the sentences are drawn apart from each other,
so that only reading helps: the first name, the last thing or the nearest word is no better a guess than another.
"""

import random

from recipes.nano.world import words as w
from recipes.nano.world.grammar import fill, join
from recipes.nano.world.shapes import Question, Split, phrasings
from recipes.nano.world.things import jobs

# what is told of one person; and how its thing and its person are asked for, the last sixth held out
VERBS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "has": ("{p} has {x}", ("What does {p} have?", "What has {p} got?", "Name the thing of {p}.", "{p} has what?", "What belongs to {p}?", "Tell me what {p} has.", "Which thing does {p} have?", "And {p}, what does {p} have?", "What is in the hands of {p}?"),
            ("Who has {x}?", "{x}: who has that?", "To whom does {x} belong?", "Which person has {x}?", "Tell me who has {x}.", "I am looking for {x}. Who has it?", "Who is it that has {x}?", "Whom do I ask for {x}?")),
    "ate": ("{p} ate {x}", ("What did {p} eat?", "{p} ate what?", "Tell me what {p} ate.", "What was eaten by {p}?", "And what did {p} eat?", "Which food did {p} have?", "What went into the mouth of {p}?"),
            ("Who ate {x}?", "{x}: who ate that?", "Which person ate {x}?", "Tell me who ate {x}.", "By whom was {x} eaten?", "Who is it that ate {x}?", "Who has eaten {x}?")),
    "bought": ("{p} bought {x}", ("What did {p} buy?", "{p} bought what?", "Tell me what {p} bought.", "What was bought by {p}?", "And what did {p} buy?", "What did {p} get in the shop?", "On what did {p} spend money?"),
               ("Who bought {x}?", "{x}: who bought that?", "Which person bought {x}?", "Tell me who bought {x}.", "By whom was {x} bought?", "Who came home with {x}?", "Who has bought {x}?")),
    "went": ("{p} went to {y}", ("Where did {p} go?", "{p} went where?", "Tell me where {p} went.", "To which place did {p} go?", "And where did {p} go?", "Where is {p} now?", "Where can I meet {p}?"),
             ("Who went to {y}?", "{y}: who went there?", "Which person went to {y}?", "Tell me who went to {y}.", "Who is at {y} now?", "Who wanted to go to {y}?", "Whom do I meet at {y}?")),
    "likes": ("{p} likes {z}", ("What does {p} like?", "{p} likes what?", "Tell me what {p} likes.", "Which colour does {p} like?", "And {p}, which colour is that?", "What is the colour that {p} likes?", "What colour would {p} choose?"),
              ("Who likes {z}?", "{z}: who likes it?", "Which person likes {z}?", "Tell me who likes {z}.", "Who would choose {z}?", "Who is the one who likes {z}?", "Whose colour is {z}?")),
    "lost": ("{p} lost {x}", ("What did {p} lose?", "{p} lost what?", "Tell me what {p} lost.", "What is {p} looking for?", "And what did {p} lose?", "What is missing from the bag of {p}?", "What can {p} not find?"),
             ("Who lost {x}?", "{x}: who lost that?", "Which person lost {x}?", "Tell me who lost {x}.", "I found {x}. Who lost it?", "Who is looking for {x}?", "Who can not find {x}?")),
    "sees": ("{p} sees {x}", ("What does {p} see?", "{p} sees what?", "Tell me what {p} sees.", "What is in front of {p}?", "And what does {p} see?", "What is {p} looking at?", "What is seen by {p}?"),
             ("Who sees {x}?", "{x}: who sees that?", "Which person sees {x}?", "Tell me who sees {x}.", "Who is it that sees {x}?", "Who looks at {x}?", "By whom is {x} seen?")),
    "works": ("{p} is a {j}", ("What is {p}?", "{p} is what?", "Tell me the job of {p}.", "What work does {p} do?", "And {p}, what is that one?", "Which job has {p}?", "What is the job of {p}?"),
              ("Who is the {j}?", "Which person is a {j}?", "Tell me who the {j} is.", "Who works as a {j}?", "I need a {j}. Whom do I ask?", "Who of them is a {j}?", "What is the name of the {j}?")),
}  # fmt: skip
_SIMPLE = tuple(thing for thing in w.KEEPSAKES if thing not in ("box", "boat", "ball"))  # music box, …
BETWEEN = ("{a}. {b}.", "{a}, and {b}.", "{a}, but {b}.", "First: {a}. Second: {b}.", "{a}; {b}.", "{a}, while {b}.")


def _things(rng: random.Random, verb: str, count: int) -> list[str]:
    """The words that are told of the people: things, food, places, colours or jobs, no two alike."""
    if verb == "ate":
        return [f"a {food}" for food in rng.sample(w.FOODS, count)]
    if verb == "went":
        return rng.sample(w.PLACES, count)
    if verb == "likes":
        return rng.sample(w.COLOURS, count)
    if verb == "works":
        return rng.sample([job for job, _, _ in jobs()], count)
    named = rng.sample(_SIMPLE, count)
    if rng.random() < 0.4:
        return [f"a {colour} {thing}" for colour, thing in zip(rng.sample(w.COLOURS, count), named, strict=True)]
    if rng.random() < 0.3:
        thing = named[0]
        return [f"a {colour} {thing}" for colour in rng.sample(w.COLOURS, count)]  # only the colour tells them apart
    return [f"a {thing}" for thing in named]


def question(rng: random.Random, split: Split) -> Question:
    """Who has what, asked from one side or the other."""
    verb = rng.choice(list(VERBS))
    told, ask_thing, ask_person = VERBS[verb]
    count = rng.choice((2, 2, 2, 3))
    people, named = rng.sample(w.GIRLS + w.BOYS, count), _things(rng, verb, count)
    lines = [told.format(p=p, x=x, y=x, z=x, j=x) for p, x in zip(people, named, strict=True)]
    text = rng.choice(BETWEEN).format(a=lines[0], b=lines[1]) if count == 2 else ". ".join(lines) + "."
    at = rng.randrange(count)
    person, thing = people[at], named[at]
    by_thing = rng.random() < 0.5
    ask = rng.choice(phrasings(ask_person if by_thing else ask_thing, split))
    the = f"the {thing[2:]}" if thing.startswith("a ") else thing
    asked = ask.format(p=person, ps=f"{person}'s", x=the, y=the, z=the, j=the)
    key = person if by_thing else thing.removeprefix("a ")
    form = f"not:{(people if by_thing else [one.removeprefix('a ') for one in named])[at - 1]}"
    whole = lines[at] + "."
    answer = rng.choice((f"{key if by_thing else thing}.", f"{key if by_thing else thing}.", whole))
    order = "{t} {a}" if split == "held_out" else rng.choice(("{t} {a}", "{t}\n{a}", "{a} {t}"))
    prompt = fill(order, rng, {"t": fill("{x}", rng, {"x": text}), "a": fill("{x}", rng, {"x": asked})})
    return Question("two things", prompt, fill("{x}", rng, {"x": answer}), key, f"{verb}:{join(people)}", form=form)
