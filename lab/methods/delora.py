"""DeLoRA: LoRA whose strength is one learned number, kept apart from its directions."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import WHERE, adapt, chosen, low_rank, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="delora",
    name=Text("DeLoRA", "DeLoRA 解耦强度"),
    family="low-rank",
    explain=Text(
        "The directions of the update are normalised, so that one number a layer says how far it may go from the base. "
        "That bound keeps long or fast training from running away.",
        "把更新的方向归一化,每层用一个数来控制「离原模型最远能走多远」。有了这个上限,学习率大一点、训练久一点也不容易跑偏。",
    ),
    good=Text("Robust against high learning rates and long runs.", "学习率偏大或训练较久时更稳。"),
    bad=Text("When the bound is too tight for the task.", "上限对任务来说太紧的时候。"),
    paper="Bini et al. 2025, arXiv:2503.18225",
    knobs=(
        rank(),
        # directions are normalised, so the first step already is of the whole strength: PEFT's 15 wrecks SmolLM2
        Number("strength", Text("Strength at the start", "初始强度 λ"), 2, 0.1, 1000, log=True,
               help=Text("How far the update may go from the base, before it is learned.", "训练开始时允许偏离底座的幅度。")),
        WHERE,
    ),
    learning_rate=5e-3,
    activation_factor=1.4,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: as LoRA, and one strength a layer."""
    return low_rank(shape, r, where) + sum(1 for _ in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, r: int, strength: float, where: str) -> Any:
    """`model` with a DeLoRA adapter; the base is frozen."""
    from peft import DeloraConfig

    config = DeloraConfig(
        r=r,
        delora_lambda=strength,
        target_modules=targets(where),
        task_type="CAUSAL_LM",
    )
    return adapt(model, config)
