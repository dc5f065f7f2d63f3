"""The same question in another sentence: turned round where its form is known, else put into a sentence around it."""

import random
import re
from collections.abc import Callable

from lab.data.augment.protected import is_chinese

AROUND = {
    "en": (
        "I would like to know: {}", "Can you tell me? {}", "Question: {}", "{} Please answer.", "Quick question. {}",
        "One thing I always wanted to ask: {}", "Help me with this: {}", "{} What would you say?",
        "My question is this. {}", "Please answer: {}",
    ),
    "zh": (
        "请问:{}", "我想知道:{}", "问题:{}", "{}请回答。", "麻烦告诉我:{}", "有个问题。{}", "帮我看看:{}",
        "想问一下,{}", "{}你说呢?", "请回答:{}",
    ),
}  # fmt: skip

Turn = Callable[[re.Match[str]], str]
TURNED: dict[str, tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]] = {
    "en": (
        (re.compile(r"What (is|are|was|were) (?P<a>[^?,]+)\?"), ("Tell me what {a} {1}.", "Do you know what {a} {1}?")),
        (re.compile(r"Where (is|are|was|were) (?P<a>[^?,]+) from\?"), ("Tell me where {a} {1} from.",)),
        (re.compile(r"Where (is|are|was|were) (?P<a>[^?,]+)\?"), ("Tell me where {a} {1}.",)),
        (re.compile(r"Who (is|are|was|were) (?P<a>[^?,]+)\?"), ("Tell me who {a} {1}.",)),
        (
            re.compile(
                r"(?P<w>What|Which|Where|How|When|Why|Who)( [^?]+)? (does|do|did|can|could|would) (?P<a>[^?]+)\?"
            ),
            ("Do you know? {0}", "Tell me: {0}"),
        ),
        (re.compile(r"(Is|Are|Can|Does|Do|Has|Have) (?P<a>[^?]+)\?"), ("Tell me yes or no. {0}",)),
    ),
    "zh": (
        (re.compile(r"(?P<a>[^,,。??]{1,12})是什么[??]"), ("什么是{a}?", "说说{a}是什么。")),
        (re.compile(r"(?P<a>[^,,。??]{1,14})在哪里[??]"), ("你知道{a}在哪里吗?", "说说{a}在哪里。")),
        (re.compile(r"(?P<a>[^,,。??]{1,16})是哪里的(?P<b>[^,,。??]{0,4})[??]"), ("你知道{a}是哪里的{b}吗?",)),
    ),
}
"""Whole questions of a known form, and how else they are asked; {0} is all of it, {1} its verb."""


def reworded(text: str, rng: random.Random, kept: frozenset[str] = frozenset()) -> str:
    """The text in another sentence."""
    language = "zh" if is_chinese(text) else "en"
    ways = [way for pattern, ways in TURNED[language] if (found := pattern.fullmatch(text.strip()))
            for way in (_filled(one, found) for one in ways)]  # fmt: skip
    around = [one.format(text) for one in AROUND[language]]
    return rng.choice(ways if ways and rng.random() < 0.5 else around)


def _filled(way: str, found: re.Match[str]) -> str:
    parts = {name: value or "" for name, value in found.groupdict().items()}
    return way.format(found[0], found[1] if found.re.groups else "", **parts)
