"""The reference a policy must not leave: the same backbone with the adapter off, another adapter of it, or a copy.

Also `frozen_copy` and `share_weights`, which keep what can't move in memory once only.
"""

import copy
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch

from lab.errors import ModelError, nearest
from lab.objectives.policy.config import PPOConfig
from lab.objectives.policy.forward import probe, using_adapter

Reference = Callable[[], AbstractContextManager[Any]]
"""Gives the reference model, for the length of a `with`."""


def choose_reference(policy: Any, args: PPOConfig) -> Reference | None:
    """The reference of a policy that has not been trained yet; None for `reference="none"`.

    The adapter switched off costs nothing, but is only right where the adapter does nothing yet: that is tried out,
    since some methods start from a change (prompts, PiSSA) and an adapter may have been trained before.
    """
    if args.ref_adapter_name is not None:
        return _named_adapter(policy, args.ref_adapter_name)
    if args.reference == "none":
        return None
    if args.reference == "auto" and hasattr(policy, "disable_adapter") and _adapter_does_nothing(policy):
        return lambda: using_adapter(policy, None)
    kept = frozen_copy(policy)
    return lambda: nullcontext(kept)


def _named_adapter(policy: Any, name: str) -> Reference:
    known = getattr(policy, "peft_config", {})
    if name not in known:
        raise ModelError(f"the model has no adapter '{name}' to be the reference", do=nearest(name, known))
    return lambda: using_adapter(policy, name)


def _adapter_does_nothing(policy: Any) -> bool:
    training = policy.training
    policy.eval()
    vocabulary = policy.get_input_embeddings().weight.shape[0]
    with_it = probe(policy, vocabulary)
    with using_adapter(policy, None):
        without = probe(policy, vocabulary)
    policy.train(training)
    return torch.allclose(with_it, without, atol=1e-5, rtol=0)


def frozen_copy(model: Any) -> Any:
    """A copy that never changes, in evaluation mode; weights of `model` that can't move are shared, not copied."""
    shared = {id(weight): weight for weight in model.parameters() if not weight.requires_grad}
    kept = copy.deepcopy(model, memo=shared)
    for weight in kept.parameters():
        weight.requires_grad_(False)
    return kept.eval()


def share_weights(policy: Any, other: Any) -> int:
    """Let `other` (a reward model on the same base) use the policy's frozen weights where they are equal.

    Returns the bytes it no longer holds itself. Frozen weights can't change, so sharing them is safe.
    """
    frozen = {_bare(name): weight for name, weight in policy.named_parameters() if not weight.requires_grad}
    saved = 0
    for name, weight in other.named_parameters():
        match = frozen.get(_bare(name))
        if match is None or match.shape != weight.shape or match.dtype != weight.dtype:
            continue
        if match.device == weight.device and match.data_ptr() != weight.data_ptr() and torch.equal(match, weight):
            weight.data = match.data
            weight.requires_grad_(False)
            saved += weight.nbytes
    return saved


def _bare(name: str) -> str:
    """A parameter's name without what PEFT puts around it."""
    return name.removeprefix("base_model.model.").replace(".base_layer.", ".")
