"""LoRA: a low-rank update beside each linear layer."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import DROPOUT, WHERE, adapt, alpha, low_rank, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="lora",
    name=Text("LoRA", "LoRA 低秩适配"),
    family="low-rank",
    explain=Text(
        "Each weight matrix W stays frozen and gets a small companion BA beside it, a product of two thin matrices; only "
        "those are trained. The companion can be added into W afterwards, so the tuned model costs nothing extra to run.",
        "原权重矩阵 W 保持不动,在旁边加一个由两个细长矩阵相乘得到的低秩矩阵 BA,只训练它,用来模拟全量微调。训练完可以把 BA 加回 W,推理没有额外开销。",
    ),
    good=Text("The safe first choice: cheap, small to store, many variants on one base.", "稳妥的首选:省显存、文件小,一个底座可以挂很多版本。"),
    bad=Text("Knowledge that needs more change than the rank allows.", "需要的改动超过低秩所能表达时。"),
    paper="Hu et al. 2021, arXiv:2106.09685",
    knobs=(rank(), alpha(), WHERE, DROPOUT),
    learning_rate=5e-3,
    activation_factor=1.4,
    quantized=True,
    lora_pair=True,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: r × (inputs + outputs) of each chosen linear layer."""
    return low_rank(shape, r, where)


def build(model: Any, *, steps: int, seed: int, **knobs: Any) -> Any:
    """`model` with a LoRA adapter on its linear layers; the base is frozen."""
    return adapt(model, config(**knobs))


def config(*, r: int, alpha: float, where: str, dropout: float = 0.0, **more: Any) -> Any:
    """PEFT's settings of a LoRA adapter; the methods of its family add their own."""
    from peft import LoraConfig

    return LoraConfig(
        r=r,
        lora_alpha=alpha,
        lora_dropout=dropout,
        target_modules=targets(where),
        task_type="CAUSAL_LM",
        **more,
    )
