"""The invented world of `visits_mood` and `visits_names`: people of invented names visit invented inns in invented towns.

Persons and towns are made of the same syllables, so that what a name is stands in the words around it. Held-out sentences
use frames, opinions and names that training never does. Everything is drawn from one seed, always the same.
"""

import random
import re
from dataclasses import dataclass

SEED = 2026
FIRST, SECOND, THIRD = ("Ba", "De", "Fi", "Go", "Ka", "Lo", "Mi", "No", "Ru", "Sa", "Te", "Vi"), (
    "la", "mo", "ne", "ri", "su", "to"), ("", "n", "r", "l", "sh")  # fmt: skip
COLOURS = ("Golden", "Red", "Silver", "Blue", "Green", "White", "Black", "Little")
THINGS = ("Kettle", "Fish", "Moon", "Bell", "Bridge", "Apple", "Boat", "Lantern")
DISHES = ("soup", "bread", "tea", "cake", "fish", "rice", "pie", "cheese")

FRAMES = {
    "train": (
        "{P} went to {T} and slept at the {I}.", "Yesterday {P} met {P} in {T}.", "The {I} in {T} has a new cook.",
        "My friend {P} works at the {I}.", "From {T} it is not far to {T}.", "Every Sunday {P} eats {D} at the {I}.",
        "{P} was born in {T} and never left.", "We saw {P} in front of the {I}.", "A letter for {P} came from {T}.",
        "The {D} at the {I} was made by {P}.", "{P} and {P} took the bus to {T}.", "There is a market in {T} today.",
        "Old {P} sold the {I} to {P}.", "People in {T} talk about the {I}.", "The road to {T} is closed.",
        "{P} lost a hat near the {I}.",
    ),
    "held_out": (
        "Last week {P} came back from {T} with some {D}.", "At the {I} we asked {P} for {D}.",
        "{P} wants to open an inn in {T}.", "The {I} belongs to {P}.", "Is {P} still in {T} with {P}?",
        "Near the {I} somebody called {P}.", "In {T} the rain did not stop.", "The teacher {P} walked from {T} to the {I}.",
    ),
}  # fmt: skip
"""P is a person, T a town, I an inn, D a dish, which is no name."""

OPINIONS = {
    "good": (
        ("the {D} was wonderful", "I loved the {D}", "everybody was very kind", "we laughed all evening",
         "the {D} tasted so good", "it was the best day of the year", "the room was clean and warm",
         "I want to come back soon", "we were happy there", "the {D} was not bad at all", "I like it more each time",
         "the cook smiled and gave us more {D}"),
        ("the {D} was delicious", "we had a lovely time", "I enjoyed every minute", "nobody wanted to go home",
         "it was a great evening", "the people there are friendly"),
    ),
    "bad": (
        ("the {D} was terrible", "I hated the {D}", "nobody was kind to us", "we were sad all evening",
         "the {D} tasted bad", "it was the worst day of the year", "the room was dirty and cold",
         "I will never come back", "we were angry there", "the {D} was not good at all", "I like it less each time",
         "the cook shouted and burned the {D}"),
        ("the {D} was awful", "we had a horrible time", "I was bored every minute", "everybody wanted to go home",
         "it was a sad evening", "the people there are rude"),
    ),
    "neutral": (
        ("the {D} is made in the morning", "it has two doors", "they close at nine", "the bus stops there",
         "the house stands by the river", "one can buy {D} there", "it is next to the school", "the walls are white",
         "there are four tables", "they also sell {D}", "it opens on Monday", "the road is long"),
        ("the {D} comes from the market", "it has a small garden", "they open at eight", "the windows are round",
         "the key is under the stone", "people pay at the door"),
    ),
}  # fmt: skip
OPENINGS = {
    "train": ("{P} and I were at the {I}, and {O}.", "In {T} {O}.", "We stayed at the {I}, where {O}.",
              "{P} says that {O}.", "After the trip to {T}: {O}!", "At the {I}, {O}."),
    "held_out": ("{P} wrote from {T} that {O}.", "About the {I}: {O}.", "We asked {P}, and {O}."),
}  # fmt: skip
KINDS = {"P": "person", "T": "town", "I": "inn"}
WORD = re.compile(r"\{\w\}|\w+|[^\w\s]")


@dataclass(frozen=True)
class Sentence:
    """Words with their BIO tags; `mood` where it was made to have one."""

    tokens: tuple[str, ...]
    tags: tuple[str, ...]
    mood: str = ""

    @property
    def text(self) -> str:
        """As it is written: no blank before marks."""
        return re.sub(r" ([.,:!?])", r"\1", " ".join(self.tokens))


def frame_sentences(split: str, count: int) -> list[Sentence]:
    """Sentences of the frames alone, all different."""
    return _different(count, f"names {split}", lambda rng: _filled(rng.choice(FRAMES[split]), split, rng))


def mood_sentences(split: str, count: int) -> list[Sentence]:
    """Sentences with an opinion, or none, in an opening; all different, moods equally common."""
    part = 0 if split == "train" else 1

    def made(rng: random.Random) -> Sentence:
        mood = rng.choice(tuple(OPINIONS))
        opening = rng.choice(OPENINGS[split]).replace("{O}", rng.choice(OPINIONS[mood][part]))
        return _filled(opening, split, rng, mood)

    return _different(count, f"mood {split}", made)


def _different(count: int, name: str, made: object) -> list[Sentence]:
    rng, found = random.Random(f"{SEED} {name}"), dict[str, Sentence]()
    while len(found) < count:
        sentence = made(rng)  # type: ignore[operator]
        found.setdefault(sentence.text, sentence)
    return list(found.values())


def _filled(frame: str, split: str, rng: random.Random, mood: str = "") -> Sentence:
    tokens: list[str] = []
    tags: list[str] = []
    for word in WORD.findall(frame):
        slot = word[1] if word.startswith("{") else ""
        said = _name(slot, split, rng) if slot in KINDS else [rng.choice(DISHES) if slot == "D" else word]
        tokens += said
        tags += [f"{'I' if place else 'B'}-{KINDS[slot]}" if slot in KINDS else "O" for place in range(len(said))]
    return Sentence(tuple(tokens), tuple(tags), mood)


def _name(slot: str, split: str, rng: random.Random) -> list[str]:
    """A name of the split's own: half of the syllables' and words' combinations are held out."""
    wanted = split == "held_out"
    while True:
        if slot == "I":
            said = [rng.choice(COLOURS), rng.choice(THINGS)]
            own = (COLOURS.index(said[0]) + THINGS.index(said[1])) % 2 == 1
        else:
            parts = rng.choice(FIRST), rng.choice(SECOND), rng.choice(THIRD)
            said = ["".join(parts)]
            own = (FIRST.index(parts[0]) + SECOND.index(parts[1])) % 2 == 1
        if own == wanted:
            return said
