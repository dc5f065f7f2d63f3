"""A trainer that uses the model's own loss, for methods that add to it or that TRL's fused head can't train.

TRL 1.16 reads log-probabilities from `lm_head.weight` and never asks the model for a loss: AdaLoRA's regulariser would
be dropped in silence, trained tokens of tied embeddings refused.
"""

from collections.abc import Callable
from typing import Any

from lab.data.encode import IGNORED
from lab.objectives.task import Task


def own_loss_trainer(task: Task, shared: dict[str, Any], collate: Callable[..., Any] | None = None) -> Any:
    """A `transformers.Trainer` on the model's own loss over tokenised rows, counting tokens as TRL does."""
    from transformers import Trainer, TrainingArguments
    from trl.trainer.sft_trainer import DataCollatorForLanguageModeling

    class OwnLossTrainer(Trainer):
        tokens = 0
        has_own_terms = True
        """What the model adds to its own loss is in this one."""

        def compute_loss(
            self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
        ) -> Any:
            mask = inputs.get("attention_mask")  # packed rows have none
            self.tokens += int(inputs["input_ids"].numel() if mask is None else mask.sum())
            loss, outputs = super().compute_loss(model, {**inputs, "use_cache": False}, True)
            if num_items_in_batch is not None:  # a batch counts by its tokens, what regularises it once a step
                tokens = inputs["labels"][:, 1:].ne(IGNORED).sum()
                loss = loss * tokens * self.accelerator.num_processes / num_items_in_batch
            return (loss, outputs) if return_outputs else loss

        def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
            super().log({**logs, "num_tokens": self.tokens}, start_time)

    return OwnLossTrainer(
        args=TrainingArguments(**task.arguments()),
        data_collator=collate or DataCollatorForLanguageModeling(pad_token_id=task.tokenizer.pad_token_id),
        **shared,
    )
