"""Group relative policy optimisation: several answers to each prompt, each judged by its group, on TRL's GRPOTrainer."""

from typing import Any

from lab.card import Choice, Number, ObjectiveCard, Text
from lab.data import DataSet
from lab.data.token_rows import TrainingSequence
from lab.objectives._online import check_groups, online_trainer, shared_settings
from lab.objectives._sampling_knobs import ANSWER_TOKENS, KL_COEF, MASK_CUT, NO_END_PENALTY, STOP_KL, TEMPERATURE
from lab.objectives._sequences import question_sequence
from lab.objectives.task import Task
from lab.recipe import ResolvedStage

CARD = ObjectiveCard(
    id="grpo",
    name=Text("GRPO: group relative policy optimisation", "GRPO 组相对策略优化"),
    family="reinforcement",
    explain=Text(
        "Each prompt is answered several times, and an answer is good if it beats the mean of its group, in units of "
        "the group's spread. That needs no value head. As in TRL, the loss is DAPO's unless you choose another: GRPO's "
        "advantages, with every word of a step counting the same.",
        "每个问题采样多个回答,高于组内平均(以组内标准差为单位)的就算好,因此不需要价值头。与 TRL 一样,默认使用 DAPO 的损失:优势按 GRPO 计算,一步中每个词同等重要。",
    ),
    good=Text("Scores that are right or wrong, such as sums; long answers.", "对错分明的打分(如算术题)和较长的回答。"),
    bad=Text("Groups whose answers all score the same teach nothing.", "组内得分都相同时学不到东西。"),
    paper="Shao et al. 2024, arXiv:2402.03300",
    formats=("prompt", "prompt_completion", "messages"),
    rewarded=True,
    learning_rate=2e-3,
    step_cost=2.7,
    activation_factor=1.5,
    reference=True,
    knobs=(
        Number("group", Text("Answers a prompt", "每题回答数"), 8, 2, 64, Text("They are compared among themselves.", "同一问题的回答互相比较。"), whole=True),
        ANSWER_TOKENS,
        KL_COEF,
        Choice(
            "loss", Text("Loss", "损失"), "dapo", ("dapo", "grpo", "dr_grpo", "bnpo"),
            Text(
                "How words are averaged. dapo (TRL's default): every word of the step counts the same; grpo: every answer, "
                "which favours short ones; dr_grpo: words over the longest length; bnpo: words of one device's batch.",
                "词的平均方式。dapo(TRL 默认):一步中每个词同等重要;grpo:每个回答同等重要,偏爱短回答;dr_grpo:按最大长度平均;bnpo:按单个设备批次内的词平均。",
            ),
        ),
        Choice(
            "scale_rewards", Text("Scale rewards by", "奖励缩放"), "group", ("group", "batch", "none"),
            Text(
                "The standard deviation that scores are divided by: that of the group, of the whole step, or none "
                "(Liu et al. 2025, Dr. GRPO).",
                "得分除以哪个标准差:组内、整步,或不除(Dr. GRPO, Liu et al. 2025)。",
            ),
        ),
        Number("clip", Text("Clip", "裁剪范围"), 0.2, 0.01, 1.0, Text("How far a word's likelihood may move in a step.", "一步之内词概率比的最大变化。")),
        Number("epochs", Text("Updates a step", "每步更新次数"), 1, 1, 16, Text("Passes over the answers of a step.", "对一步中同一批回答的学习遍数。"), whole=True),
        NO_END_PENALTY,
        MASK_CUT,
        STOP_KL,
        TEMPERATURE,
    ),
    excludes=("plain_head", "answers_first", "one_adapter"),
)  # fmt: skip


check = check_groups


def make_trainer(task: Task) -> Any:
    """TRL's GRPOTrainer."""
    from trl import GRPOConfig, GRPOTrainer

    options = task.stage.options
    settings = GRPOConfig(
        **shared_settings(task), num_iterations=options["epochs"], epsilon=options["clip"], loss_type=options["loss"],
        scale_rewards=options["scale_rewards"],
    )  # fmt: skip
    return online_trainer(task, GRPOTrainer, settings)


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> None:
    """There are no right answers to be surprised by; see `lab.objectives.policy_metrics`."""


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The question alone: what is learned from are the answers that the model writes to it."""
    return [question_sequence(row, tokenizer, stage)]
