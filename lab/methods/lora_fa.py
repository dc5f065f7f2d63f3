"""LoRA-FA: LoRA with its first half frozen."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods import lora
from lab.methods._layers import DROPOUT, WHERE, adapt, alpha, chosen, low_rank, rank
from lab.models import ModelShape

CARD = MethodCard(
    id="lora_fa",
    name=Text("LoRA-FA", "LoRA-FA 冻结 A 矩阵"),
    family="low-rank",
    explain=Text(
        "Of LoRA's product BA only B is trained, A stays as it was drawn; the gradient is corrected for that. Half the "
        "numbers to train, and less of the activations to remember.",
        "LoRA 的 BA 中只训练 B,A 保持随机初始化不动,并相应修正梯度。可训练参数减半,训练时要记住的激活也更少。",
    ),
    good=Text("Memory is tight and rows are long.", "显存紧张、序列较长时。"),
    bad=Text("Low ranks: the frozen half can't turn to where it is needed.", "秩很小时:冻结的那一半无法转向需要的方向。"),
    paper="Zhang et al. 2023, arXiv:2308.03303",
    knobs=(rank(), alpha(), WHERE, DROPOUT),
    learning_rate=1e-2,
    step_cost=1.1,
    activation_factor=1.4,
    quantized=True,
    traits=("own_optimizer",),
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: r for each output of each chosen linear layer."""
    return sum(r * linear.out for linear in chosen(shape, where))


def kept(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Numbers saved: both halves, also the one that stays as it was."""
    return low_rank(shape, r, where)


def build(model: Any, *, steps: int, seed: int, **knobs: Any) -> Any:
    """`model` with a LoRA adapter whose A is frozen."""
    model = adapt(model, lora.config(**knobs))
    for name, weight in model.named_parameters():
        if "lora_A" in name:
            weight.requires_grad_(False)
    return model


def optimizer(model: Any, *, learning_rate: float, weight_decay: float, r: int, alpha: float, **_: Any) -> Any:
    """PEFT's optimizer for it, which projects the gradient of B."""
    from peft.optimizers import create_lorafa_optimizer

    rates = {"lr": learning_rate, "weight_decay": weight_decay}
    return create_lorafa_optimizer(model, r=r, lora_alpha=alpha, **rates)
