"""PPO's settings: `PPOConfig`, the training arguments of transformers and what is PPO's own, each with its reason.

A step of the trainer is a whole round: sample answers, score them, then several epochs of updates on them.
"""

from dataclasses import dataclass, field
from typing import Any

from transformers import TrainingArguments

from lab.errors import RecipeError

VALUE_SOURCES = ("shared", "detached", "adapter")
REFERENCES = ("auto", "copy", "none")


@dataclass
class PPOConfig(TrainingArguments):
    """Settings of `PPOTrainer`; the names of TRL's former PPOConfig where they mean the same.

    Each step answers `per_device_train_batch_size` x `gradient_accumulation_steps` prompts on every device. Each of
    the `num_ppo_epochs` epochs goes over these answers in `num_mini_batches` optimizer steps; no forward pass holds
    more than `pass_answers` answers.
    """

    learning_rate: float = field(default=1e-5, metadata={"help": "Learning rate of the policy."})
    value_learning_rate: float | None = field(
        default=None, metadata={"help": "Learning rate of the value head, which starts from zero; None: the policy's."}
    )
    remove_unused_columns: bool = field(default=False, metadata={"help": "Reward functions may want the columns."})
    logging_steps: float = field(default=1, metadata={"help": "A step is a whole round, so each is worth a line."})
    dataloader_drop_last: bool = field(default=True, metadata={"help": "A remainder of a few answers whitens badly."})

    max_prompt_length: int | None = field(default=512, metadata={"help": "Longer prompts lose their beginning."})
    max_completion_length: int = field(default=64, metadata={"help": "The most tokens an answer may have."})
    temperature: float = field(
        default=1.0,
        metadata={"help": "Of sampling, and of the distribution whose log-probabilities are learned, always both."},
    )
    chat_template_kwargs: dict[str, Any] | str | None = field(
        default=None, metadata={"help": "Passed to the chat template."}
    )

    pass_answers: int | None = field(
        default=None,
        metadata={
            "help": "Answers in one forward pass: fewer need less memory, and the update is the same. None: on a CPU 8, "
            "where larger passes are no faster; elsewhere per_device_train_batch_size."
        },
    )
    num_ppo_epochs: int = field(default=2, metadata={"help": "Passes over the answers of a step."})
    num_mini_batches: int = field(default=1, metadata={"help": "Optimizer steps in each pass."})
    cliprange: float = field(default=0.2, metadata={"help": "The ratio's clip (Schulman et al. 2017, eq. 7)."})
    cliprange_value: float | None = field(default=0.2, metadata={"help": "The value's clip; None: not clipped."})
    vf_coef: float = field(default=0.1, metadata={"help": "Weight of the value loss."})
    entropy_coef: float = field(default=0.0, metadata={"help": "Weight of the entropy bonus."})
    gamma: float = field(default=1.0, metadata={"help": "Discount per token."})
    lam: float = field(default=0.95, metadata={"help": "GAE's lambda (Schulman et al. 2016)."})
    whiten_advantages: bool = field(default=True, metadata={"help": "To mean 0 and sd 1 over the real tokens."})
    early_stop_kl: float | None = field(
        default=0.1, metadata={"help": "Leave the epochs when the answers' policy is this far, in nats per token."}
    )

    kl_coef: float = field(
        default=0.05, metadata={"help": "Price of a nat of an answer's divergence, in the reward's own units."}
    )
    kl_target: float | None = field(
        default=None, metadata={"help": "Nats an answer: adapts kl_coef to stay near it (Ziegler et al. 2019)."}
    )
    kl_horizon: int = field(default=10_000, metadata={"help": "Answers over which kl_coef adapts."})
    stop_kl: float | None = field(
        default=None, metadata={"help": "Nats an answer at which training ends: the policy has left the reference."}
    )
    reference: str = field(
        default="auto",
        metadata={
            "help": "auto: the adapter switched off where that is the start, else a frozen copy; copy: always a "
            "copy (weights that can't move are shared); none: no reference, which kl_coef=0 allows."
        },
    )
    ref_adapter_name: str | None = field(
        default=None, metadata={"help": "An adapter of the model, such as the SFT one, that is the reference."}
    )

    reward_weights: list[float] | None = field(default=None, metadata={"help": "One per reward function; all 1."})
    scale_rewards: bool = field(
        default=True,
        metadata={
            "help": "Divide rewards, and KL with them, by the rewards' running sd; the mean is left to the value head."
        },
    )
    clip_rewards: float | None = field(
        default=5.0, metadata={"help": "How many running sds a reward may differ from the running mean."}
    )
    missing_eos_penalty: float | None = field(
        default=None, metadata={"help": "Taken off the reward of answers that did not end by themselves."}
    )
    value_source: str = field(
        default="shared",
        metadata={
            "help": "What the value head reads: the policy's last hidden state (shared), the same without sending "
            "gradients into it (detached), or that of an adapter of its own at the price of a second pass (adapter)."
        },
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.data_seed is None:  # else processes would draw it from random numbers of their own, and share prompts
            self.data_seed: int | None = self.seed
        positive = ("max_completion_length", "temperature", "num_ppo_epochs", "num_mini_batches", "kl_horizon")
        for name in (*positive, "cliprange"):
            self._require(name, getattr(self, name) > 0, "give a number above zero.")
        for name in ("gamma", "lam"):
            self._require(name, 0 <= getattr(self, name) <= 1, "give a number from 0 to 1.")
        for name in ("kl_coef", "vf_coef", "entropy_coef"):
            self._require(name, getattr(self, name) >= 0, "give zero or more.")
        for name in (
            "pass_answers",
            "kl_target",
            "early_stop_kl",
            "stop_kl",
            "clip_rewards",
            "cliprange_value",
            "value_learning_rate",
        ):
            self._require(name, getattr(self, name) is None or getattr(self, name) > 0, "leave it out or go above 0.")
        self._require("value_source", self.value_source in VALUE_SOURCES, f"choose from {', '.join(VALUE_SOURCES)}.")
        self._require("reference", self.reference in REFERENCES, f"choose from {', '.join(REFERENCES)}.")
        priced = self.kl_coef > 0 or self.kl_target is not None
        self._require("reference", self.reference != "none" or not priced, "set kl_coef to 0 to go without one.")
        # checkpointing runs the forward pass again during the backward pass, when the other adapter is active
        again = self.value_source == "adapter" and self.gradient_checkpointing
        self._require("value_source", not again, "leave gradient_checkpointing out, or share the policy's backbone.")
        # the loop's optimizer step must be skippable, which a gradient scaler forbids; bf16 needs none
        self._require("fp16", not self.fp16, "use bf16.")

    @property
    def pass_size(self) -> int:
        """Answers in one forward pass."""
        if self.pass_answers is not None:
            return self.pass_answers
        size = int(self.per_device_train_batch_size)
        return min(8, size) if self.device.type == "cpu" else size

    def _require(self, name: str, fine: bool, do: str) -> None:
        if not fine:
            raise RecipeError(f"{name}={getattr(self, name)!r} is not allowed", where="PPOConfig", do=do)
