"""The recipes of methods: one for each, with LoRA beside it, and one with all of them."""

import pytest

from lab.home import RECIPES
from lab.recipe import read_recipe, resolve
from tests.methods.practice import METHODS


def methods_in(name: str) -> list[str]:
    return [run.stages[0].method for run in resolve(read_recipe(RECIPES / "peft" / f"{name}.yaml"))]


@pytest.mark.parametrize("method", METHODS)
def test_every_method_has_a_recipe_with_lora_beside_it(method):
    assert set(methods_in(method)) == {method, "lora"}


def test_there_is_no_recipe_for_a_method_that_is_gone():
    assert {file.stem for file in (RECIPES / "peft").glob("*.yaml")} == {*METHODS, "all"}


def test_one_recipe_compares_all_methods_once():
    assert sorted(methods_in("all")) == sorted(METHODS)
