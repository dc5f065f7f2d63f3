"""Sweeps: lists and ranges become variants, named after their values; what can't be is said."""

import pytest

from lab.errors import RecipeError
from lab.recipe import build_recipe, resolve


def names(**fields):
    return [variant.name for variant in build_recipe(fields).variants]


LORA = {"name": "LoRA", "method": "lora"}


def test_a_list_of_a_knob_makes_a_variant_of_each_value_beside_the_others():
    recipe = build_recipe(
        {"variants": [LORA | {"knobs": {"r": [2, 8, 32], "alpha": 4}}, {"name": "all", "method": "full"}]}
    )
    assert [one.name for one in recipe.variants] == ["LoRA · r 2", "LoRA · r 8", "LoRA · r 32", "all"]
    assert [run.stages[0].knobs["r"] for run in resolve(recipe)[:3]] == [2, 8, 32]
    assert {run.stages[0].knobs["alpha"] for run in resolve(recipe)[:3]} == {4}


def test_ranges_have_both_ends_and_a_grid_all_combinations():
    variant = LORA | {"knobs": {"r": [2, 8]}, "learning_rate": {"log": [1e-4, 1e-2], "n": 3}}
    recipe = build_recipe({"variants": [variant]})
    assert [one.learning_rate for one in recipe.variants] == [1e-4, 1e-3, 1e-2] * 2
    assert recipe.variants[0].name == "LoRA · r 2 · learning_rate 0.0001"
    assert names(variants=[LORA | {"weight_decay": {"linear": [0, 0.3], "n": 4}}]) == [
        f"LoRA · weight_decay {value}" for value in (0.0, 0.1, 0.2, 0.3)
    ]
    steps = build_recipe({"variants": [LORA | {"budget": {"steps": {"linear": [10, 30], "n": 3}}}]})
    assert [one.budget.steps for one in steps.variants] == [10, 20, 30]


def test_random_combinations_are_different_always_the_same_and_within_their_range():
    fields = {"sweep": {"pick": "random", "tries": 5}, "variants": [
        LORA | {"knobs": {"r": [2, 4, 8, 16]}, "learning_rate": {"log": [1e-4, 1e-2], "n": 2}}]}  # fmt: skip
    first = build_recipe(fields)
    assert len({one.name for one in first.variants}) == 5 and first == build_recipe(fields)
    assert all(1e-4 <= one.learning_rate <= 1e-2 for one in first.variants)
    assert first != build_recipe(fields | {"sweep": {"pick": "random", "tries": 5, "seed": 1}})
    one = build_recipe(
        fields | {"sweep": {"pick": "random", "tries": 1}}
    )  # as many variants as before, and yet a sweep
    assert [variant.name[:9] for variant in one.variants] == ["LoRA · r "]


def test_what_stands_in_data_stages_and_remedies_is_swept_too_and_lists_of_entries_are_not():
    data = [{"name": "cookbook", "subset": "west", "limit": [24, 48]}, {"name": "cookbook", "subset": "south"}]
    remedy = {"name": "l1", "knobs": {"strength": [0.1, 0.3]}}
    found = build_recipe({"variants": [LORA | {"data": data, "remedy": remedy}]}).variants
    assert [(one.data[0].limit, one.remedy[0].knobs["strength"]) for one in found] == [
        (24, 0.1), (24, 0.3), (48, 0.1), (48, 0.3),
    ]  # fmt: skip
    stages = [{"learning_rate": [1e-3, 1e-2]}, {"learning_rate": [1e-3]}]
    assert names(variants=[LORA | {"stages": stages}]) == [
        "LoRA · stages.0.learning_rate 0.001 · stages.1.learning_rate 0.001",
        "LoRA · stages.0.learning_rate 0.01 · stages.1.learning_rate 0.001",
    ]


@pytest.mark.parametrize(("fields", "words"), [
    ({"variants": [LORA | {"knobs": {"r": list(range(1, 60)), "alpha": [1, 2, 3]}}]}, "make 177 variants"),
    ({"variants": [LORA | {"knobs": {f"k{i}": list(range(1000)) for i in range(60)}}]}, "more than a million variants"),
    ({"variants": [LORA | {"learning_rate": {"log": [0, 1], "n": 3}}]}, "both ends above 0"),
    ({"variants": [LORA | {"learning_rate": {"log": [1e-4, 1e-2]}}]}, "learning_rate.n.*Field required"),
    ({"variants": [LORA | {"knobs": {"r": [2, "many"]}}]}, "'many' is not allowed"),
    ({"sweep": {"pick": "random"}, "variants": [LORA]}, "nothing has several values"),
    ({"sweep": {"pick": "luck"}, "variants": [LORA | {"knobs": {"r": [1, 2]}}]}, "sweep.pick"),
])  # fmt: skip
def test_what_can_not_be_swept_is_said(fields, words):
    with pytest.raises(RecipeError, match=words):
        build_recipe(fields)
