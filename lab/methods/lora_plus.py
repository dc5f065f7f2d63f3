"""LoRA+: the two halves of LoRA's companion learn at different rates."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods import lora
from lab.methods._layers import DROPOUT, WHERE, adapt, alpha, low_rank, rank
from lab.models import ModelShape

CARD = MethodCard(
    id="lora_plus",
    name=Text("LoRA+", "LoRA+ 双学习率"),
    family="low-rank",
    explain=Text(
        "In LoRA's product BA the matrix B starts at zero and has further to go than A. LoRA+ is the same adapter, but B "
        "learns some sixteen times faster.",
        "LoRA 的 BA 里,B 从零开始,要走的路比 A 长。LoRA+ 的结构不变,只是让 B 的学习率比 A 高十几倍。",
    ),
    good=Text("Wherever LoRA is used; it gets there in fewer steps.", "凡是用 LoRA 的地方都可以试,往往更快收敛。"),
    bad=Text("High learning rates: B gets sixteen times of them.", "学习率已经很高时容易发散,因为 B 还要再乘十几倍。"),
    paper="Hayou et al. 2024, arXiv:2402.12354",
    knobs=(
        rank(), alpha(), WHERE, DROPOUT,
        Number("ratio", Text("Ratio", "学习率倍数"), 16, 1, 256, log=True,
               help=Text("How many times faster B learns than A.", "B 的学习率是 A 的多少倍。"), live=True),
    ),
    learning_rate=1e-3,
    step_cost=0.9,
    activation_factor=1.4,
    quantized=True,
    lora_pair=True,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: as LoRA, r × (inputs + outputs) of each chosen linear layer."""
    return low_rank(shape, r, where)


def build(model: Any, *, steps: int, seed: int, ratio: float, **knobs: Any) -> Any:
    """`model` with a LoRA adapter."""
    return adapt(model, lora.config(**knobs))


def optimizer(model: Any, *, learning_rate: float, weight_decay: float, ratio: float, **_: Any) -> Any:
    """AdamW with a rate for A and a higher one for B."""
    from peft.optimizers import create_loraplus_optimizer
    from torch.optim import AdamW

    return create_loraplus_optimizer(
        model,
        AdamW,
        lr=learning_rate,
        loraplus_lr_ratio=ratio,
        loraplus_weight_decay=weight_decay,
        weight_decay=weight_decay,
    )
