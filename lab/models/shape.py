"""The shape of a base model: its tensors and sizes, read from the headers of its safetensors files; from config.json
alone where these are not here yet.

Nothing is loaded, so counts and costs are known before a run starts, and before a Hub model is fetched.
"""

import json
import math
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from lab.errors import ModelError
from lab.home import Home
from lab.models.chain import root_base
from lab.models.config_shape import bytes_per, tensors_of
from lab.models.find import hub_problem, local_base
from lab.models.folder import check_config, check_config_of, check_folder, holds_weights, read_json, weight_files
from lab.models.hub import ANSWER_SECONDS, reach_hub

BUFFERS = ("inv_freq", ".attn.bias", ".attn.masked_bias", ".attention.bias", ".attention.masked_bias")
"""Endings of tensors in a file that are constants, not parameters."""
LARGEST_HEADER = 100_000_000
BYTES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "F8_E4M3": 1, "F8_E5M2": 1, "I8": 1, "U8": 1}


@dataclass(frozen=True)
class Linear:
    """A linear layer inside a block; `name` is its module's, `layer` its block's number."""

    name: str
    out: int
    inp: int
    layer: int | None


@dataclass(frozen=True)
class ModelShape:
    """What a model is made of. `tensors` are its parameters by name, a head tied to the embeddings not repeated."""

    config: Mapping[str, Any]
    tensors: Mapping[str, tuple[int, ...]]
    bytes_per: int = 4
    """Bytes a parameter takes in the file."""

    @cached_property
    def parameters(self) -> int:
        return sum(math.prod(size) for size in self.tensors.values())

    @property
    def layers(self) -> int:
        return self._first("num_hidden_layers", "n_layer", "num_layers")

    @property
    def hidden(self) -> int:
        return self._first("hidden_size", "n_embd", "d_model")

    @property
    def vocab(self) -> int:
        return self._first("vocab_size")

    @property
    def positions(self) -> int:
        """The longest text the model can read, in tokens."""
        return self._first("max_position_embeddings", "n_positions")

    @property
    def tied(self) -> bool:
        """Whether the head is the embeddings."""
        return not any(_is_head(name) for name in self.tensors)

    @cached_property
    def linears(self) -> tuple[Linear, ...]:
        """The 2-D weights inside the blocks, in the order of the file."""
        transposed = self.config.get("model_type") in ("gpt2", "openai-gpt")  # they store (inputs, outputs)
        found = []
        for name, size in self.tensors.items():
            layer = next((int(part) for part in name.split(".") if part.isdigit()), None)
            if len(size) == 2 and layer is not None and name.endswith(".weight"):
                out, inp = reversed(size) if transposed else size
                found.append(Linear(name.removesuffix(".weight"), out, inp, layer))
        return tuple(found)

    def _first(self, *names: str) -> int:
        text = self.config.get("text_config", {})
        return int(next((part[name] for name in names for part in (self.config, text) if part.get(name)), 0))


def shape_of(base: str, home: Home) -> ModelShape:
    """The shape of a base model, or of the one a run started from; raises ModelError.

    Of a folder with nothing but a config.json, and of a Hub model that is not here, only the config is read.
    """
    base = root_base(base, home)
    folder = local_base(base, home)
    if folder is None:
        return _hub_shape(base, home)
    return folder_shape(folder) if holds_weights(folder) else config_shape(check_config_of(folder), home, folder)


def config_shape(config: Mapping[str, Any], home: Home, where: object) -> ModelShape:
    """The shape of the model that a config describes; raises ModelError."""
    return ModelShape(config, tensors_of(config, home.cache, where), bytes_per(config))


def folder_shape(folder: Path) -> ModelShape:
    """The shape of the model in `folder`; raises ModelError."""
    config = check_folder(folder)
    return _files_shape(json.dumps(config), tuple((file, *_last_change(file)) for file in weight_files(folder)))


def _last_change(file: Path) -> tuple[int, int]:
    """When a file was changed, in nanoseconds, and its bytes; zeros where it is gone, which reading it will say."""
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=64)
def _files_shape(config: str, files: tuple[tuple[Path, int, int], ...]) -> ModelShape:
    """The shape of the model in some files, known again while they are as they were: a plan asks for it many times."""
    entries: dict[str, Any] = {}
    for file, _, _ in files:
        entries |= _header(file)
    return _shape(json.loads(config), ((name, entry["dtype"], entry["shape"]) for name, entry in entries.items()))


def _hub_shape(base: str, home: Home) -> ModelShape:
    """The shape of a Hub model: from the cache, else from its config.json, the one file that is fetched."""
    from huggingface_hub import hf_hub_download, snapshot_download, try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return folder_shape(Path(snapshot_download(base, local_files_only=True)))
    except (LocalEntryNotFoundError, HFValidationError, ModelError):
        pass  # not downloaded, or not all of it
    try:
        file = try_to_load_from_cache(base, "config.json")
        if not isinstance(file, str):
            reach_hub()
            file = hf_hub_download(base, "config.json", etag_timeout=ANSWER_SECONDS)
        config = read_json(Path(file))
    except ModelError:
        raise
    except Exception as problem:
        raise hub_problem(problem, base) from problem
    check_config(config, base)
    return config_shape(config, home, base)


def _shape(config: Mapping[str, Any], entries: Iterable[tuple[str, str, Iterable[int]]]) -> ModelShape:
    tensors: dict[str, tuple[int, ...]] = {}
    kinds: dict[str, int] = {}
    tied = config.get("tie_word_embeddings", False)
    for name, kind, size in entries:
        if not name.endswith(BUFFERS) and not (tied and _is_head(name)):
            tensors[name] = tuple(size)
            kinds[kind] = kinds.get(kind, 0) + math.prod(tensors[name])
    return ModelShape(config, tensors, BYTES.get(max(kinds, key=kinds.__getitem__, default="F32"), 4))


def _header(file: Path) -> dict[str, Any]:
    """The tensors a safetensors file lists: eight bytes of length, then JSON; raises ModelError."""
    try:
        with file.open("rb") as opened:
            (length,) = struct.unpack("<Q", opened.read(8))
            header = json.loads(opened.read(length)) if length <= LARGEST_HEADER else None
    except (OSError, struct.error, ValueError, RecursionError):
        header = None
    if not isinstance(header, dict):
        raise ModelError("is not a safetensors file", where=file, do="download the model again.")
    header.pop("__metadata__", None)
    if not all(map(_is_entry, header.values())):
        raise ModelError("lists a tensor that has no shape", where=file, do="download the model again.")
    return header


def _is_entry(entry: Any) -> bool:
    """Whether what a header says of a tensor is its type and its size."""
    if not isinstance(entry, dict) or not isinstance(entry.get("dtype"), str):
        return False
    size = entry.get("shape")
    return isinstance(size, list) and all(type(one) is int and 0 <= one < 2**48 for one in size)


def _is_head(name: str) -> bool:
    return name.endswith(("lm_head.weight", "embed_out.weight"))
