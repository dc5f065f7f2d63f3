"""What PPO carries from step to step besides weights: the rewards' running moments and the KL coefficient."""

from dataclasses import dataclass

import torch
from torch import Tensor

from lab.objectives.policy.advantages import Reduce


@dataclass
class RunningMoments:
    """Mean and standard deviation of everything seen so far, merged batch by batch (Chan et al. 1979)."""

    count: float = 0.0
    mean: float = 0.0
    squares: float = 0.0

    def update(self, values: Tensor, reduce: Reduce = lambda sums: sums) -> None:
        """Take in a batch, (n,), of every process."""
        values = values.double()
        count, total = reduce(torch.stack([values.new_tensor(float(len(values))), values.sum()])).tolist()
        if not count:
            return
        mean = total / count
        squares = reduce(((values - mean) ** 2).sum()).item()
        both, gap = self.count + count, mean - self.mean
        self.squares += squares + gap**2 * self.count * count / both
        self.mean += gap * count / both
        self.count = both

    @property
    def sd(self) -> float:
        """1 until anything has varied, so that dividing by it is always safe."""
        variance = self.squares / self.count if self.count else 0.0
        return variance**0.5 if variance > 1e-12 else 1.0

    def scale(self, values: Tensor, clip: float | None) -> Tensor:
        """`values` in standard deviations, none further than `clip` from the mean; the mean itself stays in."""
        if clip is not None:
            values = values.clamp(self.mean - clip * self.sd, self.mean + clip * self.sd)
        return values / self.sd


@dataclass
class KLController:
    """The price of a nat; with a target it follows the measured divergence (Ziegler et al. 2019, section 2.2)."""

    coef: float
    target: float | None = None
    horizon: int = 10_000

    def update(self, kl: float, answers: int) -> None:
        """`kl` is the mean over `answers` answers, in nats an answer."""
        if self.target is None:
            return
        error = max(-0.2, min(0.2, kl / self.target - 1))
        self.coef *= 1 + error * answers / self.horizon
