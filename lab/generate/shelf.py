"""The models kept ready to answer: one base for many adapters, the least recently used ones given up.

A `Voice` is one set of weights and the plain LoRA adapters beside it, which can answer together in one batch.
"""

import copy
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lab.home import Home
from lab.models import Chain, Link, fingerprint, load_chain, load_tokenizer
from lab.models.chain import link_folder
from lab.models.find import find_base
from lab.models.fingerprint import checksum
from lab.models.load import in_words, merge

KEPT_VOICES = 6
KEPT_ADAPTERS = 12
SPECIAL_LORA = (
    "use_dora", "modules_to_save", "trainable_token_indices", "alora_invocation_tokens", "use_qalora", "lora_bias",
    "monteclora_config", "layer_replication", "target_parameters", "use_bdlora", "arrow_config", "kasa_config",
    "velora_config", "megatron_config",
)  # fmt: skip
"""LoRA settings with which PEFT can't answer for several adapters in one batch."""
HARMLESS_STARTS = (True, False, "gaussian", "eva", "orthogonal")
"""LoRA initialisations that leave the base weights as they are (PiSSA and OLoRA change them even on loading)."""


@dataclass(frozen=True)
class Place:
    """Where a pane's weights are: what lies under it, and the adapter beside that if it can be shared with others."""

    under: Chain
    adapter: Link | None = None

    def key(self, home: Home) -> str:
        """What lies under, by name and by the time it was written: a run trained anew is loaded anew."""
        written = [_written(link, home) for link in self.under[1:]]
        return json.dumps([[asdict(link) for link in self.under], written, self.merged])

    @property
    def merged(self) -> bool:
        """Whether an adapter lies under the adapter, which must be merged before the next is put beside the weights."""
        return self.adapter is not None and self.under[-1].kind == "adapter"


class Voice:
    """One loaded model. `lock` is held while it answers: PEFT puts hooks on the model for every batch."""

    def __init__(self, model: Any, tokenizer: Any):
        self.plain, self.tokenizer = model, tokenizer
        self.mixed: Any = None
        self.lock = threading.Lock()
        self._adapters: OrderedDict[str, str] = OrderedDict()  # name -> fingerprint
        self._checksum = checksum(model)
        self.fingerprint = fingerprint(model, under=self._checksum)

    def adapter(self, link: Link, home: Home) -> tuple[str, str]:
        """Name (for PEFT) and fingerprint of an adapter, loaded unless it is there. The lock must be held."""
        name = f"{link.ref.replace('/', '_')}_{_written(link, home)}"
        if name not in self._adapters:
            self._load(name, link, home)
            self._adapters[name] = fingerprint(self.mixed, name, under=self._checksum)
        self._adapters.move_to_end(name)
        return name, self._adapters[name]

    def forget_some(self) -> None:
        """Give up the adapters that were not used for longest. The lock must be held."""
        while len(self._adapters) > KEPT_ADAPTERS:
            name, _ = self._adapters.popitem(last=False)
            self.mixed.delete_adapter(name)

    def _load(self, name: str, link: Link, home: Home) -> None:
        from peft import PeftModel

        folder = link_folder(link, home)
        with in_words(f"the adapter of '{link.ref}' can't be loaded", folder):
            if self.mixed is None:
                self.mixed = PeftModel.from_pretrained(shared_copy(self.plain), folder, adapter_name=name).eval()
            else:
                self.mixed.load_adapter(folder, adapter_name=name)
                self.mixed.eval()


class Shelf:
    """Loads voices and keeps the `keep` used last. `warm` are base models by name, loaded already; never changed."""

    def __init__(self, home: Home, warm: Mapping[str, Any], precision: str, keep: int = KEPT_VOICES):
        self._home, self._warm, self._precision, self._keep = home, dict(warm), precision, keep
        self._voices: OrderedDict[str, Voice] = OrderedDict()
        self._lock = threading.RLock()

    def voice(self, place: Place) -> Voice:
        """The voice of what lies under a place; raises ModelError."""
        with self._lock:
            key = place.key(self._home)
            if key not in self._voices:
                self._voices[key] = self._load(place)
            self._voices.move_to_end(key)
            while len(self._voices) > self._keep:
                self._voices.popitem(last=False)
            return self._voices[key]

    def place(self, chain: Chain) -> Place:
        """Where a chain's weights are; a plain LoRA at its end can share what lies under it."""
        if chain[-1].kind == "adapter" and mixes(chain[-1], self._home):
            return Place(chain[:-1], chain[-1])
        return Place(chain)

    def _load(self, place: Place) -> Voice:
        tokenizer = load_tokenizer(find_base(place.under[0].ref, self._home))
        if len(place.under) == 1:
            warm = self._warm.get(place.under[0].ref)
            model = warm if warm is not None else load_chain(place.under, self._home, self._precision)
            return Voice(_placed(model), tokenizer)
        base = self.voice(Place(place.under[:1])).plain
        # tensors take the place of the base's without touching them; adapters may be merged into it, so they get a copy
        only_tensors = all(link.kind == "tensors" for link in place.under[1:])
        start = shared_copy(base) if only_tensors else copy.deepcopy(base)
        model = load_chain(place.under, self._home, self._precision, warm=start)
        if place.merged:
            model = merge(model)
        return Voice(_placed(model), tokenizer)


def mixes(link: Link, home: Home) -> bool:
    """Whether an adapter can answer in one batch with others on the same weights: a LoRA without specialities."""
    try:
        config = json.loads((link_folder(link, home) / "adapter_config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    plain = not any(config.get(name) for name in SPECIAL_LORA) and config.get("bias", "none") == "none"
    return config.get("peft_type") == "LORA" and plain and config.get("init_lora_weights", True) in HARMLESS_STARTS


def shared_copy(model: Any) -> Any:
    """A model of its own on the same memory: adapters may be hung on it, tensors exchanged, none changed in place."""
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
