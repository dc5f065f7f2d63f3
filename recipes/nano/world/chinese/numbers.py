"""Counting, comparing and sums to 100 in Chinese, in digits and in characters; the held-out problems are the English ones."""

import random
import re

from recipes.nano.world.chinese import words as w
from recipes.nano.world.chinese.grammar import before_measure, fill, in_words, number_key
from recipes.nano.world.chinese.phrasings import (
    MORE_COMPARISONS,
    MORE_COUNTS,
    MORE_IN_DIGITS,
    MORE_IN_WORDS,
    MORE_NEXT,
    MORE_SUMS,
    MORE_TAKEN,
    MORE_TOGETHER,
)
from recipes.nano.world.numbers import draw_problem
from recipes.nano.world.shapes import Document, Question, Split, fact_is_held_out, phrasings

ASK = ("{sum}等于多少？", "{sum}等于几？", "{sum}是多少？", "{sum}=？", "请计算{sum}。", "算一算{sum}。", "请问{sum}等于多少？", "{sum}的结果是多少？", "你会算{sum}吗？", "告诉我{sum}等于几。",
       "{sum}的得数是多少？", "请你算出{sum}等于多少。")  # fmt: skip
ANSWER = ("{sum}等于{r}。", "{sum}{equals}{r}。", "{r}。", "等于{r}。", "答案是{r}。", "是{r}。")
STORY = (
    "{name}有{a}{mw}{x}，又得到{b}{mw}。{name}现在有几{mw}{x}？", "{name}有{a}{mw}{x}，又找到了{b}{mw}。一共有几{mw}？", "桌上有{a}{mw}{x}，{name}又拿来{b}{mw}。现在一共有几{mw}？",
    "{name}有{a}{mw}{x}，{friend}有{b}{mw}。他们一共有几{mw}{x}？", "{name}先买了{a}{mw}{x}，又买了{b}{mw}。{name}一共买了几{mw}？", "{name}有{a}{mw}{x}，妈妈又给了{b}{mw}。现在有多少{mw}？",
    "篮子里有{a}{mw}{x}，{friend}放进去{b}{mw}。篮子里一共有几{mw}{x}？", "{friend}有{b}{mw}{x}，{name}有{a}{mw}。把它们放在一起，有多少{mw}？", "{name}带来{a}{mw}{x}，{friend}带来{b}{mw}。一共带来几{mw}？",
    "{name}的{x}有{a}{mw}，{friend}的有{b}{mw}。两人合起来有多少{mw}？", "先有{a}{mw}{x}，再加{b}{mw}，总共是几{mw}？",
)  # fmt: skip
TAKE = (
    "{name}有{a}{mw}{x}，给了{friend}{b}{mw}。还剩几{mw}？", "一共有{a}{mw}{x}，{name}拿走了{b}{mw}。还剩几{mw}{x}？", "{name}有{a}{mw}{x}，丢了{b}{mw}。{name}现在有几{mw}？",
    "{name}有{a}{mw}{x}，送给{friend}{b}{mw}。{name}还有几{mw}？", "桌上有{a}{mw}{x}，少了{b}{mw}。桌上还有多少{mw}？", "盒子里有{a}{mw}{x}，{friend}拿出来{b}{mw}。盒子里还有几{mw}？",
    "{friend}从{a}{mw}{x}中拿走{b}{mw}，还剩下几{mw}？", "{name}买了{a}{mw}{x}，坏了{b}{mw}。好的有几{mw}？", "有{a}{mw}{x}，用去{b}{mw}，还剩多少{mw}？", "{a}{mw}{x}不见了{b}{mw}，{name}还有多少{mw}？",
    "{name}原来有{a}{mw}{x}，后来给出去{b}{mw}。{name}还留下几{mw}？",
)  # fmt: skip
COMPARE = ("{a}和{b}，哪个{word}？", "{a}和{b}哪个更{word}？", "哪个数{word}，{a}还是{b}？", "{a}跟{b}，哪一个{word}？", "哪个更{word}：{a}还是{b}？", "在{a}和{b}里，哪个数更{word}？",
           "{a}与{b}相比，哪个{word}？", "请问{a}和{b}哪个{word}？", "{a}还是{b}{word}？", "{a}、{b}两个数，{word}的是哪个？", "从{a}和{b}里挑出{word}的数。", "{a}和{b}之间，谁比较{word}？")  # fmt: skip
COUNT = (
    "从{a}数到{b}。",
    "请从{a}数到{b}。",
    "你能从{a}数到{b}吗？",
    "说出从{a}到{b}的数。",
    "{a}数到{b}。",
    "会从{a}数到{b}吗？",
    "把{a}到{b}的数说一遍。",
    "依次说出{a}到{b}。",
)
NEXT = (
    "{n}{side}面是几？",
    "{n}{side}面的数是多少？",
    "{n}的{side}一个数是几？",
    "哪个数在{n}的{side}面？",
    "{n}{side}面一个数是什么？",
    "数数时，{n}的{side}面是几？",
    "请问{n}{side}面是哪个数？",
    "什么数紧挨在{n}{side}面？",
)
IN_WORDS = (
    "用汉字写{n}。",
    "{n}用汉字怎么写？",
    "把{n}写成汉字。",
    "{n}用中文怎么说？",
    "请用汉字写出{n}。",
    "{n}的中文是什么？",
    "数字{n}怎么读？",
    "怎样用汉字表示{n}？",
)
IN_DIGITS = (
    "用数字写{w}。",
    "{w}用数字怎么写？",
    "把{w}写成数字。",
    "{w}是哪个数字？",
    "请用数字写出{w}。",
    "{w}写成阿拉伯数字是什么？",
    "汉字{w}是数字几？",
    "怎样用数字表示{w}？",
)

SIGNS = {"+": ("加", "加上"), "-": ("减", "减去"), "*": ("乘", "乘以")}


def _sum(rng: random.Random, a: int, sign: str, b: int) -> tuple[str, bool]:
    """The sum as it is said (3加5, 三加五, 3+5), and whether it is in characters."""
    form = rng.randrange(3)
    if form == 2:
        return f"{a}{'×' if sign == '*' else sign}{b}", False
    said = rng.choice(SIGNS[sign])
    return (f"{in_words(a)}{said}{in_words(b)}", True) if form == 1 else (f"{a}{said}{b}", False)


def arithmetic(rng: random.Random, split: Split) -> Question:
    """A sum, difference or product up to 100; asked in characters, it is answered in characters."""
    a, sign, b, result = draw_problem(rng, split)
    said, characters = _sum(rng, a, sign, b)
    slots = {
        "sum": said,
        "r": in_words(result) if characters else str(result),
        "equals": "等于" if re.search("[加减乘]", said) else "=",
    }
    ask = fill(rng.choice(phrasings(ASK, split, MORE_SUMS)), rng, slots)
    return Question("arithmetic", ask, fill(rng.choice(ANSWER), rng, slots), number_key(result), f"{a}{sign}{b}")


def counted(rng: random.Random, number: int, characters: bool) -> str:
    """The number before a measure word, in digits or in characters."""
    return before_measure(number) if characters else str(number)


def word_problem(rng: random.Random, split: Split) -> Question:
    """A sum or a difference up to 20 told with people and things."""
    while True:
        a, b, sign = rng.randint(2, 12), rng.randint(2, 8), rng.choice("+-")
        if (sign == "+" or a > b) and fact_is_held_out(f"{a}{sign}{b}") == (split == "held_out"):
            break
    result = a + b if sign == "+" else a - b
    (x, measure), characters = rng.choice(w.KEEPSAKES + w.FOODS), rng.random() < 0.4
    name, friend = rng.sample(w.GIRLS + w.BOYS, 2)
    slots = {"name": name, "friend": friend, "x": x, "mw": measure,
             "a": counted(rng, a, characters), "b": counted(rng, b, characters)}  # fmt: skip
    ways = phrasings(*((STORY, split, MORE_TOGETHER) if sign == "+" else (TAKE, split, MORE_TAKEN)))
    said = {"r": counted(rng, result, characters), "sum": f"{a}{sign}{b}={result}",
            "plain": in_words(result) if characters else str(result)}  # fmt: skip
    answer = fill("[{sum}，{how}{r}{mw}。|{r}{mw}{x}。|{how}{r}{mw}{x}。|{r}{mw}。|{sum}，答案是{plain}。]", rng,
                  slots | said | {"how": "一共有" if sign == "+" else "还剩"})  # fmt: skip
    ask = fill(rng.choice(ways), rng, slots)
    return Question("word_problem", ask, answer, number_key(result), f"{a}{sign}{b}")


def comparison(rng: random.Random, split: Split) -> Question:
    """Which of two numbers is bigger or smaller."""
    while True:
        a, b = rng.randint(0, 100), rng.randint(0, 100)
        if a != b and fact_is_held_out(f"{a}?{b}") == (split == "held_out"):
            break
    word = rng.choice("大小")
    right = max(a, b) if word == "大" else min(a, b)
    say = in_words if rng.random() < 0.25 else str
    slots = {"a": say(a), "b": say(b), "word": word, "r": say(right), "other": say(a + b - right)}
    prompt = fill(rng.choice(phrasings(COMPARE, split, MORE_COMPARISONS)), rng, slots)
    answer = fill("[{r}。|{r}比{other}{word}。|{r}更{word}。|{word}的是{r}。|{r}比较{word}。]", rng, slots)
    key = "|".join(f"^{form}|是{form}" for form in (str(right), in_words(right)))
    return Question("comparison", prompt, answer, key, f"{a}?{b}")


def counting(rng: random.Random, split: Split) -> Question:
    """Count up or down, say the number before or after, write it in characters or in digits."""
    form = rng.randrange(5)
    while True:
        start = rng.randint(1, 90)
        if fact_is_held_out(f"count:{min(form, 3)}:{start}") == (split == "held_out"):
            break
    fact = f"count:{min(form, 3)}:{start}"
    if form < 2:
        numbers = range(start, start + rng.randint(3, 7))
        numbers = numbers if form == 0 else numbers[::-1]
        say = in_words if rng.random() < 0.4 else str
        prompt = fill(
            rng.choice(phrasings(COUNT, split, MORE_COUNTS)), rng, {"a": say(numbers[0]), "b": say(numbers[-1])}
        )
        key = "|".join(between.join(map(how, numbers)) for how in (str, in_words) for between in "、，")
        return Question("counting", prompt, "、".join(map(say, numbers)) + "。", key, fact)
    if form == 2:
        side = rng.choice("前后")
        result, say = (start + 1 if side == "后" else start - 1), (in_words if rng.random() < 0.3 else str)
        slots = {"n": say(start), "side": side, "r": say(result)}
        prompt = fill(rng.choice(phrasings(NEXT, split, MORE_NEXT)), rng, slots)
        return Question(
            "counting", prompt, fill("[{r}。|是{r}。|{n}{side}面是{r}。]", rng, slots), number_key(result), fact
        )
    slots = {"n": str(start), "w": in_words(start)}
    if form == 3:
        prompt = fill(rng.choice(phrasings(IN_WORDS, split, MORE_IN_WORDS)), rng, slots)
        return Question("counting", prompt, f"{slots['w']}。", slots["w"], fact)
    prompt = fill(rng.choice(phrasings(IN_DIGITS, split, MORE_IN_DIGITS)), rng, slots)
    return Question("counting", prompt, f"{start}。", str(start), fact)


def tell(rng: random.Random) -> Document:
    """Lines of sums as running text, from the training problems only."""
    lines = []
    for _ in range(rng.randint(3, 8)):
        a, sign, b, result = draw_problem(rng, "train")
        said, characters = _sum(rng, a, sign, b)
        lines.append(f"{said}等于{in_words(result) if characters else result}。")
    return Document("numbers", "\n".join(lines))
