"""The causal language model within PEFT's wrapper."""

from typing import Any


def causal_of(model: Any) -> Any:
    """What PEFT has wrapped, its layers with their adapters; the model itself where it is not wrapped."""
    return model.get_base_model() if hasattr(model, "get_base_model") else model
