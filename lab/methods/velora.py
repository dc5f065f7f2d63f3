"""VeLoRA: LoRA that remembers a sketch of its inputs instead of the inputs."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods import lora
from lab.methods._layers import DROPOUT, WHERE, adapt, alpha, common_divisor, linear_sizes, low_rank, rank
from lab.models import ModelShape

CARD = MethodCard(
    id="velora",
    name=Text("VeLoRA", "VeLoRA 激活压缩"),
    family="low-rank",
    explain=Text(
        "To learn, a layer must remember its input until the backward pass. VeLoRA cuts that input into groups and keeps "
        "one number for each, from which it roughly rebuilds the input later: less memory, slightly blurred gradients.",
        "反向传播要用到前向时的输入,记住它很占内存。VeLoRA 把输入分成小组,每组只记一个数,到时候再近似还原:省内存,梯度略有模糊。",
    ),
    good=Text("Long rows and large batches on little memory.", "序列长、批次大而内存小的时候。"),
    bad=Text("Small models: there is little to save.", "小模型本来就不占多少激活内存。"),
    paper="Miles et al. 2024, arXiv:2405.17991",
    knobs=(
        rank(), alpha(), WHERE, DROPOUT,
        Number("groups", Text("Groups", "分组数"), 32, 1, 1024, whole=True, log=True,
               help=Text("Into how many groups an input is cut; it must divide every layer's width, and is lowered until it does.",
                         "把输入分成多少组;必须能整除各层宽度,否则自动调小。")),
    ),
    learning_rate=5e-3,
    activation_factor=1.4,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: as LoRA, r × (inputs + outputs) of each chosen linear layer."""
    return low_rank(shape, r, where)


def build(model: Any, *, steps: int, seed: int, groups: int, dropout: float, **knobs: Any) -> Any:
    """`model` with a LoRA adapter that compresses what it remembers."""
    from peft import VeloraConfig

    fitting = common_divisor(linear_sizes(model, knobs["where"]), groups)
    return adapt(model, lora.config(**knobs, dropout=dropout, velora_config=VeloraConfig(num_groups=fitting)))
