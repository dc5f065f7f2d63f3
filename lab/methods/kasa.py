"""KaSA: LoRA that first drops a weight's noise and then learns in terms of singular values."""

from typing import Any

from lab.card import MethodCard, Text
from lab.methods import lora
from lab.methods._layers import DROPOUT, WHERE, adapt, alpha, chosen, low_rank, rank
from lab.models import ModelShape

CARD = MethodCard(
    id="kasa",
    name=Text("KaSA", "KaSA 知识感知奇异值"),
    family="low-rank",
    explain=Text(
        "The least important directions of each weight, its noise, are cut away first; the update is then learned as "
        "directions with strengths, which are kept small and at right angles by two extra terms in the loss.",
        "先把权重里最不重要的方向(噪声)去掉,再把更新量写成「方向 × 强度」来学;损失里多出两项,让强度保持较小、方向保持垂直。",
    ),
    good=Text("Bases with much irrelevant knowledge.", "底座里有不少与任务无关的知识时。"),
    bad=Text(
        "Bases that need the directions it cuts: SmolLM2-135M loses its speech to it before the first step. And swapping "
        "adapters on one base, which is itself changed.",
        "底座恰好离不开被去掉的方向时:SmolLM2-135M 还没开始训练就不会说话了。一个底座换着用多个适配器也不方便:底座本身被改动了。",
    ),
    paper="Wang et al. 2024, arXiv:2412.06071",
    knobs=(rank(), alpha(), WHERE, DROPOUT),
    learning_rate=5e-3,
    step_cost=1.3,
    activation_factor=1.4,
    quantized=True,
    own_loss=True,
    reference=False,
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: as LoRA, and r strengths a layer."""
    return low_rank(shape, r, where) + sum(r for _ in chosen(shape, where))


def build(model: Any, *, steps: int, seed: int, **knobs: Any) -> Any:
    """`model` with its weights denoised and a KaSA adapter."""
    from peft import KasaConfig

    return adapt(model, lora.config(**knobs, kasa_config=KasaConfig()))


def regulariser(model: Any) -> Any:
    """The paper's two terms: small strengths, directions at right angles (equations 9 to 11)."""
    return model.base_model._get_kasa_loss()
