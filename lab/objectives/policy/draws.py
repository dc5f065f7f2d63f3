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


class SharedDraws:
    """Draws at `temperature` for the answers at `places` of `whole`."""

    def __init__(self, places: Sequence[int], whole: int, temperature: float):
        self._places, self._whole, self._temperature = list(places), whole, temperature
        self._steps = 0
        self._last: Tensor | None = None

    def likely(self, scores: Tensor, rows: Sequence[int]) -> Tensor:
        """p/q, (rows, vocabulary), of the answers of these numbers; the largest is the token that is drawn.

        Answers that have ended are drawn for too, so that who is left draws the same whoever that is.
        """
        self._steps, self._last = self._steps + 1, scores
        chances = torch.softmax(scores.float() / self._temperature, dim=-1)
        return chances / self._draw(scores)[[self._places[row] for row in rows]]

    def catch_up(self, accelerator: Any) -> None:
        """Draw as often as the process with the longest answer, so that the next draws are shared too."""
        longest = accelerator.gather(torch.tensor([self._steps], device=accelerator.device)).max()
        while self._last is not None and self._steps < int(longest):
            self._draw(self._last)
            self._steps += 1

    def _draw(self, scores: Tensor) -> Tensor:
        return torch.empty(self._whole, scores.shape[1], device=scores.device).exponential_()


class GenerateDraws(LogitsProcessor):
    """The same for transformers' `generate`, which then takes the largest."""

    def __init__(self, draws: SharedDraws):
        self._draws = draws

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        return self._draws.likely(scores, range(len(scores))).log()


def places_of(count: int, batch: int, process: int, processes: int) -> list[int]:
    """Where a process's `count` rows of a step, gathered in batches of `batch`, stand among those of all processes."""
    return [row // batch * batch * processes + process * batch + row % batch for row in range(count)]
