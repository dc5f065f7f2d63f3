"""What an evaluation leaves in the store: a point of the held-out loss, and the answers to the fixed prompts."""

import math
from typing import Any

from lab.evaluate.evaluator import Evaluator
from lab.store import Sample, Store

GENERAL = "general_perplexity"
"""The curve of how well text is read such as the base was made from, of objectives that watch it."""


def write_evaluation(store: Store, run: str, step: int, evaluator: Evaluator, model: Any) -> float | None:
    """Evaluate `model` lightly and write its held-out loss and samples at `step`; the loss."""
    loss = evaluator.held_out_loss(model)
    general = evaluator.forgetting(model) if evaluator.watches_general else None
    write_points(store, run, step, loss, general)
    if loss is None or math.isfinite(loss):
        write_samples(store, run, step, evaluator, evaluator.samples(model))
    return loss


def write_points(store: Store, run: str, step: int, loss: float | None, general: float | None) -> None:
    """Write those of the two that there are as points at `step`: the held-out loss, the perplexity of general text."""
    found = {"eval_loss": loss, GENERAL: general}
    store.curves.write(run, step, {name: value for name, value in found.items() if value is not None})


def write_samples(store: Store, run: str, step: int, evaluator: Evaluator, answers: tuple[str, ...]) -> None:
    """Keep the answers to the evaluator's prompts as the run's samples at `step`."""
    pairs = enumerate(zip(evaluator.prompts, answers, strict=True))
    store.curves.write_samples(Sample(run, step, i, _shown(prompt), answer) for i, (prompt, answer) in pairs)


def _shown(prompt: str | list[dict[str, str]]) -> str:
    return prompt if isinstance(prompt, str) else prompt[-1]["content"]
