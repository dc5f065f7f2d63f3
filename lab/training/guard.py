"""Stops a training at the first number that is not finite, before it reaches a weight, and keeps the last good weights.

transformers goes on after such a loss and logs another in its place (`logging_nan_inf_filter`); the optimizer then
writes NaN into every weight. Here each loss is looked at before its optimizer step, each gradient's norm before it is
applied, and the weights after it. Works with every trainer on transformers' loop, whatever it minimises.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from lab.errors import RunError

KEPT_BYTES = 32_000_000
"""Weights up to this size are copied before every step; of larger ones the last checkpoint is what is kept."""


class Diverged(RunError):
    """A training whose numbers are finite no more: which `number`, in which `step` of the stage, on which batch."""

    def __init__(self, number: str, step: int, inputs: Any = None):
        self.number, self.step, self.inputs = number, step, inputs
        super().__init__(f"{number} was not a finite number in step {step}")


class FiniteGuard(TrainerCallback):
    """Watches one trainer, and keeps the newest weights of its model that gave a finite and ordinary loss.

    `ordinary` tells a loss from one that has blown up, given the first one.
    """

    def __init__(self, trainer: Any, weights: Iterable[Any], ordinary: Callable[[float, float], bool]):
        self._trainer, self._ordinary = trainer, ordinary
        self._weights = [weight for weight in weights if weight.requires_grad]
        self._small = sum(weight.nbytes for weight in self._weights) <= KEPT_BYTES
        self._first: float | None = None
        self._now: list[Any] = []
        self._good: list[Any] = []
        self._good_step = 0
        trainer.training_step = self._checked_loss(trainer.training_step)
        trainer._clip_grad_norm = self._checked_norm(trainer._clip_grad_norm)
        trainer.add_callback(self)

    def on_step_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        if self._small:
            self._now = _copied(self._weights, self._now)

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        if not all_finite(self._weights):
            raise Diverged("a weight", state.global_step)

    def put_back(self) -> int | None:
        """Give the model its last good weights; the steps they had done, None where none are known."""
        import torch

        if not self._good_step:
            return None
        with torch.no_grad():
            for weight, good in zip(self._weights, self._good, strict=True):
                weight.copy_(good)
        return self._good_step

    def _checked_loss(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def training_step(model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
            loss = step(model, inputs, *args, **kwargs)
            value = float(loss)
            if not math.isfinite(value):
                raise Diverged("the loss", self._step, inputs)
            self._first = value if self._first is None else self._first
            if self._small and self._good_step != self._step - 1 and self._ordinary(self._first, value):
                self._now, self._good, self._good_step = self._good, self._now, self._step - 1
            return loss

        return training_step

    def _checked_norm(self, clip: Callable[..., Any]) -> Callable[..., Any]:
        def clip_grad_norm(*args: Any, **kwargs: Any) -> Any:
            norm = clip(*args, **kwargs)
            if norm is not None and not math.isfinite(float(norm)):
                raise Diverged("a gradient", self._step)
            return norm

        return clip_grad_norm

    @property
    def _step(self) -> int:
        """The step that is being done, from 1."""
        return int(self._trainer.state.global_step) + 1


def all_finite(weights: Iterable[Any]) -> bool:
    """Whether every number of every weight is finite, by their norms."""
    import torch

    some = [weight.detach() for weight in weights]
    return not some or bool(torch.stack([norm.float() for norm in torch._foreach_norm(some)]).isfinite().all())


def _copied(weights: Iterable[Any], into: list[Any]) -> list[Any]:
    """Copies of the weights, in the tensors that are there already, if any."""
    import torch

    with torch.no_grad():
        if not into:
            return [weight.detach().clone() for weight in weights]
        for copy, weight in zip(into, weights, strict=True):
            copy.copy_(weight)
    return into
