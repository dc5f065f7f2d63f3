"""LoHa: two low-rank products multiplied entry by entry."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import WHERE, adapt, alpha, low_rank, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="loha",
    name=Text("LoHa", "LoHa 哈达玛积"),
    family="low-rank",
    explain=Text(
        "The update is the entry-by-entry product of two low-rank matrices. Multiplying instead of adding raises the rank "
        "it can reach to r², for twice LoRA's numbers.",
        "更新量是两个低秩矩阵逐元素相乘(哈达玛积)。参数是 LoRA 的两倍,能达到的秩却是 r²。",
    ),
    good=Text("Updates of high rank from few numbers; first used for images.", "用不多的参数表达高秩的改动;最早用于图像生成。"),
    bad=Text("Speed, and large learning rates: it starts slowly, then suddenly.", "速度较慢;起步慢,学习率大了又容易突然发散。"),
    paper="Hyeon-Woo et al. 2021, arXiv:2108.06098",
    knobs=(rank(), alpha(16), WHERE),
    learning_rate=2e-2,
    step_cost=1.6,
    activation_factor=1.4,
    extra_weight_copies=1,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: twice LoRA's."""
    return 2 * low_rank(shape, r, where)


def build(model: Any, *, steps: int, seed: int, r: int, alpha: float, where: str) -> Any:
    """`model` with a LoHa adapter; the base is frozen."""
    from peft import LoHaConfig

    config = LoHaConfig(r=r, alpha=alpha, target_modules=targets(where), task_type="CAUSAL_LM")
    return adapt(model, config)
