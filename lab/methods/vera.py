"""VeRA: LoRA with matrices drawn once for all layers; only two vectors a layer learn."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import WHERE, adapt, chosen, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="vera",
    name=Text("VeRA", "VeRA 随机矩阵共享"),
    family="low-rank",
    explain=Text(
        "All layers share one frozen pair of random matrices; each layer learns only which of their directions to use and "
        "how strongly: two vectors.",
        "所有层共用一对冻结的随机矩阵,每层只学两个向量,决定用其中哪些方向、用多大力度。",
    ),
    good=Text("A tenth of LoRA's file and less.", "文件只有 LoRA 的十分之一甚至更小。"),
    bad=Text("Short budgets at ordinary rates: it wants a large one.", "步数少又用普通学习率时效果差,需要较大的学习率。"),
    paper="Kopiczko et al. 2023, arXiv:2310.11454",
    knobs=(rank(64), WHERE),
    learning_rate=1e-1,
    step_cost=1.2,
    activation_factor=1.4,
    quantized=True,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str) -> int:
    """Trainable parameters: r + outputs of each chosen linear layer."""
    return sum(r + linear.out for linear in chosen(shape, where))


def kept(shape: ModelShape, *, r: int, where: str) -> int:
    """Numbers saved: the random matrices that all layers share are written too."""
    layers = list(chosen(shape, where))
    return count(shape, r=r, where=where) + r * (max(one.inp for one in layers) + max(one.out for one in layers))


def build(model: Any, *, steps: int, seed: int, r: int, where: str) -> Any:
    """`model` with a VeRA adapter; its random matrices come from the seed and are saved along."""
    from peft import VeraConfig

    return adapt(model, VeraConfig(r=r, projection_prng_key=seed, target_modules=targets(where), task_type="CAUSAL_LM"))
