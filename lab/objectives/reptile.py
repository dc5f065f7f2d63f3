"""Meta-learning by Reptile: adapt to a task by some steps, then move the start a little towards where they led.

No gradient goes through the inner steps, and a task's rows need not be parted into examples and questions: it adapts to
all of them. The way from where the steps led back to the start, over what they moved, is handed to the optimizer as the
gradient.
"""

from collections.abc import Sequence
from typing import Any

from lab.card import ObjectiveCard, Text
from lab.data.encode import IGNORED
from lab.data.token_rows import TrainingSequence
from lab.objectives._sequences import spoken_sequences
from lab.objectives.meta import showing
from lab.objectives.meta.episodes import Batch
from lab.objectives.meta.inner import adapt, answer_loss, put_back, trained
from lab.objectives.meta.knobs import EXCLUDES, MEASURED_STEPS, QUERIES, SHOTS, check_tasks, inner_rate, inner_steps
from lab.objectives.meta.trainer import meta_trainer
from lab.objectives.task import Task
from lab.recipe import ResolvedStage

CARD = ObjectiveCard(
    id="reptile",
    name=Text("Reptile: learning to adapt", "Reptile 元学习"),
    family="meta",
    explain=Text(
        "Learns from many small tasks where to start: it takes some steps on a task, then moves the start a little "
        "towards where they led, and goes on with the next task. Simpler than MAML, at the price of a step more.",
        "从许多小任务中学会一个好的起点:在一个任务上走几步,把起点朝走到的地方挪一点,再换下一个任务。比 MAML 简单,只是要多走几步。",
    ),
    good=Text("The same as for MAML, with a model too large for gradients through the inner steps.",
              "与 MAML 相同,适合模型较大、无法穿过内层步求导的情况。"),
    bad=Text("One inner step: then it is nothing but ordinary training on all tasks.", "内层只走一步的时候:那就等于普通的多任务训练。"),
    paper="Nichol et al. 2018, arXiv:1803.02999",
    formats=("few_shot",),
    learning_rate=5e-3,
    step_cost=4.0,
    reference=True,
    adapts=True,
    knobs=(
        SHOTS,
        QUERIES,
        inner_steps(4, 2, Text("Steps on each task's rows in training.", "训练时在每个任务的数据上走的步数。")),
        inner_rate(0.1),
        MEASURED_STEPS,
    ),
    excludes=EXCLUDES,
)  # fmt: skip

check, held_out_loss = check_tasks, showing.held_out_loss
measure, pictures = showing.measure, showing.pictures


def make_trainer(task: Task) -> Any:
    """A trainer over episodes of the data's tasks."""
    options = task.stage.options
    steps, rate, pad = options["inner_steps"], options["inner_rate"], task.tokenizer.pad_token_id

    def lesson(model: Any, shown: Batch, asked: Batch) -> tuple[Any, Any, Sequence[Any]]:
        import torch

        weights, whole = trained(model), together(shown, asked, pad)
        with put_back(weights) as before:
            adapt(model, whole, steps, rate)
            with torch.no_grad():
                loss, _ = answer_loss(model, asked)
            moved = [(old - now.detach()) / (rate * steps) for old, now in zip(before, weights, strict=True)]
        return loss, None, moved  # the questions were among what it adapted to

    return meta_trainer(task, lesson, float(steps))


def together(one: Batch, other: Batch, pad: int) -> Batch:
    """The rows of two batches as one."""
    import torch
    from torch.nn.functional import pad as padded

    longest = max(one["input_ids"].shape[1], other["input_ids"].shape[1])
    fills = {"input_ids": pad, "attention_mask": 0, "labels": IGNORED}

    def wide(batch: Batch, name: str) -> Any:
        return padded(batch[name], (0, longest - batch[name].shape[1]), value=fills[name])

    return {name: torch.cat([wide(one, name), wide(other, name)]) for name in fills}


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The row as a conversation whose answer is learned."""
    return spoken_sequences(row, format, tokenizer, stage)
