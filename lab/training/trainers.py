"""From a stage to the trainer that carries it out, with all that its method brings along."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lab.card import find_cards
from lab.data import DataSet
from lab.methods import hook
from lab.models import precision_of
from lab.models.chain import link_folder
from lab.objectives.task import Task
from lab.training.context import StageContext
from lab.training.evaluators import with_run_models
from lab.training.ranks import processes
from lab.training.remedies import add_to_training, penalties_of
from lab.training.trackers import called, place_files, trackers_of

UNWANTED = ("PrinterCallback", "ProgressCallback")


def make_trainer(
    context: StageContext, model: Any, data: DataSet, folder: Path, callbacks: Sequence[Any], *, report: bool = False
) -> Any:
    """The objective's trainer around `model`, without progress bars; an adapter that is new is initialised.

    `folder` takes its checkpoints. The stage's learning rate and steps are settled. With `report` the trackers that the
    recipe names are told what is logged.
    """
    stage, bf16 = context.stage, precision_of(context.chain, context.home) != "fp32"
    task = Task(
        model, context.tokenizer, data, with_run_models(stage, context.run_id), float(stage.learning_rate or 0),
        context.seed, bf16, folder, context.home, callbacks, _start_of(context),
        report_to=trackers_of(context) if report else (), called=called(context),
        processes=processes(), fsdp=context.plan.fsdp if processes() > 1 else None,
    )  # fmt: skip
    dropouts = [(module, module.p) for module in _own_dropouts(model)]
    whole = [(weight, weight.data) for weight in model.parameters() if weight.requires_grad]
    trainer = find_cards("lab.objectives")[stage.objective].make_trainer(task)
    for weight, values in whole:  # on a base in few bits TRL rounds adapters to bf16, too coarse for small steps
        if weight.dtype != values.dtype:
            weight.data = values
    for module, rate in dropouts:  # TRL switches off all dropout where a reference is compared with
        module.p = rate
    place_files(trainer, context)
    for callback in list(trainer.callback_handler.callbacks):
        if type(callback).__name__ in UNWANTED:
            trainer.remove_callback(callback)
    _add_method_hooks(context, trainer, model)
    for penalty in penalties_of(context, model):
        add_to_loss(trainer, penalty)
    add_to_training(context, trainer, model)
    return trainer


def _start_of(context: StageContext) -> Path | None:
    """The folder of what the stage starts from; None for a base model."""
    last = context.chain[-1]
    return None if last.kind == "base" else link_folder(last, context.home)


def _add_method_hooks(context: StageContext, trainer: Any, model: Any) -> None:
    """Give the trainer what the stage's method brings along, see `lab.methods`."""
    stage = context.stage
    if callbacks := hook(stage.method, "callbacks"):
        for callback in callbacks(model, steps=stage.budget.planned_steps, **stage.knobs):
            trainer.add_callback(callback)
    if not context.continues and (initialise := hook(stage.method, "initialise")):
        initialise(model, trainer.get_train_dataloader(), **stage.knobs)
    if regulariser := hook(stage.method, "regulariser"):
        add_to_loss(trainer, lambda: regulariser(model))
    if (own_term := hook(stage.method, "own_term")) and not getattr(trainer, "has_own_terms", False):
        add_to_loss(trainer, lambda: own_term(model))
    if optimizer := hook(stage.method, "optimizer"):
        rates = {"learning_rate": stage.learning_rate, "weight_decay": stage.weight_decay}
        trainer.optimizer = optimizer(model, **rates, **stage.knobs)


def add_to_loss(trainer: Any, term: Callable[[], Any]) -> None:
    """Have the trainer minimise `term()` as well, once an optimizer step, whatever its own loss is."""
    if hasattr(trainer, "regulariser"):  # it steps within its steps
        before = trainer.regulariser
        trainer.regulariser = term if before is None else lambda: before() + term()
        return
    plain = trainer.compute_loss

    def compute_loss(model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Any = None) -> Any:
        found = plain(model, inputs, return_outputs=return_outputs, num_items_in_batch=num_items_in_batch)
        loss = (found[0] if return_outputs else found) + _share(trainer, num_items_in_batch) * term()
        return (loss, found[1]) if return_outputs else loss

    trainer.compute_loss = compute_loss


def _share(trainer: Any, num_items_in_batch: Any) -> float:
    """Of a term that counts once a step: transformers divides what is not scaled for accumulation yet itself."""
    scaled = trainer.loss_is_scaled_for_ga
    if scaled is None:
        scaled = trainer.model_accepts_loss_kwargs and num_items_in_batch is not None
    return 1 / trainer.current_gradient_accumulation_steps if scaled else 1.0


def _own_dropouts(model: Any) -> list[Any]:
    """The dropout layers that belong to an adapter, which PEFT names after it."""
    import torch

    named = model.named_modules()
    return [module for name, module in named if isinstance(module, torch.nn.Dropout) and name.endswith(".default")]
