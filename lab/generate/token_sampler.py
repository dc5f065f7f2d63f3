"""How the next token is chosen, as a processor of scores for `generate`: temperature, top-p, and Gumbel noise.

The largest of score + Gumbel noise is a draw from softmax(scores) (Gumbel 1954; Maddison et al. 2014). The noise
depends on seed and position only: the same weights give the same answer in any batch. Rows with the same seed get the
same noise, so variants that differ little answer alike, and what differs is the tuning and not luck.
"""

from collections.abc import Sequence
from typing import Any

from lab.generate.types import Sampling


class TokenSampler:
    """A logits processor after which the highest score is the token to take. `begin` is the length of the prompt.

    `seeds` has one for each row; without them all rows have the sampling's.
    """

    def __init__(self, sampling: Sampling, begin: int, seeds: Sequence[int] = ()):
        self._sampling, self._begin = sampling, begin
        self._seeds = tuple(seeds) if len(set(seeds)) > 1 else tuple(seeds[:1]) or (sampling.seed,)

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """`scores` (batch, vocabulary) of the next token, made ready for argmax."""
        return self._with_noise(scores, self._seeds, input_ids.shape[1] - self._begin)

    def choose(self, scores: Any, rows: Sequence[int], position: int) -> Any:
        """The tokens (rows,) that `rows`, some of the batch, take after `position` tokens of their answers."""
        seeds = [self._seeds[row] for row in rows] if len(self._seeds) > 1 else self._seeds
        return self._with_noise(scores, seeds, position).argmax(-1)

    def _with_noise(self, scores: Any, seeds: Sequence[int], position: int) -> Any:
        import torch

        if self._sampling.temperature == 0:
            return scores
        scores = _top_p(scores / self._sampling.temperature, self._sampling.top_p)
        noise = {seed: gumbel(seed, position, scores.shape[1]) for seed in dict.fromkeys(seeds)}
        return scores + torch.stack([noise[seed] for seed in seeds]).to(scores.device)


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
    ordered = _ascending(scores).flip(-1)
    chances = torch.softmax(ordered, dim=-1)
    beyond = chances.cumsum(dim=-1) - chances >= share  # what came before is enough; the first always stays
    least = ordered.masked_fill(beyond, float("inf")).min(dim=-1, keepdim=True).values
    return scores.masked_fill(scores < least, float("-inf"))


def _ascending(scores: Any) -> Any:
    """Each row sorted. On a CPU by numpy: torch sorts indices too, which took a third of a small model's time."""
    import numpy as np
    import torch

    if scores.is_cuda:
        return torch.sort(scores).values
    return torch.from_numpy(np.sort(scores.float().numpy(), axis=-1)).to(scores.dtype)
