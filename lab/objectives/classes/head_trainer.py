"""Trains a classification head with what its method moves of the backbone: cross-entropy, classes weighted or not."""

from collections.abc import Mapping, Sequence
from typing import Any

from lab.objectives._classifier import with_head
from lab.objectives.classes.head import padded
from lab.objectives.task import Task

LABEL = "label"


def head_trainer(
    task: Task, classifier: Any, rows: Sequence[Sequence[int]], labels: Sequence[int], weights: Mapping[int, float]
) -> Any:
    """A `transformers.Trainer` of `classifier`, whose callbacks go on seeing the language model.

    `rows` are token ids, `labels` the number of each row's class, `weights` what a row of each class counts.
    """
    from datasets import Dataset

    def collate(examples: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        return class_batch(task.tokenizer, [one["input_ids"] for one in examples], [one[LABEL] for one in examples])

    made = head_trainer_class(task, classifier, weights)
    return made.around(
        Dataset.from_list([{"input_ids": row, LABEL: n} for row, n in zip(rows, labels, strict=True)]), collate
    )


def class_batch(tokenizer: Any, rows: Sequence[Sequence[int]], labels: Sequence[int]) -> dict[str, Any]:
    """Token ids, mask and classes of some rows."""
    import torch

    return padded(tokenizer, rows) | {LABEL: torch.tensor(labels)}


def head_trainer_class(task: Task, classifier: Any, weights: Mapping[int, float]) -> Any:
    """The kind of trainer; `around(rows, collate)` makes one."""
    from transformers import Trainer, TrainingArguments

    class HeadTrainer(Trainer):
        tokens = 0

        @classmethod
        def around(cls, rows: Any, collate: Any) -> Any:
            trainer = cls(
                classifier, args=TrainingArguments(**task.arguments()), train_dataset=rows, data_collator=collate,
                callbacks=list(task.callbacks),
            )  # fmt: skip
            trainer.loss_is_scaled_for_ga = False  # a mean of each part of a batch
            return trainer

        def compute_loss(
            self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
        ) -> Any:
            self.tokens += int(inputs["attention_mask"].sum())
            outputs = model(**{name: part for name, part in inputs.items() if name != LABEL})
            loss = class_losses(outputs.logits, inputs[LABEL], weights).mean()
            return (loss, outputs) if return_outputs else loss

        def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
            super().log({**logs, "num_tokens": self.tokens}, start_time)

        def create_optimizer(self, model: Any = None) -> Any:
            return with_head(super().create_optimizer(model), classifier.score, task.learning_rate)

        def _prepare_for_training(self, *args: Any, **kwargs: Any) -> Any:
            prepared = super()._prepare_for_training(*args, **kwargs)
            self.callback_handler.model = task.model
            return prepared

    return HeadTrainer


def class_losses(logits: Any, labels: Any, weights: Mapping[int, float]) -> Any:
    """Cross-entropy of each row in nats, times the weight of its class; classes without one weigh 1."""
    import torch
    from torch.nn.functional import cross_entropy

    losses = cross_entropy(logits.float(), labels, reduction="none")
    each = torch.tensor([weights.get(n, 1.0) for n in range(logits.shape[1])], device=losses.device)
    return losses * each[labels]
