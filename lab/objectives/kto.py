"""Kahneman-Tversky optimisation: learn from thumbs up and down on single answers, on TRL's KTOTrainer."""

from collections.abc import Sequence
from typing import Any

from lab.card import Number, ObjectiveCard, Text
from lab.data import DataSet
from lab.data.token_rows import TrainingSequence
from lab.errors import RecipeError
from lab.home import Home
from lab.objectives._held_out import kto_losses, mean_of
from lab.objectives._pairs import (
    feedback_rows,
    feedback_tokens,
    frozen_reference,
    gain_of,
    likelihoods,
    on_tokens,
    remember_reference,
)
from lab.objectives._sequences import answer_sequence
from lab.objectives.task import Task
from lab.recipe import ResolvedStage

CARD = ObjectiveCard(
    id="kto",
    name=Text("KTO: learning from thumbs", "KTO 从点赞点踩学习"),
    family="preference",
    explain=Text(
        "Each answer has a thumb up or down; no pairs are needed. Good answers become likelier and bad ones rarer, with "
        "losses weighing on the model as they weigh on people.",
        "每个回答只有赞或踩,不需要成对。被赞的更常见,被踩的更少见,并像人一样更在意损失。",
    ),
    good=Text("Thumbs from everyday use, many of one kind and few of the other.", "日常使用中收集的点赞点踩,两类数量悬殊也可以。"),
    bad=Text("All thumbs point the same way: there is nothing to tell apart.", "所有反馈都是同一种:无从分辨好坏。"),
    paper="Ethayarajh et al. 2024, arXiv:2402.01306",
    formats=("binary_feedback",),
    learning_rate=1e-3,
    step_cost=2.4,
    activation_factor=1.6,
    reference=True,
    knobs=(
        Number(
            "beta", Text("Beta", "β"), 0.1, 0.001, 10.0,
            Text("How dear it is to leave the start: higher stays closer.", "偏离初始模型的代价:越大越贴近。"), log=True,
        ),
        Number("good_weight", Text("Weight of thumbs up", "点赞权重"), 1.0, 0.0, 100.0, Text("Raise it when they are few.", "点赞较少时调高。")),
        Number("bad_weight", Text("Weight of thumbs down", "点踩权重"), 1.0, 0.0, 100.0, Text("Raise it when they are few.", "点踩较少时调高。")),
    ),
    excludes=("plain_head", "answers_first"),
)  # fmt: skip


def check(stage: ResolvedStage, *, place: str) -> None:
    """Refuse batches of one: it measures the divergence on answers to each other's questions. Raises RecipeError."""
    if stage.budget.batch_size < 2:
        raise RecipeError(
            "kto compares answers within a batch", where=f"{place}.budget.batch_size", do="give 2 or more."
        )


def make_trainer(task: Task) -> Any:
    """TRL's KTOTrainer; raises DataError for thumbs that all point one way."""
    from datasets import Dataset
    from trl import KTOConfig, KTOTrainer

    from lab.errors import DataError

    rows, options = feedback_rows(task.data.train), task.stage.options
    if len({row["label"] for row in rows}) < 2:
        kind = "up" if rows and rows[0]["label"] else "down"
        raise DataError(f"all {len(rows)} thumbs point {kind}", where=task.data.name, do="rate answers of both kinds.")
    reference, given = frozen_reference(task.model)
    remember_reference(task.model, reference)
    settings = KTOConfig(
        **task.arguments(),
        max_length=task.stage.budget.max_length,
        beta=options["beta"],
        desirable_weight=options["good_weight"],
        undesirable_weight=options["bad_weight"],
    )
    budget = task.stage.budget
    tokens = feedback_tokens(task.data.train, task.tokenizer, budget.max_length, budget.batch_size)
    return on_tokens(KTOTrainer)(
        task.model,
        ref_model=given,
        args=settings,
        train_dataset=Dataset.from_list(tokens),
        processing_class=task.tokenizer,
        callbacks=list(task.callbacks),
    )


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float | None:
    """Mean KTO loss of the held-out answers at the stage's beta and weights: one half (at weights of 1) for the start.

    The divergence they are measured from comes, as in training, from answers to other rows' questions.
    """
    import torch

    rows, options = feedback_rows(data.held_out[:limit]), stage.options
    prompts, answers = [row["prompt"] for row in rows], [row["completion"] for row in rows]
    own = gain_of(model, tokenizer, prompts, answers, stage.budget.max_length)
    other = gain_of(model, tokenizer, prompts, answers[-1:] + answers[:-1], stage.budget.max_length)
    kl = other.nats[other.fits].mean() if other.fits.any() else torch.tensor(0.0)
    good = torch.tensor([row["label"] for row in rows], dtype=torch.bool)
    losses = kto_losses(own.nats, good, kl, options["beta"], options["good_weight"], options["bad_weight"])
    return mean_of(losses, own.fits)


def measure(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int
) -> dict[str, float]:
    """How often a good held-out answer is likelier, a token, than a bad one."""
    import torch

    rows = feedback_rows(data.held_out[:limit])
    if len({row["label"] for row in rows}) < 2:
        return {}
    sums, counts = _likelihoods(model, tokenizer, rows, stage.budget.max_length)
    liked = torch.tensor([row["label"] for row in rows])
    a_token = sums / counts.clamp(min=1)
    good, bad = a_token[liked & a_token.isfinite()], a_token[~liked & a_token.isfinite()]
    return {"good_over_bad": (good[:, None] > bad[None]).float().mean().item()} if len(good) and len(bad) else {}


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The answer with its question: likelier after a thumb up, rarer after a thumb down."""
    (read,) = feedback_rows([row])
    goal = "likelier" if read["label"] else "rarer"
    limit = stage.budget.max_length
    given, said = read["prompt"], read["completion"]
    return [answer_sequence(tokenizer, given, said, read["tools"], limit, "completion", goal)]


def _likelihoods(model: Any, tokenizer: Any, rows: Sequence[dict[str, Any]], max_length: int) -> tuple[Any, Any]:
    return likelihoods(
        model, tokenizer, [row["prompt"] for row in rows], [row["completion"] for row in rows], max_length
    )
