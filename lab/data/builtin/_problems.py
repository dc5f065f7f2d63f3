"""What `checkable` asks: kinds of small problems, each with what decides its split, its answer and how it is worded.

A problem's content (its numbers, its word) decides whether it is held out, whatever the wording and the language: no
held-out problem is a training problem asked in other words.
"""

import hashlib
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

HELD_OUT = 5
"""One problem in so many is held out."""


@dataclass(frozen=True)
class Problem:
    """`content` is the same for all wordings in both languages; `slots` fill the wording, by language."""

    kind: str
    content: str
    slots: Mapping[str, Mapping[str, str]]
    answers: Mapping[str, str]

    @property
    def held_out(self) -> bool:
        """Decided by the content alone."""
        return hashlib.blake2b(self.content.encode(), digest_size=4).digest()[0] % HELD_OUT == 0


def sums() -> list[Problem]:
    """a + b up to 20; the order of the two makes no other problem."""
    found = []
    for a in range(1, 20):
        for b in range(1, 21 - a):
            slots = {"a": str(a), "b": str(b)}
            found.append(Problem("sum", f"{min(a, b)}+{max(a, b)}", _alike(slots), _both(a + b)))
    return found


def differences() -> list[Problem]:
    """a - b, from 2 to 20."""
    pairs = [(a, b) for a in range(2, 21) for b in range(1, a)]
    return [Problem("difference", f"{a}-{b}", _alike({"a": str(a), "b": str(b)}), _both(a - b)) for a, b in pairs]


def comparisons() -> list[Problem]:
    """Which of two numbers to 99 is larger, or smaller; the pair decides, in either order and asked either way."""
    rng = random.Random("checkable comparisons")
    found = []
    for _ in range(300):
        a, b = rng.sample(range(1, 100), 2)
        for kind, answer in (("larger", max(a, b)), ("smaller", min(a, b))):
            slots = _alike({"a": str(a), "b": str(b)})
            found.append(Problem(kind, f"{min(a, b)}?{max(a, b)}", slots, _both(answer)))
    return found


def neighbours() -> list[Problem]:
    """The number after one, to 99."""
    return [Problem("after", f"after {a}", _alike({"a": str(a)}), _both(a + 1)) for a in range(1, 99)]


def letters() -> list[Problem]:
    """How many letters (characters in Chinese) a word has."""
    return [
        Problem(
            "letters",
            f"letters {en}",
            {"en": {"word": en}, "zh": {"word": zh}},
            {"en": str(len(en)), "zh": str(len(zh))},
        )
        for en, zh in WORDS
    ]


def words() -> list[Problem]:
    """How many words of a list there are, two to five."""
    rng = random.Random("checkable words")
    found = []
    for _ in range(150):
        some = rng.sample(WORDS, rng.randint(2, 5))
        slots = {"en": {"list": ", ".join(en for en, _ in some)}, "zh": {"list": "、".join(zh for _, zh in some)}}
        content = " ".join(sorted(en for en, _ in some))
        found.append(Problem("words", f"words {content}", slots, _both(len(some))))
    return found


def lists() -> list[Problem]:
    """Three numbers to 30 to be put in order; which three they are decides, in whatever order they come."""
    rng = random.Random("checkable lists")
    found = []
    for _ in range(300):
        some = rng.sample(range(1, 31), 3)
        if some == sorted(some):
            some.reverse()
        slots = {"en": {"list": ", ".join(map(str, some))}, "zh": {"list": "、".join(map(str, some))}}
        right = {"en": ", ".join(map(str, sorted(some))), "zh": "、".join(map(str, sorted(some)))}
        found.append(Problem("sort", f"sort {right['en']}", slots, right))
    return found


KINDS: Sequence[Callable[[], list[Problem]]] = (sums, differences, comparisons, neighbours, letters, words, lists)

WORDS = (
    ("cat", "猫"), ("dog", "狗"), ("sun", "太阳"), ("bee", "蜜蜂"), ("owl", "猫头鹰"), ("tea", "茶"), ("egg", "鸡蛋"),
    ("fish", "鱼"), ("bird", "小鸟"), ("moon", "月亮"), ("rice", "米饭"), ("milk", "牛奶"), ("tree", "大树"),
    ("book", "书"), ("door", "门"), ("duck", "鸭子"), ("frog", "青蛙"), ("star", "星星"), ("bread", "面包"),
    ("apple", "苹果"), ("horse", "马"), ("house", "房子"), ("snow", "雪"), ("river", "河"), ("chair", "椅子"),
    ("mouse", "老鼠"), ("sheep", "绵羊"), ("plate", "盘子"), ("flower", "花"), ("garden", "花园"), ("rabbit", "兔子"),
    ("orange", "橙子"), ("spring", "春天"), ("summer", "夏天"), ("window", "窗户"), ("parrot", "鹦鹉"),
    ("noodles", "面条"), ("teacher", "老师"), ("kitchen", "厨房"), ("balloon", "气球"), ("elephant", "大象"),
    ("mountain", "高山"), ("umbrella", "雨伞"), ("birthday", "生日"), ("bicycle", "自行车"), ("supermarket", "超级市场"),
    ("television", "电视机"), ("strawberry", "草莓"),
)  # fmt: skip

WORDINGS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "en": {
        "sum": ("What is {a} + {b}?", "How much is {a} + {b}?", "{a} + {b} = ?", "Calculate {a} + {b}.", "Add {a} and {b}.", "What do you get for {a} + {b}?", "I have {a} apples and get {b} more. How many apples do I have?", "Can you solve {a} + {b}?"),
        "difference": ("What is {a} - {b}?", "How much is {a} - {b}?", "{a} - {b} = ?", "Calculate {a} - {b}.", "Take {b} away from {a}.", "What do you get for {a} - {b}?", "I have {a} apples and give away {b}. How many are left?", "Can you solve {a} - {b}?"),
        "larger": ("Which is bigger, {a} or {b}?", "Which number is bigger: {a} or {b}?", "{a} or {b}: which one is bigger?", "Which is more, {a} or {b}?"),
        "smaller": ("Which is smaller, {a} or {b}?", "Which number is smaller: {a} or {b}?", "{a} or {b}: which one is smaller?", "Which is less, {a} or {b}?"),
        "after": ("Which number comes after {a}?", "What comes after {a}?", "Name the number after {a}.", "I count to {a}. What comes next?"),
        "letters": ("How many letters are in the word {word}?", "Count the letters of {word}.", "How many letters has {word}?", "How long is the word {word}, in letters?"),
        "words": ("{list}. How many words are these?", "Count these words: {list}.", "How many words are in this list: {list}?", "How many are there: {list}?"),
        "sort": ("Sort these numbers: {list}.", "Put {list} in order.", "{list}. Smallest first, please.", "Sort from small to big: {list}."),
    },
    "zh": {
        "sum": ("{a} + {b} 等于多少?", "{a}加{b}是多少?", "{a} + {b} = ?", "算一算:{a} + {b}。", "请把{a}和{b}加起来。", "我有{a}个苹果,又得到{b}个,一共有几个?"),
        "difference": ("{a} - {b} 等于多少?", "{a}减{b}是多少?", "{a} - {b} = ?", "算一算:{a} - {b}。", "从{a}里去掉{b},还剩多少?", "我有{a}个苹果,送出{b}个,还剩几个?"),
        "larger": ("{a}和{b}哪个大?", "{a}和{b}哪个数更大?", "比一比:{a}和{b},大的是哪个?"),
        "smaller": ("{a}和{b}哪个小?", "{a}和{b}哪个数更小?", "比一比:{a}和{b},小的是哪个?"),
        "after": ("{a}后面是几?", "{a}的下一个数是几?", "我数到{a},接下来是几?"),
        "letters": ("“{word}”有几个字?", "数一数“{word}”的字数。", "“{word}”这个词由几个字组成?"),
        "words": ("{list},一共几个词?", "数一数这些词:{list}。", "这里有几个词:{list}?"),
        "sort": ("把这些数从小到大排列:{list}。", "{list},请从小到大排。", "给这些数排序:{list}。"),
    },
}  # fmt: skip


def _alike(slots: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    return {"en": slots, "zh": slots}


def _both(answer: int) -> Mapping[str, str]:
    return {"en": str(answer), "zh": str(answer)}
