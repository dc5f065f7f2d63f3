"""GLoRA: a LoRA that adds to the weight, and another that multiplies it."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import WHERE, adapt, chosen, low_rank, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="glora",
    name=Text("GLoRA", "GLoRA 广义 LoRA"),
    family="low-rank",
    explain=Text(
        "LoRA generalised: the weight is multiplied by one low-rank pattern and shifted by another. (The paper adds terms "
        "for biases, which today's models do not have; they are off here.)",
        "LoRA 的推广:一个低秩矩阵负责「乘」,另一个负责「加」。(论文里还有针对偏置的几项,现在的模型大多没有偏置,这里不用。)",
    ),
    good=Text("Tasks where scaling and shifting both help.", "既需要缩放又需要平移的任务。"),
    bad=Text("Size: twice LoRA's.", "参数是 LoRA 的两倍。"),
    paper="Chavan et al. 2023, arXiv:2306.07967",
    knobs=(rank(4), WHERE),
    learning_rate=2e-2,
    step_cost=1.4,
    activation_factor=1.4,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str) -> int:
    """Trainable parameters: twice LoRA's."""
    return 2 * low_rank(shape, r, where)


def kept(shape: ModelShape, *, r: int, where: str) -> int:
    """Numbers saved: with the paths that are switched off, as zeros."""
    return count(shape, r=r, where=where) + sum(2 * linear.out + linear.inp for linear in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, r: int, where: str) -> Any:
    """`model` with a GLoRA adapter; the base is frozen."""
    from peft import GloraConfig

    config = GloraConfig(r=r, config_C="none", config_D_E="none", target_modules=targets(where), task_type="CAUSAL_LM")
    return adapt(model, config)
