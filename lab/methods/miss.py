"""MiSS: one small matrix, shared by all pieces of a layer's input."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import WHERE, adapt, chosen, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="miss",
    name=Text("MiSS", "MiSS 矩阵分片共享"),
    family="low-rank",
    explain=Text(
        "A layer's inputs are cut into pieces and added up, and one small matrix, starting at zero, turns the sum into an "
        "update of the outputs. One matrix instead of LoRA's two: simple, quick and light on memory.",
        "把一层的输入切成小段加起来,再用一个从零开始的小矩阵变成对输出的修正。LoRA 要两个矩阵,它只要一个:简单、快、省内存。",
    ),
    good=Text("Speed: among the quickest of all methods here.", "追求速度:是这里最快的方法之一。"),
    bad=Text("Inputs whose pieces must be told apart.", "需要区分输入各段的任务。"),
    paper="Kang and Yin 2024, arXiv:2409.15371",
    knobs=(rank(16), WHERE),
    learning_rate=5e-3,
    step_cost=0.9,
    activation_factor=1.4,
    quantized=True,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str) -> int:
    """Trainable parameters: r for each output of each chosen linear layer."""
    return sum(r * linear.out for linear in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, r: int, where: str) -> Any:
    """`model` with a MiSS adapter; the base is frozen."""
    from peft import MissConfig

    return adapt(model, MissConfig(r=r, target_modules=targets(where), task_type="CAUSAL_LM"))
