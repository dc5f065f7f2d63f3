"""How the next token is chosen, as a processor of scores for `generate`: temperature, top-p, and Gumbel noise.

The largest of score + Gumbel noise is a draw from softmax(scores) (Gumbel 1954; Maddison et al. 2014). The noise
depends on seed and position only and is the same for every row: the same weights give the same answer in any batch,
and variants that differ little answer alike, so what differs is the tuning and not luck.
"""

from typing import Any

from lab.generate.shapes import Sampling


class Chooser:
    """A logits processor after which the highest score is the token to take. `begin` is the length of the prompt."""

    def __init__(self, sampling: Sampling, begin: int):
        self._sampling, self._begin = sampling, begin

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """`scores` (batch, vocabulary) of the next token, made ready for argmax."""
        if self._sampling.temperature == 0:
            return scores
        scores = _top_p(scores / self._sampling.temperature, self._sampling.top_p)
        noise = gumbel(self._sampling.seed, input_ids.shape[1] - self._begin, scores.shape[1])
        return scores + noise.to(scores.device)


def gumbel(seed: int, position: int, size: int) -> Any:
    """Standard Gumbel noise for one position of an answer, always the same for the same seed."""
    import torch

    generator = torch.Generator().manual_seed((seed * 1_000_003 + position) % 2**63)
    uniform = torch.rand(size, generator=generator).clamp_min(torch.finfo(torch.float32).tiny)
    return -torch.log(-torch.log(uniform))


def _top_p(scores: Any, share: float) -> Any:
    """Scores with all but the likeliest tokens that hold `share` of the probability at minus infinity."""
    import torch

    if share >= 1:
        return scores
    ordered, order = torch.sort(scores, descending=True)
    chances = torch.softmax(ordered, dim=-1)
    beyond = chances.cumsum(dim=-1) - chances >= share  # what came before is enough; the first always stays
    return scores.masked_fill(beyond.scatter(1, order, beyond), float("-inf"))
