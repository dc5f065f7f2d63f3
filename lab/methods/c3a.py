"""C³A: the update is a circular convolution, block by block."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import WHERE, adapt, chosen, common_divisor, linear_sizes, sizes, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="c3a",
    name=Text("C³A", "C³A 循环卷积"),
    family="sparse",
    lit=("waves_attention", "waves_mlp"),
    explain=Text(
        "The update is cut into square blocks, and each block is one row shifted round and round: a circular convolution. "
        "It can have full rank although only that one row is learned.",
        "把更新量切成方块,每块都由一行数循环移位而成(循环卷积)。只学这一行,得到的改动却可以是满秩的。",
    ),
    good=Text("High rank from few numbers.", "参数少而秩高。"),
    bad=Text("Speed on a CPU, where it needs Fourier transforms.", "要做傅里叶变换,在 CPU 上慢。"),
    paper="Chen et al. 2024, arXiv:2407.19342",
    knobs=(
        Number("block", Text("Block", "块大小"), 32, 1, 1024, whole=True, log=True,
               help=Text("Side of a block: larger ones learn fewer numbers. Lowered until it divides every layer.",
                         "方块边长:越大参数越少;若不能整除各层宽度则自动调小。")),
        WHERE,
    ),
    learning_rate=8e-2,
    step_cost=1.9,
    quantized=True,
)  # fmt: skip


def count(shape: ModelShape, *, block: int, where: str) -> int:
    """Trainable parameters: inputs × outputs / block of each chosen linear layer."""
    size = common_divisor(sizes(shape, where), block)
    return sum(linear.out * linear.inp // size for linear in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, block: int, where: str) -> Any:
    """`model` with a C³A adapter that starts at zero."""
    from peft import C3AConfig

    size = common_divisor(linear_sizes(model, where), block)
    config = C3AConfig(block_size=size, init_weights=True, target_modules=targets(where), task_type="CAUSAL_LM")
    return adapt(model, config)
