"""PSOFT: a rotation among a weight's main directions only."""

from typing import Any

from lab.card import MethodCard, Text
from lab.errors import RecipeError
from lab.methods._layers import WHERE, adapt, chosen, rank, sizes, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="psoft",
    name=Text("PSOFT", "PSOFT 主子空间正交微调"),
    family="orthogonal",
    explain=Text(
        "The main directions of a weight are found by singular value decomposition, and only turned among themselves, with "
        "a stretch before and after. OFT's care for what is known, at a fraction of its size.",
        "先用奇异值分解找出权重的主要方向,再只在这些方向之间旋转,前后各加一次缩放。像 OFT 一样爱护原有知识,参数却少得多。",
    ),
    good=Text("Very small files, little forgetting.", "文件很小,遗忘也少。"),
    bad=Text("Directions the base does not use at all.", "底座根本没用到的方向。"),
    paper="Wu et al. 2025, Efficient Orthogonal Fine-Tuning with Principal Subspace Adaptation (ICLR 2026)",
    knobs=(rank(32), WHERE),
    learning_rate=1.5e-2,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str) -> int:
    """Trainable parameters: r(r − 1)/2 angles and 2r stretches a layer."""
    most = min(min(size) for size in sizes(shape, where))
    if r > most:
        raise RecipeError(f"a rank of {r} is more than the layers have", where="knobs.r", do=f"give at most {most}.")
    return sum(r * (r - 1) // 2 + 2 * r for _ in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, r: int, where: str) -> Any:
    """`model` with a PSOFT adapter; the base is frozen. Its scale, alpha / r, must be 1 to start without effect."""
    from peft import PsoftConfig

    config = PsoftConfig(r=r, psoft_alpha=r, random_seed=seed, target_modules=targets(where), task_type="CAUSAL_LM")
    return adapt(model, config)
