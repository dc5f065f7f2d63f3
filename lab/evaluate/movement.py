"""How far training moved each module of a model, and which of them it could move: for the picture of what was tuned.

Asked of the model as it stands after training and of its start, read tensor by tensor. What a method is called
matters to nothing here: its card says whether it can be merged, its model what it hung where.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lab.evaluate.adapter_effect import attention_on_virtual_tokens, contributions
from lab.evaluate.module_names import Names
from lab.models.effective_weights import effective_weights
from lab.models.parts import layer_of, modules_of
from lab.store.movement import How, Moved, Movement

logger = logging.getLogger(__name__)
Read = Callable[[str], Any]


def movable(model: Any, tensors: Mapping[str, tuple[int, ...]]) -> tuple[Moved, ...]:
    """The modules of the base whose `tensors` those are (`Shape.tensors`), and what the method added, with the exact
    number of trainable parameters of each."""
    names = Names(tensors)
    counts: dict[tuple[str, str], int] = {}
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            place = _place(name, names, model)
            counts[place] = counts.get(place, 0) + weight.numel()
    own = [
        Moved(module.name, module.kind, module.layer, module.parameters, counts.pop((module.name, ""), 0))
        for module in modules_of(tensors)
    ]
    layers = len({module.layer for module in own} - {None})
    added = [Moved(name, kind or "added", layer_of(name), 0, count) for (name, kind), count in counts.items()]
    return (*own, *(part for module in added for part in _by_layer(module, model, layers)))


def measure(
    model: Any,
    modules: Sequence[Moved],
    start: Read,
    rows: Sequence[Mapping[str, Any]],
    *,
    mergeable: bool,
    rounded: bool = False,
) -> Movement:
    """`modules` with how far each moved, some of it on `rows` of encoded text.

    Where the base is `rounded` to a few bits, only what an adapter adds can be told: its weights differ by rounding.

    Never raises: what can't be measured is left out, with a word why.
    """
    training = model.training
    model.eval()
    try:
        weights = () if rounded else _weights(model, modules, start, mergeable)
        by: dict[str, tuple[float, How]] = {name: (far, "weights") for name, far in weights}
        shares: list[float] = []
        if (rounded or not mergeable) and hasattr(model, "peft_config"):
            if model.active_peft_config.is_prompt_learning:
                shares = attention_on_virtual_tokens(model, rows)
            else:
                by |= _outputs(model, modules, rows)
        measured = tuple(_measured(module, by) for module in modules)
        return Movement(_with_attention(measured, shares))
    except Exception as problem:
        logger.exception("how far the modules moved could not be measured")
        return Movement(tuple(modules), f"{type(problem).__name__}: {problem}"[:300])
    finally:
        model.train(training)


def _measured(module: Moved, by: Mapping[str, tuple[float, How]]) -> Moved:
    found = by.get(module.name)
    return replace(module, by=found[0], how=found[1]) if found else replace(module, by=None, how="weights")


def _weights(model: Any, modules: Sequence[Moved], start: Read, merged: bool) -> Iterator[tuple[str, float]]:
    """(module, ‖after − before‖ / ‖before‖) of the base's modules, weights and biases of one together."""
    names = Names(_tensors_of(modules))
    sums: dict[str, list[float]] = {}
    for name, after in effective_weights(model, merged=merged):
        tensor = names.tensor(name)
        before = start(tensor) if tensor else None
        if tensor and before is not None and before.shape == after.shape:
            before = before.to(after.device).float()
            total = sums.setdefault(tensor.rpartition(".")[0], [0.0, 0.0])
            total[0] += (after.float() - before).square().sum().item()
            total[1] += before.square().sum().item()
    for module, (moved, was) in sums.items():
        yield module, (moved / was) ** 0.5 if was else float(moved > 0)


def _tensors_of(modules: Sequence[Moved]) -> list[str]:
    """The names of any weights and biases of these modules."""
    return [f"{module.name}.{end}" for module in modules for end in ("weight", "bias")]


def _outputs(model: Any, modules: Sequence[Moved], rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[float, How]]:
    names, known = Names(_tensors_of(modules)), {module.name for module in modules}
    found: dict[str, tuple[float, How]] = {}
    for name, far in contributions(model, rows).items():
        place = names.module(name) or names.home(f"{name}.any")
        if place in known:
            found[place] = (far, "outputs")
    return found


def _with_attention(modules: tuple[Moved, ...], shares: Sequence[float]) -> tuple[Moved, ...]:
    """Modules with the attention on virtual tokens, a part a layer, added where the tokens stand at the input only."""
    known = {module.layer for module in modules if module.kind == "tokens"}
    new = [Moved("virtual tokens", "tokens", layer, 0, 0) for layer in range(len(shares)) if layer not in known]
    return tuple(
        replace(module, by=shares[module.layer], how="attention")
        if module.kind == "tokens" and module.layer is not None
        else module
        for module in (*modules, *new)
    )


def _place(name: str, names: Names, model: Any) -> tuple[str, str]:
    """Where a trainable tensor is counted: (module, what it is there if it is not the base's own)."""
    if tensor := names.tensor(name):
        return tensor.rpartition(".")[0], ""
    if name.startswith("prompt_encoder."):
        return "virtual tokens", "tokens"
    if home := names.home(name):
        return home, ""
    return name.removeprefix("base_model.").split(".")[0], "shared"


def _by_layer(module: Moved, model: Any, layers: int) -> Sequence[Moved]:
    """Virtual tokens that stand in every layer, a part a layer; anything else is left whole."""
    from peft.tuners.prefix_tuning import PrefixEncoder

    encoder = model.prompt_encoder["default"] if module.kind == "tokens" else None
    if not isinstance(encoder, PrefixEncoder):
        return [module]
    if module.trainable % layers or getattr(encoder, "prefix_projection", False):
        return [module, *(Moved(module.name, "tokens", layer, 0, 0) for layer in range(layers))]
    return [Moved(module.name, "tokens", layer, 0, module.trainable // layers) for layer in range(layers)]
