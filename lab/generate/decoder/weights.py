"""The weights of a model that `LlamaDecoder` can compute, found under their names and fused where that is cheap."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lab.generate.multi_lora import LoraWeights
from lab.models.causal import causal_of
from lab.models.effective_weights import effective_weights

ARCHITECTURES = ("LlamaForCausalLM", "MistralForCausalLM", "Qwen2ForCausalLM", "Qwen3ForCausalLM")
"""Pre-norm decoders that differ only in biases and in norms of queries and keys."""
ROPE_TYPES = ("default", "linear", "llama3", "yarn")
"""Rotary embeddings whose frequencies do not depend on how long the text is."""
MOST_COPIED = 2**30
"""Bytes of weights up to which they are copied: to fuse projections, or to merge an adapter beside the model."""
PARTS = ("Embedding", "ModuleList", "Linear", "SiLUActivation", "SiLU")
"""Modules that such a model has beside those named after its architecture."""


@dataclass(frozen=True)
class Projection:
    """One or several linear layers on the same input; fused, there is one weight."""

    weights: tuple[Any, ...]
    """Each (outputs, inputs)."""
    biases: tuple[Any, ...]
    """Each (outputs,) or None."""
    names: tuple[str, ...]
    """The layers by their names in the model, in the order of their outputs."""
    sizes: tuple[int, ...]
    """The outputs of each named layer."""


@dataclass(frozen=True)
class LayerWeights:
    """One layer: queries, keys and values; attention's output; gate and up; down; and its norms."""

    qkv: Projection
    out: Projection
    gate_up: Projection
    down: Projection
    attention_norm: Any
    mlp_norm: Any
    query_norm: Any = None
    key_norm: Any = None

    @property
    def projections(self) -> tuple[Projection, ...]:
        return (self.qkv, self.out, self.gate_up, self.down)


@dataclass(frozen=True)
class DecoderWeights:
    """All that a decoder computes with."""

    embedding: Any
    layers: tuple[LayerWeights, ...]
    norm: Any
    head: Projection
    rotary: Any
    """The model's own module for its rotary embedding."""
    heads: int
    kv_heads: int
    head_size: int
    eps: float
    copied: bool
    """Whether they are few enough to be copied into other layouts too."""
    laid_out: dict[tuple[int, bool], Any] = field(default_factory=dict)
    """Weights in other layouts, see `FewRows`; valid as long as the model is not trained on."""

    def takes(self, adapters: Sequence[LoraWeights | None]) -> bool:
        """Whether every layer that the adapters change is one that is computed here."""
        known = {name for layer in self.layers for part in layer.projections for name in part.names} | {"lm_head"}
        return all(known.issuperset(lora.layers) for lora in adapters if lora)


def decoder_weights(model: Any) -> DecoderWeights | None:
    """The weights that `model` (a causal LM, in PEFT or not) answers with; None where only the model itself will do.

    That is so for other architectures; adapters that can't be merged, or merged only with rounding (in 16 bits);
    quantised weights; modules with hooks or a forward of their own; and where a copy would take too much memory.
    """
    inner = causal_of(model)
    if not _is_known(inner) or not _is_plain(model, inner):
        return None
    adapted = inner is not model
    first = next(inner.parameters())
    if not all(weight.is_floating_point() for weight in inner.parameters()):  # a merge would quantize anew, and round
        return None
    size = sum(weight.numel() * weight.element_size() for weight in inner.parameters())
    if adapted and (first.element_size() < 4 or size > MOST_COPIED):
        return None
    try:
        found = _by_name(model, adapted)
        return _arranged(inner, found, fused=size <= MOST_COPIED)
    except (KeyError, NotImplementedError, RuntimeError, TypeError, ValueError):  # a tuner layer that can't merge
        return None


def _is_known(inner: Any) -> bool:
    config = inner.config
    rope = (getattr(config, "rope_parameters", None) or {}).get("rope_type", "default")
    kinds = set(getattr(config, "layer_types", None) or ["full_attention"])
    return (
        type(inner).__name__ in ARCHITECTURES
        and type(inner).__module__.startswith("transformers.models.")
        and config.hidden_act == "silu"
        and rope in ROPE_TYPES
        and kinds == {"full_attention"}
        and not getattr(config, "sliding_window", None)
    )


def _is_plain(model: Any, inner: Any) -> bool:
    """Whether every module computes what its name says, but for layers of adapters, which are merged."""
    from peft.tuners.tuners_utils import BaseTunerLayer

    if any(config.is_prompt_learning for config in getattr(model, "peft_config", {}).values()):
        return False
    own = type(inner).__name__.removesuffix("ForCausalLM")
    inside: tuple[str, ...] = ()
    for name, module in inner.named_modules():
        if module._forward_hooks or module._forward_pre_hooks:
            return False
        if "forward" in module.__dict__ and not (module is inner and _has_fused_head(module)):
            return False
        if inside and name.startswith(inside):
            continue
        if isinstance(module, BaseTunerLayer):
            if module.disable_adapters or module.merged_adapters or not hasattr(module, "base_layer"):
                return False
            inside += (name + ".",)
        elif type(module).__name__ not in PARTS and not type(module).__name__.startswith(own):
            return False
    return True


def _has_fused_head(model: Any) -> bool:
    """Whether its forward is the one TRL gives a model that it trains, which answers as before unless it is told."""
    code = getattr(getattr(model.forward, "__func__", None), "__code__", None)
    return code is not None and "fused_lm_head" in code.co_varnames


def _by_name(model: Any, adapted: bool) -> dict[str, Any]:
    """Every weight under its name in the model without adapters."""
    found: dict[str, Any] = {}
    for name, weight in effective_weights(model, merged=adapted):
        if adapted:
            name = name.replace("base_model.model.", "", 1).replace(".base_layer", "")
        found[name] = weight.detach()  # which keeps what is merged, also when the model has its own weight back
    kinds = {(weight.dtype, weight.device) for name, weight in found.items() if name.endswith("proj.weight")}
    if len(kinds) != 1 or not kinds.pop()[0].is_floating_point:
        raise TypeError("the weights are of several types or in several places")
    return found


def _arranged(inner: Any, found: dict[str, Any], fused: bool) -> DecoderWeights:
    config = inner.config

    def projection(*names: str) -> Projection:
        weights = tuple(found[f"{name}.weight"] for name in names)
        biases = tuple(found.get(f"{name}.bias") for name in names)
        sizes = tuple(weight.shape[0] for weight in weights)
        return _fused(weights, biases, names, sizes) if fused else Projection(weights, biases, names, sizes)

    def layer(at: str) -> LayerWeights:
        return LayerWeights(
            qkv=projection(*(f"{at}.self_attn.{part}_proj" for part in "qkv")),
            out=projection(f"{at}.self_attn.o_proj"),
            gate_up=projection(f"{at}.mlp.gate_proj", f"{at}.mlp.up_proj"),
            down=projection(f"{at}.mlp.down_proj"),
            attention_norm=found[f"{at}.input_layernorm.weight"],
            mlp_norm=found[f"{at}.post_attention_layernorm.weight"],
            query_norm=found.get(f"{at}.self_attn.q_norm.weight"),
            key_norm=found.get(f"{at}.self_attn.k_norm.weight"),
        )

    embedding = found["model.embed_tokens.weight"]
    head = found.get("lm_head.weight", embedding)  # tied weights are listed once
    return DecoderWeights(
        embedding=embedding,
        layers=tuple(layer(f"model.layers.{number}") for number in range(config.num_hidden_layers)),
        norm=found["model.norm.weight"],
        head=Projection((head,), (found.get("lm_head.bias"),), ("lm_head",), (head.shape[0],)),
        rotary=inner.model.rotary_emb,
        heads=config.num_attention_heads,
        kv_heads=config.num_key_value_heads,
        head_size=inner.model.layers[0].self_attn.head_dim,
        eps=config.rms_norm_eps,
        copied=fused,
    )


def _fused(weights: Sequence[Any], biases: Sequence[Any], names: tuple[str, ...], sizes: tuple[int, ...]) -> Projection:
    import torch

    if len(weights) == 1:
        return Projection(tuple(weights), tuple(biases), names, sizes)
    if all(bias is None for bias in biases):
        bias = None
    else:  # an adapter of biases may have some only
        zeros = [weight.new_zeros(weight.shape[0]) for weight in weights]
        bias = torch.cat([zero if bias is None else bias for bias, zero in zip(biases, zeros, strict=True)])
    return Projection((torch.cat(list(weights)),), (bias,), names, sizes)
