"""OLoRA: LoRA that starts from an orthonormal basis of each weight."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods import lora
from lab.methods._conversion import remember_start, save_converted
from lab.methods._layers import DROPOUT, WHERE, adapt, alpha, low_rank, rank
from lab.models import ModelShape

CARD = MethodCard(
    id="olora",
    name=Text("OLoRA", "OLoRA 正交初始化"),
    family="low-rank",
    explain=Text(
        "LoRA whose companion starts as directions of the weight at right angles to each other (a QR decomposition), taken "
        "out of the weight and trained. Directions that don't overlap make the first steps count.",
        "对权重做 QR 分解,用其中互相垂直的方向来初始化 LoRA 的旁路(并从原权重里减去)。方向互不重叠,前几步就更有效。",
    ),
    good=Text("Short runs, as PiSSA; its start is cheaper to compute.", "和 PiSSA 一样适合短训练,而且初始化更省时间。"),
    bad=Text("Long runs, where the start hardly matters.", "训练很久时,初始化的差别就不明显了。"),
    paper="Büyükakyüz 2024, arXiv:2406.01775",
    knobs=(rank(), alpha(8), WHERE, DROPOUT),
    learning_rate=4e-3,
    activation_factor=1.4,
    reference=False,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: as LoRA, r × (inputs + outputs) of each chosen linear layer. It is saved at twice that."""
    return low_rank(shape, r, where)


def kept(shape: ModelShape, **knobs: Any) -> int:
    """Numbers saved: a LoRA of twice the rank, see `lab.methods._conversion`."""
    return 2 * count(shape, **knobs)


def build(model: Any, *, steps: int, seed: int, **knobs: Any) -> Any:
    """`model` split into a frozen rest and a companion of orthonormal directions."""
    return remember_start(adapt(model, lora.config(**knobs, init_lora_weights="olora")))


save = save_converted
