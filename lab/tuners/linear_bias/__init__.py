"""Trainable biases on linear layers, also where a layer has none (BitFit for models without biases)."""

from lab.tuners.linear_bias.config import LinearBiasConfig
from lab.tuners.linear_bias.layer import LinearBiasLayer
from lab.tuners.linear_bias.model import LinearBiasModel

__all__ = ["LinearBiasConfig", "LinearBiasLayer", "LinearBiasModel"]
