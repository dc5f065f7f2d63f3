"""The weights of a stage: what it starts from, and what it leaves on disk.

A method with an adapter leaves the adapter as PEFT saves it; the others leave the tensors that could move, to be laid
over what was there before.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lab.card import find_cards
from lab.cards.kinds import Gives
from lab.home import Home
from lab.methods import hook
from lab.models import Chain, Link, load_chain, precision_of
from lab.models.precision import settle_weights
from lab.recipe import ResolvedStage
from lab.recipe.remedies import begins_anew

TENSORS = "tensors.safetensors"


def continues(chain: Sequence[Link], stage: ResolvedStage) -> bool:
    """Whether the stage trains the adapter at the end of the chain further, instead of adding to it.

    A reward model is made beside the weights it starts from, which later stages go on from; a remedy may have every
    stage begin anew.
    """
    last = chain[-1]
    same = last.method == stage.method and last.knobs == stage.knobs
    return last.kind == "adapter" and same and not makes_reward_model(stage) and not begins_anew(stage)


def makes_reward_model(stage: ResolvedStage) -> bool:
    """Whether what the stage trains scores answers instead of giving them."""
    return gives_of(stage) == "score"


def gives_of(stage: ResolvedStage) -> Gives:
    """What the model gives that the stage trains."""
    gives: Gives = find_cards("lab.objectives")[stage.objective].CARD.gives
    return gives


def build_model(chain: Chain, stage: ResolvedStage, home: Home, seed: int, warm: Any = None) -> Any:
    """The model the stage trains: the chain's weights with the stage's method in place.

    `warm` is the chain's base, loaded already; it is used up, since training changes it in place.
    """
    precision = precision_of(chain, home)
    if continues(chain, stage):
        return settle_weights(load_chain(chain, home, precision, warm=warm, trainable_last=True), precision)
    method = find_cards("lab.methods")[stage.method]
    whole = precision == "bf16" and not method.CARD.adapter  # what trains of the base must not be rounded before
    model = load_chain(chain, home, "fp32" if whole else precision, warm=warm)
    if chain[-1].kind == "adapter":
        model = model.merge_and_unload()
    built = method.build(model, steps=stage.budget.planned_steps, seed=seed, **stage.knobs)
    return settle_weights(built, precision)


def whole_model(chain: Chain, stage: ResolvedStage, home: Home, seed: int, values: dict[str, Any]) -> Any:
    """The model the stage trains, built anew in one process, with these weights."""
    model = build_model(chain, stage, home, seed)
    model.load_state_dict(values)
    return model


def save_weights(model: Any, folder: Path, stage: ResolvedStage, ref: str) -> Link:
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


def total_count(model: Any) -> int:
    """Parameters of the model; one in 4 bits packs two into each number it has."""
    states = ((weight, getattr(weight, "quant_state", None)) for weight in model.parameters())
    return sum(math.prod(state.shape) if state is not None else weight.numel() for weight, state in states)


def trainable_count(model: Any) -> int:
    """Parameters of the model that training may move."""
    return sum(weight.numel() for weight in model.parameters() if weight.requires_grad)


def size_of(folder: Path) -> int:
    """Bytes of the weights in a stage's folder."""
    return sum(file.stat().st_size for file in folder.glob("*.safetensors"))
