"""HRA: each weight is turned by a chain of mirrors."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.errors import RecipeError
from lab.methods._layers import WHERE, adapt, chosen, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="hra",
    name=Text("HRA", "HRA 豪斯霍尔德反射"),
    family="orthogonal",
    explain=Text(
        "The inputs of each layer are reflected in a chain of learned mirrors (Householder reflections). Two mirrors make a "
        "rotation, so it turns weights like OFT, but is also of low rank like LoRA.",
        "让每层的输入依次经过几面可学习的「镜子」(Householder 反射)。两次反射等于一次旋转,所以它既像 OFT 那样旋转权重,又像 LoRA 那样是低秩的。",
    ),
    good=Text("Adapting without forgetting, at LoRA's size.", "以 LoRA 的大小做到少遗忘。"),
    bad=Text("Speed: the mirrors come one after the other.", "速度慢:反射要一个接一个地算。"),
    paper="Yuan et al. 2024, arXiv:2405.17484",
    knobs=(
        Number("r", Text("Mirrors", "反射次数 r"), 8, 2, 128, whole=True,
               help=Text("How many reflections; an even number, so that they start by cancelling each other.", "反射的次数;取偶数,这样开始时两两抵消。")),
        WHERE,
    ),
    learning_rate=2e-2,
    step_cost=2.2,
    extra_weight_copies=18,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str) -> int:
    """Trainable parameters: r for each input of each chosen linear layer."""
    return sum(r * linear.inp for linear in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, r: int, where: str) -> Any:
    """`model` with its linear layers' inputs reflected r times."""
    from peft import HRAConfig

    if r % 2:
        raise RecipeError(f"{r} reflections would not start without effect", where="knobs.r", do="give an even number.")
    return adapt(model, HRAConfig(r=r, target_modules=targets(where), task_type="CAUSAL_LM"))
