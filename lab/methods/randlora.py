"""RandLoRA: a full-rank update as a learned mix of random low-rank ones."""

import math
from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import WHERE, adapt, alpha, chosen, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="randlora",
    name=Text("RandLoRA", "RandLoRA 随机基组合"),
    family="low-rank",
    explain=Text(
        "Many random low-rank matrices, drawn once and shared, are mixed with learned weights. Few numbers to learn, and "
        "yet the update can have full rank.",
        "一次性抽取许多随机低秩矩阵,各层共享,只学如何把它们加权混合。要学的数很少,更新量却可以是满秩的。",
    ),
    good=Text("Updates that LoRA's rank can't hold.", "LoRA 的秩装不下的改动。"),
    bad=Text("Speed: all those matrices have to be multiplied.", "较慢:那么多矩阵都要参与计算。"),
    paper="Albert et al. 2025, arXiv:2502.00987",
    knobs=(rank(8), alpha(160), WHERE),
    learning_rate=1.3e-3,
    step_cost=1.5,
    activation_factor=1.4,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: for each random matrix r weights and one for each of a layer's narrower side."""
    narrow = [min(linear.out, linear.inp) for linear in chosen(shape, where)]
    return sum(math.ceil(side / r) * (r + side) for side in narrow)


def kept(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Numbers saved: the random matrices, which every layer writes anew, as large as the largest layer needs them."""
    layers = list(chosen(shape, where))
    largest = max(max(one.inp, one.out) for one in layers)
    shared = r * largest + largest * math.ceil(largest / r) * r
    return count(shape, r=r, where=where) + (len(layers) + 1) * shared


def build(model: Any, *, steps: int, seed: int, r: int, alpha: float, where: str) -> Any:
    """`model` with a RandLoRA adapter; its random matrices come from the seed and are saved along."""
    from peft import RandLoraConfig

    config = RandLoraConfig(
        r=r,
        randlora_alpha=alpha,
        projection_prng_key=seed,
        target_modules=targets(where),
        task_type="CAUSAL_LM",
    )
    return adapt(model, config)
