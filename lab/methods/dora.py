"""DoRA: LoRA that turns a weight's direction and its length apart from each other."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods import lora
from lab.methods._layers import DROPOUT, WHERE, adapt, alpha, chosen, low_rank, rank
from lab.models import ModelShape

CARD = MethodCard(
    id="dora",
    name=Text("DoRA", "DoRA 权重分解"),
    family="low-rank",
    explain=Text(
        "Each row of a weight matrix has a direction and a length. DoRA learns the two apart: the direction with a LoRA, "
        "the length with one number a row. That comes closer to how full fine-tuning moves weights.",
        "把权重矩阵的每一行拆成「方向」和「长度」分别学:方向用 LoRA 调,长度每行用一个数调。这样的变化方式更像全量微调。",
    ),
    good=Text("Low ranks, where it often beats LoRA a little.", "秩较小时,常比 LoRA 略好一点。"),
    bad=Text("Speed: a step costs about half as much again.", "在意速度时:每步大约慢一半。"),
    paper="Liu et al. 2024, arXiv:2402.09353",
    knobs=(rank(), alpha(), WHERE, DROPOUT),
    learning_rate=5e-3,
    step_cost=1.3,
    activation_factor=2.1,
    extra_weight_copies=1,
    identity=True,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: as LoRA, and one length for each output."""
    return low_rank(shape, r, where) + sum(linear.out for linear in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, **knobs: Any) -> Any:
    """`model` with a DoRA adapter; the base is frozen."""
    return adapt(model, lora.config(**knobs, use_dora=True))
