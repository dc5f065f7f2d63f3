"""Puts bottleneck adapters into a model, by PEFT's machinery."""

from typing import Any

from peft.tuners.tuners_utils import BaseTuner

from lab.tuners.bottleneck_adapter.config import MODULES, BottleneckConfig
from lab.tuners.bottleneck_adapter.layer import BottleneckLayer


class BottleneckModel(BaseTuner):
    """A base model whose block halves carry bottleneck adapters."""

    prefix: str = "bottleneck_"
    tuner_layer_cls = BottleneckLayer
    target_module_mapping: dict[str, list[str]] = {}  # noqa: RUF012 (PEFT reads it as a class attribute)

    def _prepare_adapter_config(self, peft_config: Any, model_config: dict[str, Any]) -> BottleneckConfig:
        """The config with what the model decides: its width, and both halves of a block where nothing is named."""
        if peft_config.target_modules is None:
            peft_config.target_modules = {name for names in MODULES.values() for name in names}
        if peft_config.hidden is None:
            peft_config.hidden = next(
                model_config[key] for key in ("hidden_size", "n_embd", "d_model") if key in model_config
            )
        settled: BottleneckConfig = peft_config
        return settled

    def _create_and_replace(
        self, peft_config: Any, adapter_name: str, target: Any, target_name: str, parent: Any, current_key: str,
        parameter_name: str | None = None,
    ) -> None:  # fmt: skip
        if isinstance(target, BottleneckLayer):
            target.update_layer(adapter_name, peft_config)
            return
        layer = BottleneckLayer(target, adapter_name, peft_config)
        if adapter_name not in self.active_adapters:
            layer.requires_grad_(False)  # a further adapter is not trainable until it is chosen
        self._replace_module(parent, target_name, layer, target)

    def _replace_module(self, parent: Any, child_name: str, new_module: Any, child: Any) -> None:
        """Only put it in place: PEFT expects a linear layer here, and a new adapter is on the right device already."""
        setattr(parent, child_name, new_module)

    def _check_merge_allowed(self) -> None:
        raise NotImplementedError("a bottleneck adapter is not linear, so it can't be merged into the base")
