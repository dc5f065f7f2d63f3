"""Random draws that several processes share, so that they sample what one process would.

`torch.multinomial` takes the entry with the largest p/q, where each q is drawn from an exponential distribution. Here
every process draws the q of all processes' answers, from the same random numbers, and uses its own rows of them. Drawing
costs little beside the forward pass of a token.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from transformers import LogitsProcessor


class SharedDraws(LogitsProcessor):
    """Makes the largest score the token that is drawn at `temperature`, for the answers at `places` of `whole`."""

    def __init__(self, places: Sequence[int], whole: int, temperature: float):
        self._places, self._whole, self._temperature = list(places), whole, temperature
        self._steps = 0
        self._last: Tensor | None = None

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Scores (answers, tokens) in, scores out."""
        self._steps, self._last = self._steps + 1, scores
        probabilities = torch.softmax(scores / self._temperature, dim=-1)
        return (probabilities / self._draw(scores)[self._places]).log()

    def catch_up(self, accelerator: Any) -> None:
        """Draw as often as the process with the longest answer, so that the next draws are shared too."""
        longest = accelerator.gather(torch.tensor([self._steps], device=accelerator.device)).max()
        while self._last is not None and self._steps < int(longest):
            self._draw(self._last)
            self._steps += 1

    def _draw(self, scores: Tensor) -> Tensor:
        return torch.empty(self._whole, scores.shape[1], device=scores.device, dtype=scores.dtype).exponential_()


def places_of(count: int, batch: int, process: int, processes: int) -> list[int]:
    """Where a process's `count` rows of a step, gathered in batches of `batch`, stand among those of all processes."""
    return [row // batch * batch * processes + process * batch + row % batch for row in range(count)]
