"""How open the votes so far leave the verdict on a pair: from the words in which its answers differ, without a model.

Every word is worth something unknown (mean 0, variance PRIOR) and a vote is the sum over one answer's different words
less that over the other's, seen through noise: a Gaussian process on the outcomes -1, 0 (a tie) and 1.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import erf, log, sqrt
from typing import Any

from lab.raters._words import words_of

Texts = tuple[str, str]
PRIOR, NOISE = 0.05, 0.5
TIE = 0.5
"""Sums up to here, on either side, are a tie."""


class VoteModel:
    """What votes say of words. `pairs` are the answers' texts, `outcomes` 1 for the first, -1 for the other, 0 tied."""

    def __init__(self, pairs: Sequence[Texts], outcomes: Sequence[int]):
        import numpy

        words = sorted({word for pair in pairs for text in pair for word in _words(text)})
        self._place = {word: place for place, word in enumerate(words)}
        self._voted = self._differences(pairs)
        alike = PRIOR * self._voted @ self._voted.T + NOISE * numpy.eye(len(pairs))
        self._inverse = numpy.linalg.inv(alike)
        self._weights = self._inverse @ numpy.array(outcomes, dtype=float)

    def expected(self, pairs: Sequence[Texts]) -> list[tuple[float, float]]:
        """Of each pair the mean and the standard deviation of the sum that decides its verdict."""
        shared = PRIOR * self._differences(pairs) @ self._voted.T
        known = ((shared @ self._inverse) * shared).sum(1)
        spreads = [sqrt(max(PRIOR * _different(pair) - one, 1e-9)) for pair, one in zip(pairs, known, strict=True)]
        return list(zip((shared @ self._weights).tolist(), spreads, strict=True))

    def openness(self, pairs: Sequence[Texts]) -> list[float]:
        """The entropy of each pair's verdict (first, other, tie), in nats: 0 is known, log 3 is wide open."""
        return [_entropy(mean, spread) for mean, spread in self.expected(pairs)]

    def _differences(self, pairs: Sequence[Texts]) -> Any:
        """(pairs, known words): 1 for a word of the first answer alone, -1 for one of the other alone."""
        import numpy

        found = numpy.zeros((len(pairs), len(self._place)))
        for row, (one, other) in enumerate(pairs):
            mine, yours = _words(one), _words(other)
            for words, sign in ((mine - yours, 1.0), (yours - mine, -1.0)):
                found[row, [self._place[word] for word in words if word in self._place]] = sign
        return found


def _different(pair: Texts) -> int:
    """How many words only one of the two has."""
    one, other = map(_words, pair)
    return len(one ^ other)


@lru_cache(10_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(words_of(text))


def _entropy(mean: float, spread: float) -> float:
    below, upto = (0.5 * (1 + erf((edge - mean) / spread / sqrt(2))) for edge in (-TIE, TIE))
    return -sum(chance * log(chance) for chance in (below, upto - below, 1 - upto) if chance > 0)
