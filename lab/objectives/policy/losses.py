"""PPO's losses, each as a sum over real tokens with what is worth logging. Pure tensors."""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class PolicyLoss:
    """Sums over the real tokens of a batch; `ratio_max` is a maximum. Only `loss` carries gradients."""

    loss: Tensor
    ratio: Tensor
    ratio_max: Tensor
    clipped: Tensor
    kl: Tensor
    """An estimate of the divergence from the policy that sampled, never negative: ratio - 1 - log ratio."""


def policy_loss(logps: Tensor, old_logps: Tensor, advantages: Tensor, mask: Tensor, cliprange: float) -> PolicyLoss:
    """The clipped surrogate objective, negated. Schulman et al. 2017, eq. 7."""
    log_ratio = (logps - old_logps) * mask
    ratio = log_ratio.exp()
    plain = -advantages * ratio
    clipped = -advantages * ratio.clamp(1 - cliprange, 1 + cliprange)
    loss = (torch.max(plain, clipped) * mask).sum()
    with torch.no_grad():
        real = ratio * mask
        held = ((clipped > plain) * mask).sum()
        kl = ((ratio - 1 - log_ratio) * mask).sum()
        return PolicyLoss(loss, real.sum(), real.amax(), held, kl)


def value_loss(values: Tensor, old_values: Tensor, returns: Tensor, mask: Tensor, cliprange: float | None) -> Tensor:
    """Half the squared error, the greater of the plain one and that of values kept near the old ones; a sum."""
    errors = (values - returns) ** 2
    if cliprange is not None:
        near = old_values + (values - old_values).clamp(-cliprange, cliprange)
        errors = torch.max(errors, (near - returns) ** 2)
    return 0.5 * (errors * mask).sum()
