"""Proximal policy optimisation: answers are sampled, scored and made likelier or rarer, a small step at a time.

The trainer is our own (`lab.objectives.policy`); here it is dressed for a recipe.
"""

from typing import Any

from lab.card import Number, ObjectiveCard, Switch, Text
from lab.data import DataSet
from lab.data.token_rows import TrainingSequence
from lab.objectives._rewards import prompt_rows, rewards_of, weights_of
from lab.objectives._sampling_knobs import ANSWER_TOKENS, KL_COEF, NO_END_PENALTY, STOP_KL, TEMPERATURE
from lab.objectives._sequences import question_sequence
from lab.objectives.task import Task
from lab.recipe import ResolvedStage

CARD = ObjectiveCard(
    id="ppo",
    name=Text("PPO: proximal policy optimisation", "PPO 近端策略优化"),
    family="reinforcement",
    explain=Text(
        "The model answers, each answer gets a score, and answers that scored better than expected become likelier, in "
        "clipped steps. A value head learns what to expect; every word pays for straying from the model it started as.",
        "模型自己作答,每个回答得到一个分数,高于预期的回答变得更常见,而且每步的幅度受到裁剪。价值头学习“预期”,每个词偏离初始模型都要付出 KL 代价。",
    ),
    good=Text(
        "You can score answers (a reward model, a rule), and want the model to find good ones by itself.",
        "能给回答打分(奖励模型或规则),希望模型自己探索出好回答。",
    ),
    bad=Text(
        "The score has a loophole: the model will find it. Watch the answers, not only the reward.",
        "打分规则有漏洞时,模型一定会钻空子:不要只看奖励,要看回答本身。",
    ),
    paper="Schulman et al. 2017, arXiv:1707.06347; Ziegler et al. 2019, arXiv:1909.08593",
    splits=True,
    formats=("prompt", "prompt_completion", "messages"),
    rewarded=True,
    learning_rate=2e-3,
    step_cost=2.3,
    activation_factor=0.6,
    reference=True,
    pass_rows=8,
    knobs=(
        ANSWER_TOKENS,
        Number(
            "epochs", Text("Epochs", "轮数"), 2, 1, 16,
            Text("Passes over the answers of a step: more learn more from each, and stray further.", "每步对回答的学习遍数:越多学得越充分,也偏离得越远。"),
            whole=True,
        ),
        Number(
            "minibatches", Text("Minibatches", "小批次"), 1, 1, 64,
            Text("Optimizer steps in each epoch.", "每轮中的优化步数。"), whole=True,
        ),
        KL_COEF,
        Number(
            "kl_target", Text("KL target", "KL 目标"), 0.0, 0.0, 1000.0,
            Text("Nats an answer that the coefficient is steered to; 0 leaves it fixed.", "自动调节系数使每个回答的 KL 接近该值;0 表示系数固定。"),
        ),
        STOP_KL,
        Number("clip", Text("Clip", "裁剪范围"), 0.2, 0.01, 1.0, Text("How far a word's likelihood may move in a step.", "一步之内词概率比的最大变化。")),
        Number("entropy_coef", Text("Entropy bonus", "熵奖励"), 0.0, 0.0, 1.0, Text("Rewards variety.", "鼓励多样性。")),
        TEMPERATURE,
        Switch(
            "scale_rewards", Text("Scale rewards", "缩放奖励"), True,
            Text(
                "Divide scores and KL by the scores' running standard deviation, outliers cut at 5 of them; the mean stays, "
                "for the value head to learn. Advantages are brought to mean 0 and deviation 1 either way.",
                "得分与 KL 都除以得分的滑动标准差,超出 5 个标准差的截断;均值保留,由价值头学习。优势总是标准化为均值 0、方差 1。",
            ),
        ),
        Number("lam", Text("GAE lambda", "GAE λ"), 0.95, 0.0, 1.0, Text("1 trusts the score, 0 the value head.", "1 只信得分,0 只信价值头。")),
        Number("vf_coef", Text("Value loss weight", "价值损失权重"), 0.1, 0.0, 10.0, Text("Of the shared backbone's two tasks.", "价值学习在共享主干中的分量。")),
        Number(
            "value_rate", Text("Value head's rate", "价值头学习率倍数"), 2.0, 0.01, 1000.0,
            Text("Times the policy's learning rate; the head starts from zero.", "相对策略学习率的倍数;价值头从零开始。"), log=True,
        ),
        NO_END_PENALTY,
    ),
    excludes=("answers_first", "own_optimizer"),
    still=True,
)  # fmt: skip


def make_trainer(task: Task) -> Any:
    """Our PPOTrainer: the adapter switched off is the reference where that is right, a frozen copy elsewhere."""
    from datasets import Dataset

    from lab.objectives.policy.config import PPOConfig
    from lab.objectives.policy.trainer import PPOTrainer

    options = task.stage.options
    settings = PPOConfig(
        **task.arguments(),
        max_prompt_length=task.stage.budget.max_length,
        max_completion_length=options["answer_tokens"],
        num_ppo_epochs=options["epochs"],
        num_mini_batches=options["minibatches"],
        kl_coef=options["kl_coef"],
        kl_target=options["kl_target"] or None,
        stop_kl=options["stop_kl"] or None,
        kl_horizon=4 * task.stage.rows,
        cliprange=options["clip"],
        entropy_coef=options["entropy_coef"],
        temperature=options["temperature"],
        lam=options["lam"],
        vf_coef=options["vf_coef"],
        value_learning_rate=options["value_rate"] * task.learning_rate,
        scale_rewards=options["scale_rewards"],
        missing_eos_penalty=options["no_end_penalty"] or None,
        reward_weights=weights_of(task.stage),
    )
    return PPOTrainer(
        task.model,
        rewards_of(task.stage, task.home, task.model),
        settings,
        Dataset.from_list(prompt_rows(task.data)),
        processing_class=task.tokenizer,
        callbacks=list(task.callbacks),
    )


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> None:
    """There are no right answers to be surprised by; see `lab.objectives.policy_metrics`."""


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The question alone: what is learned from are the answers that the model writes to it."""
    return [question_sequence(row, tokenizer, stage)]
