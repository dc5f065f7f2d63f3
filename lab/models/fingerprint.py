"""A short name for the weights that answer, so that a rating can be tied to exactly what was rated."""

import zlib
from collections.abc import Mapping
from typing import Any

BASE = "__base__"
"""PEFT's name for 'no adapter' in a mixed batch."""


def fingerprint(model: Any, adapter: str | None = None, under: int | None = None) -> str:
    """Eight hex digits from every weight that takes part when `model` answers, its active (or the given) adapter's too.

    The same weights have the same fingerprint however they were loaded: alone, or as one adapter among others.
    `under` is the checksum of the weights without the adapter, where it is known already.
    """
    chosen = adapter or str(getattr(model, "active_adapter", BASE))
    return weights_fingerprint(_adapter_weights(model, chosen), checksum(model) if under is None else under)


def weights_fingerprint(adapter: Mapping[str, Any], under: int) -> str:
    """The fingerprint of an adapter's tensors, by the names they have in a PeftModel, on weights of a checksum."""
    return f"{_sum(adapter, under):08x}"


def checksum(model: Any) -> int:
    """CRC-32 over all weights but adapters', about 3 GB a second."""
    adapters = set(getattr(model, "peft_config", {}))
    prefix = "base_model.model." if adapters else ""
    weights = {
        name.removeprefix(prefix).replace(".base_layer.", "."): tensor
        for name, tensor in model.named_parameters()
        if not adapters.intersection(name.split("."))
    }
    return _sum(weights, 0)


def _adapter_weights(model: Any, adapter: str) -> dict[str, Any]:
    """The parameters of one adapter, under the names they have when it is called "default"."""
    named = ((name.split("."), tensor) for name, tensor in model.named_parameters())
    return {
        ".".join("default" if part == adapter else part for part in parts): tensor
        for parts, tensor in named
        if adapter in parts
    }


def _sum(weights: Mapping[str, Any], start: int) -> int:
    import torch

    total = start
    for name, tensor in sorted(weights.items(), key=lambda pair: pair[0]):
        flat = tensor.detach().cpu().contiguous().flatten()
        total = zlib.crc32(memoryview(flat.view(torch.uint8).numpy()), zlib.crc32(name.encode(), total))
    return total
