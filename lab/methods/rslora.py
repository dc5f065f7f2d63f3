"""rsLoRA: LoRA scaled by the square root of its rank, so that high ranks learn too."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods import lora
from lab.methods._layers import DROPOUT, WHERE, adapt, alpha, low_rank, rank
from lab.models import ModelShape

CARD = MethodCard(
    id="rslora",
    name=Text("rsLoRA", "rsLoRA 秩稳定 LoRA"),
    family="low-rank",
    explain=Text(
        "LoRA divides its update by the rank, so at high ranks it learns ever more slowly. rsLoRA divides by the square "
        "root of the rank instead: then a higher rank really is a stronger one.",
        "LoRA 把更新量除以秩 r,秩越高每步学得反而越慢;rsLoRA 改为除以 √r,这样加大秩才真正有用。",
    ),
    good=Text("High ranks (32 and more).", "秩取得比较大(32 以上)的时候。"),
    bad=Text("Low ranks: there it is LoRA with a larger alpha.", "秩很小时,相当于把 LoRA 的 α 调大而已。"),
    paper="Kalajdzievski 2023, arXiv:2312.03732",
    knobs=(rank(), alpha(), WHERE, DROPOUT),
    learning_rate=3e-3,
    activation_factor=1.4,
    quantized=True,
    lora_pair=True,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: as LoRA, r × (inputs + outputs) of each chosen linear layer."""
    return low_rank(shape, r, where)


def build(model: Any, *, steps: int, seed: int, **knobs: Any) -> Any:
    """`model` with a LoRA adapter scaled by alpha / √r."""
    return adapt(model, lora.config(**knobs, use_rslora=True))
