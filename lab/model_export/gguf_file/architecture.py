"""Which models llama.cpp's own architectures hold, and what a GGUF file says of a model's shape."""

from dataclasses import dataclass
from typing import Any

from lab.errors import ModelError

ARCHITECTURES = {"llama": "llama", "qwen2": "qwen2", "qwen3": "qwen3"}
"""transformers' model_type, and the architecture of llama.cpp that computes the same. SmolLM2 and nano are llamas."""
ROPES = ("default", "linear", "llama3", "yarn")
ELSE = "take the folder (--as merged) and convert it with llama.cpp's own converter."


@dataclass(frozen=True)
class Architecture:
    """A model's shape as llama.cpp names it."""

    name: str
    config: Any

    @property
    def head(self) -> int:
        """The width of an attention head."""
        return int(getattr(self.config, "head_dim", None) or self.config.hidden_size // self.config.num_attention_heads)

    @property
    def rope(self) -> dict[str, Any]:
        return dict(self.config.rope_parameters or {})


def architecture_of(config: Any) -> Architecture:
    """Raises ModelError for a model of which llama.cpp's files are not written here."""
    name = ARCHITECTURES.get(config.model_type)
    if name is None:
        known = ", ".join(ARCHITECTURES)
        raise ModelError(f"GGUF files are written for {known} models, and this is {config.model_type}", do=ELSE)
    found = Architecture(name, config)
    kind = found.rope.get("rope_type", "default")
    if kind not in ROPES:
        raise ModelError(f"llama.cpp has no positions of the kind '{kind}'", do=ELSE)
    if config.hidden_act != "silu":
        raise ModelError(f"llama.cpp computes {name} with silu, and this model with {config.hidden_act}", do=ELSE)
    if getattr(config, "use_sliding_window", False):
        raise ModelError("its layers see a sliding window, which a GGUF of this kind can't say", do=ELSE)
    return found


def add_shape(writer: Any, shape: Architecture) -> None:
    """Write all that llama.cpp needs to build the model."""
    config = shape.config
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(shape.head)
    writer.add_value_length(shape.head)
    writer.add_rope_dimension_count(shape.head)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_vocab_size(config.vocab_size)
    _add_rope(writer, shape)


def _add_rope(writer: Any, shape: Architecture) -> None:
    from gguf import RopeScalingType

    rope = shape.rope
    writer.add_rope_freq_base(float(rope.get("rope_theta", 10000.0)))
    if (kind := rope.get("rope_type", "default")) in ("linear", "yarn"):
        writer.add_rope_scaling_type(RopeScalingType(kind))
        writer.add_rope_scaling_factor(float(rope["factor"]))
    if kind == "yarn":
        writer.add_rope_scaling_orig_ctx_len(int(rope["original_max_position_embeddings"]))


def rope_factors(shape: Architecture) -> Any:
    """By what Llama 3 divides each of its frequencies (half a head), fp32; None for others.

    Long waves are stretched, short ones are left, those between are blended (Llama 3.1's rope scaling).
    """
    import numpy as np

    rope = shape.rope
    if rope.get("rope_type") != "llama3":
        return None
    waves = 2 * np.pi * float(rope["rope_theta"]) ** (np.arange(0, shape.head, 2) / shape.head)
    low, high, factor = (float(rope[name]) for name in ("low_freq_factor", "high_freq_factor", "factor"))
    blend = (float(rope["original_max_position_embeddings"]) / waves - low) / (high - low)
    blend = blend.clip(0.0, 1.0)
    return (1.0 / ((1.0 - blend) / factor + blend)).astype(np.float32)
