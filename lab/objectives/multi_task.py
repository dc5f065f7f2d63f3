"""Multi-task tuning: one backbone learns several tasks at once, with a head each; texts have classes, words have tags.

How often each task is drawn, and what a row of it costs beside those of the others, decides who pulls hardest.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lab.card import Choice, Number, ObjectiveCard, Switch, Text, find_cards
from lab.data import DataSet
from lab.data.tasks import TASK, Spec, specs_of, task_name
from lab.data.token_rows import TrainingSequence
from lab.data.types import Row
from lab.errors import RecipeError
from lab.evaluate.graded import Graded
from lab.home import Home
from lab.models import ModelShape
from lab.objectives._sequences import WHOLE
from lab.objectives.classes.building import check_head
from lab.objectives.classes.reading import ANY
from lab.objectives.task import Task
from lab.objectives.tasks.figures import cosine_picture, task_figures, task_pictures
from lab.objectives.tasks.heads import heads_on, told_by
from lab.objectives.tasks.kept import keep_tasks, load_heads
from lab.objectives.tasks.reading import TaskRow, read_rows
from lab.objectives.tasks.trainer import task_trainer
from lab.recipe import ResolvedStage
from lab.store.pictures import Picture

CLASSIFIER = "tasks_classifier"
"""Beside the model, not a part of it."""

CARD = ObjectiveCard(
    id="multi_task",
    name=Text("Several tasks", "多任务学习"),
    family="supervised",
    explain=Text(
        "One model learns several tasks at once, such as the mood of a sentence and the names in it. The weights that the "
        "method trains are shared, and each task has a small head of its own.",
        "一个模型同时学多个任务,例如判断句子的情感、找出句中的命名实体。方法训练的参数由各任务共享,每个任务另有自己的小输出头。",
    ),
    good=Text("Tasks are related, and one of them has few rows.", "任务相关,而其中某个任务的数据很少。"),
    bad=Text(
        "Tasks pull the shared weights apart: look at the cosine of their gradients, and at each task trained alone.",
        "各任务把共享参数往不同方向拉的时候:看梯度的余弦,并与各任务单独训练相比。",
    ),
    paper="Caruana 1997, Machine Learning 28; Yu et al. 2020, arXiv:2001.06782",
    formats=("tasks", "labels", "tags"),
    gives="classes",
    knobs=(
        Choice(
            "mixing", Text("Mixing", "混合方式"), "proportional", ("proportional", "temperature", "equal"),
            Text("How often a task is drawn: by its rows, all alike, or between the two.",
                 "各任务被抽到的频率:按数据量、一律相同,或介于两者之间。"),
        ),
        Number(
            "temperature", Text("Temperature", "温度"), 2.0, 1.0, 100.0,
            Text("Of mixing by temperature: rows to the power of 1/T; 1 is proportional, large is equal.",
                 "按温度混合时,频率与数据量的 1/T 次方成正比;1 即按数据量,越大越平均。"),
        ),
        Switch(
            "normalise", Text("Weigh tasks by rows", "按条数平衡损失"), True,
            Text("A row counts the same in every task; else every word and every text does, and long sentences drown the rest.",
                 "每条数据在各任务中权重相同;否则每个词、每段文本权重相同,长句的任务会盖过其他任务。"),
        ),
    ),
)  # fmt: skip


def check(stage: ResolvedStage, *, place: str) -> None:
    """Refuse methods that heads can't sit on, weights of data sets that `mixing` replaces, and a data set named twice."""
    check_head(find_cards("lab.methods")[stage.method].CARD, CARD.id, place)
    names = [task_name(choice.name) for choice in stage.data]
    if any(choice.weight != 1.0 for choice in stage.data):
        raise RecipeError(
            "data sets have weights, and how often a task is drawn is said by options.mixing", where=f"{place}.data",
            do="leave the weights out.",
        )  # fmt: skip
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise RecipeError(f"'{twice}' is there twice", where=f"{place}.data", do="name each task's data once.")


def count(moved: int, shape: ModelShape, stage: ResolvedStage, outputs: int) -> int:
    """With the heads, whose outputs are one a class or tag and two at the least."""
    return moved + shape.hidden * max(2, outputs)


def make_trainer(task: Task) -> Any:
    """A trainer of all heads and what the method moves."""
    specs = specs_of(task.data.train)
    classifier = heads_on(task.model, task.tokenizer, specs)
    if task.start:
        load_heads(specs, classifier.score, task.start)
    task.model.__dict__[CLASSIFIER] = classifier
    rows = read_rows(task.tokenizer, task.data.train, specs, task.stage.budget.max_length)
    trainer = task_trainer(task, classifier, specs, rows)
    trainer.kept_tasks = specs, task.stage.budget.max_length
    task.model.__dict__["gradient_cosines"] = trainer.cosines
    return trainer


def save(trainer: Any, folder: Path) -> None:
    """The tasks and their heads, beside the weights."""
    specs, max_length = trainer.kept_tasks
    keep_tasks(specs, trainer.model.score, max_length, folder)


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The text in its template; a class is told at its last token, a tag at the last token of each word."""
    of_task = {TASK: ""} | row
    messages = [{"role": "user", "content": row["text"]}, {"role": "assistant", "content": ANY}]
    (read,) = read_rows(tokenizer, [of_task], specs_of([of_task]), WHOLE)
    return [TrainingSequence([(read.ids, False)], stage.budget.max_length, messages=messages, heads_at=read.places)]


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float | None:
    """The mean over tasks of the loss of a row as a share of an even guess's, which is 1 for a model without heads."""
    if not data.held_out:
        return None
    if (classifier := model.__dict__.get(CLASSIFIER)) is None:
        return 1.0
    means = [sum(costs) / len(costs) for _, _, _, costs in _by_task(classifier, tokenizer, data, stage, limit)]
    return sum(means) / len(means)


def measure(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int) -> Graded:
    """Each task's own figures on held-out rows; nothing for a model that has no heads yet."""
    found = Graded()
    if (classifier := model.__dict__.get(CLASSIFIER)) is not None:
        for spec, rows, said, _ in _by_task(classifier, tokenizer, data, stage, limit):
            found += task_figures(spec, rows, said, data.train)
    return found


def pictures(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int
) -> dict[str, Picture]:
    """The names found in some sentences, which class is taken for which, and whether tasks pulled the same way."""
    drawn = cosine_picture(model.__dict__.get("gradient_cosines", ()))
    if (classifier := model.__dict__.get(CLASSIFIER)) is not None:
        for spec, rows, said, _ in _by_task(classifier, tokenizer, data, stage, limit):
            drawn |= task_pictures(spec, rows, said)
    return drawn


def _by_task(
    classifier: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int
) -> list[tuple[Spec, list[Row], list[list[str]], list[float]]]:
    """Of each task with held-out rows: those rows, the outputs told of each, and each one's loss."""
    specs, rows = specs_of(data.train), data.held_out[:limit]
    read: Sequence[TaskRow] = read_rows(tokenizer, rows, specs, stage.budget.max_length)
    told, costs = told_by(classifier, tokenizer, read)
    found = []
    for spec in specs:
        own = [n for n, row in enumerate(rows) if row[TASK] == spec.name]
        if own:
            said = [[spec.outputs[output] for output in told[n]] for n in own]
            found.append((spec, [rows[n] for n in own], said, [costs[n] for n in own]))
    return found
