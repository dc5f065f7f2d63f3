"""From one language into the other: words and small sentences, and which language to answer in.

A word that is held out is never asked in either direction in training; `tell` says its translation in running text.
"""

import random
from functools import lru_cache

from recipes.nano.world import facts as english
from recipes.nano.world import grammar
from recipes.nano.world.chinese.askings import ASKINGS
from recipes.nano.world.chinese.dictionary import chinese
from recipes.nano.world.chinese.facts import Fact, answered, by_split, chinese_things
from recipes.nano.world.chinese.grammar import fill, key_for
from recipes.nano.world.relations import countries
from recipes.nano.world.shapes import Document, Question, Split, fact_is_held_out, phrasings
from recipes.nano.world.things import jobs, things

INTO_CHINESE = ("{e}用中文怎么说？", "{e}的中文是什么？", "{e}是什么意思？", "Say {e} in Chinese.", "What is {e} in Chinese?", "How do you say {e} in Chinese?", "{e}翻译成中文是什么？", "把{e}翻译成中文。",
                "What is the Chinese word for {e}?", "请把{e}译成中文。", "Translate {e} into Chinese.", "{e}在中文里叫什么？", "Tell me the Chinese for {e}.", "单词{e}的中文意思是什么？")  # fmt: skip
MORE_INTO_CHINESE = ("英文{e}，中文是什么？", "{e}，中文怎么讲？", "{e}是什么？用中文说。", "How is {e} called in Chinese?", "{e} in Chinese?", "Give me the Chinese word for {e}.", "用中文说{e}。", "What do the Chinese call {e}?",
                     "{e}的意思是什么？", "{e} in Chinese, please.", "我不懂{e}，它的中文是什么？", "英文单词{e}怎么翻译？")  # fmt: skip
INTO_ENGLISH = ("{c}用英文怎么说？", "{c}的英文是什么？", "{c}的英语是什么？", "How do you say {c} in English?", "What does {c} mean?", "{c}翻译成英文是什么？", "把{c}翻译成英文。", "What is {c} in English?",
                "请把{c}译成英文。", "Translate {c} into English.", "{c}在英文里叫什么？", "What is the English word for {c}?", "说出{c}的英文。", "Say {c} in English.")  # fmt: skip
MORE_INTO_ENGLISH = ("中文{c}，英文是什么？", "{c}，英文怎么讲？", "用英文说{c}。", "{c} in English?", "Give me the English word for {c}.", "What is the meaning of {c}?", "{c}的英文单词怎么写？", "英语里{c}怎么说？",
                     "{c} in English, please.", "I do not know {c}. What is it in English?", "“{c}”的英文呢？", "{c}用英语怎么说？")  # fmt: skip
TOLD = (
    "{e}的中文是{c}。",
    "{c}的英文是{e}。",
    "{e}就是{c}。",
    "{c} means {e}.",
    "The Chinese word for {e} is {c}.",
    "In Chinese, {e} is {c}.",
)
WORD_PARTS = ("colour", "kind", "material", "country", "calendar")


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, str], ...]:
    """(English, Chinese) of everything that one word says in both."""
    found = {thing.name: chinese_things()[thing.name].name for thing in things()}
    found |= {job: chinese(job, "job") for job, _, _ in jobs()}
    found |= {country.name: chinese(country.name, "country") for country in countries()}
    for field, words in (
        ("kind", sorted({thing.kind for thing in things()})),
        ("calendar", (*english.DAYS, *english.MONTHS)),
    ):
        found |= {word: chinese(word, field) for word in words if word not in found}
    return tuple(found.items())


@lru_cache(maxsize=1)
def _in_english() -> dict[str, str]:
    """Every English word for a Chinese one, as a key."""
    meant: dict[str, list[str]] = {}
    for e, c in _words():
        meant.setdefault(c, []).append(e)
    return {c: "|".join(words) for c, words in meant.items()}


@lru_cache(maxsize=2)
def _words_of(held_out: bool) -> tuple[tuple[str, str], ...]:
    """The words that are held out, or those that are not."""
    return tuple(pair for pair in _words() if fact_is_held_out(f"translate:{pair[0]}") == held_out)


@lru_cache(maxsize=4)
def _facts_in_both(split: Split, plain: bool) -> tuple[Fact, ...]:
    """The facts that English has too; plain ones are said alike in both languages."""
    shared = [fact for fact in by_split()[split] if fact.source and fact.kind not in ("building", "plain_use")]
    return tuple(fact for fact in shared if fact.kind in PLAIN or not plain)


def word(rng: random.Random, split: Split) -> Question:
    """apple用中文怎么说？苹果的英文是什么？"""
    unseen_word = split == "held_out" and rng.random() < 0.5
    e, c = rng.choice(_words_of(unseen_word))
    unseen_wording = split == "held_out" and not unseen_word
    into_chinese = rng.random() < 0.5
    ways, more = (INTO_CHINESE, MORE_INTO_CHINESE) if into_chinese else (INTO_ENGLISH, MORE_INTO_ENGLISH)
    ask = rng.choice(phrasings(ways, "held_out" if unseen_wording else "train", () if split == "held_out" else more))
    prompt = fill(ask, rng, {"e": e, "c": c})
    if into_chinese:
        return Question(
            "translate",
            prompt,
            fill("[{c}。|{c}。|是{c}。|{e}的中文是{c}。]", rng, {"e": e, "c": c}),
            key_for(c),
            f"translate:{e}",
        )
    capital = e[0].upper() + e[1:]
    answer = fill("[{E}.|{E}.|{e}.|{c}的英文是{e}。]", rng, {"E": capital, "e": e, "c": c})
    return Question("translate", prompt, answer, _in_english()[c], f"translate:{e}")


IN_ENGLISH = (
    "{q}用英文回答。",
    "用英文回答：{q}",
    "{q}请用英语说。",
    "请用英文告诉我：{q}",
    "{q}Answer in English.",
    "Answer in English: {q}",
    "{q}说英文。",
    "{q}回答要用英文。",
)
IN_CHINESE = (
    "{q} Answer in Chinese.",
    "Answer in Chinese: {q}",
    "{q} 用中文回答。",
    "用中文回答：{q}",
    "{q} In Chinese, please.",
    "Say it in Chinese: {q}",
    "{q}请说中文。",
    "Please answer in Chinese. {q}",
)


def language(rng: random.Random, split: Split) -> Question:
    """A question in one language that is to be answered in the other."""
    fact = rng.choice(_facts_in_both(split, False))
    source, slots = fact.source, dict(fact.source.slots)
    if rng.random() < 0.5:
        asked = answered(rng, fact, rng.choice(phrasings(ASKINGS[fact.kind].ask, "train")))
        prompt = rng.choice(phrasings(IN_ENGLISH, "train")).replace("{q}", asked)
        answer = grammar.fill(rng.choice(english.ASKINGS[source.kind].answer), rng, slots)
        return Question(f"{fact.kind}", prompt, answer, source.key, fact.name)
    asked = grammar.fill(rng.choice(phrasings(english.ASKINGS[source.kind].ask, "train")), rng, slots)
    prompt = rng.choice(phrasings(IN_CHINESE, "train")).replace("{q}", asked)
    return Question(fact.kind, prompt, answered(rng, fact, rng.choice(ASKINGS[fact.kind].answer)), fact.key, fact.name)


SENTENCE_ASKS = {
    "chinese": ("{s} 翻译成中文。", "把这句话翻译成中文：{s}", "Translate into Chinese: {s}", "Say this in Chinese: {s}", "{s} 中文怎么说？", "用中文说：{s}", "What is this in Chinese? {s}", "{s} 这句话的中文是什么？"),
    "english": ("{s}翻译成英文。", "把这句话翻译成英文：{s}", "Translate into English: {s}", "Say this in English: {s}", "{s}英文怎么说？", "用英文说：{s}", "What is this in English? {s}", "{s}这句话的英文是什么？"),
}  # fmt: skip
PLAIN = (
    "colour",
    "kind",
    "place",
    "material",
    "food",
    "can",
    "legs",
    "capital",
    "part",
)  # said alike in both languages


def _both(fact: Fact) -> tuple[str, str]:
    """The fact as a plain sentence in English and in Chinese."""
    rng = random.Random(fact.name)  # one sentence for a fact
    slots = dict(fact.source.slots)
    said = "You can find {the} in the {place}." if fact.kind == "place" else english.ASKINGS[fact.source.kind].answer[0]
    return grammar.fill(said, rng, slots), answered(rng, fact, ASKINGS[fact.kind].answer[0])


def sentence(rng: random.Random, split: Split) -> Question:
    """A plain sentence of the world, to be said in the other language."""
    fact = rng.choice(_facts_in_both(split, True))
    in_english, in_chinese = _both(fact)
    if rng.random() < 0.5:
        prompt = rng.choice(phrasings(SENTENCE_ASKS["chinese"], "train")).replace("{s}", in_english)
        return Question("translate", prompt, in_chinese, in_chinese.rstrip("。"), fact.name)
    prompt = rng.choice(phrasings(SENTENCE_ASKS["english"], "train")).replace("{s}", in_chinese)
    return Question("translate", prompt, in_english, in_english.rstrip("."), fact.name)


def question(rng: random.Random, split: Split) -> Question:
    """A word or a sentence in the other language, or a question that says which language to answer in."""
    return rng.choice((word, word, language, sentence))(rng, split)


def tell(rng: random.Random) -> Document:
    """Words and their translations in running text, held-out ones too."""
    chosen = rng.sample(_words(), rng.randint(2, 6))
    form = rng.random()
    if form < 0.4:
        return Document("translation", "\n".join(f"{e} {c}" for e, c in chosen))
    asked = TOLD[:3] if form < 0.7 else TOLD[3:]
    between = "" if form < 0.7 else " "
    return Document("translation", between.join(fill(rng.choice(asked), rng, {"e": e, "c": c}) for e, c in chosen))
