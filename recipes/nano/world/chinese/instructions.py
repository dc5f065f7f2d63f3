"""Chinese instructions to be obeyed: answer in one word or one sentence, begin or end so, avoid a word, repeat, in order."""

import random

from recipes.nano.world.chinese import words as w
from recipes.nano.world.chinese.askings import ASKINGS
from recipes.nano.world.chinese.choices import LISTED, member_key, members
from recipes.nano.world.chinese.dictionary import chinese
from recipes.nano.world.chinese.facts import Fact, answered, by_split, chinese_things
from recipes.nano.world.chinese.grammar import before_measure, fill, in_words
from recipes.nano.world.chinese.words import DAYS, MONTHS, SEASONS
from recipes.nano.world.numbers import draw_problem
from recipes.nano.world.shapes import Question, Split, phrasings

# facts with one short word for an answer: the slot that holds it
SHORT = {"colour": "colour", "kind": "kind", "material": "material", "food": "food", "opposite": "opposite", "capital": "capital",
         "after": "next", "before": "next", "baby": "baby"}  # fmt: skip
FULL = {"colour": "{x}是{colour}的。", "kind": "{x}是{a_kind}。", "material": "{x}是用{material}做的。", "food": "{x}吃{food}。", "opposite": "“{word}”的反义词是“{opposite}”。",
        "capital": "{country}的首都是{capital}。", "after": "{word}后面是{next}。", "before": "{word}前面是{next}。", "baby": "{x}的宝宝叫{baby}。"}  # fmt: skip
ONE_WORD = ("用一个词回答：{q}", "{q}用一个词回答。", "只说一个词：{q}", "{q}只要一个词。", "{q}请用一个词回答。", "一个词就够了：{q}", "{q}越短越好。", "最短的回答：{q}", "{q}不要多说，只说答案。", "只说答案：{q}", "{q}一个词，谢谢。",
            "请只用一个词回答：{q}")  # fmt: skip
ONE_SENTENCE = (
    "用一句话回答：{q}",
    "{q}用一句话回答。",
    "{q}请用完整的句子回答。",
    "请说一个完整的句子：{q}",
    "用整句回答：{q}",
    "{q}说完整。",
    "{q}请回答一整句。",
    "{q}用一个完整的句子告诉我。",
    "一句话说清楚：{q}",
    "请用一句话告诉我：{q}",
)
BEGIN = (
    "以“{b}”开头回答：{q}",
    "{q}回答要以“{b}”开头。",
    "先说“{b}”，再回答：{q}",
    "{q}请用“{b}”开头。",
    "用“{b}”开头：{q}",
    "开头说“{b}”：{q}",
    "{q}先说“{b}”。",
    "回答前先说“{b}”：{q}",
    "{q}第一个词要是“{b}”。",
)
END = (
    "以“{b}”结尾回答：{q}",
    "{q}回答要以“{b}”结尾。",
    "先回答，再说“{b}”：{q}",
    "{q}请用“{b}”结尾。",
    "用“{b}”结尾：{q}",
    "最后说“{b}”：{q}",
    "{q}最后加上“{b}”。",
    "回答完再说“{b}”：{q}",
)
OPENERS, CLOSERS = (
    ("好的", "当然", "亲爱的朋友", "没问题", "请听好", "嗯", "报告"),
    ("谢谢", "再见", "祝你开心", "就是这样", "明白了吗", "完毕"),
)
TWICE = (
    "把“{s}”说{n}遍。",
    "说{n}遍“{s}”。",
    "“{s}”，重复{n}次。",
    "重复{n}遍：{s}",
    "请把{s}念{n}遍。",
    "{n}遍“{s}”，谢谢。",
    "我要听{n}遍“{s}”。",
    "写{n}遍：{s}",
    "连说{n}次“{s}”。",
)
WITHOUT = (
    "说一种{kind}，不要说{no}。",
    "除了{no}，说一种{kind}。",
    "不要说{no}，说一种别的{kind}。",
    "{no}除外，还有什么{kind}？",
    "说一种{kind}，但不能是{no}。",
    "别说{no}，告诉我一种{kind}。",
    "{kind}里，除了{no}还有什么？",
    "不用“{no}”这个词，说一种{kind}。",
)
SPOKEN = (
    "说“{s}”。",
    "请说“{s}”。",
    "你说：{s}",
    "只说“{s}”。",
    "对我说“{s}”。",
    "请你说一句“{s}”。",
    "回答我“{s}”就行。",
    "请只回答“{s}”。",
    "不管我问什么，你都说“{s}”。你好吗？",
)
BOTH = (
    "先说“{s}”，再说“{t}”。",
    "说“{s}”和“{t}”。",
    "说“{s}”，然后说“{t}”。",
    "先{s}后{t}，说出来。",
    "“{s}”在前，“{t}”在后，都说一遍。",
    "你先说“{s}”，接着说“{t}”。",
    "依次说“{s}”、“{t}”。",
)
ORDERED = (
    "按顺序说出{what}。",
    "{what}，按顺序说。",
    "请依次说出{what}。",
    "从头到尾说出{what}。",
    "说出{what}。",
    "{what}有哪些？按顺序回答。",
    "把{what}依次说一遍。",
    "列出{what}，不要打乱。",
    "数出{what}。",
)
COUNTED = (
    "说{n}种{kind}，不多不少。",
    "只说{n}种{kind}。",
    "{kind}，正好说{n}种。",
    "说{n}种{kind}，用顿号隔开。",
    "请刚好说{n}种{kind}。",
    "{kind}说{n}种就停。",
    "说{n}种{kind}，别多说。",
)
SAYINGS = (
    "你好",
    "谢谢",
    "再见",
    "对不起",
    "没关系",
    "早上好",
    "晚安",
    "加油",
    "苹果",
    "小猫",
    "我爱你",
    "生日快乐",
    "一二三",
    "下雨了",
    "春天来了",
)


def _fact(rng: random.Random, split: Split) -> tuple[Fact, str]:
    """A fact with a short answer of two characters or more, and a question about it in words that training has."""
    while True:
        fact = rng.choice(by_split()[split])
        slots = dict(fact.slots)
        value = slots[SHORT[fact.kind]] if fact.kind in SHORT else ""
        if len(value) > 1 and value in FULL[fact.kind].format(**slots):
            return fact, answered(rng, fact, rng.choice(phrasings(ASKINGS[fact.kind].ask, "train")))


def _wording(rng: random.Random, ways: tuple[str, ...], split: Split, slots: dict[str, str]) -> str:
    return fill(rng.choice(phrasings(ways, split if rng.random() < 0.5 else "train")), rng, slots)


def manner(rng: random.Random, split: Split) -> Question:
    """A fact in one word, in one sentence, or with an opening or a closing that was asked for."""
    fact, q = _fact(rng, split)
    slots, form = dict(fact.slots), rng.randrange(4)
    value, full = slots[SHORT[fact.kind]], fill(FULL[fact.kind], rng, slots)
    kind = f"obey_{fact.kind}"
    if form == 0:
        return Question(
            kind,
            _wording(rng, ONE_WORD, split, {"q": q}),
            f"{value}。",
            "|".join(f"^{key}" for key in fact.key.split("|")),
            fact.name,
        )
    if form == 1:
        return Question(kind, _wording(rng, ONE_SENTENCE, split, {"q": q}), full, f"^{full.rstrip('。')}", fact.name)
    if form == 2:
        b = rng.choice(OPENERS)
        text = f"{b}，{full}"
        return Question(
            kind,
            _wording(rng, BEGIN, split, {"q": q, "b": b}),
            text,
            f"^{b}|{value}",
            fact.name,
            2,
        )
    b = rng.choice(CLOSERS)
    sign = "？" if b.endswith("吗") else "。"
    return Question(
        kind, _wording(rng, END, split, {"q": q, "b": b}), f"{full}{b}{sign}", f"{b}{sign}|{value}", fact.name, 2
    )


def order(rng: random.Random, split: Split) -> Question:
    """From one day, month or number to another, or the four seasons."""
    words = rng.choice((DAYS, MONTHS, SEASONS, SEASONS))
    first = rng.randrange(len(words) - 2)
    last = rng.randint(first + 1, min(len(words) - 1, first + 6))
    if words is SEASONS:
        first, last, what = 0, 3, rng.choice(("四季", "一年的四个季节", "四个季节"))
    else:
        what = f"从{words[first]}到{words[last]}"
    said = "、".join(words[first : last + 1])
    ways = phrasings(ORDERED, split)
    return Question(
        "obey_order",
        fill(rng.choice(ways), rng, {"what": what}),
        f"{said}。",
        f"{said}|{said.replace('、', '，')}",
        f"order:{what}",
    )


def without(rng: random.Random, split: Split) -> Question:
    """One of a kind, but not the one that is named; or exactly so many."""
    kind = rng.choice(LISTED)
    known, said = members(kind), chinese(kind, "kind")
    if rng.random() < 0.4:
        number = rng.randint(2, min(5, len(known)))
        chosen = sorted(rng.sample(known, number), key=known.index)
        prompt = fill(rng.choice(phrasings(COUNTED, split)), rng, {"n": before_measure(number), "kind": said})
        return Question(
            "obey_count", prompt, "、".join(chosen) + "。", "|".join(map(member_key, known)), f"count:{kind}", number
        )
    no, yes = rng.sample(known, 2)
    prompt = fill(rng.choice(phrasings(WITHOUT, split)), rng, {"kind": said, "no": no})
    return Question(
        "obey_without", prompt, f"{yes}。", "|".join(member_key(name) for name in known if name != no), f"without:{no}"
    )


def saying(rng: random.Random, split: Split) -> Question:
    """Say this, say it three times, say this and then that."""
    form = rng.randrange(3)
    pool = (*SAYINGS, *(thing.name for thing in chinese_things().values()), *w.GIRLS)
    s, t = rng.sample(pool, 2)
    if form == 0:
        n = rng.randint(2, 4)
        said = "，".join([s] * n)
        ways, slots = TWICE, {"s": s, "n": rng.choice((before_measure(n), str(n)))}
    elif form == 1:
        said, ways, slots = s, SPOKEN, {"s": s}
    else:
        said, ways, slots = f"{s}，{t}", BOTH, {"s": s, "t": t}
    return Question(
        "obey_say", fill(rng.choice(phrasings(ways, split)), rng, slots), f"{said}。", f"^{said}", f"say:{form}:{said}"
    )


SUMS = ("{a}加{b}等于几？", "{a}+{b}等于多少？", "{w}加{v}是几？")


def written(rng: random.Random, split: Split) -> Question:
    """A small sum, answered in digits or in characters as it is asked."""
    while True:
        a, sign, b, result = draw_problem(rng, split)
        if sign == "+":
            break
    q = fill(rng.choice(SUMS), rng, {"a": str(a), "b": str(b), "w": in_words(a), "v": in_words(b)})
    digits = rng.random() < 0.5
    ways = ("{q}用数字回答。", "用数字回答：{q}", "{q}请写数字。", "请用阿拉伯数字回答：{q}", "{q}写出数字。", "{q}答案写成数字。") if digits else (
            "{q}用汉字回答。", "用汉字回答：{q}", "{q}请写汉字。", "请用中文数字回答：{q}", "{q}写出汉字。", "{q}答案写成汉字。")  # fmt: skip
    said = str(result) if digits else in_words(result)
    return Question("obey_digits", rng.choice(phrasings(ways, split)).replace("{q}", q), f"{said}。", said, f"{a}+{b}")


def question(rng: random.Random, split: Split) -> Question:
    """An instruction of any of these sorts."""
    return rng.choice((manner, manner, manner, order, without, saying, written))(rng, split)
