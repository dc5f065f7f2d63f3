"""OFT: each weight is turned, not changed in shape."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import WHERE, adapt, chosen, common_divisor, linear_sizes, sizes, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="oft",
    name=Text("OFT", "OFT 正交微调"),
    family="orthogonal",
    explain=Text(
        "Instead of adding to a weight, OFT rotates it: blocks of inputs are turned by small orthogonal matrices. Angles "
        "between neurons stay as they were, and so does much of what the model knows.",
        "不是在权重上「加」,而是把权重「转」:用一个个小的正交矩阵旋转输入。神经元之间的夹角不变,模型原有的知识也就保留得多。",
    ),
    good=Text("Adapting without forgetting.", "既要适应新任务,又不想遗忘。"),
    bad=Text("Tasks that need weights to grow or shrink.", "需要放大或缩小权重的任务。"),
    paper="Qiu et al. 2023, arXiv:2306.07280",
    knobs=(
        Number("block", Text("Block", "块大小"), 32, 2, 512, whole=True, log=True,
               help=Text("Inputs turned together; larger blocks can turn further. Lowered until it divides every layer.",
                         "多少个输入一起旋转:越大越灵活;若不能整除各层宽度则自动调小。")),
        WHERE,
    ),
    learning_rate=5e-3,
    step_cost=1.2,
)  # fmt: skip


def count(shape: ModelShape, *, block: int, where: str) -> int:
    """Trainable parameters: block × (block − 1) / 2 angles for each block of inputs."""
    size = common_divisor(sizes(shape, where), block)
    return sum(linear.inp // size * (size * (size - 1) // 2) for linear in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, block: int, where: str) -> Any:
    """`model` with its linear layers' inputs turned block by block."""
    from peft import OFTConfig

    size = common_divisor(linear_sizes(model, where), block)
    # r is left out: PEFT works it out from the block size, layer by layer
    return adapt(model, OFTConfig(oft_block_size=size, r=0, target_modules=targets(where), task_type="CAUSAL_LM"))
