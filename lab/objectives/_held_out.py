"""The losses of learning from preferences, row by row, with the options of a stage: what held-out rows are measured by.

Term for term what TRL's trainers minimise (DPOTrainer, KTOTrainer, ORPOTrainer). Log-probabilities and gains (what a
model finds an answer likelier than its start does) are tensors (rows,), in nats.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Gain:
    """How much likelier than to the start some answers are to a model, and how many tokens each has; 0 for one that
    did not fit, which is left out."""

    nats: Any
    tokens: Any

    @property
    def fits(self) -> Any:
        return self.tokens > 0


def dpo_losses(kind: str, chosen: Gain, rejected: Gain, beta: float, flipped: float) -> Any:
    """DPO's losses (Rafailov et al. 2023, eq. 7) and its variants; `flipped` is the share of wrong votes of `robust`."""
    import torch
    from torch.nn.functional import logsigmoid

    margin = beta * (chosen.nats - rejected.nats)
    if kind == "hinge":
        return torch.relu(1 - margin)
    if kind == "ipo":  # a token's mean, as TRL and the paper's authors have it
        a_token = chosen.nats / chosen.tokens.clamp(min=1) - rejected.nats / rejected.tokens.clamp(min=1)
        return (a_token - 1 / (2 * beta)) ** 2
    if kind == "robust":
        return (flipped * logsigmoid(-margin) - (1 - flipped) * logsigmoid(margin)) / (1 - 2 * flipped)
    if kind == "apo_zero":
        return 1 - torch.sigmoid(beta * chosen.nats) + torch.sigmoid(beta * rejected.nats)
    return -logsigmoid(margin)


def kto_losses(gains: Any, good: Any, kl: Any, beta: float, good_weight: float, bad_weight: float) -> Any:
    """KTO's losses (Ethayarajh et al. 2024, eq. 7) around a divergence `kl` that is never below 0; `good` are booleans."""
    import torch

    signs = torch.where(good, 1.0, -1.0)
    weights = torch.where(good, good_weight, bad_weight)
    return weights * (1 - torch.sigmoid(beta * signs * (gains - kl.clamp(min=0))))


def odds_losses(better: Any, worse: Any, beta: float) -> Any:
    """ORPO's odds ratio term (Hong et al. 2024, eq. 7) of two mean log-probabilities a token."""
    from torch.nn.functional import logsigmoid

    log_odds = (better - worse) - (_log_of_rest(better) - _log_of_rest(worse))
    return -beta * logsigmoid(log_odds)


def mean_of(losses: Any, fits: Any) -> float | None:
    """The mean over the rows that fit; None where none does, NaN where the model gives no numbers for one that does."""
    return losses[fits].mean().item() if fits.any() else None


def _log_of_rest(logp: Any) -> Any:
    """log(1 - p) from log p, kept finite for p = 1."""
    import torch

    return torch.log(-torch.expm1(logp.clamp(max=-1e-6)))
