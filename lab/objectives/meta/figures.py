"""How well a start adapts to tasks nobody has trained on: answers right after each step on a few examples.

Every start is measured the same way: its weights adapt by plain gradient descent at the rate, of RATES, that serves it
best on some of the unseen tasks, and what is told is how it does on the others. A start made for another rate, or none,
is so not held back by that.
"""

import copy
import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from lab.card import find_cards
from lab.data import DataSet
from lab.data.encode import IGNORED
from lab.evaluate.graded import Graded
from lab.evaluate.intervals import mean_interval
from lab.objectives.meta.episodes import Episode, encoded_tasks, episode_of
from lab.objectives.meta.inner import adapt, answer_loss, put_back, trained
from lab.recipe import ResolvedStage

RATES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Times the inner rate."""
ASKED = 8
"""Rows of an unseen task that are asked after each step."""
CHOOSING = 4
"""One unseen task in so many serves to choose the rate."""
ADAPTED, AT_ONCE = "adapted_accuracy", "unadapted_accuracy"


@dataclass(frozen=True)
class Adaptation:
    """What a start comes to: of each task the share of right answers before the first step and after each."""

    rate: float
    right: tuple[tuple[float, ...], ...]
    losses: tuple[float, ...]
    """Of each task the mean loss of its questions after the last step, in nats a token."""

    def mean(self, step: int) -> float:
        """The share of right answers after so many steps."""
        return fmean(task[step] for task in self.right)


def unseen_episodes(tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> list[Episode]:
    """An episode of every unseen task within `limit` held-out rows, always the same; none where no task has enough."""
    shots = stage.options["shots"]
    tasks = encoded_tasks(data.held_out[:limit], tokenizer, stage.budget.max_length, shots + 1)
    pad = tokenizer.pad_token_id
    return [episode_of(task, shots, ASKED, random.Random(f"unseen {i}"), pad) for i, task in enumerate(tasks)]


def ready(model: Any, stage: ResolvedStage) -> Any:
    """The model with the stage's method in place: as it is where it was trained, else as a training would begin."""
    if model.__dict__.get("meta_start") is not None:
        return model
    if "meta_ready" not in model.__dict__:
        plain = copy.deepcopy(model).merge_and_unload() if hasattr(model, "merge_and_unload") else model
        build = find_cards("lab.methods")[stage.method].build
        model.__dict__["meta_ready"] = build(plain, steps=stage.budget.planned_steps, seed=0, **stage.knobs)
    return model.__dict__["meta_ready"]


def adaptation(model: Any, episodes: Sequence[Episode], stage: ResolvedStage) -> Adaptation:
    """How the model does on these tasks: on the last three quarters, at the rate that serves it best on the others."""
    choosing = episodes[::CHOOSING] if len(episodes) >= CHOOSING else episodes
    telling = [one for i, one in enumerate(episodes) if i % CHOOSING] if len(episodes) >= CHOOSING else episodes
    rates = [stage.options["inner_rate"] * times for times in RATES]
    tried = [adapt_to_all(model, choosing, stage.options["measured_steps"], rate) for rate in rates]
    best = min(tried, key=lambda one: (-one.mean(-1), fmean(one.losses)))
    return adapt_to_all(model, telling, stage.options["measured_steps"], best.rate)


def adapt_to_all(model: Any, episodes: Sequence[Episode], steps: int, rate: float) -> Adaptation:
    """Adapt to one task after the other, each from the model's own weights, to which it comes back."""
    device, weights, training = model.device, trained(model), model.training
    right, losses = [], []
    model.eval()  # examples are few: what they teach is not to hang on which units drop out
    for episode in episodes:
        shown, asked = ({k: part.to(device) for k, part in batch.items()} for batch in (episode.shown, episode.asked))
        course = [_asked(model, asked)]
        with put_back(weights):
            for _ in range(steps):
                adapt(model, shown, 1, rate)
                course.append(_asked(model, asked))
        right.append(tuple(share for share, _ in course))
        losses.append(course[-1][1])
    model.train(training)
    return Adaptation(rate, tuple(right), tuple(losses))


def _asked(model: Any, batch: dict[str, Any]) -> tuple[float, float]:
    """The share of answers that are right, and their mean loss."""
    import torch

    with torch.no_grad():
        loss, right = answer_loss(model, batch)
    return float(right.float().mean()), float(loss)


def graded(found: Adaptation, episodes: Sequence[Episode]) -> Graded:
    """The share of right answers on unseen tasks before and after the steps, with intervals over tasks, and what the
    commonest answer of the examples would get."""
    last, first = [task[-1] for task in found.right], [task[0] for task in found.right]
    usual = fmean(_commonest(episode) for episode in episodes)
    return Graded(
        {ADAPTED: fmean(last), AT_ONCE: fmean(first)},
        {ADAPTED: mean_interval(last), AT_ONCE: mean_interval(first)},
        {ADAPTED: usual},
    )


def _commonest(episode: Episode) -> float:
    """The share of questions that the commonest answer of the examples is right for."""
    shown, asked = ([_answer(row) for row in batch["labels"].tolist()] for batch in (episode.shown, episode.asked))
    return sum(one == max(shown, key=shown.count) for one in asked) / len(asked)


def _answer(labels: Sequence[int]) -> tuple[int, ...]:
    return tuple(token for token in labels if token != IGNORED)
