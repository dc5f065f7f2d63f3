"""BitFit: only biases move. Models without biases gain them, at zero, as an adapter; see `lab.tuners`."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import WHERE, adapt, chosen, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="bitfit",
    name=Text("BitFit (biases only)", "BitFit 只训练偏置"),
    family="selective",
    lit=("biases_attention", "biases_mlp"),
    explain=Text(
        "Only the bias of each linear layer is trained: one number for each output, a thousandth of the model. Today's "
        "models mostly have no biases at all; then each layer gains one that starts at zero.",
        "只训练每个线性层的偏置(bias):每个输出一个数,约占全部参数的千分之一。如今的模型大多没有偏置,这里就给每层补上一个从零开始的偏置。",
    ),
    good=Text("Little data; seeing how far a handful of numbers gets you.", "数据很少时;想看看极少的参数能走多远。"),
    bad=Text("Tasks that need new combinations of features, not only shifted ones.", "需要重新组合特征、而不只是平移特征的任务。"),
    paper="Ben Zaken et al. 2021, arXiv:2106.10199",
    knobs=(WHERE,),
    learning_rate=2e-2,
    step_cost=0.9,
    activation_factor=0.65,
    quantized=True,
    mergeable=False,
)  # fmt: skip


def count(shape: ModelShape, *, where: str) -> int:
    """Trainable parameters: one for each output of each chosen layer."""
    return sum(linear.out for linear in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, where: str) -> Any:
    """`model` with a trainable bias on its linear layers."""
    from lab.tuners import LinearBiasConfig

    return adapt(model, LinearBiasConfig(target_modules=targets(where), task_type="CAUSAL_LM"))
