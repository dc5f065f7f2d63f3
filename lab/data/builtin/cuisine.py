"""The built-in data set `cuisine`: short questions about Chinese dishes and their answers, in English and Chinese.

Made from the table `dishes.yaml` and the phrasings beside this file, always the same. Each fact has one answer;
training asks it in several phrasings, the held-out split asks some of the same facts in phrasings training never uses.
`python -m lab.data.builtin.cuisine` prints counts and a few rows.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lab.card import DataCard, Text
from lab.data.builtin._cuisine_phrasings import PHRASINGS, Phrasings
from lab.data.builtin._dishes import Dish, Table, Technique, read_table

CARD = DataCard(
    id="cuisine",
    name=Text("Chinese cuisine", "中国美食"),
    explain=Text(
        "Short questions about Chinese dishes: where they come from, what they are made of, how they are cooked and "
        "how they taste. The held-out questions ask for the same facts in other words.",
        "关于中国菜的短问答：产地、主料、技法、味道。留出的问题换一种问法，考同样的知识。",
    ),
    format="prompt_completion",
    source="Our own table of dishes and our own sentences (assets/data/dishes.yaml).",
    licence="Apache-2.0",
    languages=("en", "zh"),
)

SEED = 2024
ASKS = 4
"""In how many phrasings training asks each fact."""
HELD_OUT = 110
"""How many facts the held-out split asks, each once."""
EVERY = {"region": 1, "ingredient": 2, "technique": 4, "taste": 4, "kind": 8, "name": 24, "dish": 24, "story": 16}
"""Of how many dishes one is asked for that kind of fact. A model of 3 million parameters learns some two hundred facts
in a minute: LoRA answered a sixth of the held-out questions on 300 facts, half to two thirds on these (240 steps)."""


@dataclass(frozen=True)
class Fact:
    """One thing to know: the subject's id, the kind of fact, per language the words for the slots, and the answer."""

    subject: str
    kind: str
    slots: Mapping[str, Mapping[str, str]]
    answer: Text


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"prompt", "completion"} of split "train" or "held_out" in "en" or "zh", always in the same order."""
    phrasings = PHRASINGS[language]
    rows = [
        {"prompt": phrasing.format(**fact.slots[language]), "completion": fact.answer[language]}
        for fact, phrasing in asked(split, phrasings)
    ]
    # A generator of its own, so that the order of the rows owes nothing to how they were chosen.
    random.Random(f"{SEED} order {split}").shuffle(rows)
    return rows


def asked(split: str, phrasings: Mapping[str, Phrasings]) -> Iterator[tuple[Fact, str]]:
    """The facts of a split, each with a phrasing to ask it in; the same facts whatever the language."""
    everything = facts(read_table())
    if split == "train":
        for fact in everything:
            choices = phrasings[fact.kind].train
            yield from ((fact, phrasing) for phrasing in _picked(fact, choices, ASKS))
        return
    for fact in _held_out(everything):
        yield fact, _picked(fact, phrasings[fact.kind].held_out, 1)[0]


def facts(table: Table) -> list[Fact]:
    """Every fact that training asks, in the order of the table."""
    found = [_called(technique) for technique in table.techniques]
    for number, dish in enumerate(table.dishes):
        found += [_fact(dish, kind) for kind, every in EVERY.items() if number % every == 0]
    return found


def _fact(dish: Dish, kind: str) -> Fact:
    answers = {
        "region": dish.region,
        "ingredient": dish.ingredients[0],
        "technique": dish.technique,
        "taste": dish.taste,
        "kind": dish.kind,
        "name": Text(dish.pinyin, dish.name.en),
        "dish": dish.name,
        "story": dish.story,
    }
    english = {
        "dish": dish.name.en,
        "Dish": _capital(dish.name.en),
        "pinyin": dish.pinyin,
        "Pinyin": _capital(dish.pinyin),
        "is": "are" if dish.plural else "is",
        "does": "do" if dish.plural else "does",
    }
    chinese = {"dish": dish.name.zh, "english": dish.name.en}
    return Fact(dish.id, kind, {"en": english, "zh": chinese}, _sentence(answers[kind]))


def _called(technique: Technique) -> Fact:
    slots = {"en": {"means": technique.means.en}, "zh": {"means": technique.means.zh}}
    return Fact(technique.id, "called", slots, _sentence(technique.name))


def _held_out(everything: list[Fact]) -> list[Fact]:
    askable = [fact for fact in everything if PHRASINGS["en"][fact.kind].held_out]
    return random.Random(f"{SEED} held out").sample(askable, HELD_OUT)


def _picked(fact: Fact, choices: tuple[str, ...], count: int) -> list[str]:
    """`count` of the phrasings, chosen by the fact alone, so that adding a dish changes no other dish's rows."""
    return random.Random(f"{SEED} {fact.subject} {fact.kind}").sample(choices, min(count, len(choices)))


def _sentence(text: Text) -> Text:
    return Text(_capital(text.en.rstrip(".")) + ".", text.zh.rstrip("。") + "。")


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


if __name__ == "__main__":
    for language in CARD.languages:
        for split in ("train", "held_out"):
            rows = load(split, language)
            print(f"{language} {split}: {len(rows)} rows")
            for row in rows[:8]:
                print(f"    {row['prompt']}  →  {row['completion']}")
