"""FourierFT: the update is a picture with a few learned frequencies."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import WHERE, adapt, chosen, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="fourierft",
    name=Text("FourierFT", "FourierFT 傅里叶微调"),
    family="sparse",
    lit=("waves_attention", "waves_mlp"),
    explain=Text(
        "The update of a weight is seen as a picture, and only a few of its frequencies, drawn at random, are learned; the "
        "inverse Fourier transform paints the rest.",
        "把权重的更新量看成一幅图,只学随机选出的少数几个频率,其余由逆傅里叶变换「画」出来。",
    ),
    good=Text("Tiny files.", "文件极小。"),
    bad=Text("Speed on a CPU, and fine detail.", "在 CPU 上较慢;表达不了细节。"),
    paper="Gao et al. 2024, arXiv:2405.03003",
    knobs=(
        Number("frequencies", Text("Frequencies", "频率个数"), 500, 1, 100_000, whole=True, log=True,
               help=Text("How many numbers each layer learns.", "每层学多少个数。")),
        WHERE,
    ),
    learning_rate=1e-1,
    step_cost=1.4,
    extra_weight_copies=1,
    quantized=True,
)  # fmt: skip


def count(shape: ModelShape, *, frequencies: int, where: str) -> int:
    """Trainable parameters: the frequencies, in each chosen linear layer."""
    return sum(frequencies for _ in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, frequencies: int, where: str) -> Any:
    """`model` with a FourierFT adapter that starts without effect."""
    from peft import FourierFTConfig

    config = FourierFTConfig(
        n_frequency=frequencies,
        random_loc_seed=seed,
        init_weights=True,
        target_modules=targets(where),
        task_type="CAUSAL_LM",
    )
    return adapt(model, config)
