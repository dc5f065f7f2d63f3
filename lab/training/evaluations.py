"""What an evaluation leaves in the store: a point of the held-out loss, and the answers to the fixed prompts."""

import math
from typing import Any

from lab.evaluate.evaluator import Evaluator
from lab.store import Sample, Store


def write_evaluation(store: Store, run: str, step: int, evaluator: Evaluator, model: Any) -> float | None:
    """Evaluate `model` lightly and write its held-out loss and samples at `step`; the loss."""
    loss = evaluator.held_out_loss(model)
    if loss is not None:
        store.curves.write(run, step, {"eval_loss": loss})
    if loss is None or math.isfinite(loss):
        write_samples(store, run, step, evaluator, evaluator.samples(model))
    return loss


def write_samples(store: Store, run: str, step: int, evaluator: Evaluator, answers: tuple[str, ...]) -> None:
    """Keep the answers to the evaluator's prompts as the run's samples at `step`."""
    pairs = enumerate(zip(evaluator.prompts, answers, strict=True))
    store.curves.write_samples(Sample(run, step, i, _shown(prompt), answer) for i, (prompt, answer) in pairs)


def _shown(prompt: str | list[dict[str, str]]) -> str:
    return prompt if isinstance(prompt, str) else prompt[-1]["content"]
