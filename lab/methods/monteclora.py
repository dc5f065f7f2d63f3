"""MonteCLoRA: LoRA that trains on random draws around itself."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods import lora
from lab.methods._layers import DROPOUT, WHERE, adapt, alpha, chosen, low_rank, rank
from lab.models import ModelShape

CARD = MethodCard(
    id="monteclora",
    name=Text("MonteCLoRA", "MonteCLoRA 蒙特卡洛 LoRA"),
    family="low-rank",
    explain=Text(
        "While training, LoRA's weights are shaken: each step uses an average of random draws around them, and how wide to "
        "draw is learned as well. What survives the shaking depends less on luck.",
        "训练时让 LoRA 的权重「抖一抖」:每步在它附近随机采样再取平均,抖动幅度也一起学。经得起抖动的解更稳健,不那么靠运气。",
    ),
    good=Text("Results that should not hang on seed and learning rate.", "希望结果不太受随机种子和学习率影响时。"),
    bad=Text("Speed: about twice the time of LoRA.", "在意速度时:大约是 LoRA 两倍的时间。"),
    paper="Sengupta et al. 2024, arXiv:2411.04358",
    knobs=(
        rank(), alpha(), WHERE, DROPOUT,
        Number("samples", Text("Draws", "采样数"), 8, 3, 64, whole=True,
               help=Text("Random draws a step: more is smoother and slower.", "每步采样的个数:越多越平稳,也越慢。")),
    ),
    learning_rate=5e-3,
    step_cost=1.8,
    activation_factor=1.4,
    extra_weight_copies=2,
    quantized=True,
    own_loss=True,
    draws=True,
    traits=("forward_term",),
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, samples: int, **_: Any) -> int:
    """Trainable parameters: as LoRA, and a spread for each rank and a weight for each draw in every layer."""
    return low_rank(shape, r, where) + sum(r + samples for _ in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, samples: int, **knobs: Any) -> Any:
    """`model` with a LoRA adapter that is sampled around while training."""
    from peft import MontecloraConfig

    # draws of one step at a time: by default PEFT keeps those of 150 steps for every layer
    settings = MontecloraConfig(num_samples=samples, buffer_size=1)
    return adapt(model, lora.config(**knobs, monteclora_config=settings))


def regulariser(model: Any) -> Any:
    """The paper's variational term, which keeps the draws near their prior."""
    return model.base_model._get_monteclora_loss()
