"""What is in a model's folder, and whether the lab can use it. Reads JSON only; imports no torch."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lab.errors import ModelError, cut, shown
from lab.limits import JSON_BYTES, MEGABYTE, SHOWN

INDEX = "model.safetensors.index.json"
COUNTS = (
    "hidden_size", "n_embd", "d_model", "num_hidden_layers", "n_layer", "num_layers", "vocab_size", "n_positions",
    "max_position_embeddings", "num_attention_heads", "num_key_value_heads", "intermediate_size", "head_dim",
)  # fmt: skip
"""Fields of a config that are whole numbers wherever they are there."""
NAMES = ("model_type", "dtype", "torch_dtype")
MOST_COUNT = 10**9
LAYERS = ("num_hidden_layers", "n_layer", "num_layers")
MOST_LAYERS = 2_000
"""More than any model has: each is built, without memory for its weights, to be counted."""


def read_json(file: Path) -> dict[str, Any]:
    """A JSON object from `file`; raises ModelError."""
    try:
        value = json.loads(_short_text(file))
    except (OSError, ValueError, RecursionError) as problem:
        raise ModelError(f"can't be read as JSON ({cut(str(problem), 2 * SHOWN)})", where=file) from None
    if not isinstance(value, dict):
        raise ModelError("is not a JSON object", where=file)
    return value


def _short_text(file: Path) -> str:
    if (size := file.stat().st_size) > JSON_BYTES:
        raise ModelError(f"has {size // MEGABYTE} MB; at most {JSON_BYTES // MEGABYTE} MB are read", where=file)
    return file.read_text(encoding="utf-8")


def check_folder(folder: Path) -> Mapping[str, Any]:
    """The config of the causal LM in `folder`; raises ModelError saying what is wrong and what to do."""
    config = check_config_of(folder)
    _check_weights(folder)
    _check_tokenizer(folder)
    return config


def holds_weights(folder: Path) -> bool:
    """Whether there are weights in `folder`, of any kind: with a config alone it can be measured, but not trained."""
    kinds = (INDEX, "*.safetensors", "*.bin", "*.pt", "*.pth", "*.gguf")
    return any(any(folder.glob(kind)) for kind in kinds)


def check_config_of(folder: Path) -> Mapping[str, Any]:
    """The config of the causal LM that `folder` is for, weights there or not; raises ModelError."""
    if not folder.is_dir():
        raise ModelError("there is no such folder", where=folder, do="check the path of the base model.")
    if (folder / "adapter_config.json").exists() and not (folder / "config.json").exists():
        raise ModelError("holds an adapter, not a model", where=folder, do="give the base model it belongs to.")
    if not (folder / "config.json").exists():
        raise ModelError("has no config.json, so it is not a model's folder", where=folder)
    config = read_json(folder / "config.json")
    check_config(config, folder)
    return config


def check_config(config: Mapping[str, Any], where: object) -> None:
    """Raise ModelError unless the config is of a causal LM that needs no code of its own."""
    if config.get("auto_map"):
        raise ModelError(
            "this model needs code that comes with it (trust_remote_code), which the lab never runs",
            where=where, do="take a model that transformers knows by itself.",
        )  # fmt: skip
    _check_kinds(config, where)
    made_for = config.get("architectures") or []
    causal = [name for name in made_for if name.endswith(("ForCausalLM", "LMHeadModel"))]
    if not causal:
        kind = made_for[0] if made_for else config.get("model_type", "unknown")
        raise ModelError(
            f"this is not a causal language model ({kind})", where=where,
            do="take a model whose config.json names an architecture that ends in ForCausalLM.",
        )  # fmt: skip


def _check_kinds(config: Mapping[str, Any], where: object) -> None:
    """Raises ModelError where a field that the lab reads holds something else than every model's does."""
    text = config.get("text_config") or {}
    if not isinstance(text, dict):
        raise _wrong("text_config", text, "an object", where)
    made_for = config.get("architectures")
    if made_for is not None and not (isinstance(made_for, list) and all(isinstance(one, str) for one in made_for)):
        raise _wrong("architectures", made_for, "a list of names", where)
    for part in (config, text):
        for name in COUNTS:
            if (count := part.get(name)) is not None and not _is_count(
                count, MOST_LAYERS if name in LAYERS else MOST_COUNT
            ):
                raise _wrong(name, count, "a whole number", where)
        for name in NAMES:
            if (value := part.get(name)) is not None and not isinstance(value, str):
                raise _wrong(name, value, "a name", where)


def _is_count(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _wrong(name: str, value: Any, wanted: str, where: object) -> ModelError:
    return ModelError(f"its config says {shown(value)} for '{name}', where {wanted} is expected", where=where,
                      do="download the model's config.json again.")  # fmt: skip


def weight_files(folder: Path) -> list[Path]:
    """The safetensors files of the model in `folder`; empty when there are none."""
    if (folder / INDEX).exists():
        listed = read_json(folder / INDEX).get("weight_map", {})
        names = list(listed.values()) if isinstance(listed, dict) else [listed]
        if not all(isinstance(name, str) and Path(name).name == name and name for name in names):
            raise ModelError("its weight_map does not name the files of this folder", where=folder / INDEX,
                             do="download the model again.")  # fmt: skip
        return [folder / name for name in sorted(set(names))]
    single = folder / "model.safetensors"
    return [single] if single.exists() else []


def _check_weights(folder: Path) -> None:
    files = weight_files(folder)
    missing = [file.name for file in files if not file.exists()]
    if missing:
        raise ModelError(f"{', '.join(missing)} is missing", where=folder, do="download the model again.")
    if files:
        return
    pickled = [file.name for file in (*folder.glob("*.bin"), *folder.glob("*.pt"), *folder.glob("*.pth"))]
    if pickled:
        raise ModelError(
            f"the weights are only there as {pickled[0]}, a format that can run code when it is opened", where=folder,
            do="convert them to safetensors (load with transformers where you trust them, then save_pretrained).",
        )  # fmt: skip
    if list(folder.glob("*.gguf")):
        raise ModelError("holds a GGUF file only", where=folder, do="take the model's safetensors edition.")
    raise ModelError("has no weights (model.safetensors)", where=folder, do="download the model again.")


def _check_tokenizer(folder: Path) -> None:
    names = ("tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt")
    if not any((folder / name).exists() for name in names):
        raise ModelError("has no tokenizer (tokenizer.json)", where=folder, do="download the model again.")
