"""Puts trainable biases on a model's linear layers, by PEFT's machinery."""

from typing import Any

from peft.tuners.tuners_utils import BaseTuner
from peft.utils import TRANSFORMERS_MODELS_TO_LORA_TARGET_MODULES_MAPPING

from lab.tuners.linear_bias.layer import LinearBiasLayer


class LinearBiasModel(BaseTuner):
    """A base model whose linear layers have biases that move."""

    prefix: str = "linear_bias_"
    tuner_layer_cls = LinearBiasLayer
    target_module_mapping: dict[str, Any] = TRANSFORMERS_MODELS_TO_LORA_TARGET_MODULES_MAPPING

    def _create_and_replace(
        self, peft_config: Any, adapter_name: str, target: Any, target_name: str, parent: Any, current_key: str,
        parameter_name: str | None = None,
    ) -> None:  # fmt: skip
        if isinstance(target, LinearBiasLayer):
            target.update_layer(adapter_name, peft_config)
            return
        layer = LinearBiasLayer(target, adapter_name, peft_config)
        if adapter_name not in self.active_adapters:
            layer.requires_grad_(False)  # a further adapter is not trainable until it is chosen
        self._replace_module(parent, target_name, layer, target)

    def _check_merge_allowed(self) -> None:
        raise NotImplementedError("a model without biases has no place for the trained ones")
