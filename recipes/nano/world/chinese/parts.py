"""The shapes of a Chinese story's parts, and the short phrases that many of them share.

A family is one kind of trouble: its problems, the scenes that can follow in any order, its two sorts of turns, its
lessons. Every scene agrees with every problem of its family. `<说>` and the like stand for a choice of phrases.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Who = Literal["any", "people", "animals"]

PHRASES = {
    "说": "[说|说|说道|轻声说|认真地说|想了想说|点点头说]",
    "笑说": "[笑着说|高兴地说|乐呵呵地说|拍着手说|眨眨眼睛说|笑眯眯地说|咧开嘴说]",
    "愁说": "[叹了口气说|难过地说|低着头说|小声说|带着哭腔说|小声嘟囔]",
    "问": "[问|问道|好奇地问|轻声问|歪着头问|睁大眼睛问]",
    "喊": "[喊道|大声喊|叫道|高声喊道|叫了起来|嚷道]",
    "答": "[回答|答道|说|应道]",
    "谢": "[谢谢你|太谢谢你了|真谢谢你|多谢你]",
    "忽然": "[忽然|突然|就在这时|正在这时候|这时候|冷不防]",
    "终于": "终于",
    "高兴": "[高兴极了|开心得跳了起来|乐得合不拢嘴|心里甜甜的|笑得眼睛弯弯的|高兴得转了三个圈|心里像开了一朵花|笑出了声|嘴角翘得高高的|眼睛亮得像星星|心里暖烘烘的|连耳朵都笑红了|乐得直拍手|脸上笑开了花|心里像吹进了一阵春风|美得哼起了小曲|高兴得一夜没睡好]",
    "难过": "[难过极了|伤心地哭了|心里酸酸的|眼圈红了|鼻子一酸，掉下了眼泪|难过得说不出话|心里空空的|嘴唇抖了半天|觉得天都灰了|眼泪止不住地流|把头埋得很低很低|呆呆地出神|心里像压着一块石头|用袖子擦了擦眼睛|肩膀一抽一抽的|什么也吃不下]",
    "不久": "[过了一会儿|不久|没过多久|又过了一会儿]",
    "从此": "[从那以后|从这天起|打那以后|从此]",
    "连忙": "[连忙|赶紧|急忙|马上]",
    "看见": "[看见|看到|瞧见]",
}
_PHRASE = re.compile(r"<([^>]+)>")


def expand(template: str) -> str:
    """The template with each `<name>` replaced by its choice of phrases."""
    return _PHRASE.sub(lambda match: PHRASES[match[1]], template)


@dataclass(frozen=True)
class Problem:
    """What sets a story going; `about` and `title` name it.

    `words` are slots of its own, `season` the ones it can happen in (split by |), `happy`, `sad`
    and `tries` are turns and scenes of its own, in place of its family's. Scenes are listed, and told, in order of time.
    """

    about: str
    title: str
    text: str
    words: Mapping[str, str] = field(default_factory=dict)
    season: str = ""
    who: Who = "any"
    happy: tuple[str, ...] = ()
    sad: tuple[str, ...] = ()
    tries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Family:
    """One kind of trouble. With `days`, the scenes may lie days apart; with `low`, a sigh or some advice may come between.

    A hero of its stories is not called by one of the traits in `unlike`, and has no friend in the opening if `alone`.
    """

    problems: tuple[Problem, ...]
    tries: tuple[str, ...]
    happy: tuple[str, ...]
    sad: tuple[str, ...]
    lessons: tuple[str, ...]
    days: bool = False
    low: bool = True
    unlike: tuple[str, ...] = ()
    alone: bool = False
