"""The trainer of what is learned word by word: TRL's SFTTrainer over rows that are tokenised and labelled already."""

from collections.abc import Sequence
from typing import Any

from lab.card import find_cards
from lab.data.encode import Encoded
from lab.objectives._answer_head import score_answers_only
from lab.objectives._own_loss import own_loss_trainer
from lab.objectives.task import Task


def supervised_trainer(task: Task, rows: Sequence[Encoded]) -> Any:
    """A trainer over these rows (half a second sooner than TRL's own preparation).

    Methods whose card says so get one that uses the model's own loss instead.
    """
    from datasets import Dataset
    from trl import SFTConfig, SFTTrainer

    shared = {
        "model": task.model,
        "train_dataset": Dataset.from_list(list(rows)),
        "processing_class": task.tokenizer,
        "callbacks": list(task.callbacks),
    }
    if find_cards("lab.methods")[task.stage.method].CARD.own_loss:
        return own_loss_trainer(task, shared)
    trainer = SFTTrainer(args=SFTConfig(**task.arguments(), max_length=None), **shared)
    score_answers_only(trainer.model)
    return trainer
