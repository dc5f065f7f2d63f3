"""The proximal step of an L1 penalty, as a trainer's callback; loads transformers."""

from collections.abc import Mapping
from typing import Any

import torch
from transformers import TrainerCallback


class Shrink(TrainerCallback):  # type: ignore[misc]  # transformers is not typed
    """Soft-thresholds every weight that trains: it moves towards its target by `strength` times its learning rate, and
    stays there once it is reached."""

    def __init__(self, model: Any, strength: float, towards: str):
        self._strength = strength
        self._weights = [weight for weight in model.parameters() if weight.requires_grad]
        self._targets = [weight.detach().clone() if towards == "start" else torch.zeros(()) for weight in self._weights]

    def on_optimizer_step(self, *_: Any, optimizer: Any = None, **__: Any) -> None:
        rates = _rates(optimizer)
        with torch.no_grad():
            for weight, target in zip(self._weights, self._targets, strict=True):
                move = weight - target.to(weight.device)
                by = self._strength * rates.get(id(weight), 0.0)
                weight.copy_(target.to(weight.device) + move.sign() * (move.abs() - by).clamp_min(0))

    def figures(self) -> dict[str, float]:
        """The share of the trained numbers that are exactly at their target."""
        there = sum(
            int((weight.detach() == target.to(weight.device)).sum())
            for weight, target in zip(self._weights, self._targets, strict=True)
        )
        return {"unmoved": there / max(1, sum(weight.numel() for weight in self._weights))}


def _rates(optimizer: Any) -> Mapping[int, float]:
    """The learning rate of each weight, by its id."""
    return {id(weight): float(group["lr"]) for group in optimizer.param_groups for weight in group["params"]}
