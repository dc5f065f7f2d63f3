"""What an objective over tasks shows of its models: its held-out loss, its figures, and the course of adapting."""

from typing import Any

from lab.data import DataSet
from lab.evaluate.graded import Graded
from lab.home import Home
from lab.objectives.meta.figures import adapt_to_all, adaptation, graded, ready, unseen_episodes
from lab.objectives.meta.inner import put_back, trained
from lab.recipe import ResolvedStage
from lab.store.pictures import Lines, Picture

LEAST_ROWS = 400
"""Held-out rows that figures are over at least, however few the recipe evaluates: a handful of tasks tells nothing."""


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float | None:
    """Mean loss of unseen tasks' questions after the measured steps on their examples at the inner rate, in nats."""
    episodes = unseen_episodes(tokenizer, data, stage, limit)
    if not episodes:
        return None
    options = stage.options
    found = adapt_to_all(ready(model, stage), episodes, options["measured_steps"], options["inner_rate"])
    return sum(found.losses) / len(found.losses)


def measure(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int) -> Graded:
    """The share of right answers on unseen tasks, before and after a few steps on their examples."""
    episodes = unseen_episodes(tokenizer, data, stage, max(limit, LEAST_ROWS))
    return graded(adaptation(ready(model, stage), episodes, stage), episodes) if episodes else Graded()


def pictures(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int
) -> dict[str, Picture]:
    """Right answers on unseen tasks after each step: from where the training began, and from where it came to."""
    episodes = unseen_episodes(tokenizer, data, stage, max(limit, LEAST_ROWS))
    if not episodes:
        return {}
    import torch

    now = adaptation(model, episodes, stage)
    weights = trained(model)
    with put_back(weights), torch.no_grad():
        for weight, old in zip(weights, model.__dict__["meta_start"], strict=True):
            weight.copy_(old)
        with torch.enable_grad():
            before = adaptation(model, episodes, stage)
    steps = range(stage.options["measured_steps"] + 1)
    lines = {"trained": now, "start": before}
    return {"adapting": Lines.of({name: [(step, one.mean(step)) for step in steps] for name, one in lines.items()})}
