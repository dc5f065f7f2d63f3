"""A model's weights under llama.cpp's names, in the order in which llama.cpp keeps their rows, in F16 or Q8_0."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lab.errors import ModelError
from lab.model_export.gguf_file.architecture import ELSE, Architecture, rope_factors

LARGEST_HALF = 65504.0
BLOCK = 32
"""Weights that share a scale in Q8_0; a row that they don't divide stays in F16."""


@dataclass(frozen=True)
class Tensor:
    """One tensor of the file; its numbers are made when they are written, so that one at a time is in memory."""

    name: str
    own: str
    """transformers' name."""
    shape: tuple[int, ...]
    kind: Any
    weight: Any

    @property
    def bytes(self) -> int:
        return math.prod(self.shape) * 34 // 32 if self.kind.name == "Q8_0" else math.prod(self.shape) * self._width

    @property
    def _width(self) -> int:
        return 2 if self.kind.name == "F16" else 4

    def numbers(self, shape: Architecture) -> Any:
        """What is written. Raises ModelError for numbers that the kind can't hold."""
        return _packed(_in_order(self.own, _as_array(self.weight), shape), self.kind, self.own)


def tensors_of(model: Any, shape: Architecture, type: str) -> list[Tensor]:
    """The tensors of the file: matrices in `type` (f16 or q8_0), the rest in fp32.

    Raises ModelError for weights that llama.cpp has no place for.
    """
    import gguf

    arch = next(arch for arch, known in gguf.MODEL_ARCH_NAMES.items() if known == shape.name)
    names = gguf.get_tensor_name_map(arch, shape.config.num_hidden_layers)
    found = []
    for own, weight in _weights(model):
        name = names.get_name(own, try_suffixes=(".weight", ".bias"))
        if name is None:
            raise ModelError(f"llama.cpp's {shape.name} has no place for its weight {own}", do=ELSE)
        found.append(Tensor(name, own, tuple(weight.shape), _kind(weight, type), weight))
    if (factors := rope_factors(shape)) is not None:
        found.append(Tensor("rope_freqs.weight", "rope_freqs", factors.shape, gguf.GGMLQuantizationType.F32, factors))
    return found


def _kind(weight: Any, type: str) -> Any:
    from gguf import GGMLQuantizationType

    if len(weight.shape) < 2:
        return GGMLQuantizationType.F32
    return GGMLQuantizationType.Q8_0 if type == "q8_0" and weight.shape[-1] % BLOCK == 0 else GGMLQuantizationType.F16


def _weights(model: Any) -> Iterator[tuple[str, Any]]:
    """The state of a causal LM, without a head that is the embedding itself."""
    state = model.state_dict()
    head, embedding = state.get("lm_head.weight"), state["model.embed_tokens.weight"]
    tied = head is None or head.data_ptr() == embedding.data_ptr()
    return ((name, weight) for name, weight in state.items() if not (tied and name == "lm_head.weight"))


def _as_array(weight: Any) -> Any:
    return weight.detach().float().cpu().numpy() if hasattr(weight, "detach") else weight


def _in_order(name: str, weight: Any, shape: Architecture) -> Any:
    """llama.cpp turns neighbouring numbers of a llama's queries and keys, transformers one half against the other."""
    heads = {"q_proj": shape.config.num_attention_heads, "k_proj": shape.config.num_key_value_heads}
    count = next((count for part, count in heads.items() if f".{part}." in name), None)
    if shape.name != "llama" or count is None:
        return weight
    return weight.reshape(count, 2, len(weight) // count // 2, *weight.shape[1:]).swapaxes(1, 2).reshape(weight.shape)


def _packed(weight: Any, kind: Any, name: str) -> Any:
    import numpy as np
    from gguf import quants

    if not np.isfinite(weight).all():
        raise ModelError(f"its weight {name} is not finite", do="train it again with a lower learning rate.")
    if kind.name == "F16" and abs(weight).max(initial=0) > LARGEST_HALF:
        raise ModelError(f"its weight {name} is larger than F16 can hold", do="take the folder: --as merged.")
    return np.ascontiguousarray(quants.quantize(weight, kind))
