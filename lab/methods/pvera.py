"""PVeRA: VeRA that draws its inner strengths at random while training."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import WHERE, adapt, chosen, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="pvera",
    name=Text("PVeRA", "PVeRA 概率版 VeRA"),
    family="low-rank",
    explain=Text(
        "VeRA with a mean and a spread instead of one strength for each shared direction: while training strengths are drawn "
        "from them, afterwards the mean is used.",
        "VeRA 的概率版:每个共享方向不是一个固定强度,而是均值和方差。训练时按它们随机取值,用的时候取均值。",
    ),
    good=Text("Little data, where some noise keeps from overfitting.", "数据少时,一点噪声能防过拟合。"),
    bad=Text("Short budgets: the noise costs steps.", "步数少时,噪声会拖慢学习。"),
    paper="Fillioux et al. 2025, arXiv:2512.07703",
    knobs=(rank(64), WHERE),
    learning_rate=5e-2,
    step_cost=1.1,
    activation_factor=1.4,
    quantized=True,
    draws=True,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str) -> int:
    """Trainable parameters: 2 × r + outputs of each chosen linear layer."""
    return sum(2 * r + linear.out for linear in chosen(shape, where))


def kept(shape: ModelShape, *, r: int, where: str) -> int:
    """Numbers saved: the random matrices that all layers share are written too."""
    layers = list(chosen(shape, where))
    return count(shape, r=r, where=where) + r * (2 * max(one.inp for one in layers) + max(one.out for one in layers))


def build(model: Any, *, steps: int, seed: int, r: int, where: str) -> Any:
    """`model` with a PVeRA adapter."""
    from peft import PveraConfig

    return adapt(
        model, PveraConfig(r=r, projection_prng_key=seed, target_modules=targets(where), task_type="CAUSAL_LM")
    )
