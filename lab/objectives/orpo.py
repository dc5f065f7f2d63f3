"""Odds ratio preference optimisation: imitation and preference in one loss, without a reference, on TRL's ORPOTrainer."""

from collections.abc import Sequence
from typing import Any

from lab.card import Number, ObjectiveCard, Text
from lab.data import DataSet
from lab.data.encode import IGNORED, encode
from lab.data.token_rows import TrainingSequence
from lab.objectives._held_out import mean_of, odds_losses
from lab.objectives._pairs import likelihoods, preference_rows, preference_tokens
from lab.objectives._sequences import pair_sequences
from lab.objectives.dpo import measure
from lab.objectives.task import Task
from lab.recipe import ResolvedStage

CARD = ObjectiveCard(
    id="orpo",
    name=Text("ORPO: odds ratio preference optimisation", "ORPO 比值比偏好优化"),
    family="preference",
    explain=Text(
        "One loss does two things: it learns to say the better answer, and to find it likelier than the worse one. "
        "There is no reference model, so it can stand in for supervised fine-tuning and DPO together.",
        "一个损失同时做两件事:学会说出较好的回答,并让它比较差的更可能。不需要参考模型,可以一步代替监督微调加 DPO。",
    ),
    good=Text("You have pairs but no fine-tuned model to start from; memory is short.", "只有成对数据、还没有微调过的模型,或内存紧张。"),
    bad=Text("The better answers are still poor: it imitates them.", "“较好”的回答本身也不好:它会照着学。"),
    paper="Hong et al. 2024, arXiv:2403.07691",
    formats=("preference",),
    learning_rate=2e-3,
    step_cost=1.8,
    activation_factor=2.2,
    knobs=(
        Number(
            "beta", Text("Weight of the preference", "偏好项权重"), 0.1, 0.0, 10.0,
            Text("0 is supervised fine-tuning on the better answers.", "0 等同于只用较好回答做监督微调。"),
        ),
    ),
    excludes=("input_tokens", "answers_first"),
)  # fmt: skip


def make_trainer(task: Task) -> Any:
    """TRL's experimental ORPOTrainer, on rows that are tokens already."""
    from datasets import Dataset
    from trl.experimental.orpo import ORPOConfig, ORPOTrainer

    class OnTokens(ORPOTrainer):
        @staticmethod
        def tokenize_row(row: dict[str, Any]) -> dict[str, Any]:
            return row

    settings = ORPOConfig(**task.arguments(), max_length=task.stage.budget.max_length, beta=task.stage.options["beta"])
    return OnTokens(
        task.model,
        args=settings,
        train_dataset=Dataset.from_list(labelled_pairs(task.data.train, task.tokenizer, task.stage.budget.max_length)),
        processing_class=task.tokenizer,
        callbacks=list(task.callbacks),
    )


def labelled_pairs(pairs: Sequence[dict[str, Any]], tokenizer: Any, max_length: int) -> list[dict[str, Any]]:
    """Both conversations of each pair as TRL's collator takes them, their answers labelled."""
    rows = []
    for pair in preference_tokens(pairs, tokenizer, max_length):
        given = pair["prompt_ids"]
        row: dict[str, Any] = {}
        for side in ("chosen", "rejected"):
            said = pair[f"{side}_ids"]
            row |= {f"{side}_input_ids": given + said, f"{side}_attention_mask": [1] * (len(given) + len(said))}
            row[f"{side}_labels"] = [IGNORED] * len(given) + said
        rows.append(row)
    return rows


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float | None:
    """ORPO's loss on the held-out pairs at the stage's weight: of the better answers with their questions, a token, and
    of the odds."""
    from lab.evaluate.loss import mean_loss

    length = stage.budget.max_length
    rows = preference_rows(data.held_out[:limit])
    prompts = [row["prompt"] for row in rows]
    (better, some), (worse, others) = (
        likelihoods(model, tokenizer, prompts, [row[side] for row in rows], length) for side in ("chosen", "rejected")
    )
    fits = (some > 0) & (others > 0)
    odds = odds_losses(better / some.clamp(min=1), worse / others.clamp(min=1), stage.options["beta"])
    preferred = mean_of(odds, fits)
    if preferred is None:
        return None
    said = [{"prompt": row["prompt"], "completion": row["chosen"]} for row, fit in zip(rows, fits, strict=True) if fit]
    whole = [row | {"labels": row["input_ids"]} for row in encode(said, "prompt_completion", tokenizer, length)]
    return mean_loss(model, tokenizer, whole) + preferred


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """Both answers of a pair, the better one with its question: TRL's imitation learns the question too."""
    return pair_sequences(row, tokenizer, stage, with_question=("chosen",))


__all__ = ["CARD", "held_out_loss", "make_trainer", "measure", "sequences"]
