"""Group relative policy optimisation: several answers to each prompt, each judged by its group, on TRL's GRPOTrainer."""

from typing import Any

from lab.card import Number, ObjectiveCard, Text
from lab.data import DataSet
from lab.objectives._online import (
    ANSWER_TOKENS,
    STOP_KL,
    TEMPERATURE,
    check_groups,
    online_trainer,
    shared_settings,
)
from lab.objectives.task import Task
from lab.recipe import ResolvedStage

CARD = ObjectiveCard(
    id="grpo",
    name=Text("GRPO: group relative policy optimisation", "GRPO 组相对策略优化"),
    family="reinforcement",
    explain=Text(
        "Each prompt is answered several times, and an answer is good if it beats the mean of its group, in units of "
        "the group's spread. That needs no value head.",
        "每个问题采样多个回答,高于组内平均(以组内标准差为单位)的就算好,因此不需要价值头。",
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
        Number("kl_coef", Text("KL coefficient", "KL 系数"), 0.02, 0.0, 10.0, Text("Higher stays closer to the start.", "越高越贴近初始模型。")),
        Number("clip", Text("Clip", "裁剪范围"), 0.2, 0.01, 1.0, Text("How far a word's likelihood may move in a step.", "一步之内词概率比的最大变化。")),
        Number("epochs", Text("Updates a sample", "每批更新次数"), 1, 1, 16, Text("Passes over the answers.", "对同一批回答的学习遍数。"), whole=True),
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
    settings = GRPOConfig(**shared_settings(task), num_iterations=options["epochs"], epsilon=options["clip"])
    return online_trainer(task, GRPOTrainer, settings)


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> None:
    """There are no right answers to be surprised by; see `lab.objectives.policy_metrics`."""
