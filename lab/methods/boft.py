"""BOFT: OFT in butterfly steps, so that few angles turn everything."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import WHERE, adapt, chosen, common_divisor, linear_sizes, sizes, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="boft",
    name=Text("BOFT", "BOFT 蝶形正交微调"),
    family="orthogonal",
    explain=Text(
        "A rotation of all inputs, put together from small blocks as in the fast Fourier transform's butterfly; each "
        "output also gets a scale. Denser turning than OFT for the same number of angles.",
        "像快速傅里叶变换的「蝶形」那样,用小块拼成对全部输入的旋转,再给每个输出配一个缩放。同样多的参数,转得比 OFT 更「密」。",
    ),
    good=Text("As OFT, with fewer parameters.", "与 OFT 相同,但参数更少。"),
    bad=Text("Speed on large models.", "大模型上速度较慢。"),
    paper="Liu et al. 2023, arXiv:2311.06243",
    knobs=(
        Number("block", Text("Block", "块大小"), 4, 2, 64, whole=True, log=True,
               help=Text("Inputs turned together. Lowered until it divides every layer.", "多少个输入一起旋转;若不能整除各层宽度则自动调小。")),
        WHERE,
    ),
    learning_rate=2e-2,
    step_cost=3.3,
    extra_weight_copies=6,
    quantized=True,
)  # fmt: skip


def count(shape: ModelShape, *, block: int, where: str) -> int:
    """Trainable parameters: block for each input (PEFT stores whole matrices), and a scale for each output."""
    size = common_divisor(sizes(shape, where), block)
    return sum(linear.inp * size + linear.out for linear in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, block: int, where: str) -> Any:
    """`model` with its linear layers' inputs turned in butterflies of one step."""
    from peft import BOFTConfig

    size = common_divisor(linear_sizes(model, where), block)
    return adapt(model, BOFTConfig(boft_block_size=size, target_modules=targets(where), task_type="CAUSAL_LM"))
