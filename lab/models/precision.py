"""In which numbers a model is kept and computed with: what a recipe's `precision` comes to for a base on a device.

| precision | weights that stay | the base's weights that train | adapters | computed in |
|---|---|---|---|---|
| fp32 | fp32 | fp32 | fp32 | fp32 |
| bf16 | bf16 | fp32 | fp32 | bf16 (autocast) |
| pure_bf16 | bf16 | bf16 | fp32 | bf16 (autocast) |

Gradients and the optimizer's moments are as what trains: fp32, because steps of fine-tuning are smaller than bf16 can
tell apart (it has eight bits), unless a recipe asks for `pure_bf16`, which takes half the memory of full fine-tuning.
`auto` keeps a base as it is stored (16 bits as bf16); on a CPU, where bf16 is seldom fast, only one from a billion
parameters. Imports no torch until a model is there.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from lab import machine
from lab.home import Home
from lab.models.causal import causal_of
from lab.models.chain import Chain, Link
from lab.models.shape import ModelShape, shape_of

Precision = Literal["fp32", "bf16", "pure_bf16"]
LARGE = 1_000_000_000
"""Parameters from which a base is spared memory without being asked: 16 bits on a CPU too, gradient checkpointing."""


def settled_precision(requested: str, shape: ModelShape, gpu: bool) -> Precision:
    """What `requested` (a recipe's `precision`) comes to for a base of that shape."""
    if requested in ("fp32", "bf16", "pure_bf16"):
        return requested  # type: ignore[return-value]  # mypy does not narrow by membership
    return "bf16" if shape.bytes_per <= 2 and (gpu or shape.parameters >= LARGE) else "fp32"


def has_gpu() -> bool:
    """Whether models compute on a GPU here; asks torch only where it is loaded already."""
    if torch := sys.modules.get("torch"):
        return bool(torch.cuda.is_available())
    return machine.gpu() is not None and os.environ.get("CUDA_VISIBLE_DEVICES", "0") not in ("", "-1")


def precision_of(chain: Sequence[Link], home: Home) -> Precision:
    """What the weights of a chain are kept and computed in here. Raises ModelError."""
    requested = requested_precision(chain)
    shape = shape_of(chain[0].ref, home) if requested == "auto" else ModelShape({}, {})
    return settled_precision(requested, shape, has_gpu())


def requested_precision(chain: Sequence[Link]) -> str:
    """The precision that was asked for where the chain's weights were trained, or `auto`."""
    return str(chain[0].knobs.get("precision", "auto"))


def with_base_knobs(chain: Chain, knobs: Mapping[str, Any]) -> Chain:
    """The chain with its base kept as `knobs` say (`quantize`, `precision`)."""
    return (replace(chain[0], knobs={**chain[0].knobs, **knobs}), *chain[1:])


def shared_chain(chain: Chain, home: Home) -> Chain:
    """The chain without a request that comes to what `auto` does, so that one loaded base serves both."""
    plain = (replace(chain[0], knobs={k: v for k, v in chain[0].knobs.items() if k != "precision"}), *chain[1:])
    alike = requested_precision(chain) != "auto" and precision_of(chain, home) == precision_of(plain, home)
    return plain if alike else chain


def dtype_of(precision: str) -> Any:
    """The torch dtype of weights that stay as they are."""
    import torch

    return torch.float32 if precision == "fp32" else torch.bfloat16


def settle_weights(model: Any, precision: Precision) -> Any:
    """`model`, ready to be trained: each weight in its dtype, and every pass through it in bf16 where that is asked."""
    import torch

    exact = precision == "bf16" or hasattr(model, "peft_config")  # adapters are small, and some mix dtypes themselves
    for weight in model.parameters():
        wanted = torch.float32 if exact and weight.requires_grad else dtype_of(precision)
        if weight.is_floating_point() and weight.dtype != wanted and not hasattr(weight, "quant_state"):
            weight.data = weight.data.to(wanted)
    if precision != "fp32":
        causal = causal_of(model)
        for module in (causal, causal.base_model):
            _compute_in_bf16(module)
    return model


def dtypes(model: Any) -> dict[str, str]:
    """For a run's record: `dtype` of the weights that stay, `trained_dtype` of those that train."""
    found: dict[bool, set[str]] = {False: set(), True: set()}
    for weight in model.parameters():
        found[weight.requires_grad].add(str(weight.dtype).removeprefix("torch."))
    named = {"dtype": found[False] or found[True], "trained_dtype": found[True]}
    return {name: ", ".join(sorted(kinds)) for name, kinds in named.items() if kinds}


def _compute_in_bf16(module: Any) -> None:
    """Put the module's own forward under autocast: weights of two dtypes can't be multiplied outside it."""
    import functools
    import types

    import torch

    @functools.wraps(type(module).forward)
    def forward(self: Any, *args: Any, **kwargs: Any) -> Any:  # the class's forward: a copy of the module runs its own
        with torch.autocast(next(self.parameters()).device.type, torch.bfloat16):
            return type(self).forward(self, *args, **kwargs)

    module.forward = types.MethodType(forward, module)
