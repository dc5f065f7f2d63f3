"""LoRA-GA: LoRA that starts along the first gradients of full fine-tuning."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from lab.card import MethodCard, Text
from lab.methods import lora
from lab.methods._batches import read_of
from lab.methods._conversion import remember_start, save_converted
from lab.methods._layers import DROPOUT, WHERE, adapt, alpha, low_rank, rank
from lab.models import ModelShape

BATCHES = 4

CARD = MethodCard(
    id="lora_ga",
    name=Text("LoRA-GA", "LoRA-GA 梯度对齐"),
    family="low-rank",
    explain=Text(
        "Asks first: if all weights could move, which way would they go? A few batches give that gradient, and LoRA's "
        "companion starts along its main directions, so that its first steps are nearly those of full fine-tuning.",
        "先问一句:如果全量微调,权重会往哪里走?用几批数据算出梯度,让 LoRA 沿梯度的主方向起步,前几步就几乎与全量微调一致。",
    ),
    good=Text("Short runs that should come near full fine-tuning.", "步数不多,又想接近全量微调的效果。"),
    bad=Text("Memory: for a moment it needs the gradients of all tuned weights.", "起步时要短暂存下所有相关权重的梯度,比较占内存。"),
    paper="Wang et al. 2024, arXiv:2407.05000",
    knobs=(rank(), alpha(), WHERE, DROPOUT),
    learning_rate=3e-3,
    step_cost=0.9,
    activation_factor=1.4,
    extra_weight_copies=1,
    reference=False,
    traits=("answers_first",),
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: as LoRA, r × (inputs + outputs) of each chosen linear layer. It is saved at twice that."""
    return low_rank(shape, r, where)


def kept(shape: ModelShape, **knobs: Any) -> int:
    """Numbers saved: a LoRA of twice the rank, see `lab.methods._conversion`."""
    return 2 * count(shape, **knobs)


def build(model: Any, *, steps: int, seed: int, **knobs: Any) -> Any:
    """`model` with a LoRA adapter that waits for `initialise`."""
    from peft import LoraGAConfig

    return adapt(model, lora.config(**knobs, init_lora_weights="lora_ga", lora_ga_config=LoraGAConfig()))


def initialise(model: Any, batches: Iterable[Any], **_: Any) -> None:
    """Turn the adapter to the gradients of the first batches, which comes out of the base's weights.

    While the adapter is without effect, the base's gradients are those of full fine-tuning.
    """
    import torch

    layers = [module for module in model.modules() if hasattr(module, "lora_ga_init")]
    weights = [layer.get_base_layer().weight for layer in layers]
    for weight in weights:
        weight.requires_grad_(True)
    for batch in islice(batches, BATCHES):
        model(**read_of(batch)).loss.backward()
    settings = model.peft_config["default"].lora_ga_config
    with torch.random.fork_rng(), torch.no_grad():
        torch.manual_seed(0)  # its decomposition is a randomised one, and must come out the same in a resumed run
        for layer, weight in zip(layers, weights, strict=True):
            layer.get_base_layer()._peft_loraga_grad = weight.grad / BATCHES
            layer.lora_ga_init("default", settings)
            weight.requires_grad_(False)
    model.zero_grad(set_to_none=True)
    for weight in weights:
        weight.grad = None
    remember_start(model)


save = save_converted
