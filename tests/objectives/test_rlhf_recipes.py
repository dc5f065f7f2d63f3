"""The recipes of learning from feedback: each can be planned, names what it needs, and (a few steps of it) runs."""

import pytest

from lab.card import find_cards
from lab.errors import DataError
from lab.home import RECIPES
from lab.planning import plan, submit
from lab.recipe import read_recipe, resolve
from lab.store import Feedback, Status
from lab.training.run import train_run

FILES = sorted((RECIPES / "rlhf").glob("*.yaml"))
SHORT = ("evaluate.rows=8", "evaluate.answers=4")
COMBINATIONS = {
    "ppo_full": "full", "ppo_lora": "lora", "ppo_prefix": "prefix", "ppo_adapter": "adapter", "ppo_multitask": "lora",
    "ppo_transfer": "lora", "loop": "lora",
}  # fmt: skip


def runs_of(name: str, *overrides: str):
    return resolve(read_recipe(RECIPES / "rlhf" / f"{name}.yaml", overrides))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_recipe_can_be_planned_and_says_what_it_is_about(file, home):
    recipe = read_recipe(file)
    assert len(recipe.note) > 100
    for planned in plan(recipe, home):
        assert planned.cost.seconds > 0
    uses_feedback = any(choice.name == "feedback" for run in resolve(recipe) for s in run.stages for choice in s.data)
    assert uses_feedback == ("lab feedback collect nano --pairs 500 --rater happier" in recipe.note)


def test_every_combination_the_article_names_is_there():
    for name, method in COMBINATIONS.items():
        last = runs_of(name)[-1].stages[-1]
        assert (last.objective, last.method) == ("ppo", method)
    (both,) = runs_of("ppo_multitask")
    assert [(reward.name, reward.data) for reward in both.stages[0].reward] == [
        ("happier", "prompts"), ("shorter", "cuisine"),
    ]  # fmt: skip
    first, then = runs_of("ppo_transfer")[1].stages
    assert (first.objective, first.data[0].name, first.reward[0].name) == ("ppo", "cuisine", "shorter")
    assert (then.objective, then.data[0].name, then.reward[0].name) == ("ppo", "prompts", "happier")


def test_one_recipe_compares_every_way_to_learn_from_the_same_feedback_by_the_same_judge():
    cards = [module.CARD for module in find_cards("lab.objectives").values()]
    ways = {card.id for card in cards if card.family in ("preference", "reinforcement") and card.gives == "text"}
    runs = runs_of("compare")
    assert {run.stages[-1].objective for run in runs} == ways
    assert all("happier" in [reward.name for reward in run.stages[-1].reward] for run in runs)
    assert all(run.stages[0].data[0].name == "feedback" for run in runs)


def test_without_votes_the_message_says_how_to_get_some_and_nothing_is_queued(store):
    with pytest.raises(DataError, match=r"there are 0 rows of feedback.*lab feedback collect nano --pairs 500"):
        submit(read_recipe(RECIPES / "rlhf" / "loop.yaml"), store)
    assert store.runs.all() == []


@pytest.fixture
def voted(store):
    """A dozen scripted votes on made-up answers."""
    for i in range(12):
        asked = [{"role": "user", "content": f"Tell me a story about {i} ducks."}]
        said = [store.ratings.keep_answer("base:nano", asked, text, {}, "") for text in
                (f"They were {i} happy friends and played.", f"They were {i}, and sad, and cried.")]  # fmt: skip
        better, worse = (answer.id for answer in said)
        store.ratings.rate(Feedback("vote", f"p{i}", "scripted:happier", "left", better, worse, scripted=True))
    return store


def carried_out(store, name: str, variant: int, *overrides: str):
    recipe = read_recipe(RECIPES / "rlhf" / f"{name}.yaml", (*SHORT, *overrides))
    run = submit(recipe, store)[variant]
    claimed = store.runs.claim("here", only=[run.id])
    assert train_run(claimed, store) == Status.DONE
    return store.runs.get(run.id)


@pytest.mark.slow
def test_the_loop_runs_and_its_judge_and_the_truth_are_both_there(voted):
    few = ("variants.0.stages.0.budget.steps=3", "variants.0.stages.1.budget={steps: 2, batch_size: 4}")
    run = carried_out(voted, "loop", 0, *few)
    assert {"accuracy", "reward", "reward/reward_model", "reward/happier", "kl"} <= set(run.outcome.metrics)


@pytest.mark.slow
def test_each_task_has_its_own_reward(store):
    run = carried_out(store, "ppo_multitask", 0, "budget.steps=1", "budget.batch_size=8")
    curves = store.curves.names([run.id])
    assert {"reward/happier (prompts)", "reward/shorter (cuisine)"} <= set(curves)
    assert run.outcome.metrics["reward/shorter (cuisine)"].after < 0
