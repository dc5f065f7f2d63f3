"""VB-LoRA: all of LoRA's matrices are mixed from one small bank of vectors."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import WHERE, adapt, chosen, common_divisor, linear_sizes, rank, sizes, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="vblora",
    name=Text("VB-LoRA", "VB-LoRA 向量库"),
    family="low-rank",
    explain=Text(
        "LoRA's thin matrices of all layers are put together from pieces, and every piece is a mix of two vectors from one "
        "shared bank: like building everything from a small box of bricks.",
        "所有层的低秩矩阵都由小段拼成,每一小段又是从同一个「向量库」里挑两个向量混合而来,像用一小盒积木搭出全部零件。",
    ),
    good=Text("Many layers that can share.", "层数多、彼此相似,便于共享。"),
    bad=Text("Training: choosing from the bank takes more numbers than it saves on small models.", "小模型上训练参数反而多:「怎么挑」本身也要学。"),
    paper="Li et al. 2024, arXiv:2405.15179",
    traits=("own_reading",),
    knobs=(
        rank(4),
        Number("vectors", Text("Vectors in the bank", "向量库大小"), 64, 2, 4096, whole=True, log=True,
               help=Text("How many vectors the bank holds.", "向量库里有多少个向量。")),
        Number("length", Text("Their length", "向量长度"), 32, 1, 1024, whole=True, log=True,
               help=Text("Lowered until it divides every layer's width.", "若不能整除各层宽度则自动调小。")),
        WHERE,
    ),
    learning_rate=5e-2,
    activation_factor=1.4,
    quantized=True,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, vectors: int, length: int, where: str) -> int:
    """Trainable parameters: the bank, and for each piece of each thin matrix a weight for every vector."""
    size = common_divisor(sizes(shape, where), length)
    pieces = sum(r * (linear.inp // size + linear.out // size) for linear in chosen(shape, where))
    return vectors * size + vectors * pieces


def build(model: Any, *, steps: int, seed: int, r: int, vectors: int, length: int, where: str) -> Any:
    """`model` with a VB-LoRA adapter."""
    from peft import VBLoRAConfig

    config = VBLoRAConfig(
        r=r, num_vectors=vectors, vector_length=common_divisor(linear_sizes(model, where), length),
        target_modules=targets(where), task_type="CAUSAL_LM",
    )  # fmt: skip
    return adapt(model, config)
