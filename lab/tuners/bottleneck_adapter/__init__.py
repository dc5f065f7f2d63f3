"""Bottleneck adapters: small networks put into each transformer block (Houlsby et al. 2019 and after)."""

from lab.tuners.bottleneck_adapter.config import BottleneckConfig
from lab.tuners.bottleneck_adapter.layer import BottleneckLayer
from lab.tuners.bottleneck_adapter.model import BottleneckModel

__all__ = ["BottleneckConfig", "BottleneckLayer", "BottleneckModel"]
