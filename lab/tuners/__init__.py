"""Adapters that PEFT does not have, as PEFT methods of our own: importing this package registers them.

Import it before loading any adapter. A folder a method, with PEFT's own four files. Loads torch and peft.
"""

from peft.utils import register_peft_method

from lab.tuners._enum import add_peft_type

add_peft_type("BOTTLENECK")
add_peft_type("LINEAR_BIAS")

# After the types: configs refer to them.
from lab.tuners.bottleneck_adapter import BottleneckConfig, BottleneckModel  # noqa: E402
from lab.tuners.linear_bias import LinearBiasConfig, LinearBiasModel  # noqa: E402
from lab.tuners.one_task import use_first_task_by_default  # noqa: E402

register_peft_method(name="bottleneck", config_cls=BottleneckConfig, model_cls=BottleneckModel)
register_peft_method(name="linear_bias", config_cls=LinearBiasConfig, model_cls=LinearBiasModel)
use_first_task_by_default()

__all__ = ["BottleneckConfig", "BottleneckModel", "LinearBiasConfig", "LinearBiasModel"]
