"""From a stage to the trainer that carries it out, with all that its method brings along."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lab.card import find_cards
from lab.data import DataSet
from lab.methods import hook
from lab.models import precision_of
from lab.objectives.task import Task
from lab.training.context import StageContext
from lab.training.evaluators import with_run_rewards

UNWANTED = ("PrinterCallback", "ProgressCallback")


def make_trainer(context: StageContext, model: Any, data: DataSet, folder: Path, callbacks: Sequence[Any]) -> Any:
    """The objective's trainer around `model`, without progress bars; an adapter that is new is initialised.

    `folder` takes its checkpoints. The stage's learning rate and steps are settled.
    """
    stage, bf16 = context.stage, precision_of(context.chain, context.home) != "fp32"
    task = Task(
        model, context.tokenizer, data, with_run_rewards(stage, context.run_id), float(stage.learning_rate or 0),
        context.seed, bf16, folder, context.home, callbacks,
    )  # fmt: skip
    whole = [(weight, weight.data) for weight in model.parameters() if weight.requires_grad]
    trainer = find_cards("lab.objectives")[stage.objective].make_trainer(task)
    for weight, values in whole:  # on a base in few bits TRL rounds adapters to bf16, too coarse for small steps
        if weight.dtype != values.dtype:
            weight.data = values
    for callback in list(trainer.callback_handler.callbacks):
        if type(callback).__name__ in UNWANTED:
            trainer.remove_callback(callback)
    _add_method_hooks(context, trainer, model)
    return trainer


def _add_method_hooks(context: StageContext, trainer: Any, model: Any) -> None:
    """Give the trainer what the stage's method brings along, see `lab.methods`."""
    stage = context.stage
    if callbacks := hook(stage.method, "callbacks"):
        for callback in callbacks(model, steps=stage.budget.planned_steps, **stage.knobs):
            trainer.add_callback(callback)
    if not context.continues and (initialise := hook(stage.method, "initialise")):
        initialise(model, trainer.get_train_dataloader(), **stage.knobs)
    if optimizer := hook(stage.method, "optimizer"):
        rates = {"learning_rate": stage.learning_rate, "weight_decay": stage.weight_decay}
        trainer.optimizer = optimizer(model, **rates, **stage.knobs)
