"""Small texts and questions about them: who, what, where, which colour, how many. The last question of a text is held out.

`MORE` and `OTHER_TEXTS` are for training alone: without many ways of asking, a small model learns one place to look at
for each text.
"""

import random

from recipes.nano.world import words as w
from recipes.nano.world.grammar import fill, plural
from recipes.nano.world.shapes import Question, Split, phrasings

Asks = tuple[tuple[str, str], ...]  # (question, the word that answers it)

TEXTS: tuple[tuple[str, Asks], ...] = (
    ("{name} has a {colour} {thing}. {friend} has a {other} {thing2}.",
     (("What colour is the {thing}?", "{colour}"), ("Who has the {thing}?", "{name}"), ("What does {friend} have?", "{thing2}"),
      ("Who has something {other}?", "{friend}"), ("What colour is the {thing2} of {friend}?", "{other}"))),
    ("{name} went to {place} with a {thing}. {friend} stayed at home and ate a {food}.",
     (("Where did {name} go?", "{place}"), ("Who stayed at home?", "{friend}"), ("What did {friend} eat?", "{food}"),
      ("Who went to {place}?", "{name}"), ("What did {name} take along?", "{thing}"))),
    ("{name} has {n} {many}. They are all {colour}. {friend} would like to have one.",
     (("How many {many} does {name} have?", "{n}"), ("What colour are they?", "{colour}"), ("Who would like to have one?", "{friend}"),
      ("What does {name} have?", "{many}"), ("Who has the {many}?", "{name}"))),
    ("{friend} gave {name} a {thing}. {name} put it into a {other} box and went to {place}.",
     (("Who got the {thing}?", "{name}"), ("Who gave the {thing} away?", "{friend}"), ("What colour is the box?", "{other}"),
      ("What is in the box?", "{thing}"), ("Where did {name} go?", "{place}"))),
    ("The {thing} is in the {other} box and the {thing2} is in the {colour} box. They belong to {name}.",
     (("What is in the {colour} box?", "{thing2}"), ("What is in the {other} box?", "{thing}"), ("Where is the {thing2}?", "{colour} box"),
      ("Whose things are these?", "{name}"), ("Which box is the {thing} in?", "{other}"))),
)  # fmt: skip

MORE: tuple[Asks, ...] = (
    (("What colour is the {thing2}?", "{other}"), ("Which colour has the {thing} of {name}?", "{colour}"), ("Who has the {thing2}?", "{friend}"),
     ("What does {name} have?", "{thing}"), ("Who has something {colour}?", "{name}"), ("What is {other}, the {thing} or the {thing2}?", "{thing2}"),
     ("Is the {thing} {colour} or {other}?", "{colour}"), ("Is the {thing2} {colour} or {other}?", "{other}"), ("To whom does the {thing2} belong?", "{friend}"),
     ("What belongs to {name}?", "{thing}"), ("One thing is {other}. What is it?", "{thing2}"), ("{friend} has something. Which colour is it?", "{other}"),
     ("{name} has something. Which colour is it?", "{colour}"), ("Tell me the colour of the {thing2}.", "{other}"), ("And the {thing}, what colour is that?", "{colour}")),
    (("Who had a {thing}?", "{name}"), ("Who ate something?", "{friend}"), ("Was {name} at home or in another place?", "{place}"), ("{name} had something. What was it?", "{thing}"),
     ("Which thing went to {place} with {name}?", "{thing}"), ("Who was not at home?", "{name}"), ("What was eaten?", "{food}"), ("What food does the text speak of?", "{food}"),
     ("What was with {name} on the way?", "{thing}"), ("Where was {name}?", "{place}"), ("Who ate a {food}?", "{friend}"), ("What did {name} carry?", "{thing}"),
     ("What did {friend} have at home?", "{food}")),
    (("How many are there?", "{n}"), ("Which colour do they have?", "{colour}"), ("Whose {many} are they?", "{name}"), ("What would {friend} like to have?", "{thing}"),
     ("Who owns {n} {many}?", "{name}"), ("Who wants one?", "{friend}"), ("Say the number of {many}.", "{n}"), ("{name} has something. What?", "{many}"),
     ("What are all the {many}?", "{colour}")),
    (("What did {friend} give away?", "{thing}"), ("Where is the {thing} now?", "{other} box"), ("Who has a {thing} now?", "{name}"), ("Who went away?", "{name}"),
     ("To which place did {name} walk?", "{place}"), ("What did {name} get?", "{thing}"), ("Who gave something to {name}?", "{friend}"), ("Which box is it?", "{other}"),
     ("After that, where was {name}?", "{place}"), ("Who has put it into a box?", "{name}")),
    (("Where is the {thing}?", "{other} box"), ("In what box would you look for the {thing2}?", "{colour}"), ("In what box would you look for the {thing}?", "{other}"),
     ("What is the colour of the box with the {thing2}?", "{colour}"), ("What is the colour of the box with the {thing}?", "{other}"), ("Who do they belong to?", "{name}"),
     ("I open the {other} box. What do I see?", "{thing}"), ("I open the {colour} box. What do I see?", "{thing2}"), ("I want the {thing}. Shall I open the {other} or the {colour} box?", "{other}"),
     ("I want the {thing2}. Shall I open the {other} or the {colour} box?", "{colour}"), ("Who owns the {thing}?", "{name}")),
)  # fmt: skip

OTHER_TEXTS: tuple[tuple[str, Asks], ...] = (
    ("{name} lost a {thing} in {place}. {friend} found it on {day}.",
     (("Who lost the {thing}?", "{name}"), ("Who found it?", "{friend}"), ("What was lost?", "{thing}"), ("Where was the {thing} lost?", "{place}"),
      ("When did {friend} find it?", "{day}"), ("What did {friend} find?", "{thing}"))),
    ("On {day} {name} bought a {colour} {thing} and a {food}. {friend} bought nothing.",
     (("What colour is the {thing}?", "{colour}"), ("What can {name} eat now?", "{food}"), ("Who bought nothing?", "{friend}"), ("When was that?", "{day}"),
      ("Who bought a {food}?", "{name}"), ("Which {colour} thing did {name} buy?", "{thing}"))),
    ("{name}, {friend} and {third} went to {place}. {friend} was first and {third} was last.",
     (("Who was first?", "{friend}"), ("Who was last?", "{third}"), ("Where did they go?", "{place}"), ("Who was neither first nor last?", "{name}"),
      ("Who came before all the others?", "{friend}"), ("Who came after all the others?", "{third}"))),
    ("{name} is older than {friend}. {friend} is older than {third}.",
     (("Who is the oldest?", "{name}"), ("Who is the youngest?", "{third}"), ("Who is younger than {name} but older than {third}?", "{friend}"))),
    ("There is a {thing} on the table, a {thing2} under the table and a {food} on the chair.",
     (("What is on the table?", "{thing}"), ("What is under the table?", "{thing2}"), ("What is on the chair?", "{food}"), ("Where is the {food}?", "chair"),
      ("What can you eat here?", "{food}"), ("What lies below the table?", "{thing2}"))),
    ("{name} likes {colour}, but {friend} likes {other}. {third} likes both.",
     (("Which colour does {name} like?", "{colour}"), ("Which colour does {friend} like?", "{other}"), ("Who likes both colours?", "{third}"),
      ("Who likes {other} alone?", "{friend}"), ("What does {name} like?", "{colour}"))),
    ("{name} was {sad} because the {thing} was broken. {friend} brought a new one.",
     (("Who was {sad}?", "{name}"), ("What was broken?", "{thing}"), ("Who brought a new one?", "{friend}"), ("How did {name} feel?", "{sad}"), ("Why was {name} {sad}? Something was broken. What?", "{thing}"))),
    ("The {colour} {thing} costs {n} coins. The {other} {thing} costs {m} coins. {name} takes the {other} one.",
     (("How much is the {colour} {thing}?", "{n}"), ("How much is the {other} {thing}?", "{m}"), ("Which {thing} does {name} take?", "{other}"), ("What costs {n} coins, the {colour} or the {other} one?", "{colour}"),
      ("How many coins does {name} pay?", "{m}"))),
    ("{name} lives in {place}. {friend} lives next to {place2}. On {day} they meet.",
     (("Where does {name} live?", "{place}"), ("When do they meet?", "{day}"), ("Who lives in {place}?", "{name}"), ("Who lives next to {place2}?", "{friend}"), ("Whom does {name} meet?", "{friend}"))),
    ("{name} has {n} {many} and {friend} has {m}.",
     (("How many {many} does {name} have?", "{n}"), ("How many does {friend} have?", "{m}"), ("Who has {m} {many}?", "{friend}"), ("Who has {n} {many}?", "{name}"))),
    ("First {name} came, then {friend}, and then {third}. {third} had a {thing}.",
     (("Who came first?", "{name}"), ("Who came after {name}?", "{friend}"), ("Who came last?", "{third}"), ("Who had the {thing}?", "{third}"), ("What did {third} have?", "{thing}"))),
    ("\"I will wash the dishes,\" said {name}. \"And I will {verb},\" said {friend}.",
     (("Who will wash the dishes?", "{name}"), ("Who will {verb}?", "{friend}"), ("What will {friend} do?", "{verb}"), ("Who spoke first?", "{name}"))),
)  # fmt: skip


def _choose(rng: random.Random, split: Split) -> tuple[str, Asks]:
    """A text and what may be asked about it in this split."""
    if split == "train" and rng.random() < 0.45:
        return rng.choice(OTHER_TEXTS)
    at = rng.randrange(len(TEXTS))
    text, asks = TEXTS[at]
    return text, phrasings(asks, split, MORE[at])


def question(rng: random.Random, split: Split, slots: dict[str, str]) -> Question:
    """A text, then a question about it; `slots` name who and what is spoken of."""
    colour = rng.choice([c for c in w.COLOURS if c != slots["colour"]])
    n, m = rng.sample(range(2, 10), 2)
    third = rng.choice([name for name in w.GIRLS + w.BOYS if name not in (slots["name"], slots["friend"])])
    slots = slots | {
        "other": colour, "thing2": rng.choice([t for t in w.KEEPSAKES if t != slots["thing"]]), "n": str(n), "m": str(m),
        "many": plural(slots["thing"]), "third": third, "day": rng.choice(w.DAYS), "sad": slots["mood_sad"],
        "place2": rng.choice([p for p in w.PLACES if p != slots["place"]]),
    }  # fmt: skip
    text, asks = _choose(rng, split)
    ask, key = rng.choice(asks)
    key = fill("{k}", rng, {"k": key.format(**slots)})
    prompt = fill(rng.choice(("{t} {a}", "{t}\n{a}", "{a} {t}")) if split == "train" else "{t} {a}", rng,
                  {"t": fill(text, rng, slots), "a": fill(ask, rng, slots)})  # fmt: skip
    return Question("reading", prompt, f"{key[0].upper()}{key[1:]}.", key, prompt)
