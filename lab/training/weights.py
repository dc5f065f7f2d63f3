"""The weights of a stage: what it starts from, and what it leaves on disk.

A method with an adapter leaves the adapter as PEFT saves it; the others leave the tensors that could move, to be laid
over what was there before.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lab.card import find_cards
from lab.methods import hook
from lab.models import Link, load_chain
from lab.recipe import ResolvedStage

if TYPE_CHECKING:
    from lab.training.run import Work

TENSORS = "tensors.safetensors"


def continues(chain: Sequence[Link], stage: ResolvedStage) -> bool:
    """Whether the stage trains the adapter at the end of the chain further, instead of adding to it.

    A reward model is made beside the weights it starts from, which later stages go on from.
    """
    last = chain[-1]
    return not scores(stage) and last.kind == "adapter" and last.method == stage.method and last.knobs == stage.knobs


def scores(stage: ResolvedStage) -> bool:
    """Whether the stage makes a reward model."""
    return find_cards("lab.objectives")[stage.objective].CARD.scores


def without_reward_models(work: "Work", index: int) -> tuple[Link, ...]:
    """The chain that a stage starts from: what earlier stages made to score answers is no part of it."""
    beside = {f"{work.run.id}/stage-{i}" for i, stage in enumerate(work.plan.stages[:index]) if scores(stage)}
    return tuple(link for link in work.chain if link.ref not in beside)


def model_for_stage(work: "Work", stage: ResolvedStage, seed: int) -> Any:
    """The model the stage trains: the chain's weights with the stage's method in place."""
    warm, work.warm = work.warm, None  # a loaded base serves once: training changes it in place
    if continues(work.chain, stage):
        return load_chain(work.chain, work.home, "fp32", warm=warm, trainable_last=True)
    model = load_chain(work.chain, work.home, "fp32", warm=warm)
    if work.chain[-1].kind == "adapter":
        model = model.merge_and_unload()
    method = find_cards("lab.methods")[stage.method]
    return method.build(model, steps=stage.budget.steps, seed=seed, **stage.knobs)


def save_stage(model, folder: Path, stage: ResolvedStage, ref: str, tokenizer) -> Link:
    """Write what the stage trained into `folder`; returns the link that leads there."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    if find_cards("lab.methods")[stage.method].CARD.adapter:
        save = hook(stage.method, "save") or type(model).save_pretrained
        save(model, folder)
        return Link("adapter", ref, stage.method, stage.knobs)
    moved = {name: tensor.detach().contiguous() for name, tensor in model.named_parameters() if tensor.requires_grad}
    save_file(moved, folder / TENSORS, metadata={"format": "pt"})
    return Link("tensors", ref, stage.method, stage.knobs)


def total_count(model) -> int:
    """Parameters of the model; one in 4 bits packs two into each number it has."""
    states = ((weight, getattr(weight, "quant_state", None)) for weight in model.parameters())
    return sum(math.prod(state.shape) if state is not None else weight.numel() for weight, state in states)


def trainable_count(model) -> int:
    return sum(weight.numel() for weight in model.parameters() if weight.requires_grad)


def size_of(folder: Path) -> int:
    """Bytes of the weights in a stage's folder."""
    return sum(file.stat().st_size for file in folder.glob("*.safetensors"))
