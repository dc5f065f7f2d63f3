"""Task-specific tuning: learn to say of which class a text is, by a head on the backbone or by the class's name.

The head sits on the backbone the method made, so a classifier may be full, LoRA, or (`train: head`) a head alone. By its
name a class is an answer like any other: every method goes, and what is compared is how likely each name is.
"""

from pathlib import Path
from typing import Any

from lab.card import Choice, ObjectiveCard, Text, find_cards
from lab.data import DataSet
from lab.data.labels import balanced_weights, class_names
from lab.data.token_rows import TrainingSequence
from lab.errors import RecipeError
from lab.evaluate.graded import Graded
from lab.home import Home
from lab.models import ModelShape
from lab.objectives._sequences import labelled_sequence
from lab.objectives._supervised import supervised_trainer
from lab.objectives.classes.building import check_head, new_head
from lab.objectives.classes.head_trainer import head_trainer
from lab.objectives.classes.judging import class_figures, class_pictures, head_loss
from lab.objectives.classes.kept import Kept, keep_classes
from lab.objectives.classes.reading import labelled_texts, read_texts
from lab.objectives.task import Task
from lab.recipe import ResolvedStage
from lab.store.pictures import Picture

CARD = ObjectiveCard(
    id="classify",
    name=Text("Classification", "文本分类"),
    family="supervised",
    explain=Text(
        "The model learns to say of which class a text is: what somebody wants, what a review thinks. A new head on the "
        "backbone gives every class a probability, or the model says the class's name as its answer.",
        "学会判断一段文字属于哪一类,例如说话人的意图、评论的褒贬。在主干上加一个新的分类头,给出每一类的概率;或让模型直接说出类别名。",
    ),
    good=Text("The answer is one of a few, and you have texts of each.", "答案只有少数几种,并且每种都有样例。"),
    bad=Text(
        "You want sentences. Beware of rare classes: accuracy hides them, macro-F1 does not.",
        "需要模型写出句子的时候。注意少见的类别:准确率会掩盖它们,宏平均 F1 不会。",
    ),
    paper="Howard and Ruder 2018, arXiv:1801.06146",
    formats=("labels",),
    gives="classes",
    settled=("read", "train"),
    knobs=(
        Choice(
            "read", Text("A class is", "类别来自"), "head", ("head", "words"),
            Text("head: an output of a new head, read at the last token; words: its name, as the model's answer.",
                 "head:新分类头的一个输出,取最后一个词元;words:类别名,作为模型的回答。"),
        ),
        Choice(
            "train", Text("What learns", "训练部分"), "method", ("method", "head"),
            Text("The method's weights and the head, or the head alone.", "方法的参数加分类头,或只训练分类头。"),
        ),
        Choice(
            "weights", Text("Class weights", "类别权重"), "none", ("none", "balanced"),
            Text("balanced: rows of a rare class count more, so that all classes weigh the same together.",
                 "balanced:少见类别的样本权重更大,使各类总权重相同。"),
        ),
    ),
)  # fmt: skip


def check(stage: ResolvedStage, *, place: str) -> None:
    """Refuse what a head can't be put on, and what class names can't do; raises RecipeError."""
    read, method = stage.options["read"], find_cards("lab.methods")[stage.method].CARD
    if read == "head":
        check_head(method, CARD.id, place, "take lora, freeze or full, or set options.read to words.")
    for name, value in (("train", "head"), ("weights", "balanced")):
        if read == "words" and stage.options[name] == value:
            raise RecipeError(
                f"'{value}' is for a head, and with 'read: words' there is none", where=f"{place}.options.{name}",
                do="leave it out, or set read to head.",
            )  # fmt: skip


def count(moved: int, shape: ModelShape, stage: ResolvedStage, outputs: int) -> int:
    """With the head, whose outputs are one a class and two at the least; or that alone."""
    head = shape.hidden * max(2, outputs) if stage.options["read"] == "head" else 0
    return head + (0 if stage.options["train"] == "head" else moved)


def make_trainer(task: Task) -> Any:
    """A trainer of the head and what the method moves, or of the class names as answers."""
    texts, labels = [row["text"] for row in task.data.train], [row["label"] for row in task.data.train]
    limit, names = task.stage.budget.max_length, class_names(task.data.train)
    kept = Kept(names, task.stage.options["read"], limit)
    if kept.read == "words":
        trainer = supervised_trainer(task, labelled_texts(task.tokenizer, texts, labels, limit))
    else:
        weights = balanced_weights(task.data.train) if task.stage.options["weights"] == "balanced" else {}
        trainer = head_trainer(
            task, new_head(task, names, alone=task.stage.options["train"] == "head"), read_texts(task.tokenizer, texts, limit),
            [names.index(label) for label in labels], {n: weights[name] for n, name in enumerate(names) if weights},
        )  # fmt: skip
    trainer.kept_classes = kept
    return trainer


def save(trainer: Any, folder: Path) -> None:
    """The classes, and the head, beside the weights."""
    kept = trainer.kept_classes
    keep_classes(kept, trainer.model.score if kept.read == "head" else None, folder)


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The text in its template, with its class's name where that is the answer; of a long text only what is kept."""
    return [labelled_sequence(row, tokenizer, stage, stage.options["read"])]


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float | None:
    """Of a head the mean of -log p of the right classes, in nats, at the stage's class weights; one that is not there
    yet finds all alike. Of words the mean cross-entropy of the tokens of the right names."""
    kept = _kept(data, stage)
    if kept.read == "words":
        from lab.evaluate.loss import mean_loss

        rows = [row for row in data.held_out[:limit] if row["label"] in kept.names]
        texts, labels = [row["text"] for row in rows], [row["label"] for row in rows]
        learned = labelled_texts(tokenizer, texts, labels, kept.max_length) if rows else []
        return mean_loss(model, tokenizer, learned) if learned else None
    weights = balanced_weights(data.train) if stage.options["weights"] == "balanced" else {}
    return head_loss(model, tokenizer, data, kept, weights, limit)


def measure(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int) -> Graded:
    """Accuracy and macro-F1 on held-out texts; nothing for a model that has no head yet."""
    return class_figures(model, tokenizer, data, _kept(data, stage), limit)


def pictures(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int
) -> dict[str, Picture]:
    """Which class is taken for which, of the held-out texts."""
    return class_pictures(model, tokenizer, data, _kept(data, stage), limit)


def _kept(data: DataSet, stage: ResolvedStage) -> Kept:
    return Kept(class_names(data.train), stage.options["read"], stage.budget.max_length)
