"""BEFT: only the biases of the value projections move."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import adapt
from lab.models import ModelShape

VALUES = ("v_proj", "c_attn", "query_key_value")

CARD = MethodCard(
    id="beft",
    name=Text("BEFT", "BEFT 只训练 value 偏置"),
    family="selective",
    lit=("biases_attention",),
    explain=Text(
        "Of all biases, those of the value projections in attention matter most, so only they are trained; layers without "
        "a bias gain one. A few hundred numbers in all.",
        "在所有偏置里,注意力中 value 投影的偏置最管用,所以只训练它们;没有偏置的层就补上。总共只有几百个数。",
    ),
    good=Text("Very little data.", "数据非常少的时候。"),
    bad=Text("Nearly everything else: so few numbers can't do much.", "其他情况大多不够用:参数实在太少。"),
    paper="BEFT 2025, arXiv:2509.15974",
    learning_rate=1e-1,
    step_cost=0.8,
    activation_factor=0.65,
    quantized=True,
    mergeable=False,
)  # fmt: skip


def count(shape: ModelShape) -> int:
    """Trainable parameters: one for each output of each value projection."""
    return sum(linear.out for linear in shape.linears if linear.name.endswith(VALUES))


def build(model: Any, *, steps: int, seed: int) -> Any:
    """`model` with trainable biases on its value projections."""
    from peft import BeftConfig

    return adapt(model, BeftConfig(target_modules=list(VALUES), task_type="CAUSAL_LM"))
