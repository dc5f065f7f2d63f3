"""The parts of a network's picture that a method may light, and what each family of methods lights."""

from collections.abc import Mapping
from typing import Literal

Part = Literal[
    "embeddings", "some_embeddings", "attention", "mlp", "norms", "head", "last_blocks",
    "biases_attention", "biases_mlp", "inside_attention", "inside_mlp", "beside_attention", "beside_mlp",
    "after_attention", "after_mlp", "turned_attention", "turned_mlp", "scaled_attention", "scaled_mlp",
    "dots_attention", "dots_mlp", "waves_attention", "waves_mlp",
    "input_tokens", "attention_tokens", "upper_attention_tokens", "token_network",
]  # fmt: skip
"""A part of the picture of a network that a method may light: what is trained there, and in which way."""

LIT: Mapping[str, tuple[Part, ...]] = {
    "everything": ("embeddings", "attention", "mlp", "norms", "head"),
    "selective": ("last_blocks",),
    "prompt-like": ("input_tokens",),
    "adapters": ("after_attention", "after_mlp"),
    "low-rank": ("beside_attention", "beside_mlp"),
    "orthogonal": ("turned_attention", "turned_mlp"),
    "scaling": ("scaled_attention", "scaled_mlp"),
    "sparse": ("dots_attention", "dots_mlp"),
}
"""The families of methods, and what is lit for those whose cards say nothing else."""
