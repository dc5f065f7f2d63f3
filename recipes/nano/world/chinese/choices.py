"""Chinese questions that weigh several things: is this a that, can it, which is bigger, say three, which is another kind."""

import random
from collections.abc import Callable
from functools import lru_cache

from recipes.nano.world.chinese.dictionary import chinese
from recipes.nano.world.chinese.facts import a_kind, chinese_things
from recipes.nano.world.chinese.grammar import before_measure, fill, join
from recipes.nano.world.chinese.phrasings import MORE_LISTINGS, MORE_ODD_ONES
from recipes.nano.world.choices import excludes
from recipes.nano.world.shapes import Question, Split, fact_is_held_out, phrasings
from recipes.nano.world.things import Thing, things

YES, NO = "是的|^是|^对|没错", "^不|不是|不对"
CAN, CAN_NOT = "^会|^能|^可以|是的", "不会|不能|^不|不可以"
HAS, HAS_NOT = "^有|是的|^对", "没有|^不|不是"

IS_A = ("{x}是{kind}吗？", "{x}是不是{kind}？", "{x}属于{kind}吗？", "{x}算不算{kind}？", "{x}是一种{kind}吗？", "请问{x}是{kind}吗？", "{x}是{kind}，对吗？", "我觉得{x}是{kind}，对不对？",
        "你说{x}是{kind}吗？", "{x}能算{kind}吗？", "{x}也是{kind}吗？", "我想知道{x}是不是{kind}。", "可以说{x}是{kind}吗？", "{x}真的是{kind}吗？", "有人说{x}是{kind}，对吗？",
        "{x}是否属于{kind}？", "{kind}里包括{x}吗？", "把{x}叫作{kind}，对吗？")  # fmt: skip
IS_COLOURED = ("{x}是{colour}的吗？", "{x}是不是{colour}的？", "{x}的颜色是{colour}吗？", "请问{x}是{colour}的吗？", "{x}是{colour}的，对吗？", "我觉得{x}是{colour}的，对不对？", "{x}一般是{colour}的吗？",
               "我把{x}画成{colour}的，对吗？", "你说{x}是{colour}的吗？", "大多数{x}是{colour}的吗？", "{x}看起来是{colour}的吗？", "有人说{x}是{colour}的，对吗？", "{x}真的是{colour}的吗？",
               "{x}的颜色是不是{colour}？", "{colour}是{x}的颜色吗？")  # fmt: skip
IS_BIGGER = ("{x}比{y}{word}吗？", "{x}是不是比{y}{word}？", "{x}比{y}更{word}吗？", "请问{x}比{y}{word}吗？", "{x}比{y}{word}，对吗？", "跟{y}比，{x}更{word}吗？", "我觉得{x}比{y}{word}，对不对？",
             "和{y}相比，{x}{word}吗？", "你说{x}比{y}{word}吗？", "有人说{x}比{y}{word}，对吗？", "{x}真的比{y}{word}吗？", "跟{y}放在一起，{x}更{word}吗？", "{x}和{y}比，是{x}更{word}吗？")  # fmt: skip
CAN_DO = ("{x}会{can}吗？", "{x}会不会{can}？", "{x}能{can}吗？", "请问{x}会{can}吗？", "{x}会{can}，对吗？", "我想知道{x}会不会{can}。", "你见过{x}{can}吗？{x}会吗？", "{x}可以{can}吗？", "{x}能不能{can}？",
          "你说{x}会{can}吗？", "有人说{x}会{can}，对吗？", "{x}真的会{can}吗？", "{x}有没有{can}的本领？")  # fmt: skip
HAS_LEGS = ("{x}有{n}条腿吗？", "{x}是不是有{n}条腿？", "{x}有没有{n}条腿？", "请问{x}有{n}条腿吗？", "{x}有{n}条腿，对吗？", "我觉得{x}有{n}条腿，对不对？", "{x}长着{n}条腿吗？", "你说{x}有{n}条腿吗？",
            "{x}的腿是{n}条吗？", "有人说{x}有{n}条腿，对吗？", "{x}真的有{n}条腿吗？", "数一数，{x}有{n}条腿吗？")  # fmt: skip
IS_EATEN = ("{x}能吃吗？", "{x}可以吃吗？", "{x}能不能吃？", "人可以吃{x}吗？", "请问{x}能吃吗？", "{x}是能吃的东西吗？", "我饿了，可以吃{x}吗？", "有人要吃{x}，可以吗？", "{x}可不可以吃？", "人能吃{x}吗？",
            "我想吃{x}，行吗？", "把{x}吃下去，可以吗？", "{x}是不是可以吃的？")  # fmt: skip
ONLY = {"是": "[{q}|{q}|{q}|{q}|只回答是或不是：{q}|{q}是还是不是？|用是或不是回答：{q}]", "会": "[{q}|{q}|{q}|{q}|只回答会或不会：{q}|{q}会还是不会？]",
        "有": "[{q}|{q}|{q}|{q}|只回答有或没有：{q}]", "能": "[{q}|{q}|{q}|{q}|只回答能或不能：{q}]"}  # fmt: skip
# what can be said to be out of reach of these without doubt
NEVER = {"飞": ("动物", "食物", "水果", "蔬菜", "家具", "餐具"), "说话": ("家具", "水果", "蔬菜", "工具", "餐具", "树", "衣物"), "游泳": ("家具", "水果", "工具", "乐器", "建筑", "首饰"),
         "跑步": ("家具", "水果", "蔬菜", "工具", "建筑", "衣物", "花"), "唱歌": ("家具", "水果", "蔬菜", "餐具", "衣物", "建筑")}  # fmt: skip
FLIERS = frozenset(["bat"])
EATEN = ("水果", "蔬菜", "食物", "菜肴", "甜食")
NOT_EATEN = (
    "家具",
    "工具",
    "餐具",
    "衣物",
    "玩具",
    "乐器",
    "交通工具",
    "建筑",
    "首饰",
    "容器",
    "机器",
    "学习用品",
    "体育用品",
)
Form = Callable[[random.Random, Thing, str], tuple[tuple[str, ...], dict[str, str], bool, str, str]]


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    """The English kind of each thing."""
    return {thing.name: thing.kind for thing in things()}


@lru_cache(maxsize=64)
def _other_kinds(kind: str) -> tuple[str, ...]:
    """The kinds that nothing of this kind is of."""
    return tuple(sorted({other for other in _kinds().values() if excludes(kind, other)}))


@lru_cache(maxsize=64)
def _strangers(kind: str) -> tuple[str, ...]:
    """The things that are surely not of this kind."""
    return tuple(name for name, own in _kinds().items() if excludes(own, kind))


@lru_cache(maxsize=1)
def _colours() -> tuple[str, ...]:
    return tuple(sorted({thing.colour for thing in chinese_things().values()} - {""}))


@lru_cache(maxsize=16)
def _of_another_size(size: int) -> tuple[Thing, ...]:
    """The things that are clearly bigger or smaller."""
    return tuple(thing for thing in chinese_things().values() if thing.size and abs(size - thing.size) > 1)


def _is_a(rng: random.Random, a: Thing, name: str) -> tuple[tuple[str, ...], dict[str, str], bool, str, str]:
    wrong = _other_kinds(_kinds()[name])
    kind = chinese(rng.choice(wrong), "kind") if wrong and rng.random() < 0.5 else a.kind
    said = {"鸟": "鸟类", "身体部位": "身体部位"}.get(kind, kind)
    return IS_A, {"kind": said}, kind == a.kind, "是", f"{a.name}是{a_kind(a.kind)}"


def _is_coloured(rng: random.Random, a: Thing, name: str) -> tuple[tuple[str, ...], dict[str, str], bool, str, str]:
    colour = a.colour if rng.random() < 0.5 else rng.choice(_colours())
    return IS_COLOURED, {"colour": colour}, colour == a.colour, "是", f"{a.name}是{a.colour}的"


def _is_bigger(rng: random.Random, a: Thing, name: str) -> tuple[tuple[str, ...], dict[str, str], bool, str, str]:
    b = rng.choice(_of_another_size(a.size))
    word, really = rng.choice("大小"), "大" if a.size > b.size else "小"
    return IS_BIGGER, {"y": b.name, "word": word}, word == really, "是", f"{a.name}比{b.name}{really}"


def _can_do(rng: random.Random, a: Thing, name: str) -> tuple[tuple[str, ...], dict[str, str], bool, str, str]:
    never = [can for can, kinds in NEVER.items() if a.kind in kinds and name not in FLIERS and a.can != can]
    if a.can and (rng.random() < 0.5 or not never):
        return CAN_DO, {"can": a.can}, True, "会", f"{a.name}会{a.can}"
    can = rng.choice(never)
    return CAN_DO, {"can": can}, False, "会", f"{a.name}不会{can}"


def _has_legs(rng: random.Random, a: Thing, name: str) -> tuple[tuple[str, ...], dict[str, str], bool, str, str]:
    right = a.legs if a.legs else 4
    asked = right if rng.random() < 0.5 else rng.choice([n for n in (2, 4, 6, 8) if n != a.legs])
    full = f"有{before_measure(a.legs)}条腿" if a.legs else "没有腿"
    return HAS_LEGS, {"n": before_measure(asked)}, asked == a.legs, "有", a.name + full


def _is_eaten(rng: random.Random, a: Thing, name: str) -> tuple[tuple[str, ...], dict[str, str], bool, str, str]:
    if a.kind in EATEN:
        return IS_EATEN, {}, True, "能", f"{a.name}{'是' + a_kind(a.kind)}"
    return IS_EATEN, {}, False, "能", f"{a.name}是{a_kind(a.kind)}"


@lru_cache(maxsize=16)
def _asked_of(form: Form, split: Split) -> tuple[str, ...]:
    """The things that a form can ask of: a thing is asked about in training or held out, never both."""
    fits = {
        _is_a: lambda a: True,
        _is_coloured: lambda a: a.colour,
        _is_bigger: lambda a: a.size,
        _can_do: lambda a: a.can or any(a.kind in kinds for kinds in NEVER.values()),
        _has_legs: lambda a: a.legs >= 0,
        _is_eaten: lambda a: a.kind in EATEN + NOT_EATEN,
    }[form]
    held_out = split == "held_out"
    return tuple(
        name for name, a in chinese_things().items() if fits(a) and fact_is_held_out(f"yes:{name}") == held_out
    )


def plain_yes_or_no(rng: random.Random) -> tuple[str, bool]:
    """A question that training asks, to be answered by 是 or 不是, and whether it is so."""
    form = rng.choice((_is_a, _is_coloured, _is_bigger))
    name = rng.choice(_asked_of(form, "train"))
    ways, slots, true, _, _ = form(rng, chinese_things()[name], name)
    ask = rng.choice([way for way in phrasings(ways, "train") if not way.endswith(("对吗？", "对不对？"))])
    return fill(ask, rng, slots | {"x": chinese_things()[name].name}), true


KEYS = {"是": (YES, NO), "会": (CAN, CAN_NOT), "能": (CAN, CAN_NOT), "有": (HAS, HAS_NOT)}
SHORT = {"是": ("是的", "不是"), "会": ("会", "不会"), "能": ("能", "不能"), "有": ("有", "没有")}


def yes_or_no(rng: random.Random, split: Split) -> Question:
    """狗是动物吗？鱼会飞吗？大象比蚂蚁大吗？ A thing is asked about in training or held out, never both."""
    form = rng.choice((_is_a, _is_a, _is_coloured, _is_bigger, _can_do, _has_legs, _is_eaten))
    name = rng.choice(_asked_of(form, split))
    a = chinese_things()[name]
    ways, slots, true, mode, full = form(rng, a, name)
    ways = phrasings(ways, split if rng.random() < 0.5 else "train")
    ask = fill(rng.choice(ways), rng, slots | {"x": a.name})
    if ask.endswith(("对吗？", "对不对？")):
        mode = "对"
    yes, no = SHORT.get(mode, ("对", "不对"))
    word = yes if true else no
    prompt = fill(ONLY.get(mode, "{q}"), rng, {"q": ask})
    brief = prompt.startswith(("只", "用")) or "还是" in prompt
    answer = (
        f"{word}。"
        if brief
        else fill("[{word}，{full}。|{word}，{full}。|{word}。]", rng, {"word": word, "full": full})
    )
    return Question("yes_or_no", prompt, answer, KEYS.get(mode, (YES, NO))[not true], ask)


LIST = ("说出{n}种{kind}。", "说{n}种{kind}。", "列出{n}种{kind}。", "你能说出{n}种{kind}吗？", "告诉我{n}种{kind}。", "请举出{n}种{kind}。", "我需要{n}种{kind}，你知道哪些？", "请说出{n}种{kind}。",
        "有哪些{kind}？请说{n}种。", "你知道哪{n}种{kind}？", "随便说{n}种{kind}。", "请列举{n}种{kind}。")  # fmt: skip
ODD = ("哪一个跟别的不一样：{words}？", "哪个不是同一类：{words}？", "找出不同类的词：{words}。", "{words}，哪一个不一样？", "下面哪个词不同类：{words}？", "{words}，哪个不属于这一类？", "这些词里哪个不同：{words}？",
       "找出不一样的：{words}。", "{words}中，哪个跟其他的不是一类？", "哪个词不属于同一类：{words}？")  # fmt: skip
LISTED = ("animal", "bird", "insect", "fruit", "vegetable", "vehicle", "tool", "toy", "food", "drink", "musical instrument",
          "piece of clothing", "piece of furniture", "flower")  # fmt: skip


@lru_cache(maxsize=64)
def members(kind: str) -> tuple[str, ...]:
    """The Chinese names of a kind's things; a name that would count twice, as it holds another of them, is left out."""
    names = [chinese_things()[thing.name].name for thing in things() if thing.kind == kind]

    def holds(name: str, other: str) -> bool:
        return name != other and (other in name if len(other) > 1 else name.endswith(other))

    return tuple(dict.fromkeys(name for name in names if not any(holds(name, other) for other in names)))


def member_key(name: str) -> str:
    """What an answer says that names it: one character alone has to be followed by a sign or 和."""
    return name if len(name) > 1 else "|".join(name + end for end in "、，和。")


def _odd_one(rng: random.Random, split: Split, kind: str) -> Question:
    stranger = rng.choice(_strangers(kind))
    odd, said = chinese_things()[stranger].name, chinese(kind, "kind")
    words = [*rng.sample(members(kind), 2), odd]
    rng.shuffle(words)
    prompt = fill(rng.choice(phrasings(ODD, split, MORE_ODD_ONES)), rng, {"words": "、".join(words)})
    # what is common first: it helps to find what is not; the words that belong are not in the answer
    answer = fill(
        "[其他的都是{kind}，{odd}不是。|{odd}不是{kind}。|两个是{kind}，{odd}不是。|{odd}。]",
        rng,
        {"kind": said, "odd": odd},
    )
    return Question("odd_one", prompt, answer, odd, ",".join(words))


def listing(rng: random.Random, split: Split) -> Question:
    """说出三种水果。哪一个不同类：苹果、狗、梨？"""
    kind = rng.choice(LISTED)
    if rng.random() < 0.5:
        return _odd_one(rng, split, kind)
    known, number = members(kind), rng.randint(2, 4)
    # in the table's order, so that what comes next depends on what was said, and nothing is said twice
    chosen = sorted(rng.sample(known, number), key=known.index)
    slots = {"n": before_measure(number) if rng.random() < 0.8 else str(number), "kind": chinese(kind, "kind")}
    prompt = fill(rng.choice(phrasings(LIST, split, MORE_LISTINGS)), rng, slots)
    answer = fill(
        "[{list}。|{list}。|{list}。|有{list}。]", rng, {"list": rng.choice(("、".join(chosen), join(chosen)))}
    )
    return Question("list", prompt, answer, "|".join(map(member_key, known)), kind, number)
