"""What follows from a kind or a material, asked of a thing in Chinese: 麻雀会飞吗？为什么？ The answer says what it follows from.

A rule of one thing is held out by its name (`rule:English name:what`), so that what is asked there has to be inferred.
"""

import random
import re
from functools import lru_cache

from recipes.nano.world.chinese.dictionary import TABLES, chinese, measure_word
from recipes.nano.world.chinese.facts import chinese_things
from recipes.nano.world.chinese.grammar import fill
from recipes.nano.world.relations import Rule, deny_chinese, kinds, materials, rules_of
from recipes.nano.world.shapes import Document, Question, Split, fact_is_held_out, phrasings
from recipes.nano.world.things import things

FLIGHTLESS = ("penguin", "ostrich", "emu", "kiwi bird")
ASKS = ("{x}{p}吗？", "请问{x}{p}吗？", "{x}{p}，对吗？", "我觉得{x}{p}，对不对？", "{x}真的{p}吗？", "你说{x}{p}吗？", "我想知道{x}{p}吗？", "有人说{x}{p}，对吗？", "{one}{x}{p}吗？", "你知道{x}{p}吗？", "告诉我，{x}{p}吗？",
        "{x}到底{p}吗？", "{x}{p}，是真的吗？", "{x}{p}吗？为什么？", "大家说{x}{p}，你说呢？", "说一说，{x}{p}吗？", "{x}{p}，这话对吗？", "{x}应该{p}吗？")  # fmt: skip
WHY = ("为什么{x}{p}？", "{x}为什么{p}？", "请问{x}为什么{p}？", "为什么说{x}{p}？", "{x}{p}，为什么？", "怎么知道{x}{p}？", "告诉我为什么{x}{p}。", "你说{x}{p}，原因是什么？", "说说{x}{p}的原因。", "{x}{p}，是因为什么？",
       "{x}怎么会{p}？", "凭什么说{x}{p}？")  # fmt: skip
WHAT_OF_A_KIND = ("{k}有什么特点？", "{k}是什么样的？", "说说{k}的特点。", "{k}有哪些共同的地方？", "告诉我{k}的一个特点。", "怎么认出{k}？", "{k}都有什么特点？", "请说一个{k}的特点。", "{k}跟别的东西有什么不同？", "大家都说{k}怎么样？",
                  "{k}的共同点是什么？", "关于{k}，你知道什么？")  # fmt: skip


def _about(rule: Rule) -> tuple[str, bool]:
    """The kind or material of a rule in Chinese, and whether it is a material."""
    in_kinds = rule.about in TABLES["kind"]
    return (chinese(rule.about, "kind"), False) if in_kinds else (chinese(rule.about, "material"), True)


def _said_of(rule: Rule) -> str:
    """What a rule speaks of, as the subject of a sentence: 鸟, 木头做的东西."""
    about, is_material = _about(rule)
    return f"{about}做的东西" if is_material else about


def _because(x: str, rule: Rule) -> str:
    about, is_material = _about(rule)
    return f"{x}是{about}做的" if is_material else f"{x}是身体的一部分" if about == "身体部位" else f"{x}是{about}"


@lru_cache(maxsize=1)
def inferred() -> tuple[tuple[str, Rule], ...]:
    """Every thing (by its English name) with every rule that goes down to it."""
    known = {material.name for material in materials()} & set(TABLES["material"]) | set(TABLES["kind"])
    return tuple((thing.name, rule) for thing in things() for rule in rules_of(thing) if rule.about in known)


@lru_cache(maxsize=1)
def _by_split() -> dict[str, tuple[tuple[str, Rule], ...]]:
    held = [one for one in inferred() if fact_is_held_out(_name(*one))]
    return {"held_out": tuple(held), "train": tuple(one for one in inferred() if not fact_is_held_out(_name(*one)))}


def _name(name: str, rule: Rule) -> str:
    return f"rule:{name}:{rule.what}"


def _words(predicate: str, asked: str) -> tuple[str, str]:
    """Yes and no, as one says them to a question with this predicate."""
    if "对吗" in asked or "对不对" in asked:
        return "对", "不对"
    if re.search("真的|你说|这话", asked):
        return "是的", "不是"
    for begin, yes, no in (
        ("会", "会", "不会"),
        ("有", "有", "没有"),
        ("能", "能", "不能"),
        ("可以", "可以", "不可以"),
    ):
        if predicate.startswith(begin):
            return yes, no
    return "是的", "不"


KEYS = ("是的|^是|^对|^会|^有|^能|^可以|没错", "^不|^没")


def yes_or_no(rng: random.Random, split: Split) -> Question:
    """Whether something holds of a thing, with what it follows from."""
    name, rule = rng.choice(_by_split()[split])
    x, holds = chinese_things()[name].name, rule.holds
    if split == "train" and rng.random() < 0.02:
        name = rng.choice([one for one in FLIGHTLESS if one in chinese_things()])
        return _exception(rng, name)
    slots = {"x": x, "p": rule.chinese, "one": f"一{measure_word(name)}"}
    prompt = fill(rng.choice(phrasings(ASKS, split if rng.random() < 0.5 else "train")), rng, slots)
    word = _words(rule.chinese, prompt)[not holds]
    plain = f"{x}{rule.chinese if holds else deny_chinese(rule.chinese)}"
    because = f"{_because(x, rule)}，{_said_of(rule)}{rule.chinese if holds else deny_chinese(rule.chinese)}"
    if because.startswith(f"{x}是{x}，"):
        because = plain
    answer = fill("[{w}，{plain}。|{w}，{because}。|{w}。]" if "为什么" not in prompt else "{w}，因为{because}。", rng,
                  {"w": word, "plain": plain, "because": because})  # fmt: skip
    return Question("rule", prompt, answer, KEYS[not holds], _name(name, rule))


def _exception(rng: random.Random, name: str) -> Question:
    x = chinese_things()[name].name
    prompt = fill(
        rng.choice(phrasings(ASKS[:7], "train")), rng, {"x": x, "p": "会飞", "one": f"一{measure_word(name)}"}
    )
    word = _words("会飞", prompt)[1]
    return Question("rule", prompt, f"{word}，{x}虽然是鸟，但是不会飞。", KEYS[1], f"rule:{name}:can fly")


def why(rng: random.Random, split: Split) -> Question:
    """Why something holds of a thing: because of its kind or its material."""
    name, rule = rng.choice(_by_split()[split])
    x = chinese_things()[name].name
    predicate = rule.chinese if rule.holds else deny_chinese(rule.chinese)
    prompt = fill(rng.choice(phrasings(WHY, split if rng.random() < 0.5 else "train")), rng, {"x": x, "p": predicate})
    because, subject = _because(x, rule), _said_of(rule)
    answer = fill("[因为{because}，{subject}{p}。|因为{because}。|{because}，{subject}{p}。]", rng,
                  {"because": because, "subject": subject, "p": predicate})  # fmt: skip
    return Question(
        "why",
        prompt,
        answer,
        f"是{'身体的一部分' if _about(rule)[0] == '身体部位' else _about(rule)[0]}",
        _name(name, rule),
    )


def of_a_kind(rng: random.Random, split: Split) -> Question:
    """What all of a kind have in common."""
    kind = rng.choice([kind for kind in kinds() if kind.rules and kind.name in TABLES["kind"]])
    k = chinese(kind.name, "kind")
    rules = [rule for rule in kind.rules if rule.holds] or list(kind.rules)
    every = [rule.chinese if rule.holds else deny_chinese(rule.chinese) for rule in rules]
    chosen = rng.sample(every, min(len(every), rng.randint(1, 2)))
    prompt = fill(rng.choice(phrasings(WHAT_OF_A_KIND, split)), rng, {"k": k})
    return Question("rule", prompt, f"{k}{'，也'.join(chosen)}。", "|".join(every), f"kind_rule:{kind.name}")


def question(rng: random.Random, split: Split) -> Question:
    """A question whose answer follows from what a thing is or is made of."""
    return rng.choice((yes_or_no, yes_or_no, yes_or_no, why, why, of_a_kind))(rng, split)


TOLD = (
    "{because}，所以{plain}。",
    "{plain}，因为{because}。",
    "{subject}{p}。{because}，{x}也{p}。",
    "{subject}{p}，{x}也一样。",
)


def tell(rng: random.Random) -> Document:
    """Rules and what follows from them in running text, from what training asks."""
    told = []
    for name, rule in rng.sample(_by_split()["train"], rng.randint(2, 4)):
        x, p = chinese_things()[name].name, rule.chinese if rule.holds else deny_chinese(rule.chinese)
        told.append(
            fill(
                rng.choice(TOLD),
                rng,
                {"because": _because(x, rule), "plain": f"{x}{p}", "subject": _said_of(rule), "x": x, "p": p},
            )
        )
    return Document("facts", "".join(told))
