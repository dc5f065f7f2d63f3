"""Uni-LoRA: one short vector from which all LoRA matrices of the model are filled."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import WHERE, adapt, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="unilora",
    name=Text("Uni-LoRA", "Uni-LoRA 一个向量"),
    family="low-rank",
    explain=Text(
        "All entries of all LoRA matrices of the model are copies of the entries of one short vector, handed out at random. "
        "Only that vector is learned: the whole fine-tuning fits on a page.",
        "全模型所有 LoRA 矩阵的元素,都从同一个短向量里随机分配而来,只学这一个向量:整个微调成果写得进一页纸。",
    ),
    good=Text("Seeing how few numbers are enough.", "想看看到底多少个数就够用。"),
    bad=Text("Anything large.", "需要较大改动的任务。"),
    paper="Li et al. 2025, arXiv:2506.00799",
    traits=("own_reading",),
    knobs=(
        rank(4),
        Number("length", Text("Length of the vector", "向量长度"), 2048, 8, 1_000_000, whole=True, log=True,
               help=Text("All that is trained.", "全部可训练参数就这么多。")),
        WHERE,
    ),
    learning_rate=2e-1,
    large_rate=4e-1,
    step_cost=0.9,
    activation_factor=1.4,
)  # fmt: skip


def count(shape: ModelShape, *, length: int, **_: Any) -> int:
    """Trainable parameters: the vector."""
    return length


def build(model: Any, *, steps: int, seed: int, r: int, length: int, where: str) -> Any:
    """`model` with a Uni-LoRA adapter; where each entry goes comes from the seed."""
    from peft import UniLoraConfig

    config = UniLoraConfig(
        r=r, theta_d_length=length, proj_seed=seed, target_modules=targets(where), task_type="CAUSAL_LM"
    )
    return adapt(model, config)
