"""A sequence classifier around a language model's own backbone, modules shared: what reward models and `classify` train.

The backbone is whatever the method made of the base; the head is new and lies beside it.
"""

from collections.abc import Iterable
from typing import Any

from lab.errors import ModelError
from lab.models.causal import causal_of


def classifier_around(model: Any, tokenizer: Any, outputs: int, head: Any = None) -> Any:
    """A classifier with `outputs` outputs whose backbone is `model`'s, on its device, and whose head is `head`; without
    one its head is a linear layer that gives all outputs alike. Raises ModelError where there can be none."""
    import torch
    from transformers import AutoModelForSequenceClassification

    causal = causal_of(model)
    if hasattr(model, "active_peft_config") and model.active_peft_config.is_prompt_learning:
        raise ModelError(
            "a method that only adds to the prompt can't train a head on the backbone", do="choose lora or full."
        )
    known = {name: value for name, value in causal.config.to_dict().items() if name not in ("id2label", "label2id")}
    config = type(causal.config)(**known | {"num_labels": outputs, "pad_token_id": tokenizer.pad_token_id})
    config._name_or_path = causal.config._name_or_path
    try:
        with torch.device("meta"):
            shell = AutoModelForSequenceClassification.from_config(config, attn_implementation="sdpa")
    except ValueError as problem:
        raise ModelError(f"there is no classifier of the kind {causal.config.model_type}") from problem
    prefix = causal.base_model_prefix
    setattr(shell, prefix, getattr(causal, prefix))
    shell.score = head if head is not None else even_head(width_of(model), outputs)
    return shell.to(causal.device)


def width_of(model: Any) -> int:
    """How many numbers the backbone gives for each token."""
    causal = causal_of(model)
    return int(causal.get_output_embeddings().weight.shape[1])


def even_head(width: int, outputs: int) -> Any:
    """A linear layer that starts with the same output for all classes, kept in fp32 whatever the backbone is in."""
    import torch

    head = torch.nn.Linear(width, outputs, bias=False)
    torch.nn.init.zeros_(head.weight)
    return head


def with_head(optimizer: Any, head: Any, learning_rate: float) -> Any:
    """The optimizer with a head's weights."""
    return with_weights(optimizer, head.parameters(), learning_rate)


def with_weights(optimizer: Any, weights: Iterable[Any], learning_rate: float) -> Any:
    """The optimizer with an objective's own weights, which one that a method brings along (LoRA+) knows nothing of."""
    known = {id(weight) for group in optimizer.param_groups for weight in group["params"]}
    if new := [weight for weight in weights if weight.requires_grad and id(weight) not in known]:
        optimizer.add_param_group({"params": new, "lr": learning_rate, "weight_decay": 0.0})
    return optimizer
