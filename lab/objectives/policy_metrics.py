"""Metrics of a policy: the reward, divergence and variety of answers it samples to held-out questions.

Measured before and after every stage that names a reward, whatever it learned from, so that all ways of learning from
feedback can be laid side by side: how much better by the same judge, and how far from where they started.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

from lab.data import DataSet
from lab.evaluate.graded import Graded
from lab.evaluate.intervals import marked_interval
from lab.home import Home
from lab.objectives._held_out_answers import held_out_questions, sample_answers
from lab.objectives._rewards import rewards_of, weights_of
from lab.recipe import ResolvedStage

READ = 16


def policy_metrics(
    model: Any, start: Callable[[], Any] | None, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home,
    limit: int,
) -> Graded:  # fmt: skip
    """`reward` and each part of it by name with their intervals, `kl` in nats an answer, and `distinct_2`.

    Means over `limit` answers sampled at temperature 1, questions taking turns. `start` loads what the stage started
    from; None where `model` is that itself. Empty for a stage without rewards, or where nothing held out asks anything.
    """
    asked = held_out_questions(data)
    if not stage.reward or not asked:
        return Graded()
    rows = [asked[i % len(asked)] for i in range(limit)]
    from lab.objectives.policy.tokens import distinct_2

    sampled = sample_answers(model, tokenizer, rows, stage)
    figures = {
        "kl": _divergence(model, start(), sampled) if start else 0.0,
        "distinct_2": distinct_2([ids for part in sampled for ids in part.answers.completion_ids]),
    }
    return _rewards(sampled, stage, home) + Graded(figures)


def _rewards(sampled: Sequence[Any], stage: ResolvedStage, home: Home) -> Graded:
    import torch

    from lab.objectives.policy.rewards import Rewards

    weights = weights_of(stage)
    rewards = Rewards(rewards_of(stage, home), weights if any(weights) else [1.0] * len(weights))
    scores = [rewards.score(part.answers) for part in sampled]
    found = {"reward": torch.cat([one.total for one in scores])}
    found |= {f"reward/{name}": torch.cat([one.parts[name] for one in scores]) for name in scores[0].parts}
    given = {name: [value for value in values.tolist() if not math.isnan(value)] for name, values in found.items()}
    return Graded(
        {name: values.nanmean().item() for name, values in found.items()},
        {name: marked_interval(values) for name, values in given.items() if values},
    )


def _divergence(model: Any, start: Any, sampled: Sequence[Any]) -> float:
    """How much likelier its own answers are to `model` than to `start`, in nats, the mean over answers."""
    import torch

    from lab.generate.batch import at_rest
    from lab.objectives.policy.forward import read

    start.to(model.device)
    total, count = 0.0, 0
    with torch.no_grad(), at_rest(model), at_rest(start):
        for part in sampled:
            for rows in torch.arange(len(part.tokens), device=model.device).split(READ):
                some = part.tokens.rows(rows)
                gap = (read(model, some, 1.0).logps - read(start, some, 1.0).logps) * some.completion_mask
                total, count = total + gap.sum().item(), count + len(rows)
    return total / count
