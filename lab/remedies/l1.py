"""L1: every step takes the same small amount off every move, so that weights which need not move stay exactly in place."""

from typing import Any

from lab.card import Choice, Number, RemedyCard, Text
from lab.remedies._within import refuse_rewarded

CARD = RemedyCard(
    id="l1",
    name=Text("L1 regularisation", "L1 正则化"),
    explain=Text(
        "After each optimizer step every weight goes back by the same small amount, and stops where it started (or at zero): "
        "the proximal step of an L1 penalty. What the data does not ask for again and again stays exactly where it was; the "
        "share of such weights is noted. Like AdamW's decay it is kept out of the gradient.",
        "每次优化步之后,把所有权重都往回收同样的一小段,收到起点(或零)为止:这是 L1 惩罚的近端步。数据没有反复要求的权重会精确停在原处,这样的比例会记录下来。与 AdamW 的权重衰减一样,它不经过梯度。",
    ),
    good=Text("Few rows: it leaves most weights alone, and says which.", "数据很少时:大多数权重保持不动,并且能看出是哪些。"),
    bad=Text("Rows that need many small changes at once: those are what it undoes first.", "需要许多微小改动的数据:最先被抹掉的正是它们。"),
    paper="Tibshirani 1996 (lasso); Parikh & Boyd 2014, Proximal Algorithms, section 6.5.2",
    knobs=(
        Number(
            "strength", Text("Strength", "强度"), 0.3, 0, 100,
            help=Text("Of each weight's move, so many learning rates are taken back in a step; an Adam step moves a weight by about one.",
                      "每一步收回学习率的多少倍;Adam 的一步大约移动一个学习率。"),
        ),
        Choice(
            "towards", Text("Towards", "收向"), "start", ("start", "zero"),
            Text("start: where the stage found the weight, so that the change becomes sparse; zero: the weight itself becomes "
                 "sparse, the textbook's L1, which costs a base what it knows and fits adapters.",
                 "start:收向本阶段开始时的值,变化量变稀疏;zero:收向零,权重本身变稀疏,即教科书上的 L1,会让基座丢掉知识,适合适配器。"),
        ),
    ),
    against=("overfitting",),
)  # fmt: skip

check = refuse_rewarded("l1")


def callbacks(model: Any, /, *, strength: float, towards: str) -> list[Any]:
    """One that takes the proximal step after each optimizer step."""
    if not strength:
        return []
    from lab.remedies._shrinking import Shrink

    return [Shrink(model, strength, towards)]
