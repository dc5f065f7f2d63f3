"""Semi-supervised tuning: a teacher learns from few labels, and what it is sure of teaches a student (self-training).

The student begins where the teacher began, not where the teacher ended: else it would only be surer of the same faults.
Classes are kept balanced for the same reason. How many pseudo-labels were right is reported where that is known, and
decides nothing.
"""

from pathlib import Path
from typing import Any

from lab.card import Number, ObjectiveCard, Switch, Text, find_cards
from lab.data import DataSet
from lab.data.labels import class_names, with_few_labels
from lab.data.token_rows import TrainingSequence
from lab.errors import RecipeError
from lab.evaluate.graded import Graded
from lab.extension_points import optional_hook
from lab.home import Home
from lab.models import ModelShape
from lab.objectives._sequences import labelled_sequence
from lab.objectives.classes.building import check_head, new_head
from lab.objectives.classes.judging import class_figures, class_pictures, head_loss
from lab.objectives.classes.kept import Kept, keep_classes
from lab.objectives.classes.pseudo import pseudo_figures, pseudo_pictures
from lab.objectives.classes.reading import read_texts
from lab.objectives.classes.self_trainer import Unlabelled, self_trainer
from lab.objectives.task import Task
from lab.recipe import ResolvedStage
from lab.store.pictures import Picture

RECORDS = "pseudo_labels"
"""Beside the model, not a part of it: what each round kept."""

CARD = ObjectiveCard(
    id="self_train",
    name=Text("Self-training", "自训练(半监督)"),
    family="semi-supervised",
    explain=Text(
        "A few texts have labels, many have none. A teacher learns from the few and guesses the others; what it is sure of "
        "becomes pseudo-labels, and a student learns from both, beginning anew. Then the student is the teacher.",
        "少量文本有标注,大量文本没有。教师模型先学少量标注,再给其余文本打标签;其中有把握的作为伪标签,学生模型从头开始、两者一起学。之后学生又成为教师。",
    ),
    good=Text("Texts are many, and labelling them is slow.", "文本很多,而标注很慢的时候。"),
    bad=Text(
        "The teacher is mostly wrong: the student learns its faults. Labels that you choose the threshold by are labels too: "
        "count them.",
        "教师模型大多判断错误时,学生会把错误也学去。用来挑选阈值的标注也是标注,要算进去。",
    ),
    paper="Lee 2013, ICML Workshop on Challenges in Representation Learning; Xie et al. 2020, arXiv:1911.04252",
    formats=("some_labels", "labels"),
    gives="classes",
    settled=("labelled", "unlabelled", "rounds"),
    step_cost=1.1,
    knobs=(
        Number(
            "labelled", Text("Labels of each class", "每类标注数"), 20, 0, 100_000,
            Text("So many rows of each class keep their labels, the others hide theirs; 0 keeps all there are.",
                 "每类保留多少条标注,其余标注藏起来;0 表示全部保留。"), whole=True,
        ),
        Number(
            "unlabelled", Text("Unlabelled rows", "无标注条数"), 500, 0, 100_000,
            Text("At most so many rows without labels are guessed; 0 takes all.", "最多给多少条无标注数据打伪标签;0 表示全部。"), whole=True,
        ),
        Number(
            "rounds", Text("Rounds", "轮数"), 2, 0, 10,
            Text("How many students follow the teacher; 0 learns from the labels alone. All share the steps.",
                 "教师之后有几轮学生;0 表示只学有标注的数据。所有轮平分训练步数。"), whole=True,
        ),
        Number(
            "threshold", Text("Threshold", "置信阈值"), 0.8, 0.0, 1.0,
            Text("The probability from which a guess is kept as a pseudo-label.", "预测概率达到多少才留作伪标签。"),
        ),
        Switch(
            "balance", Text("Balance classes", "类别均衡"), True,
            Text("No class has more than an equal share of the pseudo-labels.", "任何一类的伪标签都不超过平均份额。"),
        ),
    ),
)  # fmt: skip


def check(stage: ResolvedStage, *, place: str) -> None:
    """Refuse methods that can't begin anew or have no place for a head, and a budget that has no steps to share out."""
    method, rounds = find_cards("lab.methods")[stage.method], stage.options["rounds"]
    check_head(method.CARD, CARD.id, place)
    if rounds and optional_hook(method, "callbacks"):
        raise RecipeError(
            f"'{stage.method}' changes as its steps go by and can't begin anew, as each round of {CARD.id} does",
            where=f"{place}.method", do="take lora, freeze or full, or set options.rounds to 0.",
        )  # fmt: skip
    if stage.budget.seconds:
        raise RecipeError(
            f"{CARD.id} shares its steps out over its rounds, and a budget of seconds has no number of them",
            where=f"{place}.budget.seconds", do="give budget.steps.",
        )  # fmt: skip
    if (stage.budget.steps or 0) < rounds + 1:
        raise RecipeError(
            f"{stage.budget.steps} steps are too few for a teacher and {rounds} students", where=f"{place}.budget.steps",
            do=f"give at least {rounds + 1}, better some 60 for each.",
        )  # fmt: skip


def count(moved: int, shape: ModelShape, stage: ResolvedStage, outputs: int) -> int:
    """With the head, whose outputs are one a class and two at the least."""
    return moved + shape.hidden * max(2, outputs)


def make_trainer(task: Task) -> Any:
    """A trainer of the head and what the method moves, teacher first, then each student."""
    options, limit, names = task.stage.options, task.stage.budget.max_length, class_names(task.data.train)
    known, others = with_few_labels(task.data.train, options["labelled"], options["unlabelled"], task.seed)
    unlabelled = Unlabelled(
        read_texts(task.tokenizer, [row["text"] for row in others], limit),
        [names.index(row["label"]) if row["label"] else None for row in others],
    )
    trainer = self_trainer(
        task, new_head(task, names), read_texts(task.tokenizer, [row["text"] for row in known], limit),
        [names.index(row["label"]) for row in known], unlabelled,
    )  # fmt: skip
    trainer.kept_classes = _kept(task.data, task.stage)
    task.model.__dict__[RECORDS] = trainer.records
    return trainer


def save(trainer: Any, folder: Path) -> None:
    """The classes and the head, beside the weights."""
    keep_classes(trainer.kept_classes, trainer.model.score, folder)


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The text in its template; its class, if it is known, is told at its last token."""
    return [labelled_sequence(row, tokenizer, stage, "head")]


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float | None:
    """The mean of -log p of the right classes, in nats; a head that is not there yet finds all alike."""
    return head_loss(model, tokenizer, data, _kept(data, stage), {}, limit)


def measure(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int) -> Graded:
    """Accuracy and macro-F1 on held-out texts, and what became of the texts without labels."""
    found = class_figures(model, tokenizer, data, _kept(data, stage), limit)
    return found + pseudo_figures(model.__dict__.get(RECORDS, ()))


def pictures(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int
) -> dict[str, Picture]:
    """How many pseudo-labels each threshold would have kept and how many of them are right; the confusion matrix."""
    records = model.__dict__.get(RECORDS, ())
    return pseudo_pictures(records) | class_pictures(model, tokenizer, data, _kept(data, stage), limit)


def _kept(data: DataSet, stage: ResolvedStage) -> Kept:
    return Kept(class_names(data.train), "head", stage.budget.max_length)
