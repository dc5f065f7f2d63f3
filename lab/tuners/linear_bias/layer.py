"""A linear layer whose bias moves; one that has none gains one of zeros."""

from typing import Any

import torch
from peft.tuners.tuners_utils import BaseTunerLayer
from torch import nn

from lab.tuners.linear_bias.config import LinearBiasConfig


class LinearBiasLayer(nn.Module, BaseTunerLayer):
    """Adds a trained vector to the output of `base_layer`, which is the same as moving its bias by that vector."""

    adapter_layer_names = ("linear_bias_moved",)

    def __init__(self, base_layer: nn.Module, adapter_name: str, config: LinearBiasConfig, **_: Any):
        super().__init__()
        self.base_layer = base_layer
        self.linear_bias_moved = nn.ParameterDict({})
        self._disable_adapters = False
        self.merged_adapters: list[str] = []
        self._active_adapter = adapter_name
        self.update_layer(adapter_name, config)

    def update_layer(self, adapter_name: str, config: LinearBiasConfig, **_: Any) -> None:
        """Add a new adapter of that name."""
        base: Any = self.get_base_layer()
        size = base.out_features if isinstance(base, nn.Linear) else base.nf
        self.linear_bias_moved[adapter_name] = nn.Parameter(torch.zeros(size))
        self._move_adapter_to_device_of_base_layer(adapter_name)
        self.set_adapter(self.active_adapters, inference_mode=config.inference_mode)

    def forward(self, x: torch.Tensor, *args: Any, **kwargs: Any) -> Any:
        """(batch, length, inputs) to (batch, length, outputs)."""
        base: Any = self.base_layer
        result = base(x, *args, **kwargs)
        if self.disable_adapters:
            return result
        for name in self.active_adapters:
            if name in self.linear_bias_moved:
                result = result + self.linear_bias_moved[name].to(result.dtype)
        return result

    def merge(self, safe_merge: bool = False, adapter_names: list[str] | None = None) -> None:
        raise NotImplementedError("this model's layers have no biases to add the trained ones to")
