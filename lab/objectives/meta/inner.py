"""The inner loop: a few plain gradient steps that adapt a model to one task, and the way back.

Plain gradient descent, so that nothing is carried from one task to the next. A gradient longer than CLIP is shortened:
the first one on a task nobody has seen can be far longer than those of training.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from lab.data.encode import IGNORED
from lab.objectives.meta.episodes import Batch

CLIP = 5.0
"""Nats for each unit that the weights move: the longest gradient that an inner step follows."""


def trained(model: Any) -> list[Any]:
    """The weights that a model's method moves."""
    return [weight for weight in model.parameters() if weight.requires_grad]


def answer_loss(model: Callable[..., Any], batch: Batch) -> tuple[Any, Any]:
    """Mean cross-entropy of the answers' tokens in nats, and of each row whether every token of its answer is the
    likeliest one: what the model would say if it said each time the likeliest."""
    import torch
    from torch.nn.functional import cross_entropy

    wanted = batch["labels"][:, 1:]
    logits = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], use_cache=False).logits
    logits = logits[:, -batch["input_ids"].shape[1] : -1]  # prompt-like methods answer for their tokens too
    learned = wanted != IGNORED
    said, tokens = logits[learned].float(), wanted[learned]
    right = torch.ones_like(learned)
    right[learned] = said.argmax(-1) == tokens
    return cross_entropy(said, tokens), right.all(1)


def adapt(model: Any, batch: Batch, steps: int, rate: float) -> None:
    """Move the model's weights `steps` times down the gradient of a batch, in place."""
    import torch

    weights = trained(model)
    for _ in range(steps):
        loss, _ = answer_loss(model, batch)
        gradients = torch.autograd.grad(loss, weights, allow_unused=True)
        with torch.no_grad():
            share = rate * _shortened(gradients)
            for weight, gradient in zip(weights, gradients, strict=True):
                if gradient is not None:
                    weight.sub_(share * gradient)


def adapted(model: Any, batch: Batch, steps: int, rate: float) -> Mapping[str, Any]:
    """The same as new weights by their names, through which gradients reach the old ones (Finn et al. 2017, eq. 1).

    Every step's graph is kept, so memory grows with the steps.
    """
    import torch

    weights = {name: weight for name, weight in model.named_parameters() if weight.requires_grad}
    for _ in range(steps):
        loss, _ = answer_loss(with_weights(model, weights), batch)
        gradients = torch.autograd.grad(loss, list(weights.values()), create_graph=True, allow_unused=True)
        share = rate * _shortened(gradients)
        moved = zip(weights.items(), gradients, strict=True)
        weights = {name: weight if one is None else weight - share * one for (name, weight), one in moved}
    return weights


def with_weights(model: Any, weights: Mapping[str, Any]) -> Callable[..., Any]:
    """The model's forward pass with other weights, by their names."""
    from torch.func import functional_call

    return lambda **inputs: functional_call(model, dict(weights), (), inputs)


@contextmanager
def differentiable_twice() -> Iterator[None]:
    """Attention in the one form whose gradient can be differentiated again."""
    from torch.nn.attention import SDPBackend, sdpa_kernel

    with sdpa_kernel(SDPBackend.MATH):
        yield


@contextmanager
def put_back(weights: Sequence[Any]) -> Iterator[list[Any]]:
    """Gives copies of the weights, and puts them back at the end."""
    import torch

    before = [weight.detach().clone() for weight in weights]
    try:
        yield before
    finally:
        with torch.no_grad():
            for weight, old in zip(weights, before, strict=True):
                weight.copy_(old)


def _shortened(gradients: Sequence[Any]) -> Any:
    """The factor that makes a gradient no longer than CLIP, itself a part of the graph where the gradient is."""
    length = sum((one**2).sum() for one in gradients if one is not None) ** 0.5
    return CLIP / length if length > CLIP else 1.0
