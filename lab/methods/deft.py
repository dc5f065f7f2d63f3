"""DEFT: a few directions are taken out of each weight, and something learned is put in their place."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import WHERE, adapt, low_rank, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="deft",
    name=Text("DEFT", "DEFT 分解式微调"),
    family="low-rank",
    explain=Text(
        "Learns which few directions of a weight to give up, and what to write there instead: forgetting and learning at "
        "the same spot, while the rest of the weight is not touched.",
        "学习放弃权重中的哪几个方向,并在原处写入新内容:在同一个位置「先腾空、再写入」,其余部分不受影响。",
    ),
    good=Text("Replacing something the base does.", "用新的行为替换底座原有的行为。"),
    bad=Text("Adding something without giving anything up.", "只想添加、什么也不想丢的时候。"),
    paper="DEFT (NeurIPS 2025)",
    knobs=(rank(), WHERE),
    learning_rate=2e-2,
    step_cost=1.1,
    activation_factor=1.4,
    extra_weight_copies=1,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str) -> int:
    """Trainable parameters: as LoRA, r × (inputs + outputs) of each chosen linear layer."""
    return low_rank(shape, r, where)


def build(model: Any, *, steps: int, seed: int, r: int, where: str) -> Any:
    """`model` with a DEFT adapter that starts without effect."""
    from peft import DeftConfig

    return adapt(model, DeftConfig(r=r, target_modules=targets(where), task_type="CAUSAL_LM"))
