"""Unsupervised tuning, clustering: texts that the model finds alike become a class, and it learns to tell the classes.

Embeddings are grouped by k-means, the groups are learned as classes by a head and what the method moves, then texts are
grouped anew (Caron et al. 2018, DeepCluster). Labels that the data has are hidden from training and measure it alone;
beside the model stand groups by TF-IDF, which knows words and no model.
"""

from pathlib import Path
from typing import Any

from lab.card import Number, ObjectiveCard, Text, find_cards
from lab.data import DataSet
from lab.data.token_rows import TrainingSequence
from lab.errors import DataError, RecipeError
from lab.evaluate.graded import Graded
from lab.home import Home
from lab.models import ModelShape
from lab.objectives._sequences import labelled_sequence
from lab.objectives.classes.building import check_head, new_head
from lab.objectives.classes.kept import Kept, keep_classes
from lab.objectives.classes.reading import ANY, read_texts
from lab.objectives.clustering.groups import group, shared_information
from lab.objectives.clustering.points import Whitening, states_of, telling_words, tfidf_points
from lab.objectives.clustering.rounds import Rounds
from lab.objectives.clustering.trainer import cluster_trainer
from lab.objectives.task import Task
from lab.recipe import ResolvedStage
from lab.store.pictures import Lines, Matrix, Picture

MEASURED = 2000
"""Training texts whose groups are found to measure a model."""

CARD = ObjectiveCard(
    id="cluster",
    name=Text("Clustering", "聚类"),
    family="unsupervised",
    explain=Text(
        "Texts that the model finds alike are put into groups (k-means), and it learns to tell the groups apart as if they "
        "were classes; then it groups them anew. Labels are hidden from it and only measure the groups.",
        "把模型认为相近的文本分成若干组(k-means),再把组当作类别来学,然后重新分组,如此几轮。真实标注对它隐藏,只用来衡量分得好不好。",
    ),
    good=Text("You have many texts without labels and want to see which belong together.", "有大量没有标注的文本,想知道哪些属于一类。"),
    bad=Text(
        "You know the classes: a few labels of each are worth more. Groups may follow what texts are about instead of what "
        "you look for, and what was grouped wrongly is learned too. Compare with TF-IDF.",
        "已经知道有哪些类别时,每类标几条更管用。分组依据可能是话题,而不是你关心的东西;分错的也会被学进去。要和 TF-IDF 对比。",
    ),
    paper="Caron et al. 2018, arXiv:1807.05520",
    formats=("text", "labels"),
    gives="classes",
    settled=("clusters", "rounds", "dimensions", "share", "drop"),
    knobs=(
        Number(
            "clusters", Text("Groups", "组数"), 6, 2, 100,
            Text("How many groups are looked for.", "要分成多少组。"), whole=True,
        ),
        Number(
            "rounds", Text("Rounds", "轮数"), 3, 1, 20,
            Text("How often the texts are grouped and learned; the steps are shared.", "分组并学习几轮;各轮平分训练步数。"), whole=True,
        ),
        Number(
            "dimensions", Text("Dimensions", "维数"), 16, 2, 512,
            Text("How many main directions of the model's states count; all of them count the same (whitening).",
                 "取模型状态的多少个主方向;每个方向同等重要(白化)。"), whole=True,
        ),
        Number(
            "share", Text("Share learned", "学习的比例"), 0.7, 0.1, 1.0,
            Text("Which share of each group is learned from: the texts nearest to its middle.", "每组中只学离中心最近的这部分文本。"),
        ),
        Number(
            "drop", Text("Words left out", "删词比例"), 0.2, 0.0, 0.8,
            Text("Of each text that is learned so many words are left out, each time others, so that no single word makes a group.",
                 "学习时每段文本随机删去这么多词,每次不同,免得一个词就决定一组。"),
        ),
    ),
)  # fmt: skip


def check(stage: ResolvedStage, *, place: str) -> None:
    """Refuse methods that have no place for a head, and what there is no held-out loss for; raises RecipeError."""
    check_head(find_cards("lab.methods")[stage.method].CARD, CARD.id, place)
    if stage.search:
        raise RecipeError(
            f"objective '{CARD.id}' has no held-out loss to choose a learning rate by", where=f"{place}.learning_rate",
            do="give a number.",
        )  # fmt: skip
    steps, rounds = stage.budget.steps, stage.options["rounds"]
    if steps is None or steps < rounds:
        raise RecipeError(
            f"{rounds} rounds share the steps out, and there are {steps or 'none'}", where=f"{place}.budget.steps",
            do=f"give budget.steps, at least {rounds}, better some 30 a round.",
        )  # fmt: skip


def count(moved: int, shape: ModelShape, stage: ResolvedStage, outputs: int) -> int:
    """With the head, whose outputs are one a group."""
    return moved + int(shape.hidden) * int(stage.options["clusters"])


def make_trainer(task: Task) -> Any:
    """A trainer of the head and what the method moves; raises DataError for fewer texts than groups."""
    rows, options, clusters = task.data.train, task.stage.options, task.stage.options["clusters"]
    if len({row["text"] for row in rows}) < clusters:
        raise DataError(f"{len(rows)} texts can't be put into {clusters} groups", where=task.data.name,
                        do="give more texts, or lower options.clusters.")  # fmt: skip
    limit = task.stage.budget.max_length
    rounds = Rounds(
        task.model, task.tokenizer, read_texts(task.tokenizer, [row["text"] for row in rows], limit), _labels(rows),
        clusters, options["dimensions"], options["share"], task.seed,
    )  # fmt: skip
    names = tuple(str(number + 1) for number in range(clusters))
    texts = [row["text"] for row in rows]
    trainer = cluster_trainer(task, new_head(task, names), rounds, texts)
    trainer.texts, trainer.max_length = texts, limit
    return trainer


def _labels(rows: list[dict[str, Any]]) -> list[str] | None:
    return [row["label"] for row in rows] if rows and all("label" in row for row in rows) else None


def group_names(trainer: Any) -> tuple[str, ...]:
    """A number and the most telling words of each group."""
    rounds = trainer.rounds
    words = telling_words(trainer.texts, rounds.groups, rounds.count)
    return tuple(f"{number + 1}: {found}".rstrip(": ") for number, found in enumerate(words))


def save(trainer: Any, folder: Path) -> None:
    """The groups by their names, and the head, beside the weights."""
    keep_classes(Kept(group_names(trainer), "head", trainer.max_length), trainer.model.score, folder)


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The text in its template; which group it is in is found while it trains."""
    return [labelled_sequence({"text": row["text"], "label": ANY}, tokenizer, stage, "head")]


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float | None:
    """None: nobody has said what is right."""
    return None


def measure(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int) -> Graded:
    """How much groups of held-out texts tell of their hidden labels, by the model and by TF-IDF. The groups are found
    in training texts; nothing where texts have no labels."""
    train, held_out = data.train[:MEASURED], data.held_out[:limit]
    labels = _labels(held_out)
    if not labels:
        return Graded()
    texts, new = [row["text"] for row in train], [row["text"] for row in held_out]
    clusters, length = stage.options["clusters"], stage.budget.max_length
    states, others = (states_of(model, tokenizer, read_texts(tokenizer, some, length)) for some in (texts, new))
    whitened = Whitening.of(states, stage.options["dimensions"])
    by_model = group(whitened(states), clusters, 0).predict(whitened(others))
    known, asked = tfidf_points(texts, new)
    by_words = group(known, clusters, 0).predict(asked)
    return Graded({"nmi": shared_information(by_model, labels), "nmi_tfidf": shared_information(by_words, labels)})


def course(trainer: Any, curves: dict[str, list[tuple[int, float]]]) -> dict[str, Picture]:
    """How well the groups match hidden labels round after round, and which labels are in which group at the end; or,
    of texts without labels, how many texts changed their group."""
    rounds = trainer.rounds
    if not rounds.labels:
        changed = [(one.step, one.changed) for one in rounds.record if one.changed is not None]
        return {"rounds": Lines.of({"changed": changed})}
    found = [(one.step, one.information) for one in rounds.record]
    points, _ = tfidf_points(trainer.texts)
    by_words = shared_information(group(points, rounds.count, rounds.seed).labels_, rounds.labels)
    lines = {"model": found, "tfidf": [(step, by_words) for step, _ in found]}
    return {"rounds": Lines.of(lines), "groups": _matrix(rounds, group_names(trainer))}


def _matrix(rounds: Rounds, names: tuple[str, ...]) -> Matrix:
    labels = tuple(sorted(set(rounds.labels or ())))
    counts = [[0] * len(names) for _ in labels]
    for label, one in zip(rounds.labels or (), rounds.groups, strict=True):
        counts[labels.index(label)][one] += 1
    return Matrix(labels, names, tuple(map(tuple, counts)))
