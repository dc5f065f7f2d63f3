"""What a recipe's `reward` means: checkable rewards and scripted raters by name, reward models of earlier runs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lab.card import find_cards
from lab.data import DataSet
from lab.data.encode import as_messages
from lab.data.mix import ANSWER
from lab.data.tasks import TASK
from lab.home import Home
from lab.model_ref import ModelRef
from lab.recipe import ResolvedStage, RewardChoice


class RaterReward:
    """A scripted rater as a reward; `__call__` is how TRL's trainers ask, `score` how ours does."""

    def __init__(self, name: str):
        self.name = self.__name__ = name
        self._score: Callable[..., list[float]] = find_cards("lab.raters")[name].score

    def score(self, answers: Any) -> list[float]:
        return self._score(answers.prompts, answers.completions)

    def __call__(self, prompts: Sequence[Any], completions: Sequence[Any], **columns: Any) -> list[float]:
        return self._score(prompts, completions)


class CheckedReward:
    """A checkable reward with its knobs; it reads the right answers from the rows that were asked."""

    def __init__(self, name: str, knobs: Mapping[str, Any]):
        self.name = name
        self._score, self._knobs = find_cards("lab.rewards")[name].score, dict(knobs)

    def score(self, answers: Any) -> list[float | None]:
        right = answers.columns.get(ANSWER) or [None] * len(answers)
        return self._score(answers.prompts, answers.completions, right, **self._knobs)


class TaskReward:
    """A reward for the answers to one data set's questions; it does not apply to the others."""

    def __init__(self, reward: Any, task: str):
        self.name = self.__name__ = f"{reward.name} ({task})"
        self._reward, self._task = reward, task

    def score(self, answers: Any) -> list[float | None]:
        mine = [task == self._task for task in answers.columns.get(TASK) or [self._task] * len(answers)]
        if not any(mine):
            return [None] * len(mine)
        scores = iter(self._reward.score(answers.chosen(mine)))
        return [next(scores) if own else None for own in mine]


def rewards_of(stage: ResolvedStage, home: Home, policy: Any = None) -> list[Any]:
    """The stage's rewards, in the order of its weights; reward models share the policy's frozen weights."""
    rewards = [_reward(choice, home, policy) for choice in stage.reward]
    names = [reward.name for reward in rewards]
    for i, reward in enumerate(rewards):  # two patterns are two curves, whichever trainer logs them
        if names.count(names[i]) > 1:
            reward.name = f"{names[i]}_{names[: i + 1].count(names[i])}"
    return rewards


def weights_of(stage: ResolvedStage) -> list[float]:
    return [choice.weight for choice in stage.reward]


def prompt_rows(data: DataSet) -> list[dict[str, Any]]:
    """Rows of conversations to be answered, so that a chat model is asked as it is in a chat."""
    return [{**row, "prompt": as_messages(row["prompt"], "user")} for row in data.train]


def _reward(choice: RewardChoice, home: Home, policy: Any) -> Any:
    if choice.data:
        return TaskReward(_reward(choice.model_copy(update={"data": None}), home, policy), choice.data)
    if choice.name in find_cards("lab.rewards"):
        return CheckedReward(choice.name, choice.knobs)
    if ModelRef.parse(choice.name).base is not None:
        return RaterReward(choice.name)
    from lab.objectives.reward_model import load_reward

    return load_reward(choice.name, home, policy, choice.pessimism)
