"""The base models the fork server holds, so that workers start from memory they share.

Least recently used ones go first when they are more than their part of the memory. A base that can't be loaded is not
kept, and nothing is raised: the worker that needs it will say why, in its own run.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lab import machine
from lab.home import Home
from lab.models.precision import Precision, has_gpu, settled_precision
from lab.models.shape import folder_shape

logger = logging.getLogger(__name__)
PART_OF_MEMORY = 1 / 3
UNKNOWN_MEMORY = 2 * machine.GIGABYTE


Name = tuple[str, str]
"""A base's name and the precision that its weights are in."""


class BaseModelCache:
    """Loaded bases by name and precision; `settle` says what a request for a base comes to, `load` is asked for what is
    not there yet, `size` for the bytes of what is."""

    def __init__(
        self, settle: Callable[[str, str], Precision], load: Callable[[str, Precision], Any],
        size: Callable[[Any], int], room: int,
    ):  # fmt: skip
        self._settle, self._load, self._size, self._room = settle, load, size, room
        self._models: OrderedDict[Name, Any] = OrderedDict()

    def take(self, base: str, precision: str = "auto") -> Any | None:
        """The base, loaded in that precision, or None where it could not be loaded or has no room here."""
        try:
            settled = self._settle(base, precision)
            name = (base, settled)
            if name in self._models:
                self._models.move_to_end(name)
                return self._models[name]
            model = self._load(base, settled)
        except Exception as problem:
            logger.warning("base %s is not kept loaded: %s", base, problem)
            return None
        if model is None or self._size(model) > self._room:
            return None
        self._models[name] = model
        while self._bytes() > self._room:
            self._models.popitem(last=False)
        return model

    @property
    def models(self) -> dict[Name, Any]:
        """All bases that are loaded."""
        return dict(self._models)

    def _bytes(self) -> int:
        return sum(self._size(model) for model in self._models.values())


def make_base_model_cache(home: Home) -> BaseModelCache:
    """A cache that loads bases from `home` on the CPU; a base larger than its room is left to the workers."""
    room = int((machine.free_memory() or UNKNOWN_MEMORY / PART_OF_MEMORY) * PART_OF_MEMORY)

    def settle(base: str, precision: str) -> Precision:
        return settled_precision(precision, folder_shape(_folder_here(base, home)), has_gpu())

    def load(base: str, precision: Precision) -> Any | None:
        from lab.models import load_model

        folder = _folder_here(base, home)
        if folder_shape(folder).parameters * (4 if precision == "fp32" else 2) > room:
            return None
        return load_model(folder, precision)

    return BaseModelCache(settle, load, lambda model: sum(weight.nbytes for weight in model.parameters()), room)


def _folder_here(base: str, home: Home) -> Path:
    """The base's folder if it is on this machine: downloading would hold up the fork server, the worker does that."""
    from huggingface_hub import snapshot_download

    from lab.models.find import local_base

    return local_base(base, home) or Path(snapshot_download(base, local_files_only=True))
