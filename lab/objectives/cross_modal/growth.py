"""How drawings of the same captions change while a model learns: some are made at ever longer distances of steps."""

from collections.abc import Callable
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

SHOWN = (0.04, 0.12, 0.3, 0.6)
"""The shares of all steps after which drawings are made; the finished ones are drawn at the end."""


class GrowthCallback(TrainerCallback):
    """Keeps what `show` draws in the model's `history`, with the step it was drawn after."""

    def __init__(self, seeing: Any, show: Callable[[], Any]):
        self._seeing, self._show = seeing, show

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        if state.global_step in {max(1, round(share * state.max_steps)) for share in SHOWN}:
            self._seeing.history.append((state.global_step, self._show()))
