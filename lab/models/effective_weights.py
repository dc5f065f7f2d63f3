"""The weights a trained model answers with, module by module: an adapter counts as merged, but nothing stays merged.

One layer is merged at a time, on a copy of its weights that is dropped again, so a model of any size needs little room.
"""

from collections.abc import Iterator
from typing import Any


def effective_weights(model: Any, *, merged: bool) -> Iterator[tuple[str, Any]]:
    """(name, tensor) of every parameter, as if the adapter were merged where `merged` says so.

    Names are the model's own. Parameters of an adapter come as they are: they have no counterpart in a base. Raises
    what a layer raises that can't merge.
    """
    import torch
    from peft.tuners.tuners_utils import BaseTunerLayer

    wrappers = {
        name: layer
        for name, layer in model.named_modules()
        if merged and isinstance(layer, BaseTunerLayer) and hasattr(layer, "base_layer")
    }
    inside = tuple(f"{name}.base_layer." for name in wrappers)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if not name.startswith(inside):
                yield name, weight
        for name, layer in wrappers.items():
            yield from _merged(f"{name}.base_layer", layer)


def _merged(name: str, layer: Any) -> Iterator[tuple[str, Any]]:
    """The layer's weights with its adapter added; afterwards it is what it was, tensor for tensor."""
    base = layer.get_base_layer()
    kept = dict(base.named_parameters())
    before = {key: weight.data for key, weight in kept.items()}
    for weight in kept.values():
        weight.data = weight.data.clone()
    try:
        layer.merge()
        merged = layer.get_base_layer()  # some methods put another module in its place
        yield from ((f"{name}.{key}", weight) for key, weight in merged.named_parameters())
        if merged is not base:
            layer.unmerge()
    finally:
        layer.merged_adapters.clear()
        for key, weight in kept.items():
            weight.data = before[key]
            owner, _, own = key.rpartition(".")
            base.get_submodule(owner)._parameters[own] = weight  # quantized layers put another parameter in its place
