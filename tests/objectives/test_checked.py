"""How often the right answer is found: pass@k is exact, and measured on held-out problems with right answers only."""

from itertools import combinations
from types import SimpleNamespace

import pytest

from lab.data import DataSet
from lab.errors import DataError, RecipeError
from lab.home import RECIPES
from lab.models import load_model, load_tokenizer
from lab.objectives import checked
from lab.objectives._rewards import CheckedReward, rewards_of
from lab.objectives.checked import KS, TRIES, checked_metrics, pass_at
from lab.planning import submit
from lab.planning.checks import check_data
from lab.recipe import build_recipe, read_recipe, resolve
from lab.store import Status
from lab.training.run import train_run
from tests.objectives.test_objectives import base  # noqa: F401

RIGHT = ["right_number", {"name": "answer_form", "weight": 0.5}]


@pytest.mark.parametrize("right", range(TRIES + 1))
@pytest.mark.parametrize("k", KS)
def test_pass_at_k_is_the_share_of_all_choices_with_a_right_one(k, right):
    verdicts = [True] * right + [False] * (TRIES - right)
    chosen = list(combinations(verdicts, k))
    assert pass_at(k, TRIES, right) == pytest.approx(sum(map(any, chosen)) / len(chosen))


def stage_of(reward=RIGHT, **more):
    fields = {"data": "checkable", "objective": "grpo", "budget": {"batch_size": 16}, "reward": reward, **more}
    return resolve(build_recipe(fields | {"variants": [{"name": "x"}]}))[0].stages[0]


def data(*pairs):
    rows = [{"prompt": asked, "completion": said} for asked, said in pairs]
    return DataSet("mine", "prompt_completion", rows, rows)


TWO = data(("What is 1 + 1?", "2"), ("What is 2 + 2?", "4"))


def test_verdicts_are_counted_problem_by_problem(monkeypatch, home):
    monkeypatch.setattr("lab.generate.complete", lambda model, tokenizer, prompts, max_new_tokens: ["2", "5"])
    said = {"What is 1 + 1?": ["2"] * 8, "What is 2 + 2?": ["4", "4", *"123567"]}

    def sampled(model, tokenizer, rows, stage):
        answers = [said[row["prompt"][0]["content"]].pop(0) for row in rows]
        columns = {"answer": [row["answer"] for row in rows]}
        return [SimpleNamespace(answers=checked_answers([row["prompt"] for row in rows], answers, columns))]

    monkeypatch.setattr(checked, "sample_answers", sampled)
    figures = checked_metrics(None, None, TWO, stage_of(), home, 64)
    assert figures == {"accuracy": 0.5} | {f"pass@{k}": pytest.approx((1 + pass_at(k, 8, 2)) / 2) for k in (1, 2, 4, 8)}


def checked_answers(prompts, said, columns):
    from lab.objectives.policy.rewards import Answers

    return Answers(prompts, said, [[]] * len(said), [True] * len(said), columns)


def test_nothing_is_measured_without_a_right_answer_or_a_rule_of_correctness(home):
    asked = DataSet("mine", "prompt", [{"prompt": "Hi?"}], [{"prompt": "Hi?"}])
    assert checked_metrics(None, None, asked, stage_of(), home, 8) == {}
    assert checked_metrics(None, None, TWO, stage_of([{"name": "answer_form"}, "happier"]), home, 8) == {}


@pytest.mark.slow
def test_a_model_is_measured_the_same_way_each_time(base, home):  # noqa: F811
    model, tokenizer = load_model(base), load_tokenizer(base)
    stage = stage_of(options={"answer_tokens": 4, "group": 8})
    figures = checked_metrics(model, tokenizer, TWO, stage, home, 64)
    assert set(figures) == {"accuracy", "pass@1", "pass@2", "pass@4", "pass@8"}
    assert 0 <= figures["pass@1"] <= figures["pass@8"] <= 1
    assert checked_metrics(model, tokenizer, TWO, stage, home, 64) == figures


def test_a_reward_reads_the_right_answer_of_each_row():
    answers = checked_answers(["?", "?", "?"], ["It is 2.", "3", "4"], {"answer": ["2", "2", None]})
    assert CheckedReward("right_number", {}).score(answers) == [1.0, 0.0, None]


def test_two_rewards_of_a_kind_are_told_apart(home):
    both = [{"name": "pattern", "knobs": {"pattern": "a"}}, "happier", {"name": "pattern", "knobs": {"pattern": "b"}}]
    assert [reward.name for reward in rewards_of(stage_of(both), home)] == ["pattern_1", "happier", "pattern_2"]


def test_a_recipe_is_resolved_with_all_knobs():
    assert [(one.name, one.weight, one.knobs) for one in stage_of().reward] == [
        ("right_number", 1.0, {}), ("answer_form", 0.5, {"form": "Answer: <n>"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reward", "words"),
    [
        ("right_numbr", "there is no reward 'right_numbr'.*'right_number'"),
        ({"name": "happier", "knobs": {"pattern": "x"}}, "'happier' has no knobs"),
        ({"name": "run:abcd1234", "knobs": {"pattern": "x"}}, "'run:abcd1234' has no knobs"),
        ({"name": "pattern", "pessimism": 1}, "the checkable reward 'pattern' has no heads"),
        ({"name": "pattern", "knobs": {"pattern": "[a"}}, "can't be read"),
    ],
)
def test_rewards_that_can_not_be_are_refused(reward, words):
    with pytest.raises(RecipeError, match=words):
        stage_of([reward])


def planned(name, reward, **more):
    recipe = {"objective": "grpo", "data": name, "reward": reward, "budget": {"batch_size": 16, "max_length": 64}}
    return resolve(build_recipe(recipe | more | {"variants": [{"name": "x"}]}))


def test_data_without_right_answers_is_refused_where_a_reward_compares(home, tmp_path):
    check_data(planned("prompts", "answer_form"), home)
    with pytest.raises(DataError, match=r"'right_number' compares with right answers.*'prompts'.*column 'answer'"):
        check_data(planned("prompts", "right_number"), home)
    mine = tmp_path / "mine.jsonl"
    mine.write_text("".join(f'{{"question": "What is {n} + 1?", "answer": "{n + 1}"}}\n' for n in range(40)))
    check_data(planned(str(mine), "right_number"), home)
    mixed = [{"name": "checkable"}, {"name": "prompts"}]
    check_data(planned(mixed, {"name": "right_number", "data": "checkable"}), home)
    with pytest.raises(DataError, match="the rows of 'prompts' have none"):
        check_data(planned(mixed, {"name": "right_number", "data": "prompts"}), home)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(1800)
def test_the_reward_on_held_out_problems_rises_and_is_told_in_parts(store):
    """Half of the recipe's steps, on nano. That accuracy rises is not shown on every seed: see docs/rewards.md."""
    recipe = read_recipe(RECIPES / "rlhf" / "checkable.yaml", ["budget.steps=20", "evaluate.retained=0"])
    (queued,) = submit(recipe.model_copy(update={"variants": recipe.variants[:1]}), store)
    assert train_run(store.runs.claim("here", only=[queued.id]), store) == Status.DONE
    metrics = store.runs.get(queued.id).outcome.metrics
    assert metrics["pass@1"].before > 0.2
    assert metrics["reward"].after > metrics["reward"].before + 0.02
    assert {"accuracy", "pass@1", "pass@8", "reward/right_number"} <= set(metrics)
    assert metrics["reward/answer_form"].after > metrics["reward/answer_form"].before + 0.1
