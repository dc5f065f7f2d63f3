"""What methods do that leave the base's weights alone: how much their networks add to what the base's modules say, and
how much attention the text pays to their virtual tokens. Measured on a few rows, one at a time, so nothing is padded.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

LONGEST = 64


def contributions(model: Any, rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """By the name of each wrapped module: the norm of what its adapter adds, relative to its output without it."""
    import torch

    sums: dict[str, list[float]] = {}

    def compare(name: str, inner: Any) -> Callable[..., None]:
        def hook(_module: Any, args: tuple[Any, ...], kwargs: dict[str, Any], output: Any) -> None:
            own, plain = _tensor(output), _tensor(inner(*args, **kwargs))
            total = sums.setdefault(name, [0.0, 0.0])
            total[0] += (own - plain).float().square().sum().item()
            total[1] += plain.float().square().sum().item()

        return hook

    wrapped = [(name, module, inner) for name, module in model.named_modules() if (inner := _wrapped_by(module))]
    hooks = [module.register_forward_hook(compare(name, inner), with_kwargs=True) for name, module, inner in wrapped]
    try:
        with torch.no_grad():
            for ids in _each(model, rows):
                model(input_ids=ids, attention_mask=torch.ones_like(ids), use_cache=False)
    finally:
        for hook in hooks:
            hook.remove()
    return {name: (added / plain) ** 0.5 if plain else 0.0 for name, (added, plain) in sums.items()}


def attention_on_virtual_tokens(model: Any, rows: Sequence[Mapping[str, Any]]) -> list[float]:
    """By layer: the share of their attention that real tokens pay to virtual ones, mean over heads, tokens and rows."""
    import torch

    virtual = model.active_peft_config.num_virtual_tokens
    shares = []
    with torch.no_grad(), _attention_shown(model.get_base_model()):
        for ids in _each(model, rows):
            seen = model(input_ids=ids, attention_mask=torch.ones_like(ids), output_attentions=True).attentions
            real = ids.shape[1]
            shares.append([layer[0, :, -real:, :virtual].float().sum(-1).mean().item() for layer in seen])
    return [sum(layer) / len(layer) for layer in zip(*shares, strict=True)]


def _each(model: Any, rows: Sequence[Mapping[str, Any]]) -> Iterator[Any]:
    """Each row's tokens alone, (1, length), on the model's device."""
    import torch

    for row in rows:
        yield torch.tensor([row["input_ids"][:LONGEST]], device=model.device)


def _wrapped_by(module: Any) -> Any:
    """The base's module inside an adapter's layer; None for any other module."""
    from peft.tuners.tuners_utils import BaseTunerLayer

    if isinstance(module, BaseTunerLayer):
        return getattr(module, "base_layer", None)
    return module.model if hasattr(module, "adaption_gate") else None  # LLaMA-Adapter's layer is no BaseTunerLayer


def _tensor(output: Any) -> Any:
    return output[0] if isinstance(output, tuple) else output


@contextmanager
def _attention_shown(base: Any) -> Iterator[None]:
    """Attention computed the plain way, which is the only one that can be looked at."""
    usual = base.config._attn_implementation
    base.set_attn_implementation("eager")
    try:
        yield
    finally:
        base.set_attn_implementation(usual)
