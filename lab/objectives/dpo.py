"""Direct preference optimisation: learn from pairs of answers which kind to prefer, on TRL's DPOTrainer."""

from typing import Any

from lab.card import Choice, Number, ObjectiveCard, Text
from lab.data import DataSet
from lab.data.token_rows import TrainingSequence
from lab.home import Home
from lab.objectives._held_out import Gain, dpo_losses, mean_of
from lab.objectives._pairs import (
    frozen_reference,
    gain_of,
    likelier_share,
    likelihoods,
    on_tokens,
    preference_rows,
    preference_tokens,
    remember_reference,
)
from lab.objectives._sequences import pair_sequences
from lab.objectives.task import Task
from lab.recipe import ResolvedStage

CARD = ObjectiveCard(
    id="dpo",
    name=Text("DPO: direct preference optimisation", "DPO 直接偏好优化"),
    family="preference",
    explain=Text(
        "From pairs of answers, one better and one worse, the model learns to make the better kind likelier and the "
        "worse kind rarer, measured against the model it started as. No reward model and no sampling are needed.",
        "从“较好/较差”的成对回答中学习:以初始模型为参照,让较好的更常见、较差的更少见,不需要奖励模型,也不需要采样。",
    ),
    good=Text("You have votes between two answers.", "手头有两两比较的投票。"),
    bad=Text(
        "The pairs come from quite another model, or there are very few: it learns their style, not their point.",
        "成对数据来自差别很大的模型或数量太少时,学到的是文风而不是重点。",
    ),
    paper="Rafailov et al. 2023, arXiv:2305.18290",
    splits=True,
    formats=("preference",),
    learning_rate=1e-3,
    step_cost=2.9,
    activation_factor=2.9,
    reference=True,
    knobs=(
        Number(
            "beta", Text("Beta", "β"), 0.1, 0.001, 10.0,
            Text("How dear it is to leave the start: higher stays closer.", "偏离初始模型的代价:越大越贴近。"), log=True,
        ),
        Choice(
            "loss", Text("Loss", "损失形式"), "sigmoid", ("sigmoid", "hinge", "ipo", "robust", "apo_zero"),
            Text("sigmoid is DPO itself; ipo overfits less on few pairs; robust reckons with wrong votes.",
                 "sigmoid 即原始 DPO;数据少时 ipo 更不易过拟合;robust 会考虑投错的票。"),
        ),
        Number(
            "flipped", Text("Wrong votes", "投错比例"), 0.1, 0.0, 0.49,
            Text("Of robust: the share of votes thought to be the wrong way round.", "仅用于 robust:估计有多大比例的投票是反的。"),
        ),
    ),
    excludes=("plain_head", "answers_first"),
)  # fmt: skip


def make_trainer(task: Task) -> Any:
    """TRL's DPOTrainer against a frozen copy of the start that shares every weight that can't move."""
    from datasets import Dataset
    from trl import DPOConfig, DPOTrainer

    options = task.stage.options
    reference, given = frozen_reference(task.model)
    remember_reference(task.model, reference)
    settings = DPOConfig(
        **task.arguments(),
        max_length=task.stage.budget.max_length,
        beta=options["beta"],
        loss_type=[options["loss"]],
        label_smoothing=options["flipped"] if options["loss"] == "robust" else 0.0,
    )
    rows = preference_tokens(task.data.train, task.tokenizer, task.stage.budget.max_length)
    return on_tokens(DPOTrainer)(
        task.model,
        ref_model=given,
        args=settings,
        train_dataset=Dataset.from_list(rows),
        processing_class=task.tokenizer,
        callbacks=list(task.callbacks),
    )


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float | None:
    """Mean of the stage's own loss at its beta over the held-out pairs; of sigmoid, log 2 for the start itself."""
    chosen, rejected = (_gain(model, tokenizer, data, side, stage, limit) for side in ("chosen", "rejected"))
    losses = dpo_losses(stage.options["loss"], chosen, rejected, stage.options["beta"], stage.options["flipped"])
    return mean_of(losses, chosen.fits & rejected.fits)


def measure(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int
) -> dict[str, float]:
    """The share of held-out pairs whose better answer is the likelier one, a token."""
    rows = preference_rows(data.held_out[:limit])
    prompts = [row["prompt"] for row in rows]
    sides = [
        likelihoods(model, tokenizer, prompts, [row[side] for row in rows], stage.budget.max_length)
        for side in ("chosen", "rejected")
    ]
    return {"preference_accuracy": likelier_share(*sides[0], *sides[1])} if rows else {}


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """Both answers of a pair, each with its question; nothing of a tie."""
    return pair_sequences(row, tokenizer, stage)


def _gain(model: Any, tokenizer: Any, data: DataSet, side: str, stage: ResolvedStage, limit: int) -> Gain:
    rows = preference_rows(data.held_out[:limit])
    prompts, answers = [row["prompt"] for row in rows], [row[side] for row in rows]
    return gain_of(model, tokenizer, prompts, answers, stage.budget.max_length)
