"""How often a model finds the right answer to held-out problems: greedily, and in one of k tries (pass@k).

Measured wherever a stage names a checkable reward of correctness. pass@k at the start says what there is to learn from:
where none of many tries is right, no reward is ever given. It is the unbiased estimate of Chen et al. 2021
(arXiv:2107.03374, eq. 1) from `TRIES` answers a problem.
"""

from collections.abc import Sequence
from math import comb
from statistics import fmean
from typing import Any

from lab.card import find_cards
from lab.data import DataSet
from lab.data.mix import ANSWER
from lab.home import Home
from lab.objectives._held_out_answers import answer_tokens, held_out_questions, sample_answers
from lab.objectives._rewards import rewards_of
from lab.recipe import ResolvedStage

KS = (1, 2, 4, 8)
TRIES = 8
RIGHT = 1.0
"""The score from which an answer counts as right."""


def pass_at(k: int, tries: int, right: int) -> float:
    """The chance that at least one of k answers is right, drawn from `tries` answers of which `right` are."""
    return 1.0 - comb(tries - right, k) / comb(tries, k)


def checked_metrics(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int
) -> dict[str, float]:
    """`accuracy` of greedy answers and `pass@k` of sampled ones, over up to `limit` held-out problems.

    What is right is what the first checkable reward of correctness says. Empty where the stage has none, or no held-out
    question has a right answer.
    """
    reward = _correctness(stage, home)
    problems = [row for row in held_out_questions(data) if row[ANSWER] is not None]
    if reward is None or not problems:
        return {}
    problems = [problems[i * len(problems) // limit] for i in range(limit)] if limit < len(problems) else problems
    greedy = [verdict for verdict in _greedy(model, tokenizer, problems, stage, reward) if verdict is not None]
    if not greedy:
        return {}
    tried = [row for row in problems for _ in range(TRIES)]
    verdicts = [one for part in sample_answers(model, tokenizer, tried, stage) for one in reward.score(part.answers)]
    return {"accuracy": fmean(verdict >= RIGHT for verdict in greedy)} | _pass_at_each(verdicts)


def _pass_at_each(verdicts: Sequence[float | None]) -> dict[str, float]:
    """`pass@k` for each k, from `TRIES` verdicts a problem, one problem after the other."""
    groups = [verdicts[begin : begin + TRIES] for begin in range(0, len(verdicts), TRIES)]
    right = [sum(one >= RIGHT for one in group if one is not None) for group in groups if None not in group]
    return {f"pass@{k}": fmean(pass_at(k, TRIES, count) for count in right) for k in KS}


def _correctness(stage: ResolvedStage, home: Home) -> Any:
    """The stage's first checkable reward that is about correctness; None where it has none."""
    rules = find_cards("lab.rewards")
    able = [one for one in stage.reward if one.name in rules and rules[one.name].CARD.checks == "correctness"]
    return rewards_of(stage.model_copy(update={"reward": tuple(able[:1])}), home)[0] if able else None


def _greedy(
    model: Any, tokenizer: Any, problems: Sequence[dict[str, Any]], stage: ResolvedStage, reward: Any
) -> list[float | None]:
    """What the reward says of the likeliest answers."""
    from lab.generate import complete
    from lab.objectives.policy.rewards import Answers

    prompts = [row["prompt"] for row in problems]
    said = complete(model, tokenizer, prompts, max_new_tokens=answer_tokens(stage))
    columns = {name: [row[name] for row in problems] for name in problems[0] if name != "prompt"}
    verdicts: list[float | None] = reward.score(
        Answers(prompts, [[{"role": "assistant", "content": one}] for one in said], [], [True] * len(said), columns)
    )
    return verdicts
