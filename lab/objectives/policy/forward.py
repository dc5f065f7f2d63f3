"""One forward pass of a policy: its answers' log-probabilities, entropies and last hidden states; and the value head.

Policy, old policy and reference all go through `read`, so that equal weights give equal numbers to the last bit.
"""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from lab.errors import ModelError
from lab.models.causal import causal_of
from lab.objectives.policy.tokens import Tokens


@dataclass(frozen=True)
class Reading:
    """What a model says of the tokens of some answers; row by row, token by token."""

    logps: Tensor
    """(answers, tokens), nats."""
    entropy: Tensor
    """(answers, tokens), nats, of the whole distribution at each token; zero where `read` was not asked for it."""
    hidden: Tensor
    """(answers, tokens, width): the state each token was chosen from."""


class ValueHead(nn.Module):
    """The value of a state, linear in the policy's last hidden state; zero at first. Kept in float32."""

    def __init__(self, width: int):
        super().__init__()
        self.linear = nn.Linear(width, 1)
        nn.init.zeros_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, hidden: Tensor) -> Tensor:
        values: Tensor = self.linear(hidden.float())
        return values.squeeze(-1)


def plain(model: Any) -> Any:
    """The causal LM inside wrappers: of distributed training, of a compiler, of PEFT."""
    model = unwrapped(model)
    return causal_of(model)


def unwrapped(model: Any) -> Any:
    """The model inside wrappers of distributed training and of a compiler."""
    while isinstance(model, nn.parallel.DistributedDataParallel) or hasattr(model, "_orig_mod"):
        model = model.module if hasattr(model, "module") else model._orig_mod
    return model


def read(model: Any, tokens: Tokens, temperature: float, entropy: bool = False) -> Reading:
    """Run `model` over prompts and answers; the output layer only over the answers where the model allows it.

    Log-probabilities are those of sampling at `temperature`. The hidden state is caught on its way into the output
    layer, so the one pass serves the value head too, whatever the architecture or adapter.
    """
    length = tokens.completion_ids.shape[1]
    inputs: dict[str, Any] = {"input_ids": tokens.input_ids, "attention_mask": tokens.attention_mask}
    if not _prompt_like(model):  # whose prefix is a cache
        inputs["use_cache"] = False
    accepted = inspect.signature(type(plain(model)).forward).parameters  # wrappers of an instance hide it
    if "position_ids" in accepted:
        inputs["position_ids"] = tokens.position_ids
    if "logits_to_keep" in accepted:
        inputs["logits_to_keep"] = length + 1
    with _output_layer_input(plain(model)) as caught:
        logits = model(**inputs).logits
    if not caught:
        raise ModelError("the model does not use its own output layer", do="load it anew before training it with PPO.")
    # the state before a token is what chose it: from the last token of the prompt to the last but one of the answer
    logits = logits[:, -length - 1 : -1].float()
    logits = logits if temperature == 1.0 else logits / temperature  # the logits are the largest thing in memory
    total = logits.logsumexp(-1)
    logps = logits.gather(-1, tokens.completion_ids[..., None]).squeeze(-1) - total
    spread = total - _expected(logits, total) if entropy else torch.zeros_like(total)
    return Reading(logps, spread, caught[0][:, -length - 1 : -1])


def _expected(logits: Tensor, total: Tensor) -> Tensor:
    """The mean logit under the distribution itself, row by row where no gradient asks for all at once."""
    if torch.is_grad_enabled():
        return ((logits - total[..., None]).exp() * logits).sum(-1)
    rows = ((row - norm[..., None]).exp_().mul_(row).sum(-1) for row, norm in zip(logits, total, strict=True))
    return torch.stack(list(rows))


def _prompt_like(model: Any) -> bool:
    inner = getattr(model, "module", model)
    config = getattr(inner, "active_peft_config", None) if hasattr(inner, "peft_config") else None
    return config is not None and bool(config.is_prompt_learning)


@contextmanager
def _output_layer_input(model: Any) -> Iterator[list[Tensor]]:
    """A list that will hold what goes into the model's output layer."""
    caught: list[Tensor] = []
    layer = model.get_output_embeddings()
    handle = layer.register_forward_pre_hook(lambda _, given: caught.append(given[0]))
    try:
        yield caught
    finally:
        handle.remove()


@contextmanager
def using_adapter(model: Any, name: str | None) -> Iterator[Any]:
    """`model` (a PeftModel) with another adapter active, or none; afterwards everything is as before.

    PEFT makes the active adapter trainable as a whole whenever it is switched; parts that were frozen stay frozen here.
    """
    flags = [(weight, weight.requires_grad) for weight in model.parameters()]
    active = model.active_adapter
    try:
        if name is None:
            with model.disable_adapter():
                yield model
        else:
            model.set_adapter(name)
            yield model
            model.set_adapter(active)
    finally:
        for weight, flag in flags:
            weight.requires_grad_(flag)


def output_width(model: Any) -> int:
    """The width of the hidden state that goes into the output layer."""
    return int(plain(model).get_output_embeddings().weight.shape[1])


def silence_dropout(model: Any) -> None:
    """Set every dropout of `model` to zero: layers, and the rates attention keeps as plain numbers."""
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
        for name, value in vars(module).items():
            if name.endswith("dropout") and isinstance(value, float):
                setattr(module, name, 0.0)


@torch.no_grad()
def probe(model: Any, vocabulary: int) -> Tensor:
    """Log-probabilities of a fixed made-up text: equal for equal models."""
    device = next(model.parameters()).device
    ids = torch.randint(vocabulary, (2, 24), generator=torch.Generator().manual_seed(0)).to(device)
    ones = torch.ones_like(ids)
    return read(model, Tokens(ids[:, :8], ones[:, :8], ids[:, 8:], ones[:, 8:]), 1.0).logps
