"""The models kept ready to answer: one base for many adapters, the least recently used ones dropped.

A `LoadedModel` is one set of weights and the plain LoRA adapters beside it, which can answer together in one batch.
"""

import copy
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from lab.generate.decoder import DecoderWeights, decoder_weights
from lab.generate.multi_lora import LoraWeights, is_plain, load_lora
from lab.home import Home
from lab.models import Chain, Link, fingerprint, load_chain, load_tokenizer, precision_of, quantized
from lab.models.chain import link_folder
from lab.models.find import find_base
from lab.models.fingerprint import checksum, weights_fingerprint
from lab.models.load import in_words, merge
from lab.models.precision import shared_chain

KEPT_MODELS = 6
KEPT_ADAPTERS = 12


@dataclass(frozen=True)
class ModelKey:
    """Where a pane's weights are: what lies under it, and the adapter beside that if it can be shared with others."""

    under: Chain
    adapter: Link | None = None

    def cached_as(self, home: Home) -> str:
        """The weights below, by name and by the time they were written: a run trained again is loaded again."""
        written = [_written(link, home) for link in self.under[1:]]
        return json.dumps([[asdict(link) for link in self.under], written, self.merged])

    @property
    def merged(self) -> bool:
        """Whether an adapter lies under the adapter, which must be merged before the next is put beside the weights."""
        return self.adapter is not None and self.under[-1].kind == "adapter"


class LoadedModel:
    """One loaded model. `lock` is held while it answers, because adapters hang on it for one batch at a time."""

    def __init__(self, plain: Any, tokenizer: Any):
        self.plain, self.tokenizer = plain, tokenizer
        # another model may be made from the plain model at any time, also while adapters hang on the one that answers
        self.model = plain if hasattr(plain, "peft_config") else shared_copy(plain)
        self.lock = threading.Lock()
        self._checksum = checksum(plain)
        self.fingerprint = fingerprint(plain, under=self._checksum)
        self._adapters: OrderedDict[str, tuple[LoraWeights, str]] = OrderedDict()

    @cached_property
    def weights(self) -> DecoderWeights | None:
        """What answers are computed with; None where that is left to transformers. Asked for with the lock held."""
        return decoder_weights(self.model)

    def adapter(self, link: Link, home: Home) -> tuple[LoraWeights, str]:
        """An adapter and the fingerprint of the model with it, loaded unless it is there; raises ModelError."""
        name = f"{link.ref} {_written(link, home)}"
        if name not in self._adapters:
            folder = link_folder(link, home)
            with in_words(f"the adapter of '{link.ref}' can't be loaded", folder):
                lora = load_lora(folder, self.model)
            self._adapters[name] = (lora, weights_fingerprint(lora.parameters, self._checksum))
        self._adapters.move_to_end(name)
        while len(self._adapters) > KEPT_ADAPTERS:
            self._adapters.popitem(last=False)
        return self._adapters[name]


class ModelCache:
    """Loads models, each in its own precision, and keeps the `keep` used last.

    `warm` are base models by name and precision, loaded already; never changed.
    """

    def __init__(self, home: Home, warm: Mapping[tuple[str, str], Any], keep: int = KEPT_MODELS):
        self._home, self._warm, self._keep = home, dict(warm), keep
        self._models: OrderedDict[str, LoadedModel] = OrderedDict()
        self.loading = threading.RLock()
        """Held while a model is loaded: transformers can't load two at once, it changes what all threads share."""

    def get(self, key: ModelKey) -> LoadedModel:
        """The model with that key, without its adapter, loaded if need be; raises ModelError."""
        with self.loading:
            name = key.cached_as(self._home)
            if name not in self._models:
                self._models[name] = self._load(key)
            self._models.move_to_end(name)
            while len(self._models) > self._keep:
                self._models.popitem(last=False)
            return self._models[name]

    def key_of(self, chain: Chain) -> ModelKey:
        """Where a chain's weights are; a plain LoRA at its end can share what lies under it."""
        chain = shared_chain(chain, self._home)
        if chain[-1].kind == "adapter" and quantized(chain) == "none" and is_plain(link_folder(chain[-1], self._home)):
            return ModelKey(chain[:-1], chain[-1])
        return ModelKey(chain)

    def _load(self, key: ModelKey) -> LoadedModel:
        tokenizer = load_tokenizer(find_base(key.under[0].ref, self._home))
        if quantized(key.under) != "none":  # weights in few bits are neither copied nor merged
            return LoadedModel(load_chain(key.under, self._home), tokenizer)
        if len(key.under) == 1:
            warm = self._warm.get((key.under[0].ref, precision_of(key.under, self._home)))
            model = warm if warm is not None else load_chain(key.under, self._home)
            return LoadedModel(_placed(model), tokenizer)
        base = self.get(ModelKey(key.under[:1])).plain
        # tensors take the place of the base's without touching them; adapters may be merged into it, so they get a copy
        only_tensors = all(link.kind == "tensors" for link in key.under[1:])
        start = shared_copy(base) if only_tensors else copy.deepcopy(base)
        model = load_chain(key.under, self._home, warm=start)
        if key.merged:
            model = merge(model)
        return LoadedModel(_placed(model), tokenizer)


def shared_copy(model: Any) -> Any:
    """A model of its own on the same memory: its tensors may be exchanged, none changed in place."""
    import torch

    memo: dict[int, Any] = {}
    for weight in model.parameters():
        memo[id(weight)] = torch.nn.Parameter(weight.data, requires_grad=False)
    for buffer in model.buffers():
        memo[id(buffer)] = buffer
    return copy.deepcopy(model, memo)


def _placed(model: Any) -> Any:
    """The model where it computes: on the GPU if there is one; ready to answer, not to learn."""
    import torch

    return model.to("cuda" if torch.cuda.is_available() else "cpu").eval()


def _written(link: Link, home: Home) -> str:
    """When a link's weights were written, as a short text."""
    files = link_folder(link, home).glob("*.safetensors")
    return f"{max((file.stat().st_mtime_ns for file in files), default=0):x}"
