"""What differs between two recipes, told field by field."""

import pytest

from lab.api import Lab
from lab.errors import LabError
from lab.planning import submit
from lab.recipe import build_recipe, resolve
from lab.recipe.differing import FieldDifference, recipe_differences


def plans(*variants, **shared):
    return resolve(build_recipe({"name": "R", "variants": list(variants), **shared}))


LORA = {"name": "a", "method": "lora", "learning_rate": 1e-3}


def told(first, second):
    return [(one.variant, one.field, one.first, one.second) for one in recipe_differences(first, second)]


def test_equal_recipes_do_not_differ_even_where_one_says_what_the_other_leaves_out():
    assert told(plans(LORA), plans(LORA | {"knobs": {"r": 8}, "objective": "sft"})) == []


def test_two_variants_are_compared_by_every_field_with_what_is_left_out_filled_in():
    found = told(plans(LORA), plans({"name": "b", "method": "ia3", "learning_rate": 2e-3}, budget={"steps": 7}))
    assert ("", "variant", "a", "b") in found and ("", "method", "lora", "ia3") in found
    assert ("", "knobs.r", "8", None) in found and ("", "learning_rate", "0.001", "0.002") in found
    assert [one[3] for one in found if one[1] == "steps"] == ["7"]
    assert not any(one[1] == "seed" for one in found)


def test_what_all_variants_differ_in_is_told_once_and_what_one_lacks_by_its_name():
    two = ({"name": "b", "method": "full", "learning_rate": 1e-3}, {"name": "c", "method": "ia3"})
    found = told(plans(LORA, *two), plans(LORA | {"knobs": {"r": 4}}, two[0], base="smollm2-135m"))
    assert found == [
        ("", "base", "nano", "smollm2-135m"), ("a", "knobs.r", "8", "4"), ("c", "variant", "c", None),
    ]  # fmt: skip


def test_variants_of_other_names_belong_together_by_their_methods():
    found = told(plans(LORA, {"name": "b", "method": "full", "learning_rate": 1e-3}),
                 plans({"name": "all", "method": "full", "learning_rate": 2e-3},
                       {"name": "x", "method": "ia3"}))  # fmt: skip
    assert found == [
        ("", "learning_rate", "0.001", "0.002"), ("a", "variant", "a", None), ("x", "variant", None, "x"),
    ]  # fmt: skip


def test_data_seeds_and_stages_are_told():
    mixed = LORA | {"data": ["cuisine", {"name": "retain", "weight": 0.5}]}
    found = told(plans(LORA, repeat=2), plans(mixed, repeat=3))
    assert ("", "data.1.name", None, "cuisine") in found and ("", "data.2.weight", None, "0.5") in found
    assert ("", "seed", "0, 1", "0, 1, 2") in found
    stages = {"name": "a", "stages": [{"method": "lora"}, {"method": "lora", "budget": {"steps": 4}}]}
    assert ("", "stage 2 · steps", None, "4") in told(plans(LORA), plans(stages))


def test_runs_comparisons_and_files_are_told_apart_by_their_ids_and_paths(store, home, tmp_path):
    runs = submit(build_recipe({"name": "R", "variants": [LORA, LORA | {"name": "b", "knobs": {"r": 2}}]}), store)
    lab = Lab(home, store)
    assert lab.diff(*runs) == [FieldDifference("", "variant", "a", "b"), FieldDifference("", "knobs.r", "8", "2")]
    file = tmp_path / "mine.yaml"
    file.write_text("name: R\nvariants: [{name: a, method: lora, learning_rate: 1e-3}]\n")
    assert lab.diff(runs[0].id[:7], str(file)) == []
    assert [one.field for one in lab.diff(runs[0].comparison, file)] == ["variant"]
    with pytest.raises(LabError, match="there is no run"):
        lab.diff(runs[0], "nothing")
    with pytest.raises(LabError, match="no such file"):
        lab.diff(runs[0], "nothing.yaml")
