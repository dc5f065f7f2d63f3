"""Likes an answer that ends with something to learn from it."""

import re
from collections.abc import Sequence

from lab.card import RaterCard, Text
from lab.raters._words import Style, text_of

CARD = RaterCard(
    id="moral",
    name=Text("With a moral", "有寓意"),
    explain=Text(
        "A point for drawing a lesson, half a point more when it comes at the end.",
        "说出道理加一分;放在结尾再加半分。",
    ),
)
LESSON = re.compile(
    r"\b(learn(?:s|ed|t)? (?:that|to|how)|the moral|lesson|from (?:that day|then) on|always remember(?:ed)?|"
    r"knew that|understood that|it is (?:good|important|better|best|right) to|we (?:should|must))\b"
    r"|道理|懂得|明白了|学会了|从此|我们应该|告诉我们",
    re.IGNORECASE,
)
END = 0.6
"""The share of an answer after which its end begins."""


def score(prompts: Sequence[Style], completions: Sequence[Style]) -> list[float]:
    """0 without a lesson, 1 with one, 1.5 with one at the end."""
    return [_score(text_of(said)) for said in completions]


def _score(text: str) -> float:
    places = [match.start() for match in LESSON.finditer(text)]
    if not places:
        return 0.0
    return 1.5 if places[-1] >= END * len(text) else 1.0
