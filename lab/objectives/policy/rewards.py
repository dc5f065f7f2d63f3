"""The rewards of answers: functions, reward models and weighted sums of them, with bad values named and counted."""

import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any, Literal, Protocol, runtime_checkable

import torch
from torch import Tensor, nn

from lab.errors import LabError, ModelError, RunError
from lab.models.chat_format import chat_format
from lab.objectives.policy.tokens import Message, Prompt, is_conversation

Pessimism = float | Literal["worst"]


@dataclass(frozen=True)
class Answers:
    """Prompts as the data set has them, with the answers in the same style (text, or a list of one message)."""

    prompts: Sequence[Prompt]
    completions: Sequence[Prompt]
    completion_ids: Sequence[list[int]]
    ended: Sequence[bool]
    """Whether the answer ended by itself."""
    columns: Mapping[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def given(
        cls, prompts: Sequence[Prompt], completions: Sequence[Prompt], ended: Sequence[bool] | None = None
    ) -> "Answers":
        """Answers that nobody samples, without tokens; whole ones where nobody says."""
        return cls(prompts, completions, [[]] * len(prompts), ended or [True] * len(prompts))

    def __len__(self) -> int:
        return len(self.prompts)

    def chosen(self, wanted: Sequence[bool]) -> "Answers":
        """Only the answers that are wanted."""

        def some(column: Sequence[Any]) -> list[Any]:
            return list(compress(column, wanted))

        columns = {name: some(column) for name, column in self.columns.items()}
        return Answers(some(self.prompts), some(self.completions), some(self.completion_ids), some(self.ended), columns)


@dataclass(frozen=True)
class Scores:
    """`total` (answers,) is the weighted sum, NaN where it can't be had; `parts` and `bad` go by reward name."""

    total: Tensor
    parts: dict[str, Tensor]
    bad: dict[str, int]


@runtime_checkable
class Reward(Protocol):
    name: str

    def score(self, answers: Answers) -> Sequence[float | None]:
        """A number an answer; None where this reward does not apply."""


class FunctionReward:
    """`function(prompts, completions, **columns)`; it is given only the arguments it names, or all with `**kwargs`."""

    def __init__(self, function: Callable[..., Sequence[float | None]]):
        self.name = getattr(function, "__name__", type(function).__name__)
        self._function = function
        named = inspect.signature(function).parameters
        self._open = any(parameter.kind is parameter.VAR_KEYWORD for parameter in named.values())
        self._named = set(named)

    def score(self, answers: Answers) -> Sequence[float | None]:
        extra = {**answers.columns, "completion_ids": answers.completion_ids}
        extra = {name: value for name, value in extra.items() if self._open or name in self._named}
        try:
            values = self._function(prompts=answers.prompts, completions=answers.completions, **extra)
        except Exception as problem:
            raise RunError(
                f"the reward function '{self.name}' raised {type(problem).__name__}: {problem}",
                do="mend it; training goes on from the last checkpoint.",
            ) from problem
        return _as_numbers(values, self.name, len(answers))


class ModelReward:
    """A sequence classifier with one output, as TRL's RewardTrainer makes it; reads text through its own tokenizer.

    Where its head has several rows, an ensemble: the score is their mean less `pessimism` standard deviations, or, where
    that is `worst`, the lowest of theirs.
    """

    def __init__(self, model: Any, tokenizer: Any = None, batch_size: int = 64, pessimism: Pessimism = 0.0):
        self._model: nn.Module = model.eval()
        for weight in model.parameters():
            weight.requires_grad_(False)
        self.name = str(getattr(model.config, "_name_or_path", "") or "reward_model").rstrip("/").split("/")[-1]
        self._tokenizer = tokenizer or _own_tokenizer(model)
        self._batch_size, self._pessimism = batch_size, pessimism
        _check_fit(self.name, model, self._tokenizer)
        if self._tokenizer.pad_token_id is None:
            self._tokenizer.pad_token = self._tokenizer.eos_token
        # the classifier reads its score at the last token that is not padding
        model.config.get_text_config().pad_token_id = self._tokenizer.pad_token_id

    def to(self, device: torch.device | str) -> nn.Module:
        """Move the classifier; returns it."""
        return self._model.to(device)

    @torch.inference_mode()
    def score(self, answers: Answers) -> Sequence[float]:
        texts = [
            self.text(prompt, completion, ended)
            for prompt, completion, ended in zip(answers.prompts, answers.completions, answers.ended, strict=True)
        ]
        scores: list[float] = []
        for begin in range(0, len(texts), self._batch_size):
            batch = self._tokenizer(
                texts[begin : begin + self._batch_size], return_tensors="pt", padding=True, padding_side="right",
                add_special_tokens=not is_conversation(answers.prompts[0]),
            )  # fmt: skip
            device = next(self._model.parameters()).device
            inputs = {name: batch[name].to(device) for name in ("input_ids", "attention_mask")}
            scores += self._together(self._model(**inputs).logits.float()).tolist()
        return scores

    def _together(self, heads: torch.Tensor) -> torch.Tensor:
        """One score (answers,) from those of all heads (answers, heads)."""
        if self._pessimism == "worst":
            return heads.amin(1)
        return heads.mean(1) - self._pessimism * heads.std(1, unbiased=False)

    def text(self, prompt: Prompt, completion: Prompt, ended: bool) -> str:
        """Prompt and answer as the reward model was trained on them; one cut at the limit without its end."""
        if isinstance(prompt, str):
            return prompt + completion_text(completion) + (self._tokenizer.eos_token if ended else "")
        format = chat_format(self._tokenizer)
        answered = [*prompt, *completion]
        return "".join(piece.text for piece in format.pieces(answered)) if ended else format.continued(answered)


class Rewards:
    """A weighted sum of rewards."""

    def __init__(self, rewards: Sequence[Reward], weights: Sequence[float] | None = None):
        if not rewards:
            raise LabError("there is nothing to be rewarded for", do="give at least one reward function or model.")
        self._weights = list(weights) if weights is not None else [1.0] * len(rewards)
        if len(self._weights) != len(rewards):
            raise LabError(f"{len(self._weights)} reward weights for {len(rewards)} rewards", do="give one for each.")
        self.names = _distinct([reward.name for reward in rewards])
        self._rewards = rewards

    def score(self, answers: Answers) -> Scores:
        """Score `answers`; raises RunError when not one of them gets a finite number."""
        total = torch.zeros(len(answers))
        applies = torch.zeros(len(answers), dtype=torch.bool)
        parts, bad = {}, {}
        for name, reward, weight in zip(self.names, self._rewards, self._weights, strict=True):
            values = reward.score(answers)
            part = torch.tensor([math.nan if value is None else float(value) for value in values])
            given = torch.tensor([value is not None for value in values], dtype=torch.bool)
            bad[name] = int((given & ~part.isfinite()).sum())
            parts[name] = part
            if weight:  # what weighs nothing is only watched, whatever it says
                total = torch.where(given, total + weight * part, total)
                applies |= given
        total = torch.where(applies & total.isfinite(), total, math.nan)
        if len(answers) and total.isnan().all():
            counts = ", ".join(f"'{name}' {count}" for name, count in bad.items())
            raise RunError(
                f"none of {len(answers)} answers has a finite reward (not finite: {counts})",
                do="look for a division by zero or a logarithm of zero in the reward.",
            )
        return Scores(total, parts, bad)


def as_reward(source: Any, tokenizer: Any = None) -> Reward:
    """A reward from what users give: a Reward, a classifier, the folder or Hub id of one, or a function."""
    if isinstance(source, str):
        from transformers import AutoModelForSequenceClassification

        source = AutoModelForSequenceClassification.from_pretrained(source, num_labels=1)
    if isinstance(source, nn.Module):
        return ModelReward(source, tokenizer)
    if isinstance(source, Reward):
        return source
    if callable(source):
        return FunctionReward(source)
    raise LabError(f"{source!r} is no reward", do="give a function, a sequence classifier, or the name of one.")


def completion_text(completion: str | Sequence[Message]) -> str:
    """An answer's words, whichever style it is in."""
    return completion if isinstance(completion, str) else completion[-1]["content"]


def _as_numbers(values: Any, name: str, wanted: int) -> list[float | None]:
    """What a function returned as a list of numbers; RunError for anything else."""
    values = values.tolist() if isinstance(values, Tensor) else values
    if isinstance(values, str) or not hasattr(values, "__len__"):
        raise RunError(f"the reward function '{name}' returned {type(values).__name__}", do="return a list of numbers.")
    if len(values) != wanted:
        raise RunError(
            f"the reward function '{name}' returned {len(values)} rewards for {wanted} answers", do="return one each."
        )
    try:
        return [None if value is None else float(value) for value in values]
    except (TypeError, ValueError) as problem:
        raise RunError(f"the reward function '{name}' returned what is no number", do=str(problem)) from problem


def _own_tokenizer(model: Any) -> Any:
    from transformers import AutoTokenizer

    try:
        return AutoTokenizer.from_pretrained(model.config._name_or_path)
    except (OSError, ValueError) as problem:
        raise ModelError(
            "the reward model has no tokenizer with it", do="pass it as reward_processing_classes."
        ) from problem


def _check_fit(name: str, model: Any, tokenizer: Any) -> None:
    """A classifier with one output whose embeddings cover the tokenizer; raises ModelError."""
    if model.config.num_labels != 1:
        raise ModelError(
            f"the reward model '{name}' has {model.config.num_labels} outputs", do="give one with num_labels=1."
        )
    known = model.get_input_embeddings().weight.shape[0]
    if len(tokenizer) > known:
        raise ModelError(
            f"the reward model '{name}' knows {known} tokens, the tokenizer given for it has {len(tokenizer)}",
            do="pass the reward model's own tokenizer as reward_processing_classes; its text is tokenised anew.",
        )


def _distinct(names: Sequence[str]) -> list[str]:
    return [name if names.count(name) == 1 else f"{name}_{names[:i].count(name) + 1}" for i, name in enumerate(names)]
