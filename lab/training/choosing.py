"""Keeping the best weights of a stage, and stopping early: both by held-out rows that no figure is reported on."""

import json
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from safetensors.torch import load_file, save_file
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from lab.recipe import ResolvedStage
from lab.store import Store

CURVE = "choosing_loss"
"""The curve of the held-out loss by which the weights that are kept are chosen."""
COUNTER = 64
"""Numbers of a weight that does not train and still belongs to what does: AdaLoRA's ranks, scales."""


class BestWeights(TrainerCallback):
    """Looks at the loss on the rows for choosing every so many steps and at the last, and keeps the weights where it
    was lowest, in a file beside the checkpoints, so that a run that is resumed knows them.

    With `early_stop` training ends once the loss has not fallen by more than `min_delta` in `patience` looks (Prechelt
    1998, "Early stopping - but when?", the rule UP without its strips).
    """

    def __init__(
        self, stage: ResolvedStage, loss_of: Callable[[Any], float | None], store: Store, run: str, offset: int,
        every: int, folder: Path,
    ):  # fmt: skip
        self._rule, self._keeps = stage.early_stop, stage.keep == "best"
        self._loss_of, self._store, self._run, self._offset, self._every = loss_of, store, run, offset, every
        self._file = folder / "best.safetensors"
        self.step: int | None = None
        """The step with the lowest loss so far."""
        self.loss = math.inf
        self.stopped_early = False
        self.whole: Any = None
        """The model with all that is trained beside it, a head for instance, where looks are given the model alone."""
        self._looks_since = 0

    def resume(self, done: int) -> None:
        """Go on from what was kept by the time of the checkpoint after `done` steps."""
        known = self._file.with_suffix(".json")
        if not known.exists():
            return
        best = json.loads(known.read_text(encoding="utf-8"))
        if best["step"] <= done:  # a later one is found again
            looked = range(best["step"] + 1, done + 1)
            self.step, self.loss = best["step"], best["loss"]
            self._looks_since = sum(step % self._every == 0 for step in looked)

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, model: Any = None, **_: Any
    ) -> None:
        step = state.global_step
        last = step == state.max_steps or control.should_training_stop
        if step % self._every and not last:
            return
        loss = self._loss_of(model)
        if loss is None or not math.isfinite(loss):
            return
        self._store.curves.write(self._run, self._offset + step, {CURVE: loss})
        least = self._rule.min_delta if self._rule else 0.0
        if loss < self.loss - least or self.step is None:
            self.step, self.loss, self._looks_since = step, loss, 0
            if self._keeps:
                self._save(model if self.whole is None else self.whole, step)
        else:
            self._looks_since += 1
        patience = self._rule.patience if self._rule else None
        if patience is not None and self._looks_since >= patience and not last:
            self.stopped_early = control.should_training_stop = True

    def put_back(self, model: Any) -> bool:
        """Give the model the weights with the lowest loss; False where it has them, or none were kept."""
        import torch

        if not self._keeps or not self._file.exists():
            return False
        kept = load_file(self._file)
        with torch.no_grad():
            for name, weight in _learned(model):
                weight.copy_(kept[name])
        return True

    def _save(self, model: Any, step: int) -> None:
        """The weights first: a file that says which they are never speaks of older ones."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        part = self._file.with_suffix(".part")
        save_file({name: weight.detach().contiguous().clone() for name, weight in _learned(model)}, part)
        part.replace(self._file)
        self._file.with_suffix(".json").write_text(json.dumps({"step": step, "loss": self.loss}), encoding="utf-8")


def _learned(model: Any) -> Iterable[tuple[str, Any]]:
    """What training changes, by name: weights that learn, and the small counters and scales beside them."""
    for name, weight in model.named_parameters():
        if weight.requires_grad or weight.numel() <= COUNTER:
            yield name, weight
