"""Successive halving: at a few points of their training the variants of a comparison are held against each other, and
those that are not among the best stop there.

Asynchronous, in the form that stops instead of pausing (ASHA, Li et al. 2020, arXiv:1810.05934; Ray Tune's scheduler):
a run that comes to a point is held against those that were there before, and again whenever more have come, until its
next point.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from lab.recipe import Halving, variant_of
from lab.store import Store

CURVE = "halving_loss"
"""The loss on the rows for choosing at each point, in their order."""
LOOKS = 24
"""How often between the first step and the last it is asked whether others have come to the last point."""


def beaten(own: float, others: Sequence[float], keep: float) -> bool:
    """Whether a loss is not among the best `keep` of all; never while there are too few to leave one out."""
    better = sum(one < own for one in others)
    return better >= math.ceil((len(others) + 1) * keep)


def points(steps: int, rule: Halving) -> list[int]:
    """After which steps the variants are held against each other."""
    share, found = rule.first, []
    while share < 1:
        found.append(max(1, round(share * steps)))
        share /= rule.keep
    return list(dict.fromkeys(found))


class HalvingCallback(TrainerCallback):
    """Ends a run's training once it is beaten; `told` says by how many then."""

    def __init__(
        self, rule: Halving, steps: int, loss_of: Callable[[Any], float | None], store: Store, run: str,
    ):  # fmt: skip
        self._rule, self._points, self._every = rule, points(steps, rule), max(1, steps // LOOKS)
        self._loss_of, self._store, self._run = loss_of, store, run
        self._passed: int | None = None
        self.told: str | None = None

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, model: Any = None, **_: Any
    ) -> None:
        step = state.global_step
        if step in self._points:
            if (loss := self._loss_of(model)) is None:
                return
            self._store.curves.write(self._run, step, {CURVE: loss})
            self._passed = self._points.index(step)
        elif self._passed is None or step % self._every:
            return
        own = self._store.curves.curve(self._run, CURVE)
        others = self._others(self._passed)
        if self._passed < len(own) and beaten(own[self._passed][1], others, self._rule.keep):
            control.should_training_stop = control.should_save = True
            at, loss = own[self._passed]
            self.told = (
                f"Stopped by halving after step {step}: at step {at} its loss on the rows for choosing, {loss:.3f}, "
                f"was not among the best {self._rule.keep:.0%} of {len(others) + 1}."
            )

    def _others(self, point: int) -> list[float]:
        """The losses at a point of the other variants that have come there, of the same seed and fold."""
        me = self._store.runs.get(self._run)
        mark = me.name.removeprefix(variant_of(me.name))
        found = []
        for other in self._store.runs.all(comparison=me.comparison):
            if other.id != me.id and other.name.removeprefix(variant_of(other.name)) == mark:
                losses = self._store.curves.curve(other.id, CURVE)
                found += [losses[point][1]] if point < len(losses) else []
        return found
