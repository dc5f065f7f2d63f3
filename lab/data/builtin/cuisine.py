"""The built-in data set `cuisine`: short questions about Chinese dishes and their answers, in English and Chinese.

Made from the table `dishes.yaml` and the phrasings beside this file, always the same. Each fact has one answer;
training asks it in several phrasings, the held-out split asks some of the same facts in phrasings training never uses.
That shows what was memorised. `new_dish` shows what was inferred: dishes that training never names, whose taste follows
from their region and whose texture from how they are cooked.
`python -m lab.data.builtin.cuisine` prints counts and a few rows.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lab.card import DataCard, Text
from lab.data.builtin._cuisine_phrasings import PHRASINGS, Phrasings
from lab.data.builtin._dishes import Dish, NewDish, Table, Technique, read_table

CARD = DataCard(
    id="cuisine",
    name=Text("Chinese cuisine", "中国美食"),
    explain=Text(
        "Short questions about Chinese dishes: where they come from, what they are made of, how they are cooked and "
        "how they taste. The held-out questions ask for the same facts in other words; measured apart are dishes that "
        "nobody trained on, whose taste and texture follow from rules.",
        "关于中国菜的短问答：产地、主料、技法、味道。留出的问题换一种问法，考同样的知识；"
        "另有一组没有训练过的新菜，味道和口感要靠规律推断，单独计分。",
    ),
    format="prompt_completion",
    source="Our own table of dishes and our own sentences (assets/data/dishes.yaml).",
    licence="Apache-2.0",
    languages=("en", "zh"),
    unseen=("new_dish",),
)

SEED = 2024
ASKS = 4
"""In how many phrasings training asks each fact."""
HELD_OUT = 110
"""How many facts the held-out split asks, each once."""
EVERY = {"region": 1, "ingredient": 2, "technique": 4, "taste": 4, "kind": 8, "name": 24, "dish": 24, "story": 16}
"""Of how many dishes one is asked for that kind of fact. A model of 3 million parameters learns some two hundred facts
in a minute: LoRA answered a sixth of the held-out questions on 300 facts, half to two thirds on these (240 steps)."""
ALSO_ASKED = {
    "en": {
        "region": ("Where {is} {dish} from?", "What region {is} {dish} from?"),
    },
    "zh": {"region": ("{dish}是什么地方的菜？", "{dish}是哪个地方的菜？")},
}
"""How people ask too, by kind of fact, in phrasings of neither split."""
TEXTURE_EVERY = 2
"""Of how many dishes with a telling technique one is asked for its texture."""


@dataclass(frozen=True)
class Fact:
    """One thing to know: the subject's id, the kind of fact, per language the words for the slots, and the answer."""

    subject: str
    kind: str
    slots: Mapping[str, Mapping[str, str]]
    answer: Text


def load(split: str, language: str = "en") -> list[dict[str, str]]:
    """Rows {"prompt", "completion"} of split "train", "held_out" or "new_dish" in "en" or "zh", always in one order."""
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
    if split == "new_dish":
        for fact in new_facts(read_table()):
            yield fact, picked(fact.subject, fact.kind, phrasings[fact.kind].train, 1)[0]
        return
    if split == "train":
        for fact in (*everything, *rule_facts(read_table())):
            choices = phrasings[fact.kind].train
            yield from ((fact, phrasing) for phrasing in picked(fact.subject, fact.kind, choices, ASKS))
        return
    for fact in _held_out(everything):
        yield fact, picked(fact.subject, fact.kind, phrasings[fact.kind].held_out, 1)[0]


def every_question(language: str = "en") -> Iterator[tuple[str, str]]:
    """All facts about the table's dishes in all phrasings, and in some that neither split has, with their answers."""
    table, phrasings = read_table(), PHRASINGS[language]
    for dish in table.dishes:
        for kind in EVERY:
            fact, ways = _fact(dish, kind), phrasings[kind]
            for way in (*ways.train, *ways.held_out, *ALSO_ASKED[language].get(kind, ())):
                yield way.format(**fact.slots[language]), fact.answer[language]


def facts(table: Table) -> list[Fact]:
    """Every fact that training asks, in the order of the table."""
    found = [_called(technique) for technique in table.techniques]
    for number, dish in enumerate(table.dishes):
        found += [_fact(dish, kind) for kind, every in EVERY.items() if number % every == 0]
    return found


def rule_facts(table: Table) -> list[Fact]:
    """What training asks of each rule: the dishes of the table that are as their region or technique lets expect."""
    usual = usual_tastes(table)
    tastes = [_rule_taste(dish, dish.taste) for dish in table.dishes if usual.get(dish.region) == dish.taste]
    known = [dish for dish in table.dishes if dish.technique in table.textures]
    return tastes + [_rule_texture(dish, table) for dish in known[::TEXTURE_EVERY]]


def new_facts(table: Table) -> list[Fact]:
    """What is asked of dishes nobody trained on."""
    tastes = [_rule_taste(dish, dish.taste) for dish in table.new_dishes if dish.taste]
    return tastes + [_rule_texture(dish, table) for dish in table.new_dishes if dish.technique in table.textures]


def usual_tastes(table: Table) -> dict[Text, Text]:
    """The taste of each region that more of its dishes have than any other, two at least."""
    found = {}
    for region in dict.fromkeys(dish.region for dish in table.dishes):
        (taste, most), *others = Counter(dish.taste for dish in table.dishes if dish.region == region).most_common(2)
        if most >= 2 and (not others or others[0][1] < most):
            found[region] = taste
    return found


def _rule_taste(dish: Dish | NewDish, taste: Text) -> Fact:
    return _rule(dish, "rule_taste", "region", dish.region, taste)


def _rule_texture(dish: Dish | NewDish, table: Table) -> Fact:
    return _rule(dish, "rule_texture", "technique", dish.technique, table.textures[dish.technique])


def _rule(dish: Dish | NewDish, kind: str, clue: str, word: Text, answer: Text) -> Fact:
    english, chinese = _slots(dish)
    return Fact(dish.id, kind, {"en": english | {clue: word.en}, "zh": chinese | {clue: word.zh}}, _sentence(answer))


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
    english, chinese = _slots(dish)
    english |= {"pinyin": dish.pinyin, "Pinyin": _capital(dish.pinyin)}
    return Fact(dish.id, kind, {"en": english, "zh": chinese}, _sentence(answers[kind]))


def _slots(dish: Dish | NewDish) -> tuple[dict[str, str], dict[str, str]]:
    """The words every question about a dish may need, in English and Chinese."""
    english = {
        "dish": dish.name.en,
        "Dish": _capital(dish.name.en),
        "is": "are" if dish.plural else "is",
        "does": "do" if dish.plural else "does",
    }
    return english, {"dish": dish.name.zh, "english": dish.name.en}


def _called(technique: Technique) -> Fact:
    slots = {"en": {"means": technique.means.en}, "zh": {"means": technique.means.zh}}
    return Fact(technique.id, "called", slots, _sentence(technique.name))


def _held_out(everything: list[Fact]) -> list[Fact]:
    askable = [fact for fact in everything if PHRASINGS["en"][fact.kind].held_out]
    return random.Random(f"{SEED} held out").sample(askable, HELD_OUT)


def picked(subject: str, kind: str, choices: tuple[str, ...], count: int) -> list[str]:
    """`count` of the phrasings, chosen by the fact alone, so that adding a dish changes no other dish's rows."""
    return random.Random(f"{SEED} {subject} {kind}").sample(choices, min(count, len(choices)))


def question_about(dish: Dish, kind: str, phrasing: str, language: str) -> dict[str, str]:
    """A row {"prompt", "completion"} that asks for one kind of fact about a dish in this phrasing."""
    fact = _fact(dish, kind)
    return {"prompt": phrasing.format(**fact.slots[language]), "completion": fact.answer[language]}


def _sentence(text: Text) -> Text:
    return Text(_capital(text.en.rstrip(".")) + ".", text.zh.rstrip("。") + "。")


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


if __name__ == "__main__":
    for language in CARD.languages:
        for split in ("train", "held_out", *CARD.unseen):
            rows = load(split, language)
            print(f"{language} {split}: {len(rows)} rows")
            for row in rows[:8]:
                print(f"    {row['prompt']}  →  {row['completion']}")
