"""The modules of a model and what each is, told from the names of its tensors: what a picture of it is drawn from.

Names differ between families of models; a module nobody here knows is an "other", and is drawn all the same.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

KINDS = {
    "q": ("q_proj", "q_lin", "query"),
    "k": ("k_proj", "k_lin", "key"),
    "v": ("v_proj", "v_lin", "value"),
    "qkv": ("c_attn", "query_key_value", "qkv_proj", "Wqkv"),
    "o": ("o_proj", "out_proj", "out_lin", "attn.c_proj", "attention.dense", "self_attention.dense"),
    "gate": ("gate_proj", "gate_up_proj"),
    "up": ("up_proj", "c_fc", "fc1", "fc_in", "dense_h_to_4h"),
    "down": ("down_proj", "mlp.c_proj", "fc2", "fc_out", "dense_4h_to_h"),
    "embeddings": ("embed_tokens", "wte", "embed_in", "word_embeddings", "wpe", "embed_positions"),
    "head": ("lm_head", "embed_out"),
}
"""What families of models call the same thing, by the end of the name."""
ATTENTION = ("q", "k", "v", "qkv", "o")
MLP = ("gate", "up", "down")


@dataclass(frozen=True)
class Module:
    """A module with weights of its own; `layer` is its block's number."""

    name: str
    kind: str
    layer: int | None
    parameters: int


def modules_of(tensors: Mapping[str, tuple[int, ...]]) -> tuple[Module, ...]:
    """The modules those tensors belong to (`Shape.tensors`), from the text's way in to its way out."""
    sizes: dict[str, int] = {}
    for name, size in tensors.items():
        module = name.rpartition(".")[0]
        sizes[module] = sizes.get(module, 0) + math.prod(size)
    found = [Module(name, kind_of(name), layer_of(name), size) for name, size in sizes.items()]
    return tuple(sorted(found, key=_place))


def kind_of(module: str) -> str:
    """What a module is, by its name: q, k, v, o, gate, up, down, embeddings, norm, head or other."""
    for kind, endings in KINDS.items():
        if any(module == ending or module.endswith(f".{ending}") for ending in endings):
            return kind
    last = module.rsplit(".", 1)[-1].lower()
    return "norm" if "norm" in last or last.startswith("ln") else "other"


def layer_of(name: str) -> int | None:
    """The number of the block a tensor or module is in."""
    return next((int(part) for part in name.split(".") if part.isdigit()), None)


def _place(module: Module) -> tuple[int, int, int, str]:
    """Where it stands in the model: embeddings, then the blocks, then what follows them."""
    order = (*ATTENTION, *MLP, "other", "norm")
    within = order.index(module.kind) if module.kind in order else len(order)
    if module.layer is not None:
        return (1, module.layer, within, module.name)
    return (0 if module.kind == "embeddings" else 2, 0, within, module.name)
