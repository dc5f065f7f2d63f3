"""From scores to advantages: KL-penalised token rewards, generalised advantage estimation, whitening. Pure tensors.

Everywhere `mask` is 1 on an answer's real tokens (its first EOS included) and 0 after them, shape (answers, tokens).
"""

from collections.abc import Callable

import torch
from torch import Tensor

Reduce = Callable[[Tensor], Tensor]
"""Adds a tensor up over all processes."""


def token_rewards(scores: Tensor, logps: Tensor, ref_logps: Tensor, mask: Tensor, kl_coef: float) -> Tensor:
    """Each token's price of leaving the reference, in reward, and the answer's score on its last real token.

    `scores` has shape (answers,), the log-probabilities (answers, tokens). Ziegler et al. 2019, eq. 2.
    """
    rewards = -kl_coef * (logps - ref_logps) * mask
    last = mask.sum(1).long().sub(1).clamp(min=0)
    rewards[torch.arange(len(rewards), device=rewards.device), last] += scores * mask.amax(1)
    return rewards


def gae(rewards: Tensor, values: Tensor, mask: Tensor, gamma: float, lam: float) -> tuple[Tensor, Tensor]:
    """Advantages and returns, (answers, tokens); nothing flows over the end of an answer. Schulman et al. 2016, eq. 16.

    `values[:, t]` is the value of the state in which token t is chosen; after the last real token it is 0.
    """
    rewards, values = rewards * mask, values * mask
    advantages = torch.zeros_like(rewards)
    ahead = rewards.new_zeros(len(rewards))
    steps = rewards.shape[1]
    for t in reversed(range(steps)):
        following = values[:, t + 1] if t + 1 < steps else 0.0
        surprise = rewards[:, t] + gamma * following - values[:, t]
        ahead = (surprise + gamma * lam * ahead) * mask[:, t]
        advantages[:, t] = ahead
    return advantages, (advantages + values) * mask


def whiten(values: Tensor, mask: Tensor, reduce: Reduce = lambda sums: sums) -> Tensor:
    """`values` with mean 0 and standard deviation 1 over the masked tokens of all processes; 0 elsewhere."""
    total, count = reduce(torch.stack([(values * mask).sum(), mask.sum()])).unbind()
    centred = (values - total / count.clamp(min=1)) * mask
    variance = reduce((centred**2).sum()) / count.clamp(min=1)
    return centred * torch.rsqrt(variance + 1e-8)


def explained_variance(values: Tensor, returns: Tensor, mask: Tensor) -> float:
    """How much of the returns' variance the values foresaw: 1 all, 0 as much as a constant, negative less than that."""
    real = mask.bool()
    wanted, missed = returns[real], (returns - values)[real]
    spread = wanted.var(unbiased=False) if wanted.numel() else wanted.new_zeros(())
    return float(1 - missed.var(unbiased=False) / spread) if spread > 1e-12 else float("nan")
