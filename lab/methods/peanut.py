"""PEANuT: the update is what a small network makes of the weight itself."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods._layers import WHERE, adapt, chosen, rank, targets
from lab.models import ModelShape

CARD = MethodCard(
    id="peanut",
    name=Text("PEANuT", "PEANuT 权重感知网络"),
    family="low-rank",
    explain=Text(
        "A small network, with a bend (ReLU) in it, reads the weight and writes its update. LoRA's update is blind to the "
        "weight it changes; this one looks at it first.",
        "用一个带非线性(ReLU)的小网络读入权重本身,再输出对它的修改。LoRA 的更新与权重无关,它则是「看着权重改」。",
    ),
    good=Text("Updates that depend on what is there already.", "改动与原权重内容相关时。"),
    bad=Text("Speed on large models: the whole weight is read at every step.", "大模型上慢:每一步都要读整个权重。"),
    paper="PEANuT 2024, arXiv:2410.01870",
    knobs=(rank(16), WHERE),
    learning_rate=1e-2,
    step_cost=1.3,
    activation_factor=1.4,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str) -> int:
    """Trainable parameters: 2 × r for each output of each chosen linear layer."""
    return sum(2 * r * linear.out for linear in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, r: int, where: str) -> Any:
    """`model` with a PEANuT adapter that starts without effect."""
    from peft import PeanutConfig

    return adapt(model, PeanutConfig(r=r, target_modules=targets(where), task_type="CAUSAL_LM"))
