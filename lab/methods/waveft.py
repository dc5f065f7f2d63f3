"""WaveFT: the update is a picture with a few learned wavelets."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import WHERE, adapt, chosen, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="waveft",
    name=Text("WaveFT", "WaveFT 小波微调"),
    family="sparse",
    lit=("waves_attention", "waves_mlp"),
    explain=Text(
        "As FourierFT, with wavelets, short waves in one place, instead of frequencies that reach over the whole matrix: "
        "each learned number changes a small patch.",
        "与 FourierFT 类似,但用「小波」代替贯穿整个矩阵的频率:每个参数只影响一小块区域。",
    ),
    good=Text("Tiny files with local changes.", "文件极小,改动又比较局部。"),
    bad=Text("Speed on a CPU.", "在 CPU 上较慢。"),
    paper="Bilican et al. 2025, arXiv:2505.12532",
    knobs=(
        Number("wavelets", Text("Wavelets", "小波个数"), 500, 1, 100_000, whole=True, log=True,
               help=Text("How many numbers each layer learns.", "每层学多少个数。")),
        WHERE,
    ),
    learning_rate=2.5e-3,
    step_cost=2.0,
)  # fmt: skip


def count(shape: ModelShape, *, wavelets: int, where: str) -> int:
    """Trainable parameters: the wavelets, in each chosen linear layer."""
    return sum(wavelets for _ in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, wavelets: int, where: str) -> Any:
    """`model` with a WaveFT adapter that starts without effect."""
    from peft import WaveFTConfig

    config = WaveFTConfig(
        n_frequency=wavelets, random_loc_seed=seed, target_modules=targets(where), task_type="CAUSAL_LM"
    )
    return adapt(model, config)
