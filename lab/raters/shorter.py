"""Likes few words, but at least one."""

from collections.abc import Sequence

from lab.card import RaterCard, Text
from lab.raters._words import Style, words_of

CARD = RaterCard(
    id="shorter",
    name=Text("Shorter", "更短"),
    explain=Text("A point off for every ten words; saying nothing is worst.", "每十个词扣一分;什么都不说得分最低。"),
)
SILENCE = -10.0


def score(prompts: Sequence[Style], completions: Sequence[Style]) -> list[float]:
    """Minus a tenth of the number of words."""
    counts = [len(words_of(said)) for said in completions]
    return [-count / 10 if count else SILENCE for count in counts]
