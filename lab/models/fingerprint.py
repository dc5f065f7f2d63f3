"""A short name for the weights that answer, so that a rating can be tied to exactly what was rated."""

import zlib
from typing import Any

BASE = "__base__"
"""PEFT's name for 'no adapter' in a mixed batch."""


def fingerprint(model: Any, adapter: str | None = None) -> str:
    """Eight hex digits from every weight that takes part when `model` answers, its active (or the given) adapter's too.

    The same weights have the same fingerprint however they were loaded: alone, or as one adapter among others.
    """
    total = 0
    for name, tensor in sorted(_answering(model, adapter)):
        total = zlib.crc32(_bytes(tensor), zlib.crc32(name.encode(), total))
    return f"{total:08x}"


def _answering(model: Any, adapter: str | None) -> list[tuple[str, Any]]:
    """The parameters that take part, under the names they would have in a model of their own."""
    adapters = set(getattr(model, "peft_config", {}))
    chosen = adapter or getattr(model, "active_adapter", BASE)
    found = []
    for name, tensor in model.named_parameters():
        parts = name.split(".")
        owner = adapters.intersection(parts)
        if not owner:
            plain = name.removeprefix("base_model.model." if adapters else "").replace(".base_layer.", ".")
            found.append((plain, tensor))
        elif chosen in owner:
            found.append((".".join("default" if part == chosen else part for part in parts), tensor))
    return found


def _bytes(tensor: Any) -> memoryview:
    import torch

    flat = tensor.detach().cpu().contiguous().flatten()
    return memoryview(flat.view(torch.uint8).numpy())
