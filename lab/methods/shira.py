"""SHiRA: a few of each weight's own entries are trained, drawn at random."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import WHERE, adapt, low_rank, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="shira",
    name=Text("SHiRA", "SHiRA 稀疏高秩"),
    family="sparse",
    explain=Text(
        "Instead of a low-rank companion, as many single entries of the weight itself are trained, scattered at random. The "
        "change is sparse but of high rank, and switching adapters means overwriting a few numbers.",
        "不加低秩旁路,而是在原权重里随机挑选同样多个元素直接训练。改动稀疏却是高秩的,切换适配器只需覆盖少量数值。",
    ),
    good=Text("Switching between many adapters; moving far in few steps.", "频繁切换适配器;步数少也能走得远。"),
    bad=Text("Memory on large models: the sparse change is unfolded while computing.", "大模型上占内存:计算时要把稀疏改动展开。"),
    paper="Bhardwaj et al. 2024, arXiv:2406.13175",
    traits=("own_reading",),
    knobs=(rank(), WHERE),
    learning_rate=2e-2,
    quantized=True,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str) -> int:
    """Trainable parameters: as many as LoRA's of that rank."""
    return low_rank(shape, r, where)


def kept(shape: ModelShape, **knobs: Any) -> int:
    """Numbers saved: each entry with its row and column."""
    return 3 * count(shape, **knobs)


def build(model: Any, *, steps: int, seed: int, r: int, where: str) -> Any:
    """`model` with trainable entries at places drawn from the seed, which are saved along."""
    from peft import ShiraConfig

    return adapt(model, ShiraConfig(r=r, random_seed=seed, target_modules=targets(where), task_type="CAUSAL_LM"))
