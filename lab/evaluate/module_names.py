"""Which module of the base a tensor of a trained model belongs to: training wraps modules and hangs others on them."""

from collections.abc import Iterable

WRAPPED = "base_layer"


class Names:
    """Finds the base's names in the names of a model that methods have wrapped; `tensors` are the base's own."""

    def __init__(self, tensors: Iterable[str]):
        self._tensors = set(tensors)
        self._modules = {name.rpartition(".")[0] for name in self._tensors}
        inside = [name.split(".") for name in self._modules if any(part.isdigit() for part in name.split("."))]
        self._halves = {".".join(parts[:end]) for parts in inside for end in range(_number(parts) + 1, len(parts))}

    def tensor(self, name: str) -> str | None:
        """The base's tensor that this is, wherever it stands now; None for one that training added."""
        return next((found for found in _candidates(name) if found in self._tensors), None)

    def module(self, name: str) -> str | None:
        """The base's module of that name."""
        return next((found for found in _candidates(name) if found in self._modules), None)

    def home(self, name: str) -> str | None:
        """The module of the base, or the part of a block, that an added tensor hangs on; None for what hangs free."""
        for candidate in _candidates(name):
            parts = candidate.split(".")
            for end in range(len(parts) - 1, 0, -1):
                place = ".".join(parts[:end])
                if place in self._modules or place in self._halves:
                    return place
        return None


def _candidates(name: str) -> list[str]:
    """Names the base may use: without PEFT's wrappers, a wrapper called "model", or the family's prefix."""
    found = []
    for prefix in ("base_model.model.", "base_model."):  # the shorter one where tokens stand before the model
        parts = name.removeprefix(prefix).split(".")
        plain = [part for part in parts if part != WRAPPED]
        bare = [part for i, part in enumerate(plain) if i == 0 or part != "model"]
        found += [".".join(one) for one in (plain, bare, plain[1:], bare[1:])]
    return found


def _number(parts: list[str]) -> int:
    return next(i for i, part in enumerate(parts) if part.isdigit())
