"""A model's weights one tensor at a time, so that a trained one can be compared with its start without a second model.

A base is read from its files; only a start that is itself the end of a chain of stages has to be built in memory.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from lab.home import Home
from lab.models.chain import Link
from lab.models.find import find_base
from lab.models.folder import weight_files
from lab.models.load import load_chain, merge

Read = Callable[[str], Any]


@contextmanager
def open_tensors(chain: Sequence[Link], home: Home) -> Iterator[Read]:
    """`read(name)` gives a tensor of the model that `chain` leads to, None where it has none of that name.

    An adapter at the chain's end counts as merged, or, where that is impossible, as taken off. Raises ModelError.
    """
    if len(chain) > 1:
        yield _built(chain, home)
        return
    with ExitStack() as stack:
        yield _from_files(find_base(chain[0].ref, home), stack)


def _from_files(folder: Path, stack: ExitStack) -> Read:
    from safetensors import safe_open

    where: dict[str, Any] = {}
    for file in weight_files(folder):
        opened = stack.enter_context(safe_open(file, framework="pt"))
        where |= dict.fromkeys(opened.keys(), opened)
    return lambda name: where[name].get_tensor(name) if name in where else None


def _built(chain: Sequence[Link], home: Home) -> Read:
    """The tensors of a chain's model by the names its base's files use."""
    from lab.errors import ModelError

    model = load_chain(chain, home, "fp32")
    if hasattr(model, "peft_config"):
        try:
            model = merge(model)
        except ModelError:
            model = load_chain(chain[:-1], home, "fp32")
    tensors = model.state_dict()
    prefix = f"{model.base_model_prefix}."
    return lambda name: tensors[name] if name in tensors else tensors.get(prefix + name)
