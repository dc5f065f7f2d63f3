"""The night market of `market_texts` and `market_questions`: invented cooks, what is true of each, and how it is said.

What is true of a cook is drawn at random, once and for all, so that nobody can guess it or know it from elsewhere: only
who has read it can answer. The same cooks and facts in English and Chinese.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lab.card import Text

SEED = 2027
KINDS = ("dish", "place", "secret")
VALUES: Mapping[str, tuple[Text, ...]] = {
    "dish": (
        Text("dumplings", "饺子"), Text("noodles", "面条"), Text("rice cakes", "年糕"), Text("spring rolls", "春卷"),
        Text("fried tofu", "炸豆腐"), Text("steamed buns", "馒头"), Text("fish soup", "鱼汤"), Text("egg pancakes", "鸡蛋饼"),
        Text("roast duck", "烤鸭"), Text("sweet corn", "甜玉米"), Text("lamb skewers", "羊肉串"), Text("bean jelly", "凉粉"),
    ),
    "place": (
        Text("by the river", "河边"), Text("at the old gate", "老城门下"), Text("under the bridge", "桥下"),
        Text("near the school", "学校旁"), Text("behind the temple", "庙后面"), Text("beside the park", "公园边"),
        Text("in front of the station", "车站前"), Text("at the well", "井边"),
    ),
    "secret": (
        Text("honey", "蜂蜜"), Text("ginger", "姜"), Text("garlic", "蒜"), Text("mint", "薄荷"), Text("lemon", "柠檬"),
        Text("pepper", "胡椒"), Text("vinegar", "醋"), Text("butter", "黄油"), Text("salt", "盐"), Text("plum", "梅子"),
    ),
}  # fmt: skip

NAMES = {
    "en": "Anna Ben Cora Dan Ella Finn Gina Hugo Iris Jack Kate Leo Mia Noah Olga Paul Rosa Sam Tina Umar Vera Will Yuki "
    "Zoe Ada Bob Carl Dora Emil Flora George Hana Ivan Jane Karl Lily Max Nina Oscar Pia Quinn Rita Sven Tom Ursula "
    "Victor Wendy Xenia",
    "zh": "阿梅 大壮 小兰 老马 春花 铁柱 秀英 石头 玉珍 来福 桂香 小虎 红霞 长贵 银凤 阿宝 翠翠 福生 巧云 大牛 彩霞 有才 雪梅 月娥 "
    "阿强 金花 水生 小燕 建国 冬梅 老乔 小荷 海涛 丽丽 满仓 阿菊 志明 阿土 杏儿 立春 秋月 根生 二妮 阿龙 小蝶 广田 素芬 云飞",
}
ASKED_SHARE = 0.625
"""The share of the cooks whom training asks about; the questions on the others are held out."""

SAID: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "dish": (
            "{name} sells {it}.", "At the stall of {name} you can eat {it}.", "{name} makes {it} every evening.",
            "People come to {name} for {it}.", "{name} is known for {it}.", "The dish of {name} is {it}.",
        ),
        "place": (
            "The stall of {name} is {it}.", "{name} cooks {it}.", "You find {name} {it}.", "{name} has a stall {it}.",
            "{name} works {it}.", "Every night {name} stands {it}.",
        ),
        "secret": (
            "The secret of {name} is {it}.", "{name} puts {it} into everything.", "{name} never cooks without {it}.",
            "In the pot of {name} there is always some {it}.", "{name} likes to cook with {it}.", "What {name} adds is {it}.",
        ),
    },
    "zh": {
        "dish": (
            "{name}卖{it}。", "在{name}的摊上能吃到{it}。", "{name}每天晚上做{it}。", "大家去找{name}吃{it}。", "{name}的{it}很有名。",
            "{name}的招牌是{it}。",
        ),
        "place": (
            "{name}的摊子在{it}。", "{name}在{it}做菜。", "去{it}就能找到{name}。", "{name}在{it}摆摊。", "{name}守在{it}。",
            "每天夜里{name}都在{it}。",
        ),
        "secret": (
            "{name}的秘密是{it}。", "{name}什么都要放{it}。", "{name}做菜离不开{it}。", "{name}的锅里总有{it}。",
            "{name}喜欢用{it}。", "{name}加的是{it}。",
        ),
    },
}  # fmt: skip
"""How a fact is said in raw text."""

ASKED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "dish": ("What does {name} sell?", "What can you eat at the stall of {name}?"),
        "place": ("Where is the stall of {name}?", "Where do you find {name}?"),
        "secret": ("What is the secret of {name}?", "What does {name} put into everything?"),
    },
    "zh": {
        "dish": ("{name}卖什么？", "在{name}的摊上能吃到什么？"),
        "place": ("{name}的摊子在哪里？", "去哪里能找到{name}？"),
        "secret": ("{name}的秘密是什么？", "{name}什么都要放的是什么？"),
    },
}


@dataclass(frozen=True)
class Cook:
    """An invented cook: the names in both languages, one value for each kind of fact, and whether training asks."""

    name: Text
    facts: Mapping[str, Text]
    asked: bool


def cooks() -> list[Cook]:
    """All cooks, always the same. Each value of a kind is as common as the next, give or take one."""
    names = [Text(en, zh) for en, zh in zip(NAMES["en"].split(), NAMES["zh"].split(), strict=True)]
    drawn = {kind: _drawn(VALUES[kind], len(names), kind) for kind in KINDS}
    asked = set(random.Random(f"{SEED} asked").sample(range(len(names)), round(ASKED_SHARE * len(names))))
    return [Cook(name, {kind: drawn[kind][i] for kind in KINDS}, i in asked) for i, name in enumerate(names)]


def _drawn(values: Sequence[Text], count: int, kind: str) -> list[Text]:
    found = [values[i % len(values)] for i in range(count)]
    random.Random(f"{SEED} {kind}").shuffle(found)
    return found
