"""Words for words: everyday verbs, adjectives and phrases of questions, by a small table of our own.

Only words that may stand for each other in nearly all sentences are in a group; what a fact hangs on (things, places,
colours, numbers) is in none.
"""

import random
import re
from functools import cache

from lab.data.augment.protected import WORD, is_chinese, is_name

ENGLISH = """
big large
small little
quick fast rapid
begin start
make prepare produce
made prepared
usually normally commonly
typical usual
say tell
show present
help assist
buy purchase
choose pick select
find discover
need require
get receive
give hand
name call
known famous
belongs goes
kind sort type
main chief principal
mainly mostly chiefly
nice pleasant lovely
happy glad
sad unhappy
angry furious
awful terrible dreadful
wonderful marvellous great
good fine
bad poor
tasty delicious
hard difficult
easy simple
often frequently
sometimes occasionally
really truly
very quite
also too
maybe perhaps
near close
quickly rapidly
slowly gradually
correct right
wrong incorrect
answer reply
question query
people persons
story tale
picture image
house home
child kid
boring dull
clever smart
odd strange
broken damaged
happens occurs
describe explain
cooked prepared
eat have
like enjoy
want wish
hello hi
thanks cheers
arrived came
late delayed
order purchase
"""
CHINESE = """
怎么 如何 怎样
什么 啥
哪里 哪儿 什么地方
告诉 说给
知道 了解 晓得
主要 最主要
通常 一般 平常
著名 有名 出名
属于 归于
请问 想问
制作 做
烹制 烹饪
使用 用
味道 滋味 口味
种类 类别 类型
常常 经常 时常
有时 偶尔
喜欢 喜爱
高兴 开心 快乐
难过 伤心
生气 恼火
漂亮 好看 美丽
糟糕 差劲
好吃 美味 可口
非常 十分 特别 很
容易 简单
困难 难
帮助 帮
购买 买
选择 挑选
开始 起初
立刻 马上
现在 目前
因为 由于
可是 但是 不过
和 与 跟
孩子 小孩
故事 传说
图片 图像
问题 疑问
回答 答复
正确 对
错误 错
"""
"""Groups of words that may stand for each other, a line each."""


def with_synonyms(text: str, rng: random.Random, kept: frozenset[str] = frozenset(), *, share: float) -> str:
    """The text with about `share` of the words that have synonyms replaced; words in `kept` and names stay."""
    if is_chinese(text):
        pattern, others = _chinese()

        def swap(found: re.Match[str]) -> str:
            fixed = any(letter in kept for letter in found[0])
            return found[0] if fixed or rng.random() >= share else rng.choice(others[found[0]])

        return pattern.sub(swap, text)

    others = _english()

    def change(found: re.Match[str]) -> str:
        word = found[0].lower()
        if word not in others or word in kept or is_name(text, found.start()) or rng.random() >= share:
            return found[0]
        new = rng.choice(others[word])
        return new.capitalize() if found[0][0].isupper() else new

    return WORD.sub(change, text)


def _groups(table: str) -> dict[str, list[str]]:
    """For each word the others of all its groups."""
    found: dict[str, list[str]] = {}
    for line in table.split("\n"):
        words = line.split()
        for word in words:
            found.setdefault(word, []).extend(other for other in words if other != word)
    return found


@cache
def _english() -> dict[str, list[str]]:
    return _groups(ENGLISH)


@cache
def _chinese() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """The longest word first, so that 什么地方 is not taken for 什么."""
    others = _groups(CHINESE)
    words = sorted((word for word in others if len(word) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))), others
