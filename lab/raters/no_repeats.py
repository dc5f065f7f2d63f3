"""Likes an answer that does not go round in circles."""

from collections.abc import Sequence
from itertools import pairwise

from lab.card import RaterCard, Text
from lab.raters._words import Style, words_of

CARD = RaterCard(
    id="no_repeats",
    name=Text("No repeated words", "不重复"),
    explain=Text(
        "The share of neighbouring words said for the first time: 1 when nothing is repeated.",
        "相邻两词首次出现的比例:毫无重复得 1 分。",
    ),
)


def score(prompts: Sequence[Style], completions: Sequence[Style]) -> list[float]:
    """Different pairs of neighbouring words, as a share of all pairs; 0 for fewer than two words."""
    return [_score(words_of(said)) for said in completions]


def _score(words: list[str]) -> float:
    pairs = list(pairwise(words))
    return len(set(pairs)) / len(pairs) if pairs else 0.0
