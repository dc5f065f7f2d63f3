"""HiRA: the weight itself is multiplied, entry by entry, by a low-rank pattern."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import WHERE, adapt, low_rank, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="hira",
    name=Text("HiRA", "HiRA 高秩哈达玛"),
    family="low-rank",
    explain=Text(
        "LoRA adds BA to the weight; HiRA multiplies the weight by it, entry by entry. The update inherits the weight's "
        "full rank, at LoRA's size.",
        "LoRA 把 BA「加」到权重上,HiRA 则让权重与 BA 逐元素相「乘」。参数与 LoRA 一样多,更新量却继承了原权重的满秩。",
    ),
    good=Text("Updates of high rank at LoRA's price.", "用 LoRA 的代价得到高秩更新。"),
    bad=Text("Entries of the weight near zero: they stay there.", "原权重中接近零的元素,乘了还是接近零。"),
    paper="Huang et al. 2025, HiRA (ICLR 2025)",
    knobs=(rank(), WHERE),
    learning_rate=8e-2,
    step_cost=1.3,
    activation_factor=1.4,
    quantized=True,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str) -> int:
    """Trainable parameters: as LoRA, r × (inputs + outputs) of each chosen linear layer."""
    return low_rank(shape, r, where)


def build(model: Any, *, steps: int, seed: int, r: int, where: str) -> Any:
    """`model` with a HiRA adapter; the base is frozen."""
    from peft import HiraConfig

    return adapt(model, HiraConfig(r=r, target_modules=targets(where), task_type="CAUSAL_LM"))
