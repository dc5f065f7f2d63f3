"""EVA: LoRA that starts from the directions its own training data uses most."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from lab.card import MethodCard, Text
from lab.methods import lora
from lab.methods._batches import read_of
from lab.methods._layers import DROPOUT, WHERE, adapt, alpha, low_rank, rank
from lab.models import ModelShape

BATCHES = 8

CARD = MethodCard(
    id="eva",
    name=Text("EVA", "EVA 数据驱动初始化"),
    family="low-rank",
    explain=Text(
        "Before training, EVA reads a few batches of the data and looks which directions the activations vary in most; "
        "LoRA's companion starts along those. It begins by listening to the data instead of rolling dice.",
        "训练前先读几批数据,看激活值主要沿哪些方向变化,再用这些方向初始化 LoRA:先「听一听」数据,而不是随机开始。",
    ),
    good=Text("Data that differs from what the base was trained on.", "数据与底座的训练语料差别较大时。"),
    bad=Text("Very short runs: reading the data first takes time.", "训练极短时,先读数据也要花时间。"),
    paper="Paischer et al. 2024, arXiv:2410.07170",
    knobs=(rank(), alpha(), WHERE, DROPOUT),
    learning_rate=3e-3,
    activation_factor=1.4,
    quantized=True,
    traits=("answers_first",),
)  # fmt: skip


def count(shape: ModelShape, *, r: int, where: str, **_: Any) -> int:
    """Trainable parameters: as LoRA, r × (inputs + outputs) of each chosen linear layer."""
    return low_rank(shape, r, where)


def build(model: Any, *, steps: int, seed: int, **knobs: Any) -> Any:
    """`model` with a LoRA adapter that waits for `initialise`. Ranks stay even (rho 1), so that the count is known."""
    from peft import EvaConfig

    return adapt(model, lora.config(**knobs, init_lora_weights="eva", eva_config=EvaConfig(rho=1.0)))


def initialise(model: Any, batches: Iterable[Any], **_: Any) -> None:
    """Turn the adapter to the main directions of the activations in a few batches."""
    from peft import initialize_lora_eva_weights

    read = [read_of(batch) for batch in islice(batches, BATCHES)]
    training = model.training
    model.eval()
    initialize_lora_eva_weights(model, read, show_progress_bar=False)
    model.train(training)
