"""REINFORCE leave-one-out: several answers to each prompt, each judged by the mean of the others, on TRL's RLOOTrainer."""

from typing import Any

from lab.card import Number, ObjectiveCard, Text
from lab.data import DataSet
from lab.data.token_rows import TrainingSequence
from lab.objectives._online import check_groups, online_trainer, shared_settings
from lab.objectives._sampling_knobs import ANSWER_TOKENS, KL_COEF, MASK_CUT, NO_END_PENALTY, STOP_KL, TEMPERATURE
from lab.objectives._sequences import question_sequence
from lab.objectives.task import Task
from lab.recipe import ResolvedStage

CARD = ObjectiveCard(
    id="rloo",
    name=Text("RLOO: REINFORCE leave-one-out", "RLOO 留一法强化学习"),
    family="reinforcement",
    explain=Text(
        "The oldest policy gradient with the simplest good baseline: each prompt is answered several times, and each "
        "answer is compared with the mean score of the others. The whole answer counts as one action.",
        "最朴素的策略梯度加上最简单的基线:每个问题采样多个回答,每个回答与其余回答的平均分比较,整个回答视为一个动作。",
    ),
    good=Text("A first try at reinforcement: few knobs, no value head.", "强化学习的第一次尝试:旋钮少,不需要价值头。"),
    bad=Text("Long answers: every word is blamed alike.", "回答很长时:每个词承担同样的功过。"),
    paper="Ahmadian et al. 2024, arXiv:2402.14740",
    formats=("prompt", "prompt_completion", "messages"),
    rewarded=True,
    learning_rate=2e-3,
    step_cost=2.7,
    activation_factor=1.5,
    reference=True,
    knobs=(
        Number("group", Text("Answers a prompt", "每题回答数"), 4, 2, 64, Text("They are compared among themselves.", "同一问题的回答互相比较。"), whole=True),
        ANSWER_TOKENS,
        KL_COEF,
        NO_END_PENALTY,
        MASK_CUT,
        STOP_KL,
        TEMPERATURE,
    ),
    excludes=("plain_head", "answers_first", "one_adapter"),
)  # fmt: skip


check = check_groups


def make_trainer(task: Task) -> Any:
    """TRL's RLOOTrainer."""
    from trl import RLOOConfig, RLOOTrainer

    return online_trainer(task, RLOOTrainer, RLOOConfig(**shared_settings(task)))


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> None:
    """There are no right answers to be surprised by; see `lab.objectives.policy_metrics`."""


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The question alone: what is learned from are the answers that the model writes to it."""
    return [question_sequence(row, tokenizer, stage)]
