"""LayerNorm tuning: only the norms move."""

import math
from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import adapt
from lab.models import ModelShape

CARD = MethodCard(
    id="ln_tuning",
    name=Text("LayerNorm tuning", "LN Tuning 只训练归一化层"),
    family="selective",
    lit=("norms",),
    explain=Text(
        "Only the normalisation layers are trained: one scale for each channel, a ten-thousandth of a large model. "
        "Surprisingly much of what a model does can be turned on and off there.",
        "只训练归一化层:每个通道一个缩放系数,在大模型里只占万分之一。没想到,模型的不少行为靠它就能开关。",
    ),
    good=Text("The least to train and to store; little forgetting.", "要训练、要保存的都最少,也不容易遗忘。"),
    bad=Text("New knowledge.", "学新知识。"),
    paper="Zhao et al. 2023, arXiv:2312.11420",
    learning_rate=1.5e-1,
    large_rate=9.6e-3,
    step_cost=0.8,
    quantized=True,
)  # fmt: skip


def count(shape: ModelShape) -> int:
    """Trainable parameters: all of every norm."""
    return sum(math.prod(size) for name, size in shape.tensors.items() if _is_norm(name.rpartition(".")[0]))


def build(model: Any, *, steps: int, seed: int) -> Any:
    """`model` with trainable copies of its norms."""
    from peft import LNTuningConfig

    norms = [name for name, _ in model.named_modules() if _is_norm(name)]
    return adapt(model, LNTuningConfig(target_modules=norms, task_type="CAUSAL_LM"))


def _is_norm(module: str) -> bool:
    """Whether a module's name is that of a normalisation layer: input_layernorm, norm, ln_1, q_norm …"""
    last = module.rpartition(".")[2].lower()
    return "norm" in last or last.startswith("ln_")
