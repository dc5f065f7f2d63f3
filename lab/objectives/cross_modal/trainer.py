"""Trains a model that sees or draws: cross-entropy of what is to be said, over the grown vocabulary."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lab.card import find_cards
from lab.cards.kinds import LORA_RATE
from lab.objectives._classifier import with_weights
from lab.objectives.cross_modal.growth import GrowthCallback
from lab.objectives.cross_modal.rows import Seen, batch_of
from lab.objectives.task import Task

WEIGHTS = "model.safetensors"


def seeing_trainer(task: Task, seeing: Any, rows: Sequence[Seen], show: Callable[[], Any] | None = None) -> Any:
    """A `transformers.Trainer` of `seeing` over these rows, whose callbacks go on seeing the language model.

    `show` draws some held-out captions; what it gives is kept now and then. Checkpoints hold what may move.
    """
    from safetensors.torch import load_file, save_file
    from transformers import Trainer, TrainingArguments

    class SeeingTrainer(Trainer):
        tokens = 0

        def compute_loss(
            self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
        ) -> Any:
            self.tokens += int(inputs["attention_mask"].sum())
            losses = model(**inputs)
            return (losses.mean(), losses) if return_outputs else losses.mean()

        def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
            super().log({**logs, "num_tokens": self.tokens}, start_time)

        def create_optimizer(self, model: Any = None) -> Any:
            optimizer = super().create_optimizer(model)
            rows = [row for row in (seeing.read, seeing.said) if row.requires_grad]
            for group in optimizer.param_groups:
                group["params"] = [one for one in group["params"] if all(one is not row for row in rows)]
            if rows:
                optimizer.add_param_group({"params": rows, "lr": row_rate(task), "weight_decay": 0.0})
            return with_weights(optimizer, seeing.own_weights().values(), task.learning_rate)

        def _prepare_for_training(self, *args: Any, **kwargs: Any) -> Any:
            prepared = super()._prepare_for_training(*args, **kwargs)
            self.callback_handler.model = task.model
            return prepared

        def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
            folder = Path(output_dir or self.args.output_dir)
            folder.mkdir(parents=True, exist_ok=True)
            save_file({name: one.detach().contiguous() for name, one in _moving(seeing)}, folder / WEIGHTS)

        def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
            kept = load_file(Path(resume_from_checkpoint) / WEIGHTS)
            for name, one in _moving(seeing):
                one.data.copy_(kept[name])

    def collate(examples: Sequence[Seen]) -> dict[str, Any]:
        return batch_of(examples, task.tokenizer.pad_token_id)

    trainer = SeeingTrainer(
        seeing, args=TrainingArguments(**task.arguments()), train_dataset=list(rows), data_collator=collate,
        callbacks=[*task.callbacks, *([GrowthCallback(seeing, show)] if show else [])],
    )  # fmt: skip
    trainer.loss_is_scaled_for_ga = False  # a mean of each part of a batch
    return trainer


def row_rate(task: Task) -> float:
    """The learning rate of the new rows, which begin with nothing learned: twice that of LoRA, and so ten times that of
    all weights, which would forget what words mean at such a rate; raised and lowered with the task's own."""
    usual = find_cards("lab.methods")[task.stage.method].CARD.learning_rate
    return task.learning_rate * max(1.0, 2 * LORA_RATE / usual)


def _moving(seeing: Any) -> list[tuple[str, Any]]:
    return [(name, one) for name, one in seeing.named_parameters() if one.requires_grad]
