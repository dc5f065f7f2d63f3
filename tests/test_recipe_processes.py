"""What a recipe may say of several processes, and how it arrives where training takes it up."""

import pytest

from lab.errors import RecipeError
from lab.recipe import build_recipe, parse_recipe, resolve


def runs(**more):
    shared = {"base": "nano", "data": "cuisine", "budget": {"steps": 4, "batch_size": 8}, "variants": [{"name": "x"}]}
    return resolve(build_recipe(shared | more))


def test_a_run_keeps_how_many_processes_share_it_and_how_they_lay_the_model_out():
    run = runs(processes=2, fsdp={"cpu_offload": True})[0]
    again = resolve(parse_recipe(run.to_yaml()))[0]
    assert (again.processes, again.fsdp) == (2, {"cpu_offload": True})
    assert runs(processes=2, fsdp=True)[0].fsdp == {}
    assert "processes" not in runs()[0].to_yaml() and runs(processes=2, fsdp=False)[0].fsdp is None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"budget": {"steps": 4, "batch_size": 7}}, "7 rows can't be divided by 2"),
        ({"objective": "maml", "data": "small_tasks"}, "batches of 'maml' can't be shared out"),
        ({"learning_rate": "search"}, "a search for the learning rate"),
        ({"evaluate": {"shots": [4]}}, "evaluate.shots"),
        ({"fsdp": True, "early_stop": True}, "nothing is measured while it trains"),
        ({"fsdp": True, "objective": "ppo", "data": "prompts", "reward": "shorter"}, "'ppo' answers while it trains"),
        ({"fsdp": True, "processes": 1}, "there is one"),
    ],
)
def test_what_several_processes_cannot_train_together_is_refused_with_a_way_out(more, said):
    with pytest.raises(RecipeError, match=said) as refused:
        runs(**{"processes": 2} | more)
    assert refused.value.do


def test_a_batch_that_cannot_be_divided_is_told_the_nearest_that_can():
    with pytest.raises(RecipeError) as refused:
        runs(processes=4, budget={"steps": 4, "batch_size": 6})
    assert "set budget.batch_size to 8" in refused.value.do
