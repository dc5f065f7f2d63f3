"""Supra: a LoRA, and beside it the largest entries of each weight, trained on their own."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import WHERE, adapt, alpha, chosen, low_rank, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="supra",
    name=Text("Supra (super-tuning)", "Supra 超权重微调"),
    family="sparse",
    lit=("dots_attention", "dots_mlp", "beside_attention", "beside_mlp"),
    explain=Text(
        "The largest one in a hundred entries of each weight, which matter far more than the rest, are trained directly; a "
        "LoRA takes care of the broad strokes.",
        "每个权重里绝对值最大的百分之一元素作用远超其余,直接训练它们;大面上的变化交给一个 LoRA。",
    ),
    good=Text("Broad and pointed changes at once.", "既要整体调整、又要个别重点改动。"),
    bad=Text("Small files: places have to be stored along with values.", "文件略大:除了数值还要存位置。"),
    paper="Super-Tuning 2026, arXiv:2607.09287",
    knobs=(
        rank(), alpha(),
        Number("share", Text("Share of entries", "元素比例"), 0.01, 0.0005, 0.5,
               help=Text("Share of each weight's entries, the largest, that is trained.", "每个权重中参与训练的最大元素所占比例。")),
        WHERE,
    ),
    learning_rate=5e-3,
    step_cost=1.1,
    extra_weight_copies=2,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, share: float, where: str, **_: Any) -> int:
    """Trainable parameters: as LoRA, and that share of each weight."""
    sparsity = 1 - share  # as PEFT has it, rounding included
    return low_rank(shape, r, where) + sum(int(one.out * one.inp * (1 - sparsity)) for one in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, r: int, alpha: float, share: float, where: str) -> Any:
    """`model` with its largest entries and a LoRA trainable."""
    from peft import SupertuningConfig

    config = SupertuningConfig(
        sparsity=1 - share, r=r, lora_alpha=alpha, target_modules=targets(where), task_type="CAUSAL_LM"
    )
    return adapt(model, config)
