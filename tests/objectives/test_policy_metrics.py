"""What answers are worth is measured alike for every objective: reward by part, nats from the start, variety."""

import math

import pytest
import torch

from lab.errors import RecipeError
from lab.evaluate.graded import Graded
from lab.models import load_model, load_tokenizer
from lab.objectives.policy.tokens import distinct_2
from lab.objectives.policy_metrics import policy_metrics
from lab.recipe import build_recipe, resolve
from tests.objectives.test_objectives import DATA, base, stage_of  # noqa: F401

BOTH = ["shorter", {"name": "polite", "weight": 0.0}]


def measured(base, home, model, start=None, objective="dpo", reward=BOTH, **more):  # noqa: F811
    stage = stage_of(objective, reward=reward, **more)
    data = DATA[stage.data[0].name.split(".")[0]]
    return policy_metrics(model, start, load_tokenizer(base), data, stage, home, 12)


def test_a_start_is_no_nat_from_itself_and_its_answers_are_the_same_each_time(base, home):  # noqa: F811
    model = load_model(base)
    graded = measured(base, home, model)
    figures = graded.figures
    assert set(figures) == {"reward", "reward/shorter", "reward/polite", "kl", "distinct_2"}
    assert figures["reward"] == figures["reward/shorter"] < 0
    assert figures["kl"] == 0.0 and 0 < figures["distinct_2"] <= 1
    assert measured(base, home, model, lambda: load_model(base)) == graded
    sure = graded.intervals["reward"]
    assert sure.n == len(sure.marks) == 12 and sure.low <= figures["reward"] <= sure.high


def test_divergence_is_what_the_log_probabilities_of_its_own_answers_say(base, home):  # noqa: F811
    model = load_model(base)
    with torch.no_grad():
        model.lm_head.weight.mul_(1.2)
    found = measured(base, home, model, lambda: load_model(base), options={}, reward="shorter").figures
    assert 0.1 < found["kl"] < 50
    assert set(found) == {"reward", "reward/shorter", "kl", "distinct_2"}


def test_a_reward_that_is_only_watched_is_the_reward_where_nothing_else_is_named(base, home):  # noqa: F811
    figures = measured(base, home, load_model(base), reward=[{"name": "shorter", "weight": 0.0}]).figures
    assert figures["reward"] == figures["reward/shorter"] < 0


def test_nothing_is_measured_without_rewards_or_questions(base, home):  # noqa: F811
    assert measured(base, home, load_model(base), reward=None) == Graded()


def test_variety_is_the_share_of_different_pairs_over_all_answers():
    assert distinct_2([[1, 2, 3], [1, 2, 4]]) == 3 / 4
    assert distinct_2([[1, 1, 1, 1]]) == pytest.approx(1 / 3)
    assert distinct_2([[1], []]) == 0.0
    assert math.isfinite(distinct_2([]))


def stages(*given, **more):
    fields = {"objective": "sft", "data": "mine.jsonl", "variants": [{"name": "x", "stages": list(given)}]}
    return resolve(build_recipe(fields | more))[0].stages


JUDGE = {"objective": "reward", "data": "pairs.jsonl"}


def test_a_stage_can_ask_the_reward_model_of_an_earlier_one_and_no_other():
    made = stages(JUDGE, {"objective": "ppo", "data": "prompts", "reward": ["stage:0", "happier"]})
    assert [choice.name for choice in made[1].reward] == ["stage:0", "happier"]
    assert made[0].reward == ()
    with pytest.raises(RecipeError, match=r"'stage:1' is no reward model of an earlier stage.*stage:0"):
        stages(JUDGE, {"objective": "ppo", "data": "prompts", "reward": "stage:1"})
    with pytest.raises(RecipeError, match=r"'stage:0' is no reward model.*Train one first"):
        stages({"objective": "sft"}, {"objective": "ppo", "data": "prompts", "reward": "stage:0"})


@pytest.mark.parametrize("pessimism", [0, 1.5, 10, "worst"])
def test_several_heads_can_be_doubted_and_one_or_a_script_can_not(pessimism):
    def asked(name, **judge):
        reward = {"name": name, "pessimism": pessimism}
        return stages(JUDGE | judge, {"objective": "ppo", "data": "prompts", "reward": reward})[1].reward[0].pessimism

    assert asked("stage:0", options={"heads": 2}) == pessimism
    for name, words in (
        ("stage:0", "'stage:0' has one head.*heads: 4"),
        ("happier", "the scripted rater 'happier' has no heads"),
    ):
        if pessimism:
            with pytest.raises(RecipeError, match=rf"reward\.pessimism: {words}"):
                asked(name)
        else:
            assert asked(name) == 0


@pytest.mark.parametrize("pessimism", [-1, 11, "best", float("inf"), True, None])
def test_a_pessimism_that_makes_no_sense_is_refused(pessimism):
    reward = {"name": "stage:0", "pessimism": pessimism}
    with pytest.raises(RecipeError, match=r"pessimism: .* is not allowed.*a number from 0 to 10, or 'worst'"):
        stages(JUDGE, {"objective": "ppo", "data": "prompts", "reward": reward})


def test_an_adapter_that_can_not_be_merged_may_be_left_aside_but_not_built_upon():
    assert stages(JUDGE, {"objective": "ppo", "data": "prompts", "reward": "stage:0", "method": "prefix"})
    with pytest.raises(RecipeError, match="'lora' can't follow 'prefix'"):
        stages({"objective": "sft", "method": "prefix"}, JUDGE)
