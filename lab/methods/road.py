"""RoAd: outputs are turned and stretched in pairs."""

from typing import Any

from lab.card import Choice, MethodCard, Text
from lab.methods._layers import WHERE, adapt, chosen, common_divisor, linear_sizes, targets
from lab.models import ModelShape

SIZES = {"road_1": 1, "road_2": 2, "road_4": 4}

CARD = MethodCard(
    id="road",
    name=Text("RoAd", "RoAd 二维旋转"),
    family="orthogonal",
    explain=Text(
        "The outputs of each layer are taken in pairs, and every pair is turned by a learned angle and stretched by a "
        "learned factor: one angle and one factor for two outputs.",
        "把每层的输出两两配对,每对学一个旋转角度和一个缩放倍数:两个输出只用两个数。",
    ),
    good=Text("Tiny files; many adapters in one batch.", "文件极小;同一批里混用多个适配器也方便。"),
    bad=Text("Tasks that need outputs mixed more widely.", "需要在更多输出之间重新组合的任务。"),
    paper="Liao and Monz 2024, arXiv:2409.00119",
    knobs=(
        Choice("variant", Text("Sharing", "共享方式"), "road_2", tuple(SIZES),
               help=Text("How many numbers an output has to itself: road_1 shares in pairs, road_4 shares nothing.",
                         "每个输出分到几个数:road_1 成对共享,road_4 完全不共享。")),
        WHERE,
    ),
    learning_rate=6e-2,
    step_cost=0.9,
    extra_weight_copies=2,
)  # fmt: skip


def count(shape: ModelShape, *, variant: str, where: str) -> int:
    """Trainable parameters: 1, 2 or 4 for each output of each chosen linear layer."""
    return sum(SIZES[variant] * linear.out for linear in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, variant: str, where: str) -> Any:
    """`model` with its linear layers' outputs turned in pairs."""
    from peft import RoadConfig

    group = common_divisor(linear_sizes(model, where), 64)
    return adapt(
        model, RoadConfig(variant=variant, group_size=group, target_modules=targets(where), task_type="CAUSAL_LM")
    )
