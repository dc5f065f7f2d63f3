"""Cross-entropy of encoded rows under a model, and perplexity."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from lab.data.encode import IGNORED, Encoded
from lab.models.causal import causal_of

LOGITS = 8_000_000  # at once: 32 MB, so that judging needs no more memory than training


def mean_loss(model: Any, tokenizer: Any, rows: Sequence[Encoded], batch_tokens: int | None = None) -> float:
    """Mean cross-entropy in nats over all labelled tokens of `rows`: every token counts the same, whatever its batch.

    Rows are padded on the right, in batches of like length and at most about `batch_tokens` tokens (by default as many
    as the vocabulary allows). NaN for no rows.
    """
    import torch
    from torch.nn.functional import cross_entropy

    batch_tokens = batch_tokens or max(64, LOGITS // len(tokenizer))
    total, count = 0.0, 0
    training = model.training
    model.eval()
    with torch.inference_mode():
        for batch in _batches(rows, batch_tokens):
            inputs = {name: ids.to(model.device) for name, ids in _pad(batch, tokenizer.pad_token_id).items()}
            labels = inputs.pop("labels")[:, 1:]
            judged = labels != IGNORED
            wanted = labels[judged]
            if len(wanted):
                total += cross_entropy(_scores(model, inputs, judged), wanted, reduction="sum").item()
                count += len(wanted)
    model.train(training)
    return total / count if count else math.nan


def _scores(model: Any, inputs: dict[str, Any], judged: Any) -> Any:
    """The scores (positions, vocabulary) in float32 that the model gives to what follows the positions `judged`, (rows,
    tokens - 1).

    Only these go through the head, which in a small model is half of the work, where it is a linear layer that the
    model calls once.
    """
    import torch

    length = inputs["input_ids"].shape[1]

    def select(_: Any, given: tuple[Any, ...]) -> tuple[Any, ...]:
        return (given[0][:, -length:-1][judged], *given[1:])  # prompt-like methods answer for virtual tokens too

    inner = causal_of(model)
    head = inner.get_output_embeddings()
    if not isinstance(head, torch.nn.Linear):
        return model(**inputs).logits[:, -length:-1][judged].float()
    handle = head.register_forward_pre_hook(select)
    try:
        logits = model(**inputs).logits
    finally:
        handle.remove()
    return logits.float()


def perplexity(loss: float) -> float:
    """e to the loss, kept finite for a chart."""
    return math.exp(min(loss, 50.0))


def _batches(rows: Sequence[Encoded], batch_tokens: int) -> Iterator[list[Encoded]]:
    """Rows by length, in batches whose padded size stays under `batch_tokens`."""
    batch: list[Encoded] = []
    for row in sorted(rows, key=lambda row: len(row["input_ids"])):
        if batch and (len(batch) + 1) * len(row["input_ids"]) > batch_tokens:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _pad(batch: Sequence[Encoded], pad: int) -> dict[str, Any]:
    import torch

    longest = max(len(row["input_ids"]) for row in batch)

    def filled(name: str, value: int) -> Any:
        return torch.tensor([row[name] + [value] * (longest - len(row[name])) for row in batch])

    mask = torch.tensor([[1] * len(row["input_ids"]) + [0] * (longest - len(row["input_ids"])) for row in batch])
    return {"input_ids": filled("input_ids", pad), "labels": filled("labels", IGNORED), "attention_mask": mask}
