"""OSF: a weight's main directions are frozen, the minor ones may change completely."""

from typing import Any

from lab.card import MethodCard, Number, Text
from lab.methods._layers import WHERE, adapt, chosen, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="osf",
    name=Text("OSF", "OSF 正交子空间微调"),
    family="orthogonal",
    lit=("inside_attention", "inside_mlp"),
    explain=Text(
        "Each weight is taken apart by singular value decomposition. The main directions, which carry what the model knows, "
        "are frozen; the minor ones are trained, and kept at right angles to the frozen ones. The opposite of PiSSA.",
        "对权重做奇异值分解:承载主要知识的大方向冻结,只训练次要方向,并始终与冻结部分保持垂直。与 PiSSA 正好相反。",
    ),
    good=Text("One task after another without forgetting.", "一个任务接一个任务地学,而不忘旧的。"),
    bad=Text("Size: it trains and stores about half a model.", "体积大:要训练和保存大约半个模型。"),
    paper="Nayak et al. 2025, arXiv:2504.07097",
    traits=("own_reading",),
    knobs=(
        Number("kept", Text("Kept share", "冻结比例"), 0.5, 0.05, 0.95,
               help=Text("Share of each weight's directions that is frozen.", "每个权重中冻结的方向所占比例。")),
        WHERE,
    ),
    learning_rate=2e-3,
    step_cost=1.5,
    extra_weight_copies=3,
)  # fmt: skip


def count(shape: ModelShape, *, kept: float, where: str) -> int:
    """Trainable parameters: inputs + outputs + 1 for each direction that is not kept."""
    free = ((linear, min(linear.out, linear.inp)) for linear in chosen(shape, where))
    return sum((narrow - int(narrow * kept)) * (linear.out + linear.inp + 1) for linear, narrow in free)


def build(model: Any, *, steps: int, seed: int, kept: float, where: str) -> Any:
    """`model` with its weights split into a frozen main part and a trainable rest."""
    from peft import OSFConfig

    return adapt(model, OSFConfig(effective_rank=kept, target_modules=targets(where), task_type="CAUSAL_LM"))
