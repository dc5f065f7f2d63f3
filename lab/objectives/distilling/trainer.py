"""The trainer of a student that follows its teacher's distribution: on the rows' answers, or on what it writes itself.

TRL's DistillationTrainer learns from the student's own text alone, and from `lm_head.weight` directly, which leaves out
methods that change what is around it; its GKDTrainer is experimental. So this is a trainer of our own, with the loss and
the mixing of generalised knowledge distillation (Agarwal et al. 2024, algorithm 1), on the models' logits.
"""

import random
from collections.abc import Sequence
from typing import Any

from lab.data.encode import IGNORED, Encoded
from lab.generate.complete import complete_ids
from lab.generate.prompts import room_for
from lab.generate.types import Sampling
from lab.objectives.distilling.divergence import divergences
from lab.objectives.distilling.teacher import load_teacher
from lab.objectives.task import Task


def divergence_trainer(task: Task, rows: Sequence[Encoded]) -> Any:
    """A `transformers.Trainer` over these rows; with `on_policy` 1 their answers are never looked at."""
    import torch
    from datasets import Dataset
    from transformers import Trainer, TrainingArguments
    from trl.trainer.sft_trainer import DataCollatorForLanguageModeling

    from lab.objectives.policy.reference import share_weights

    options, pad = task.stage.options, task.tokenizer.pad_token_id
    teacher, _ = load_teacher(str(task.stage.teacher), task.home)
    share_weights(task.model, teacher)
    collate = DataCollatorForLanguageModeling(pad_token_id=pad)

    class StudentTrainer(Trainer):
        tokens = 0
        written = 0
        """Batches so far, so that each draws anew within a step too."""

        def training_step(self, model: Any, inputs: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
            place = f"{task.seed} {self.state.global_step} {self.written}"
            self.written = (self.written + 1) % task.stage.gradient_accumulation
            if random.Random(f"{place} on policy").random() < options["on_policy"]:
                inputs = collate(_own_rows(self.model, task, questions_in(inputs), place))
            return super().training_step(model, inputs, *args, **kwargs)

        def compute_loss(
            self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
        ) -> Any:
            read = {"input_ids": inputs["input_ids"], "attention_mask": inputs["attention_mask"]}
            self.tokens += int(read["attention_mask"].sum())
            learned = inputs["labels"][:, 1:].ne(IGNORED)
            ours = _logits(model, read)[learned]
            with torch.no_grad():
                theirs = _logits(teacher, read)[learned]
            loss = divergences(ours, theirs, options["beta"], options["temperature"]).mean()
            return (loss, {"loss": loss}) if return_outputs else loss

        def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
            super().log({**logs, "num_tokens": self.tokens}, start_time)

    trainer = StudentTrainer(
        model=task.model, args=TrainingArguments(**task.arguments()), data_collator=collate,
        train_dataset=Dataset.from_list(list(rows)), processing_class=task.tokenizer, callbacks=list(task.callbacks),
    )  # fmt: skip
    trainer.model_accepts_loss_kwargs = False  # each batch of a step counts the same: only then is its text known
    return trainer


def _logits(model: Any, read: dict[str, Any]) -> Any:
    """What foretells each token but the first, (rows, tokens - 1, vocabulary); virtual tokens before them aside."""
    return model(**read, use_cache=False).logits[:, -read["input_ids"].shape[1] : -1]


def questions_in(inputs: dict[str, Any]) -> list[list[int]]:
    """Of a batch of rows padded at their ends: the ids before each one's last answer."""
    found = []
    for ids, labels in zip(inputs["input_ids"].tolist(), inputs["labels"].tolist(), strict=True):
        end = max(place for place, label in enumerate(labels) if label != IGNORED)
        while end and labels[end - 1] != IGNORED:
            end -= 1
        found.append(ids[:end])
    return found


def _own_rows(model: Any, task: Task, questions: Sequence[Sequence[int]], place: str) -> list[Encoded]:
    """The student's answers to these questions, sampled from its whole distribution, as rows to learn on."""
    room, longest = room_for(model, task.stage.options["answer_tokens"])
    asked = [list(question)[-room:] for question in questions]
    seeds = [random.Random(f"{place} {row}").randrange(2**24) for row in range(len(asked))]
    answers = complete_ids(model, task.tokenizer, asked, Sampling(1.0, 1.0, longest, 0), seeds)
    return [
        {"input_ids": [*given, *said], "labels": [IGNORED] * len(given) + said}
        for given, said in zip(asked, answers, strict=True)
    ]
