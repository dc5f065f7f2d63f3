"""What a recipe's `reward` means: scripted raters by name, reward models of earlier runs, with their weights.

Also what every rewarded objective measures: the mean reward of answers to held-out prompts.
"""

from collections.abc import Sequence
from typing import Any

from lab.card import find_cards
from lab.data import DataSet
from lab.data.encode import as_messages
from lab.home import Home
from lab.recipe import ResolvedStage, RewardChoice

RUN = "run:"
MEASURE_SEED = 0


class RaterReward:
    """A scripted rater as a reward; `__call__` is how TRL's trainers ask, `score` how ours does."""

    def __init__(self, name: str):
        self.name = self.__name__ = name
        self._rater = find_cards("lab.raters")[name]

    def score(self, answers: Any) -> list[float]:
        return self._rater.score(answers.prompts, answers.completions)

    def __call__(self, prompts: Sequence[Any], completions: Sequence[Any], **columns: Any) -> list[float]:
        return self._rater.score(prompts, completions)


def rewards_of(stage: ResolvedStage, home: Home, policy: Any = None) -> list[Any]:
    """The stage's rewards, in the order of its weights; reward models share the policy's frozen weights."""
    return [_reward(choice, home, policy) for choice in stage.reward]


def weights_of(stage: ResolvedStage) -> list[float]:
    return [choice.weight for choice in stage.reward]


def prompt_rows(data: DataSet, split: str = "train") -> list[dict[str, Any]]:
    """Rows of conversations to be answered, so that a chat model is asked as it is in a chat."""
    rows = data.held_out if split == "held_out" else data.train
    return [{**row, "prompt": as_messages(row["prompt"], "user")} for row in rows]


def mean_reward(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int
) -> dict[str, float]:
    """The mean reward, and each part of it, of one sampled answer to each held-out prompt."""
    from lab.generate import Sampling, complete
    from lab.objectives.policy.rewards import Answers, Rewards

    rows = prompt_rows(data, "held_out")[:limit]
    if not rows:
        return {}
    prompts = [row["prompt"] for row in rows]
    tokens = int(stage.options.get("answer_tokens", 48))
    said = complete(model, tokenizer, prompts, tokens, Sampling(1.0, 1.0, tokens, MEASURE_SEED))
    completions = [as_messages(text, "assistant") for text in said]
    rewards = Rewards(rewards_of(stage, home), weights_of(stage))
    scores = rewards.score(Answers(prompts, completions, [[]] * len(said), [True] * len(said)))
    parts = {f"reward/{name}": part.nanmean().item() for name, part in scores.parts.items()}
    return {"reward": scores.total.nanmean().item(), **(parts if len(parts) > 1 else {})}


def _reward(choice: RewardChoice, home: Home, policy: Any) -> Any:
    if not choice.name.startswith(RUN):
        return RaterReward(choice.name)
    from lab.objectives._reward_model import load_reward

    return load_reward(choice.name, home, policy)
