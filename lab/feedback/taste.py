"""Which scripted rater somebody's votes are most like: for those who wonder what their taste amounts to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lab.card import find_cards
from lab.store import Answer, Store

Score = Callable[[Sequence[Any], Sequence[Any]], list[float]]
FEWEST = 5
"""Votes that both have decided, below which nothing is said."""


@dataclass(frozen=True)
class Taste:
    """Of `of` votes that the rater and the script both decided, the script prefers the same answer in `same`."""

    script: str
    same: int
    of: int

    @property
    def share(self) -> float:
        return self.same / self.of


def taste_of(store: Store, rater: str, newest: int = 10) -> list[Taste]:
    """A rater's newest decided votes held against every scripted rater, the likest first; without those that decide
    fewer than FEWEST of them."""
    votes = [vote for vote in store.pairs.cast_by(rater) if vote.verdict in ("left", "right")][-newest:]
    answers = store.ratings.answers({one for vote in votes for one in (vote.answer, vote.other) if one})
    told = [(vote.verdict == "left", answers[vote.answer], answers[vote.other]) for vote in votes if vote.other]
    found = (_held_against(script, module.score, told) for script, module in find_cards("lab.raters").items())
    return sorted((one for one in found if one.of >= FEWEST), key=lambda one: (-one.share, -one.of, one.script))


def _held_against(script: str, score: Score, told: Sequence[tuple[bool, Answer, Answer]]) -> Taste:
    """One script on all votes: what it scores the left and the right answers."""
    prompts = [left.messages for _, left, _ in told]
    lefts = score(prompts, [left.text for _, left, _ in told])
    rights = score(prompts, [right.text for _, _, right in told])
    likes_left = [one for one, _, _ in told]
    decided = [
        (left > right) == mine for mine, left, right in zip(likes_left, lefts, rights, strict=True) if left != right
    ]
    return Taste(script, sum(decided), len(decided))
