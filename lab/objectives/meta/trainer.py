"""The outer loop: a start is moved so that a few steps on a task's examples answer its other rows.

A step takes several tasks. What each asks of the start is put into the weights' gradients, and the optimizer, the
schedule and all that watches a training are those of `transformers`. `lesson` says what a task asks of the start.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lab.errors import DataError
from lab.objectives.meta.episodes import Batch, Episodes, encoded_tasks
from lab.objectives.meta.inner import answer_loss, trained
from lab.objectives.task import AMPLE, Task

Lesson = Callable[[Any, Batch, Batch], tuple[Any, Any, Sequence[Any]]]
"""Of a model, a task's examples and its questions: the loss after the inner steps, which questions are answered rightly
then (None where they were among what it adapted to), and the gradient for each weight that is trained (None for one it
does not reach)."""


def meta_trainer(task: Task, lesson: Lesson, passes: float) -> Any:
    """A `transformers.Trainer` over episodes. `passes` is how often a row of an episode is read, on average."""
    from transformers import Trainer, TrainingArguments

    episodes, tasks = _episodes(task)

    class MetaTrainer(Trainer):
        tokens = 0.0
        regulariser: Callable[[], Any] | None = None
        """What a method adds, once a step."""
        answered: list[float]

        def training_step(self, model: Any, inputs: list[Mapping[str, Batch]], num_items_in_batch: Any = None) -> Any:
            import torch

            model.train()
            inputs = self._prepare_inputs(inputs)
            share, weights = 1 / (len(inputs) * self.current_gradient_accumulation_steps), trained(model)
            total: Any = 0.0
            for episode in inputs:
                with self.compute_loss_context_manager():
                    loss, right, gradients = lesson(model, episode["shown"], episode["asked"])
                _add(weights, gradients, share)
                total = total + loss.detach() * share
                if right is not None:
                    self.answered.append(float(right.float().mean()))
                self.tokens += passes * sum(int(part["attention_mask"].sum()) for part in episode.values())
            if self.regulariser is not None:
                term = self.regulariser() / self.current_gradient_accumulation_steps
                if isinstance(term, torch.Tensor) and term.requires_grad:
                    term.backward()
                total = total + (term.detach() if isinstance(term, torch.Tensor) else term)
            return total

        def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
            if self.answered and "loss" in logs:
                logs = logs | {"adapted_accuracy": sum(self.answered) / len(self.answered)}
                self.answered.clear()
            super().log({**logs, "num_tokens": self.tokens}, start_time)

        def floating_point_ops(self, inputs: Any) -> int:
            return 0

    settings = task.arguments() | {"per_device_train_batch_size": tasks}
    trainer = MetaTrainer(
        task.model, args=TrainingArguments(**settings), train_dataset=episodes, data_collator=list,
        callbacks=list(task.callbacks),
    )  # fmt: skip
    trainer.answered = []
    task.model.__dict__["meta_start"] = [weight.detach().clone() for weight in trained(task.model)]
    return trainer


def _episodes(task: Task) -> tuple[Episodes, int]:
    """The episodes of the whole stage, and how many tasks a step takes; raises DataError where no task has rows enough."""
    options, budget = task.stage.options, task.stage.budget
    rows = options["shots"] + options["queries"]
    tasks = budget.batch_size // rows
    steps = (budget.steps or AMPLE * budget.planned_steps) * task.stage.gradient_accumulation
    known = encoded_tasks(task.data.train, task.tokenizer, budget.max_length, rows)
    if not known:
        raise DataError(f"no task has {rows:,} rows: its examples, and those that are asked afterwards", where="data",
                        do="lower options.shots and options.queries, or give more rows of each task.")  # fmt: skip
    pad = task.tokenizer.pad_token_id
    return Episodes(known, options["shots"], options["queries"], steps * tasks, task.seed, pad), tasks


def joint_lesson(model: Any, shown: Batch, asked: Batch) -> tuple[Any, Any, Sequence[Any]]:
    """Without inner steps: learn all rows of the task as they are, which is ordinary training on several tasks."""
    import torch

    weights = trained(model)
    first, _ = answer_loss(model, shown)
    other, right = answer_loss(model, asked)
    counts = [len(batch["input_ids"]) for batch in (shown, asked)]
    loss = (first * counts[0] + other * counts[1]) / sum(counts)
    return loss, right, torch.autograd.grad(loss, weights, allow_unused=True)


def _add(weights: Sequence[Any], gradients: Sequence[Any], share: float) -> None:
    for weight, gradient in zip(weights, gradients, strict=True):
        if gradient is not None:
            added = share * gradient.detach()
            weight.grad = added if weight.grad is None else weight.grad.add_(added)
