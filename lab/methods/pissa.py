"""PiSSA: LoRA that starts from the largest singular directions of each weight."""

from typing import Any

from lab.card import Choice, MethodCard, Text
from lab.methods import lora
from lab.methods._conversion import remember_start, save_converted
from lab.methods._layers import DROPOUT, WHERE, adapt, alpha, low_rank, rank
from lab.models import ModelShape

START = {"exact": "pissa", "fast": "pissa_niter_16"}

CARD = MethodCard(
    id="pissa",
    name=Text("PiSSA", "PiSSA 主奇异值适配"),
    family="low-rank",
    explain=Text(
        "LoRA starts its companion from noise and zero. PiSSA starts it from the most important directions of the weight "
        "itself, found by singular value decomposition, and freezes the rest: it trains what matters most from step one.",
        "LoRA 的旁路从随机数和零开始;PiSSA 先对权重做奇异值分解(SVD),把最重要的几个方向拿出来训练,其余部分冻结,所以一开始就在改最关键的地方。",
    ),
    good=Text("Short runs: it moves fast from the first step.", "步数少的训练:起步快。"),
    bad=Text("Large bases, where the decomposition takes time; keeping the base's knowledge untouched.", "底座很大时分解较慢;也更容易动到底座原有的知识。"),
    paper="Meng et al. 2024, arXiv:2404.02948",
    knobs=(
        rank(), alpha(8), WHERE, DROPOUT,
        Choice("svd", Text("Decomposition", "分解方式"), "exact", ("exact", "fast"),
               help=Text("Exact, or by a few rounds of a randomised method: quicker on large models.", "精确分解,或用随机化方法近似(大模型更快)。")),
    ),
    learning_rate=4e-3,
    step_cost=0.9,
    activation_factor=1.4,
    reference=False,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: as LoRA, r × (inputs + outputs) of each chosen linear layer. It is saved at twice that."""
    return low_rank(shape, r, where)


def kept(shape: ModelShape, **knobs: Any) -> int:
    """Numbers saved: a LoRA of twice the rank, see `lab.methods._conversion`."""
    return 2 * count(shape, **knobs)


def build(model: Any, *, steps: int, seed: int, svd: str, **knobs: Any) -> Any:
    """`model` split into a frozen rest and a companion of its main directions."""
    return remember_start(adapt(model, lora.config(**knobs, init_lora_weights=START[svd])))


save = save_converted
