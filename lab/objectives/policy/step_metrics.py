"""Figures gathered over a step and, where there are several processes, over all of them."""

from collections import defaultdict
from typing import Any

import torch
from torch import Tensor


class StepMetrics:
    """Sums with their weights; `means` gives each name's mean over everything added by every process."""

    def __init__(self, accelerator: Any):
        self._accelerator = accelerator
        self._sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self._maxima: dict[str, float] = {}

    def add(self, name: str, total: float | Tensor, weight: float | Tensor = 1.0) -> None:
        """Add `total` (a sum, a tensor or a number) that stands for `weight` things."""
        entry = self._sums[name]
        entry[0] += float(total)
        entry[1] += float(weight)

    def highest(self, name: str, value: float | Tensor) -> None:
        self._maxima[name] = max(self._maxima.get(name, float("-inf")), float(value))

    def means(self) -> dict[str, float]:
        """Everything so far as means and maxima; every process must have added the same names. Empties the tally."""
        device = self._accelerator.device
        names, highest = sorted(self._sums), sorted(self._maxima)
        sums = torch.tensor([self._sums[name] for name in names], dtype=torch.float64).reshape(-1, 2)
        sums = self._accelerator.reduce(sums.float().to(device), reduction="sum") if names else sums
        maxima = torch.tensor([self._maxima[name] for name in highest], device=device).reshape(1, -1)
        maxima = self._accelerator.gather(maxima).amax(0) if highest else maxima[0]
        self._sums.clear()
        self._maxima.clear()
        means = {name: total / weight for name, (total, weight) in zip(names, sums.tolist(), strict=True) if weight}
        return means | dict(zip(highest, maxima.tolist(), strict=True))
