"""Meta-learning by MAML: find a start from which one or a few gradient steps on a few examples learn a new task.

The start is moved so that what the inner steps make of it answers a task's other rows. With `order: second` the gradient
goes through the inner steps; with `first` it is taken where they end and applied to the start, which needs no more memory
than a step does. Without inner steps it is ordinary training on all tasks, what a meta-learned start is held against.
"""

from collections.abc import Sequence
from typing import Any

from lab.card import Choice, ObjectiveCard, Text
from lab.data.token_rows import TrainingSequence
from lab.objectives._sequences import spoken_sequences
from lab.objectives.meta import showing
from lab.objectives.meta.episodes import Batch
from lab.objectives.meta.inner import (
    adapt,
    adapted,
    answer_loss,
    differentiable_twice,
    put_back,
    trained,
    with_weights,
)
from lab.objectives.meta.knobs import (
    EXCLUDES,
    MEASURED_STEPS,
    QUERIES,
    SHOTS,
    check_second_order,
    check_tasks,
    inner_rate,
    inner_steps,
)
from lab.objectives.meta.trainer import Lesson, joint_lesson, meta_trainer
from lab.objectives.task import Task
from lab.recipe import ResolvedStage

CARD = ObjectiveCard(
    id="maml",
    name=Text("MAML: learning to adapt", "MAML 元学习"),
    family="meta",
    explain=Text(
        "Learns from many small tasks where to start, so that one or a few gradient steps on a few examples are enough "
        "for a task it has never seen. The steps that adapt to a task are part of what is trained.",
        "从许多小任务中学会一个好的起点:遇到从未见过的任务,只看几个示例、走一两步梯度下降就能学会。适应任务的这几步本身也是训练的一部分。",
    ),
    good=Text("New tasks keep coming, each with a handful of examples, and are alike in kind.",
              "不断有新任务出现,彼此同类,每个只有几条示例。"),
    bad=Text("One task with enough rows: then tune for that task. It needs many tasks and costs several passes a row.",
             "只有一个任务而且数据足够的时候,直接微调即可。元学习需要许多任务,每行数据要算好几遍。"),
    paper="Finn et al. 2017, arXiv:1703.03400",
    formats=("few_shot",),
    learning_rate=5e-3,
    step_cost=2.5,
    activation_factor=1.5,
    reference=True,
    adapts=True,
    knobs=(
        SHOTS,
        QUERIES,
        inner_steps(2, 0, Text("Steps that adapt to each task in training; 0 learns all tasks together as they are, "
                               "without adapting (multi-task training).",
                               "训练时适应每个任务所走的步数;0 表示不适应,把所有任务混在一起直接学(多任务训练)。")),
        inner_rate(0.1),
        Choice("order", Text("Gradient", "梯度阶数"), "first", ("first", "second"),
               Text("first: taken where the inner steps end; second: through the inner steps, exact, slower and hungrier "
                    "with every step.", "first:取内层步终点处的梯度;second:穿过内层步求导,精确,但更慢,每多一步多占一份内存。")),
        MEASURED_STEPS,
    ),
    excludes=(*EXCLUDES, "forward_term"),
)  # fmt: skip

held_out_loss, measure, pictures = showing.held_out_loss, showing.measure, showing.pictures


def check(stage: ResolvedStage, *, place: str) -> None:
    """Refuse batches without a whole number of tasks, and second-order gradients where there are none."""
    check_tasks(stage, place=place)
    if stage.options["order"] == "second" and stage.options["inner_steps"]:
        check_second_order(stage, place=place)


def make_trainer(task: Task) -> Any:
    """A trainer over episodes of the data's tasks."""
    options = task.stage.options
    steps, shots, queries = options["inner_steps"], options["shots"], options["queries"]
    if not steps:
        return meta_trainer(task, joint_lesson, 1.0)
    lesson = second_order(steps, options["inner_rate"]) if options["order"] == "second" else first_order(
        steps, options["inner_rate"]
    )  # fmt: skip
    return meta_trainer(task, lesson, (steps * shots + queries) / (shots + queries))


def first_order(steps: int, rate: float) -> Lesson:
    """The gradient where the inner steps end (Finn et al. 2017, section 5.2: FOMAML)."""

    def lesson(model: Any, shown: Batch, asked: Batch) -> tuple[Any, Any, Sequence[Any]]:
        import torch

        weights = trained(model)
        with put_back(weights):
            adapt(model, shown, steps, rate)
            loss, right = answer_loss(model, asked)
            return loss, right, torch.autograd.grad(loss, weights, allow_unused=True)

    return lesson


def second_order(steps: int, rate: float) -> Lesson:
    """The gradient of the start itself, through the inner steps (Finn et al. 2017, eq. 1)."""

    def lesson(model: Any, shown: Batch, asked: Batch) -> tuple[Any, Any, Sequence[Any]]:
        import torch

        with differentiable_twice():
            loss, right = answer_loss(with_weights(model, adapted(model, shown, steps, rate)), asked)
            return loss, right, torch.autograd.grad(loss, trained(model), allow_unused=True)

    return lesson


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The row as a conversation whose answer is learned, be it as an example or when it is asked."""
    return spoken_sequences(row, format, tokenizer, stage)
