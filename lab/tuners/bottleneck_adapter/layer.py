"""Half a transformer block with a bottleneck after it (serial) or beside it (parallel)."""

from typing import Any

import torch
from peft.tuners.tuners_utils import BaseTunerLayer
from torch import nn
from transformers.activations import ACT2FN

from lab.tuners.bottleneck_adapter.config import BottleneckConfig


class BottleneckLayer(nn.Module, BaseTunerLayer):
    """Adds `scale · up(act(down(h)))` to the output of `base_layer`.

    h is that output itself (Houlsby et al. 2019, before the residual is added) or, in parallel, the input of
    `base_layer` (He et al. 2022). `up` starts at zero, so that a new adapter changes nothing.
    """

    adapter_layer_names = ("bottleneck_down", "bottleneck_up")
    other_param_names = ("settings",)

    def __init__(self, base_layer: nn.Module, adapter_name: str, config: BottleneckConfig, **_: Any):
        super().__init__()
        self.base_layer = base_layer
        self.bottleneck_down = nn.ModuleDict({})
        self.bottleneck_up = nn.ModuleDict({})
        self.settings: dict[str, BottleneckConfig] = {}
        self._disable_adapters = False
        self.merged_adapters: list[str] = []
        self._active_adapter = adapter_name
        self.update_layer(adapter_name, config)

    def update_layer(self, adapter_name: str, config: BottleneckConfig, **_: Any) -> None:
        """Add a new adapter of that name."""
        weights = list(self.base_layer.parameters())
        floating = [weight.dtype for weight in weights if weight.is_floating_point()]  # none where all are in few bits
        made: dict[str, Any] = {
            "device": weights[0].device,
            "dtype": floating[0] if floating else torch.get_default_dtype(),
        }
        hidden = config.hidden or 0  # settled by the model, see `BottleneckModel`
        down, up = nn.Linear(hidden, config.width, **made), nn.Linear(config.width, hidden, **made)
        nn.init.normal_(down.weight, std=hidden**-0.5)
        for zero in (down.bias, up.weight, up.bias):
            nn.init.zeros_(zero)
        self.bottleneck_down[adapter_name], self.bottleneck_up[adapter_name] = down, up
        self.settings[adapter_name] = config
        self.set_adapter(self.active_adapters, inference_mode=config.inference_mode)

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """The base layer's output with the adapters' part added; other outputs (attention weights) pass unchanged."""
        given: Any = args[0] if args else kwargs.get("hidden_states")
        base: Any = self.base_layer
        result = base(*args, **kwargs)
        if self.disable_adapters:
            return result
        hidden, rest = (result[0], result[1:]) if isinstance(result, tuple) else (result, None)
        for name in self.active_adapters:
            if name in self.bottleneck_down:
                hidden = hidden + self._bottleneck(name, given if self.settings[name].parallel else hidden)
        return hidden if rest is None else (hidden, *rest)

    def _bottleneck(self, name: str, hidden: torch.Tensor) -> Any:
        """(batch, length, hidden) to the same, through the narrow layer."""
        settings = self.settings[name]
        down: Any = self.bottleneck_down[name]
        up: Any = self.bottleneck_up[name]
        narrow = ACT2FN[settings.activation](down(self._cast_input_dtype(hidden, down.weight.dtype)))
        return (settings.scale * up(narrow)).to(hidden.dtype)

    def merge(self, safe_merge: bool = False, adapter_names: list[str] | None = None) -> None:
        raise NotImplementedError("a bottleneck adapter is not linear, so it can't be added into the base's weights")
