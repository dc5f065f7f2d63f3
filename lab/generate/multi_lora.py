"""LoRA adapters of several runs beside one base, in one batch: each row has an adapter of its own, or none.

The adapters' matrices are stacked, so that all rows take two small products a layer whatever their number. PEFT's own
mixed batches (`adapter_names`) go through the adapters one after the other: three times the time on a small model.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SPECIAL = (
    "use_dora", "modules_to_save", "trainable_token_indices", "alora_invocation_tokens", "use_qalora", "lora_bias",
    "monteclora_config", "layer_replication", "target_parameters", "use_bdlora", "arrow_config", "kasa_config",
    "velora_config", "megatron_config", "rank_pattern", "alpha_pattern",
)  # fmt: skip
"""Settings of PEFT's LoRA that make it more than two matrices and a factor."""
HARMLESS_STARTS = (True, False, "gaussian", "eva", "orthogonal")
"""Initialisations that leave the base weights as they are (PiSSA and OLoRA change them, even on loading)."""
BEGIN, DOWN, UP = "base_model.model.", ".lora_A.weight", ".lora_B.weight"


@dataclass(frozen=True)
class LoraWeights:
    """A plain LoRA adapter: for each linear layer A (rank, inputs) and B (outputs, rank), B with the scaling in it."""

    layers: dict[str, tuple[Any, Any]]
    parameters: dict[str, Any]
    """The tensors as they are trained, under the names they have in a PeftModel."""


def is_plain(folder: Path) -> bool:
    """Whether the adapter in `folder` is a LoRA without specialities."""
    try:
        config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    plain = not any(config.get(name) for name in SPECIAL) and config.get("bias", "none") == "none"
    return config.get("peft_type") == "LORA" and plain and config.get("init_lora_weights", True) in HARMLESS_STARTS


def load_lora(folder: Path, model: Any) -> LoraWeights:
    """The plain LoRA in `folder`, where `model` computes; raises ValueError when it doesn't fit the model."""
    import torch
    from safetensors.torch import load_file

    config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    scaling = config["lora_alpha"] / (config["r"] ** 0.5 if config.get("use_rslora") else config["r"])
    loaded = load_file(folder / "adapter_model.safetensors", device=str(model.device))
    tensors = {name: tensor.to(torch.float32) for name, tensor in loaded.items()}
    layers = {}
    for name in tensors:
        if not name.endswith((DOWN, UP)):
            raise ValueError(f"{name} is not part of a plain LoRA")
        layer = name.removesuffix(DOWN).removesuffix(UP)
        down, up = tensors[layer + DOWN], tensors[layer + UP]
        layers[layer.removeprefix(BEGIN)] = (down, up * scaling)
    _check_fit(layers, model)
    return LoraWeights(layers, {name.replace(".weight", ".default.weight"): tensor for name, tensor in tensors.items()})


@contextmanager
def multi_lora(model: Any, rows: Sequence[LoraWeights | None]) -> Iterator[None]:
    """While it lasts, row i of every batch through `model` has the adapter `rows[i]`; its weights are not touched."""
    names = sorted({name for lora in rows if lora for name in lora.layers})
    handles = []
    try:
        for name in names:
            down, up = _stacked([lora.layers.get(name) if lora else None for lora in rows])
            handles.append(model.get_submodule(name).register_forward_hook(_adding(down, up)))
        yield
    finally:
        for handle in handles:
            handle.remove()


def _stacked(pairs: Sequence[tuple[Any, Any] | None]) -> tuple[Any, Any]:
    """The rows' matrices as (rows, inputs, rank) and (rows, rank, outputs); smaller ranks are filled with zeros."""
    first = next(pair for pair in pairs if pair)
    rank = max(pair[0].shape[0] for pair in pairs if pair)
    down = first[0].new_zeros(len(pairs), first[0].shape[1], rank)
    up = first[0].new_zeros(len(pairs), rank, first[1].shape[0])
    for row, pair in enumerate(pairs):
        if pair:
            down[row, :, : pair[0].shape[0]] = pair[0].T
            up[row, : pair[1].shape[1]] = pair[1].T
    return down, up


def _adding(down: Any, up: Any) -> Any:
    """A forward hook that adds each row's low-rank update (Hu et al. 2021, eq. 3) to a linear layer's output."""

    def hook(_module: Any, inputs: tuple[Any, ...], output: Any) -> Any:
        return output + (inputs[0].to(down.dtype) @ down @ up).to(output.dtype)

    return hook


def _check_fit(layers: dict[str, tuple[Any, Any]], model: Any) -> None:
    """Raise ValueError unless every layer is there with the right size."""
    for name, (down, up) in layers.items():
        try:
            weight = model.get_submodule(name).weight
        except AttributeError:
            raise ValueError(f"the base has no layer {name}") from None
        wanted = {(up.shape[0], down.shape[1]), (down.shape[1], up.shape[0])}  # GPT-2 stores its weights transposed
        if tuple(weight.shape) not in wanted:
            raise ValueError(f"{name} is of the size {tuple(weight.shape)} in the base")
