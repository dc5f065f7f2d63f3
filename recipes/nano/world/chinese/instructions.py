"""Instructions about the form of an answer in Chinese, each with a check: one word, a list of a kind, so many characters, words to use.

Each kind has many wordings; the last of them are held out. What is asked inside is a fact, a list or a sentence that
training asks too, so that an unseen wording is all that is new.
"""

import random
from collections.abc import Callable

from recipes.nano.world.chinese import words as w
from recipes.nano.world.chinese.askings import ASKINGS, Fact
from recipes.nano.world.chinese.choices import LISTED, member_key, members, plain_yes_or_no
from recipes.nano.world.chinese.dictionary import chinese
from recipes.nano.world.chinese.facts import a_kind, answered, by_split, chinese_things, known_things
from recipes.nano.world.chinese.grammar import before_measure, fill, in_words
from recipes.nano.world.chinese.instruction_wordings import (
    CLOSERS,
    OPENERS,
    PLAIN_SENTENCES,
    SAYINGS,
    SENTENCES_WITH,
    WORDINGS,
)
from recipes.nano.world.chinese.words import DAYS, MONTHS, SEASONS
from recipes.nano.world.numbers import draw_problem
from recipes.nano.world.shapes import Question, Split, fact_is_held_out, phrasings
from recipes.nano.world.things import Thing

# facts with one short word for an answer: the slot that holds it
SHORT = {"colour": "colour", "kind": "kind", "material": "material", "food": "food", "opposite": "opposite", "capital": "capital",
         "after": "next", "before": "next", "baby": "baby", "continent": "value", "language": "value", "workplace": "value"}  # fmt: skip


def _ask(rng: random.Random, split: Split, sort: str, form: str, answer: str, key: str, needs: int = 1, /, **slots: str) -> Question:  # fmt: skip
    prompt = fill(rng.choice(phrasings(WORDINGS[sort], split)), rng, slots)
    return Question("instruction", prompt, answer, key, f"{sort}:{prompt}", needs, form)


def _fact(rng: random.Random) -> tuple[Fact, str, str, str]:
    """A fact that training asks, with a question, the full answer, and a word of two characters or more that it needs."""
    while True:
        fact = rng.choice(by_split()["train"])
        value = dict(fact.slots)[SHORT[fact.kind]] if fact.kind in SHORT else ""
        full = answered(rng, fact, ASKINGS[fact.kind].answer[0])
        if len(value) > 1 and value in full:
            return fact, answered(rng, fact, rng.choice(phrasings(ASKINGS[fact.kind].ask, "train"))), full, value


def one_word(rng: random.Random, split: Split) -> Question:
    fact, q, _, value = _fact(rng)
    return _ask(rng, split, "one word", f"short:{len(value) + 1}", f"{value}。", fact.key, q=q)


def one_sentence(rng: random.Random, split: Split) -> Question:
    fact, q, full, value = _fact(rng)
    subject = fact.slots[0][1]
    return _ask(rng, split, "one sentence", "sentences:1", full, f"{subject}|{value}", 2, q=q)


def begins_with(rng: random.Random, split: Split) -> Question:
    _, q, full, value = _fact(rng)
    b = rng.choice(OPENERS)
    return _ask(rng, split, "begin", f"begins:{b}", f"{b}，{full}", value, q=q, b=b)


def ends_with(rng: random.Random, split: Split) -> Question:
    _, q, full, value = _fact(rng)
    b = rng.choice(CLOSERS)
    answer = (
        f"{full}{b}？" if b.endswith("吗") else f"{full.rstrip('。')}，{b}。" if rng.random() < 0.3 else f"{full}{b}。"
    )
    return _ask(rng, split, "end", f"ends:{b}", answer, value, q=q, b=b)


def _some_word(rng: random.Random) -> str:
    return rng.choice(
        (*SAYINGS, *SAYINGS, *(x for x, _ in w.KEEPSAKES), *w.COLOURS, *(x for x, _ in w.FOODS), *w.GIRLS[:20])
    )


def repeated(rng: random.Random, split: Split) -> Question:
    s, count = _some_word(rng), rng.randint(2, 5)
    n = before_measure(count) if rng.random() < 0.7 else str(count)
    return _ask(rng, split, "repeat", f"times:{count},{s}", "，".join([s] * count) + "。", s, s=s, n=n)


def saying(rng: random.Random, split: Split) -> Question:
    s = _some_word(rng)
    return _ask(rng, split, "say", f"same:{s}", f"{s}。", s, s=s)


def both(rng: random.Random, split: Split) -> Question:
    s = t = _some_word(rng)
    while s in t or t in s:
        t = _some_word(rng)
    return _ask(rng, split, "both", "", f"{s}，{t}。", f"{s}，{t}|{s}。{t}|{s}、{t}", s=s, t=t)


def in_order(rng: random.Random, split: Split) -> Question:
    """From one day or month to another, or the four seasons."""
    words = rng.choice((DAYS, MONTHS, SEASONS))
    first = rng.randrange(len(words) - 2)
    last = rng.randint(first + 1, min(len(words) - 1, first + 6))
    what = f"从{words[first]}到{words[last]}"
    if words is SEASONS:
        first, last, what = 0, 3, rng.choice(("四季", "一年的四个季节", "四个季节", "春夏秋冬"))
    said = "、".join(words[first : last + 1])
    return _ask(rng, split, "order", "", f"{said}。", f"{said}|{said.replace('、', '，')}", what=what)


def _naming(rng: random.Random, split: Split, kind: str, form: str, layout: Callable[[list[str]], str]) -> Question:
    sort = rng.choice(LISTED)
    known = members(sort)
    count = rng.randint(2, min(5, len(known)))
    chosen = sorted(rng.sample(known, count), key=known.index)
    n = before_measure(count) if rng.random() < 0.7 else str(count)
    return _ask(rng, split, kind, form.format(n=count, less=count - 1), layout(chosen), "|".join(known), count, n=n, kind=chinese(sort, "kind"))  # fmt: skip


def items(rng: random.Random, split: Split) -> Question:
    return _naming(rng, split, "items", "items:{n}", lambda names: "、".join(names) + "。")


def numbered(rng: random.Random, split: Split) -> Question:
    return _naming(rng, split, "numbered", "numbered:{n}", lambda names: "\n".join(f"{i}. {name}" for i, name in enumerate(names, 1)))  # fmt: skip


def dashes(rng: random.Random, split: Split) -> Question:
    return _naming(rng, split, "dashes", "dashes:{n}", lambda names: "\n".join(f"- {name}" for name in names))


def one_a_line(rng: random.Random, split: Split) -> Question:
    return _naming(rng, split, "lines", "lines:{n}", "\n".join)


def commas(rng: random.Random, split: Split) -> Question:
    return _naming(rng, split, "commas", "between:，{less}", lambda names: "，".join(names) + "。")


def all_but(rng: random.Random, split: Split) -> Question:
    """One of a kind, but not the one that is named."""
    sort = rng.choice(LISTED)
    known = members(sort)
    no, yes = rng.sample(known, 2)
    keys = "|".join(member_key(name) for name in known if name != no)
    return _ask(rng, split, "except", f"without:{no}" if no not in yes else "", f"{yes}。", keys, kind=chinese(sort, "kind"), no=no)  # fmt: skip


def _thing(rng: random.Random) -> Thing:
    """A thing whose colour and kind are two characters each, neither held out nor in its name."""
    while True:
        name, thing = rng.choice(tuple(chinese_things().items()))
        plain = len(thing.colour) == 2 and thing.colour.endswith("色") and len(thing.kind) == 2 and thing.kind != "物品"
        if plain and not fact_is_held_out(name) and thing.colour[0] not in thing.name and thing.kind not in thing.name:
            return thing


def without(rng: random.Random, split: Split) -> Question:
    """A thing described without its name, its colour or its kind."""
    thing = _thing(rng)
    no, said, key = rng.choice((
        (thing.name, f"它是一种{thing.colour}的{thing.kind}。", thing.kind),
        (thing.colour, f"{thing.name}是{a_kind(thing.kind)}。", thing.kind),
        (thing.kind, f"{thing.name}是{thing.colour}的。", thing.colour),
    ))  # fmt: skip
    return _ask(rng, split, "without", f"without:{no}", said, key, x=thing.name, no=no)


def number_of_characters(rng: random.Random, split: Split) -> Question:
    """A thing described in two or in four to seven characters."""
    thing = _thing(rng)
    colour, kind = thing.colour, thing.kind
    said = rng.choice((kind, f"{colour}{kind}", f"{colour}的{kind}", f"它是{colour}{kind}", f"它是{colour}的{kind}"))
    count = len(said)
    n = before_measure(count) if rng.random() < 0.7 else str(count)
    return _ask(rng, split, "characters", f"characters:{count}", f"{said}。", thing.kind, x=thing.name, n=n)


def sentences(rng: random.Random, split: Split) -> Question:
    """Two or three sentences about a thing."""
    count = rng.randint(2, 3)
    x, known = rng.choice([one for one in known_things().items() if len(one[1]) > 3 and len(one[0]) > 1])
    chosen = sorted(rng.sample(known, count), key=lambda fact: fact.kind != "kind")
    said = [answered(rng, fact, ASKINGS[fact.kind].answer[0]) for fact in chosen]
    said[1:] = ["它" + text.removeprefix(x) if text.startswith(x) else text for text in said[1:]]
    n = before_measure(count) if rng.random() < 0.7 else str(count)
    return _ask(rng, split, "sentences", f"sentences:{count}", "".join(said), x, x=x, n=n)


def _people(rng: random.Random) -> dict[str, str]:
    name, friend = rng.sample(w.GIRLS + w.BOYS, 2)
    thing, measure = rng.choice(w.KEEPSAKES)
    return {"name": name, "friend": friend, "place": rng.choice(w.PLACES), "thing": thing, "mw": measure, "day": rng.choice(w.DAYS),
            "food": rng.choice(w.FOODS)[0]}  # fmt: skip


def sentence_with(rng: random.Random, split: Split) -> Question:
    """One sentence that has a given word in it."""
    x, measure = rng.choice(w.KEEPSAKES + w.FOODS)
    said = fill(rng.choice(SENTENCES_WITH), rng, _people(rng) | {"x": x, "mw": measure})
    return _ask(rng, split, "with", "sentences:1", said, x, x=x)


def quoted(rng: random.Random, split: Split) -> Question:
    s = fill(rng.choice(PLAIN_SENTENCES), rng, _people(rng))
    return _ask(rng, split, "quote", f"exactly:“{s}”", f"“{s}”", s, s=s)


def exclaimed(rng: random.Random, split: Split) -> Question:
    s = fill(rng.choice(PLAIN_SENTENCES), rng, _people(rng))
    plain = s.rstrip("。")
    return _ask(rng, split, "exclaim", "closes:！", f"{plain}！", plain, s=s)


def yes_or_no_only(rng: random.Random, split: Split) -> Question:
    q, true = plain_yes_or_no(rng)
    return _ask(rng, split, "yes or no", "short:2", "是。" if true else "不是。", "^是" if true else "^不", q=q)


SUMS = ("{a}加{b}等于几？", "{a}+{b}等于多少？", "{w}加{v}是几？", "{a}加{b}是多少？")


def in_digits_or_characters(rng: random.Random, split: Split) -> Question:
    """A small sum, answered in digits or in characters as it is asked."""
    sign = ""
    while sign != "+":
        a, sign, b, result = draw_problem(rng, "train")
    q = fill(rng.choice(SUMS), rng, {"a": str(a), "b": str(b), "w": in_words(a), "v": in_words(b)})
    digits = rng.random() < 0.5
    said = str(result) if digits else in_words(result)
    return _ask(rng, split, "digits" if digits else "written", f"same:{said}", f"{said}。", said, q=q)


MAKERS: dict[Callable[[random.Random, Split], Question], int] = {
    one_word: 4, one_sentence: 2, begins_with: 3, ends_with: 2, repeated: 2, saying: 2, both: 1, in_order: 1, items: 2, numbered: 2, dashes: 1,
    one_a_line: 1, commas: 2, all_but: 2, without: 2, number_of_characters: 2, sentences: 2, sentence_with: 2, quoted: 1, exclaimed: 1,
    yes_or_no_only: 2, in_digits_or_characters: 1,
}  # fmt: skip


def question(rng: random.Random, split: Split) -> Question:
    """One instruction of any kind."""
    return rng.choices(list(MAKERS), list(MAKERS.values()))[0](rng, split)
