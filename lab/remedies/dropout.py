"""Dropout: what each block adds is left out in part while training, another part each time."""

from typing import Any

from lab.card import Number, RemedyCard, Text
from lab.errors import RecipeError
from lab.models.parts import kind_of
from lab.recipe import ResolvedStage
from lab.remedies._within import objective_of

CARD = RemedyCard(
    id="dropout",
    name=Text("Dropout", "随机失活"),
    explain=Text(
        "While the stage trains, a part of the numbers that each attention and each MLP adds to the text's states is set to "
        "zero, another part each time, so that nothing can be learned by heart in one place (residual dropout). Answers are "
        "given without it. It works for every method; the knob `dropout` of LoRA and its kin drops an adapter's input instead.",
        "训练时,把每个注意力层和 MLP 加到文本状态上的数值随机置零一部分,每次不同,于是不能靠某一处死记(残差随机失活)。回答时不使用。对所有方法都有效;LoRA 一类方法自己的 dropout 参数丢弃的则是适配器的输入。",
    ),
    good=Text("Many steps on few rows.", "数据少、步数多的时候。"),
    bad=Text("Short runs: what is learned comes slower.", "训练很短时:学得更慢。"),
    paper="Srivastava et al. 2014, JMLR 15; residual: Vaswani et al. 2017, arXiv:1706.03762, section 5.4",
    knobs=(
        Number(
            "share", Text("Share left out", "丢弃比例"), 0.1, 0, 0.9,
            help=Text("How many of the numbers are set to zero.", "把多少数值置零。"),
        ),
    ),
    against=("overfitting",),
)  # fmt: skip

BLOCK_ENDS = ("o", "down")
"""The last layers of attention and MLP: what they give is added to the states."""


def check(stage: ResolvedStage, *, place: str, **_: Any) -> None:
    """Refuse objectives that hold the model against what it was: both must say the same of a text twice. Raises
    RecipeError."""
    card = objective_of(stage)
    if card.still or card.rewarded or card.reference:
        raise RecipeError(
            f"'{card.id}' compares the model with what it was, and dropout would make it differ from itself", where=place,
            do="leave 'dropout' out, or take 'l2_start'.",
        )  # fmt: skip


def attach(model: Any, /, *, share: float) -> None:
    """Drop in what the ends of all blocks give, while they train."""
    from torch.nn.functional import dropout

    def dropped(module: Any, _inputs: Any, output: Any) -> Any:
        return dropout(output, share) if module.training else output

    ends = [module for name, module in model.named_modules() if kind_of(name) in BLOCK_ENDS]
    for module in ends:
        module.register_forward_hook(dropped)
