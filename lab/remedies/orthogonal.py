"""O-LoRA: a new LoRA a stage that learns at right angles to those of the stages before."""

from collections.abc import Callable
from typing import Any

from lab.card import MethodCard, Number, RemedyCard, Text, find_cards
from lab.errors import RecipeError
from lab.recipe import ResolvedStage
from lab.remedies.past import Past

FILE = "adapter_model.safetensors"
FIRST = "lora_A"
"""In the names of a LoRA's weights: the matrix that reads a layer's input, whose rows span what it looks at."""

CARD = RemedyCard(
    id="orthogonal",
    name=Text("O-LoRA", "正交 LoRA(O-LoRA)"),
    explain=Text(
        "Every stage trains a LoRA of its own, and a term in the loss keeps the directions of input that it looks at at right "
        "angles to those of all earlier ones, so that the new one stays silent where the old ones speak.",
        "每个阶段训练自己的 LoRA,损失中加一项,让它所看的输入方向与以前各阶段的 LoRA 垂直,少干扰旧的。",
    ),
    good=Text("Many batches whose rows may not be kept, on LoRA.", "批次多、旧数据不能保留,并且用 LoRA 的时候。"),
    bad=Text(
        "Batches that ask alike: where the inputs are the same, so are the directions.",
        "各批的问法相近时:输入相同,方向也就相同。",
    ),
    paper="Wang et al. 2023, arXiv:2310.14152",
    knobs=(
        Number(
            "strength", Text("Strength", "强度"), 50, 0, 1e6,
            help=Text("How much the term counts beside the loss (lambda).", "该项相对损失的权重(λ)。"),
        ),
    ),
    new_adapter=True,
)  # fmt: skip


def check(stage: ResolvedStage, *, place: str, **_: Any) -> None:
    """Refuse methods whose adapter has no pair of LoRA matrices to hold against another; raises RecipeError."""
    card: MethodCard = find_cards("lab.methods")[stage.method].CARD
    if not card.lora_pair:
        able = [name for name, one in find_cards("lab.methods").items() if one.CARD.lora_pair]
        raise RecipeError(
            f"'orthogonal' compares the directions of one LoRA with another's, which '{card.id}' does not have",
            where=place, do=f"take {', '.join(able)}, or another remedy.",
        )  # fmt: skip


def penalty(model: Any, past: Past, /, *, strength: float) -> Callable[[], Any]:
    """strength times the sum of squared products of the new LoRA's directions with those of every earlier one (Wang et
    al. 2023; PEFT keeps A with a direction a row)."""
    import torch

    new = {_place(name): weight for name, weight in model.named_parameters() if f".{FIRST}." in name}
    earlier = earlier_directions(past)
    pairs = [(new[place], old.to(new[place].device)) for place, old in earlier if place in new]

    def term() -> Any:
        if not pairs:
            return 0.0
        return strength * torch.stack([(weight.float() @ old.T).square().sum() for weight, old in pairs]).sum()

    return term


def earlier_directions(past: Past) -> list[tuple[str, Any]]:
    """The first matrices of the LoRAs that earlier stages left, (rank, inputs) each, by the layer they are beside."""
    from safetensors.torch import load_file

    files = (one.folder / FILE for one in past.stages)
    tensors = (pair for file in files if file.exists() for pair in load_file(file).items())
    return [(_place(name), tensor.float()) for name, tensor in tensors if f".{FIRST}." in name]


def _place(name: str) -> str:
    """The layer that a LoRA's weight stands beside."""
    return name.partition(f".{FIRST}.")[0]
