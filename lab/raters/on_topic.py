"""Likes an answer that speaks of what was asked."""

from collections.abc import Sequence

from lab.card import RaterCard, Text
from lab.raters._words import Style, words_of

CARD = RaterCard(
    id="on_topic",
    name=Text("On topic", "切题"),
    explain=Text(
        "The share of the question's own words that come up in the answer.", "问题中的实词有多少出现在回答里。"
    ),
)
SMALL_WORDS = set(
    "a an the and or but if of to in on at by for with from about as is are was were be been do does did can could will "
    "would should may might have has had i you he she it we they me him her us them my your his its our their this that "
    "these those what which who whom whose why how when where not no yes so than then there here very some any all tell "
    "write say give name make describe short story please".split()
)
SMALL_SIGNS = set("的了是在我你他她它们这那有和与就也都吗呢吧啊一个什么怎么样为么会能可以请写讲说出给把被让到去来上下")


def score(prompts: Sequence[Style], completions: Sequence[Style]) -> list[float]:
    """0 to 1; 0.5 where the question has no words of its own."""
    return [_score(_content(asked), _content(said)) for asked, said in zip(prompts, completions, strict=True)]


def _score(wanted: set[str], said: set[str]) -> float:
    return len(wanted & said) / len(wanted) if wanted else 0.5


def _content(said: Style) -> set[str]:
    """The words that carry meaning, without a plural's s."""
    words = (word.removesuffix("'s") for word in words_of(said))
    return {word.rstrip("s") or word for word in words if word not in SMALL_WORDS and word not in SMALL_SIGNS}
