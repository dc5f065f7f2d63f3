"""TinyLoRA: a handful of numbers a layer, spread over the weight's main directions by random matrices."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import WHERE, adapt, chosen, low_rank, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="tinylora",
    name=Text("TinyLoRA", "TinyLoRA 极小 LoRA"),
    family="low-rank",
    explain=Text(
        "Takes the few main directions of a weight and learns how to mix them; even that mix is squeezed into a handful of "
        "numbers by fixed random matrices. Made for reinforcement learning, where very little has to change.",
        "只取权重的几个主要方向,学怎样把它们混合;连混合方式也用固定的随机矩阵压成寥寥几个数。它是为强化学习设计的,那里本来就只需要极小的改动。",
    ),
    good=Text("Reinforcement learning on a capable base.", "在能力已经不错的底座上做强化学习。"),
    bad=Text("Teaching something new by examples.", "靠样例教新东西。"),
    paper="TinyLoRA 2026, arXiv:2602.04118",
    traits=("own_reading",),
    knobs=(
        rank(2),
        Number("numbers", Text("Numbers a layer", "每层参数个数"), 64, 1, 4096, whole=True, log=True,
               help=Text("How many numbers each layer learns.", "每层学多少个数。")),
        WHERE,
    ),
    learning_rate=1e-2,
    step_cost=0.8,
    activation_factor=0.9,
)  # fmt: skip


def count(shape: ModelShape, *, numbers: int, where: str, **_: Any) -> int:
    """Trainable parameters: so many numbers a layer."""
    return sum(numbers for _ in chosen(shape, where))


def kept(shape: ModelShape, *, r: int, numbers: int, where: str) -> int:
    """Numbers saved: each layer's directions and random matrices are written too."""
    return low_rank(shape, r, where) + sum(numbers * (1 + r * r) for _ in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, r: int, numbers: int, where: str) -> Any:
    """`model` with a TinyLoRA adapter; its random matrices come from the seed and are saved along."""
    from peft import TinyLoraConfig

    config = TinyLoraConfig(r=r, u=numbers, projection_seed=seed, target_modules=targets(where), task_type="CAUSAL_LM")
    return adapt(model, config)
