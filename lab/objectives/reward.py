"""Reward modelling: learn to score answers as people compare them, on TRL's RewardTrainer.

The scoring head sits on the backbone the method made, so a reward model may be full, LoRA, or (`train: head`) a head.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lab.card import Choice, Number, ObjectiveCard, Text
from lab.data import DataSet
from lab.data.token_rows import TrainingSequence
from lab.evaluate.graded import Graded
from lab.evaluate.intervals import marked_interval
from lab.home import Home
from lab.models import ModelShape
from lab.objectives._classifier import with_head
from lab.objectives._pairs import CUT_MARKS, preference_rows, tied
from lab.objectives._reward_trainer import collator, reward_trainer, whole_pairs
from lab.objectives._sequences import scored_sequences
from lab.objectives.reward_model import classifier_of, keep_head, keep_likes, scores_of
from lab.objectives.task import Task
from lab.recipe import ResolvedStage

BINS = 10
MOST_LIKED = 100
"""Pairs whose answers are scored for people to look at."""

CARD = ObjectiveCard(
    id="reward",
    name=Text("Reward model", "奖励模型"),
    family="preference",
    explain=Text(
        "The model learns to give any answer a score, so that of two answers people compared the better one gets the "
        "higher score. PPO, GRPO and RLOO can then ask it instead of people.",
        "学会给任意回答打分,使人们比较过的两个回答中较好的得分更高。之后 PPO、GRPO、RLOO 可以用它代替人来打分。",
    ),
    good=Text("You have votes, and want to optimise further than the voted answers go.", "有投票数据,并想优化到投票回答之外。"),
    bad=Text(
        "It likes what the voted answers happened to share, such as length: look at its length bias.",
        "它可能偏爱被投票回答碰巧共有的特征(例如长度):请查看长度偏差。",
    ),
    paper="Stiennon et al. 2020, arXiv:2009.01325",
    formats=("preference",),
    gives="score",
    settled=("train", "read", "heads"),
    learning_rate=5e-3,
    step_cost=1.2,
    activation_factor=1.2,
    knobs=(
        Choice(
            "train", Text("What learns", "训练部分"), "method", ("method", "head"),
            Text("The method's weights and the head, or the head alone.", "方法的参数加打分头,或只训练打分头。"),
        ),
        Choice(
            "read", Text("Score is", "得分取自"), "sum", ("sum", "last"),
            Text(
                "The sum over all tokens of what each earns, so that every word is judged where it stands, or what the last "
                "token earns, as is usual. On nano the sum finds the better answer more often.",
                "sum:每个词元得分之和,逐词评判;last:只看最后一个词元(通常做法)。在 nano 上 sum 更准。",
            ),
        ),
        Number(
            "heads", Text("Heads", "打分头数"), 1, 1, 16,
            Text(
                "Several make an ensemble on one backbone: where they disagree the score is unsure, which `pessimism` of a "
                "reward takes off.",
                "多个打分头共用主干组成集成:意见不一处得分不可靠,奖励的 pessimism 会按分歧扣分。",
            ),
            whole=True,
        ),
        Number(
            "centre", Text("Centring", "居中系数"), 0.0, 0.0, 10.0,
            Text("Above 0 it keeps the scores around zero, at the price of telling pairs apart less well.", "大于 0 时使得分保持在零附近,但会降低区分能力。"),
        ),
        Number(
            "margin", Text("Weight of margins", "分差权重"), 1.0, 0.0, 10.0,
            Text("How far apart the scores of a pair shall be, for each point that its row says; 0 ignores what rows say.",
                 "数据行每标注一分差距,两个回答的得分应拉开多少;0 表示忽略标注。"),
        ),
    ),
    excludes=("virtual_tokens", "answers_first", "own_optimizer"),
)  # fmt: skip


def count(moved: int, shape: ModelShape, stage: ResolvedStage, outputs: int) -> int:
    """With the heads, which give a score each; or those alone."""
    return shape.hidden * int(stage.options["heads"]) + (0 if stage.options["train"] == "head" else moved)


def make_trainer(task: Task) -> Any:
    """TRL's RewardTrainer on a classifier around the task's model, whose callbacks go on seeing the language model."""
    from datasets import Dataset
    from trl import RewardConfig, RewardTrainer

    options = task.stage.options
    classifier = classifier_of(task.model, task.tokenizer, options["heads"], options["read"] == "sum")
    task.model.__dict__["classifier"] = classifier  # beside the model, not a part of it
    if options["train"] == "head":
        for weight in classifier.get_decoder().parameters():
            weight.requires_grad_(False)
    settings = RewardConfig(
        **task.arguments(),
        max_length=task.stage.budget.max_length,
        center_rewards_coefficient=task.stage.options["centre"] or None,
    )

    class Trainer(reward_trainer(RewardTrainer)):  # type: ignore[misc]
        examples = (preference_rows(task.data.held_out) or preference_rows(task.data.train))[:MOST_LIKED]

        def create_optimizer(self, model: Any = None) -> Any:
            return with_head(super().create_optimizer(model), self.model.score, task.learning_rate)

        def _prepare_for_training(self, *args: Any, **kwargs: Any) -> Any:
            prepared = super()._prepare_for_training(*args, **kwargs)
            self.callback_handler.model = task.model
            return prepared

    return Trainer(
        classifier,
        args=settings,
        train_dataset=Dataset.from_list(whole_pairs(task.data.train, float(options["margin"]), task.tokenizer)),
        data_collator=collator(task.tokenizer),
        processing_class=task.tokenizer,
        callbacks=list(task.callbacks),
    )


def save(trainer: Any, folder: Path) -> None:
    """The scoring head, beside the weights."""
    keep_head(trainer.model, folder)


def report(trainer: Any, folder: Path) -> None:
    """What it likes and dislikes most of the held-out answers."""
    sides = [(row["prompt"], row[side]) for row in trainer.examples for side in ("chosen", "rejected")]
    prompts, answers = zip(*sides, strict=True)
    keep_likes(trainer.model, trainer.processing_class, prompts, answers, folder)


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float:
    """Mean of -log sigmoid(better - worse - margin) over the held-out pairs, and what keeps their scores around zero,
    at the stage's weights; a model that has no head yet scores all alike."""
    margins = [row.get("margin", 0.0) for row in _rows_with_margins(data.held_out[:limit], stage)]
    scores = _scores(model, tokenizer, data, limit) or [(0.0, 0.0)] * len(margins)
    if not scores:
        return math.log(2)
    centring = float(stage.options["centre"]) * _mean([(better + worse) ** 2 for better, worse in scores])
    gaps = [better - worse - margin for (better, worse), margin in zip(scores, margins, strict=True)]
    return _mean([_surprise(gap) for gap in gaps]) + centring


def _rows_with_margins(rows: Sequence[dict[str, Any]], stage: ResolvedStage) -> list[dict[str, Any]]:
    """Pairs for TRL, with the margins they have at the stage's weight."""
    weight = float(stage.options["margin"])
    return [row | ({"margin": weight * row["margin"]} if "margin" in row else {}) for row in preference_rows(rows)]


def _surprise(gap: float) -> float:
    """-log sigmoid of a gap, in nats; NaN stays NaN."""
    return math.log1p(math.exp(-abs(gap))) + max(-gap, 0.0)


def measure(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int) -> Graded:
    """Accuracy and calibration error on held-out pairs, and how much the score goes with length (-1 to 1)."""
    margins = _margins(model, tokenizer, data, limit)
    if not margins:
        return Graded()
    rows = preference_rows(data.held_out[:limit])
    answers = [row[side] for row in rows for side in ("chosen", "rejected")]
    scores = [score for pair in _scores(model, tokenizer, data, limit) for score in pair]
    lengths = [float(len(tokenizer(answer[-1]["content"])["input_ids"])) for answer in answers]
    right = [(gap > 0) + 0.5 * (gap == 0) for gap in margins]
    figures = {
        "accuracy": _mean(right),
        "calibration_error": calibration_error(margins),
        "length_bias": correlation(scores, lengths),
    }
    return Graded(figures, {"accuracy": marked_interval(right)})


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """Both conversations of a pair, which are read and scored; none of their tokens is learned."""
    return scored_sequences(row, tokenizer, stage, stage.options["read"])


def calibration_error(margins: list[float]) -> float:
    """How far the confidence sigmoid(|margin|) is from the share that is right, over ten bins (Guo et al. 2017)."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for gap in margins:
        sure = 1 / (1 + math.exp(-min(abs(gap), 50.0)))
        bins[min(BINS - 1, int((sure - 0.5) * 2 * BINS))].append((sure, gap > 0))
    errors = [
        abs(_mean([sure for sure, _ in some]) - _mean([right for _, right in some])) * len(some)
        for some in bins
        if some
    ]
    return sum(errors) / len(margins)


def correlation(xs: list[float], ys: list[float]) -> float:
    """Pearson's; 0 where one of them does not vary."""
    mean_x, mean_y = _mean(xs), _mean(ys)
    both = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    spread = math.sqrt(sum((x - mean_x) ** 2 for x in xs) * sum((y - mean_y) ** 2 for y in ys))
    return both / spread if spread else 0.0


def _scores(model: Any, tokenizer: Any, data: DataSet, limit: int) -> list[tuple[float, float]]:
    """Scores of the better and the worse answer of the held-out pairs; none without a head."""
    classifier = model.__dict__.get("classifier")
    rows = preference_rows(data.held_out[:limit])
    if classifier is None or not rows:
        return []
    prompts = [row["prompt"] for row in rows]
    ended = [[not row.get(mark) for row in data.held_out[:limit] if not tied(row)] for mark in CUT_MARKS]
    better, worse = (
        scores_of(classifier, tokenizer, prompts, [row[side] for row in rows], whole)
        for side, whole in zip(("chosen", "rejected"), ended, strict=True)
    )
    return list(zip(better, worse, strict=True))


def _margins(model: Any, tokenizer: Any, data: DataSet, limit: int) -> list[float]:
    """Score of the better answer minus that of the worse."""
    return [better - worse for better, worse in _scores(model, tokenizer, data, limit)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
