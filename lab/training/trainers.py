"""From a stage to what carries it out: its judge, and a trainer with all that its method brings along."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lab.card import find_cards
from lab.data import DataSet, load_data
from lab.evaluate.evaluator import Evaluator
from lab.methods import hook
from lab.models import load_chain
from lab.objectives import hook as objective_hook
from lab.objectives.policy_metrics import policy_metrics
from lab.objectives.task import Task
from lab.recipe import DataChoice, ResolvedStage
from lab.recipe.resolve import STAGE

if TYPE_CHECKING:
    from lab.training.run import Work

UNWANTED = ("PrinterCallback", "ProgressCallback")


def make_evaluator(work: "Work", stage: ResolvedStage, data: DataSet) -> Evaluator:
    """Who measures models on the stage's data, by its objective's own loss."""
    objective = find_cards("lab.objectives")[stage.objective]
    measure = objective_hook(stage.objective, "measure")
    limit, length, ground = work.plan.evaluate.rows, stage.budget.max_length, work.chain
    rewards, questions = own_rewards(work, stage), work.plan.evaluate.questions
    asked = load_data(DataChoice(name=questions), work.home, work.plan.seed) if questions and stage.reward else data

    def loss_of(model) -> float | None:
        return objective.held_out_loss(model, work.tokenizer, data, length, limit)

    def measured(model, trained: bool) -> dict[str, float]:
        figures = measure(model, work.tokenizer, data, rewards, work.home, limit) if measure else {}
        start = (lambda: load_chain(ground, work.home, "fp32")) if trained else None
        return figures | policy_metrics(model, start, work.tokenizer, asked, rewards, work.home, limit)

    aim = f"{stage.objective} {stage.options} {rewards.reward}" if measure or stage.reward else ""
    return Evaluator(data, work.tokenizer, work.plan.evaluate, loss_of, measured, aim)


def own_rewards(work: "Work", stage: ResolvedStage) -> ResolvedStage:
    """The stage with reward models of earlier stages named as what they are: what this run left."""
    named = [
        choice.model_copy(update={"name": f"run:{work.run.id}/stage-{choice.name.removeprefix(STAGE)}"})
        if choice.name.startswith(STAGE) else choice
        for choice in stage.reward
    ]  # fmt: skip
    return stage.model_copy(update={"reward": tuple(named)})


def make_trainer(
    work: "Work", stage: ResolvedStage, model, data: DataSet, seed: int, folder: Path, callbacks: Sequence[Any],
    *, fresh: bool,
):  # fmt: skip
    """The objective's trainer around `model`, without progress bars; a `fresh` adapter is initialised.

    `folder` takes its checkpoints. The stage's learning rate and steps are settled.
    """
    import torch

    bf16 = work.plan.precision == "bf16" or (work.plan.precision == "auto" and torch.cuda.is_available())
    task = Task(
        model, work.tokenizer, data, own_rewards(work, stage), float(stage.learning_rate or 0), seed, bf16, folder,
        work.home, callbacks,
    )  # fmt: skip
    whole = [(weight, weight.data) for weight in model.parameters() if weight.requires_grad]
    trainer = find_cards("lab.objectives")[stage.objective].make_trainer(task)
    for weight, values in whole:  # on a base in few bits TRL rounds adapters to bf16, too coarse for small steps
        if weight.dtype != values.dtype:
            weight.data = values
    for callback in list(trainer.callback_handler.callbacks):
        if type(callback).__name__ in UNWANTED:
            trainer.remove_callback(callback)
    _equip(trainer, stage, model, fresh)
    return trainer


def _equip(trainer, stage: ResolvedStage, model, fresh: bool) -> None:
    """Give the trainer what the stage's method brings along, see `lab.methods`."""
    if callbacks := hook(stage.method, "callbacks"):
        for callback in callbacks(model, steps=stage.budget.steps, **stage.knobs):
            trainer.add_callback(callback)
    if fresh and (initialise := hook(stage.method, "initialise")):
        initialise(model, trainer.get_train_dataloader(), **stage.knobs)
    if optimizer := hook(stage.method, "optimizer"):
        rates = {"learning_rate": stage.learning_rate, "weight_decay": stage.weight_decay}
        trainer.optimizer = optimizer(model, **rates, **stage.knobs)
