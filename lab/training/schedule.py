"""The learning rate over a budget of seconds: it falls by the share of the time that is spent, not by steps.

So a stage ends with its schedule, however many steps a busy machine leaves it. Where steps are given as well, whichever
is nearer to its end counts.
"""

import math
from collections.abc import Callable
from typing import Any

Share = Callable[[int], float]
"""From the steps done to the share of the budget that is spent, 0 to 1."""


def anneal_by_share(trainer: Any, schedule: str, warmup: float, share: Share) -> None:
    """Have the trainer's learning rate follow `share`, in the shape that the recipe's `schedule` names."""
    from torch.optim.lr_scheduler import LambdaLR

    def create_scheduler(num_training_steps: int, optimizer: Any = None) -> Any:
        trainer.lr_scheduler = LambdaLR(
            optimizer or trainer.optimizer, lambda step: rate_at(share(step), schedule, warmup)
        )
        trainer._created_lr_scheduler = True
        return trainer.lr_scheduler

    trainer.create_scheduler = create_scheduler


def rate_at(share: float, schedule: str, warmup: float) -> float:
    """What the rate is multiplied by once `share` of the budget is spent: up to 1 in the warmup, then as named."""
    spent = min(max(share, 0.0), 1.0)
    if spent < warmup:
        return spent / warmup
    left = (1 - spent) / (1 - warmup)
    if schedule == "cosine":
        return 0.5 * (1 + math.cos(math.pi * (1 - left)))
    return 1.0 if schedule == "constant" else left
