"""L2 to the start: every weight is pulled back to where the stage found it."""

from collections.abc import Callable
from typing import Any

from lab.card import Number, RemedyCard, Text
from lab.remedies.past import Past

CARD = RemedyCard(
    id="l2_start",
    name=Text("L2 to the start", "拉回起点 L2-SP"),
    explain=Text(
        "A term in the loss pulls every weight back to where the stage found it, all with the same strength (L2-SP with the "
        "stage's start as starting point). It needs neither old rows nor a look at what the old tasks depend on.",
        "损失中加一项,以同样的强度把每个权重拉回本阶段开始时的位置(以阶段起点为参照的 L2-SP)。不需要旧数据,也不问哪些权重对旧任务重要。",
    ),
    good=Text("The simplest brake; what EWC must beat.", "最简单的刹车,也是 EWC 该胜过的对照。"),
    bad=Text("It brakes new learning as much as unlearning.", "忘得慢了,学得也一样慢。"),
    paper="Li et al. 2018, arXiv:1802.01483",
    knobs=(
        Number(
            "strength", Text("Strength", "强度"), 0.1, 0, 1e6,
            help=Text("The term is half of this times the sum of squared moves.", "该项等于移动量平方和的一半乘以强度。"),
        ),
    ),
    against=("forgetting", "overfitting"),
    same_weights=True,
)  # fmt: skip


def penalty(model: Any, past: Past, /, *, strength: float) -> Callable[[], Any]:
    """strength / 2 times the squared distance from here, over all weights that may move."""
    start = [(weight, weight.detach().clone()) for weight in model.parameters() if weight.requires_grad]

    def term() -> Any:
        return 0.5 * strength * sum((weight - was).square().sum() for weight, was in start)

    return term
