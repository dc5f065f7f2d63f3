"""What methods on linear layers share: the knobs for rank, scale and place, and which layers `where` means."""

import math
from collections.abc import Iterable
from typing import Any

from lab.card import Choice, Number, Text
from lab.models import Linear, ModelShape

ENDINGS = {
    "attention": ("q_proj", "k_proj", "v_proj", "o_proj", "c_attn", "query_key_value"),
    "mlp": ("gate_proj", "up_proj", "down_proj", "c_fc", "fc1", "fc2"),
}

WHERE = Choice(
    "where", Text("Layers", "作用位置"), "all", ("all", "attention", "mlp"),
    help=Text("Which linear layers are tuned.", "对哪些线性层进行微调。"),
)  # fmt: skip

DROPOUT = Number(
    "dropout", Text("Dropout", "随机失活"), 0.0, 0.0, 0.9,
    help=Text("Share of the companion's input dropped while training.", "训练时随机丢弃旁路输入的比例。"), live=True,
)  # fmt: skip


def rank(default: int = 8, low: int = 1) -> Number:
    """The knob for a low-rank companion's width."""
    return Number(
        "r", Text("Rank", "秩 r"), default, low, 512, whole=True, log=True,
        help=Text("Width of the companion: more rank, more to learn with, more to store.",
                  "低秩矩阵的宽度:越大能学的越多,文件也越大。"),
    )  # fmt: skip


def alpha(default: float = 16) -> Number:
    """The knob for a low-rank companion's scale."""
    return Number(
        "alpha", Text("Alpha", "缩放 α"), default, 0.1, 1024,
        help=Text("The update is scaled by alpha / rank.", "更新量按 α / r 缩放。"),
    )  # fmt: skip


def is_chosen(name: str, where: str) -> bool:
    """Whether the linear layer `name` is among those `where` means."""
    return where == "all" or name.endswith(ENDINGS[where])


def chosen(shape: ModelShape, where: str) -> Iterable[Linear]:
    """The linear layers of a base's shape that `where` means."""
    return (linear for linear in shape.linears if is_chosen(linear.name, where))


def low_rank(shape: ModelShape, r: int, where: str) -> int:
    """Parameters of one pair of thin matrices beside each chosen layer: r × (inputs + outputs)."""
    return sum(r * (linear.inp + linear.out) for linear in chosen(shape, where))


def sizes(shape: ModelShape, where: str) -> list[tuple[int, int]]:
    """(outputs, inputs) of the chosen layers."""
    return [(linear.out, linear.inp) for linear in chosen(shape, where)]


def linear_sizes(model: Any, where: str) -> list[tuple[int, int]]:
    """(outputs, inputs) of the chosen layers of a loaded model; the head is not among them."""
    import torch
    from transformers.pytorch_utils import Conv1D

    head = model.get_output_embeddings()
    modules = [(name, module) for name, module in model.named_modules() if module is not head]
    plain = [tuple(m.weight.shape) for name, m in modules if isinstance(m, torch.nn.Linear) and is_chosen(name, where)]
    turned = [tuple(m.weight.shape[::-1]) for name, m in modules if isinstance(m, Conv1D) and is_chosen(name, where)]
    return [(outputs, inputs) for outputs, inputs in plain + turned]


def targets(where: str) -> str | list[str]:
    """`where` as PEFT's target_modules."""
    return "all-linear" if where == "all" else list(ENDINGS[where])


def adapt(model: Any, config: Any) -> Any:
    """`model` as a PeftModel with the adapter of `config` in place and everything else frozen."""
    from peft import get_peft_model

    return get_peft_model(model, config)


def common_divisor(pairs: Iterable[tuple[int, int]], most: int) -> int:
    """The largest number up to `most` that divides every layer's inputs and outputs."""
    shared = math.gcd(*(size for pair in pairs for size in pair))
    return max(size for size in range(1, min(most, shared) + 1) if shared % size == 0)
