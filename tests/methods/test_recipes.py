"""The recipes of methods: one for each, with LoRA beside it, drawn from its card; and one with all of them."""

from pathlib import Path

import pytest

from lab.errors import RecipeError
from lab.home import RECIPES
from lab.recipe import read_recipe, resolve
from lab.recipe.built_in import built_in
from lab.recipe.drawn import ALL, recipe_of, recipe_of_all
from tests.every import check_every
from tests.methods.practice import METHODS

OF_ALL = ("all", "leaderboard", "leaderboard_smollm2")


def methods_in(name: str) -> list[str]:
    return [run.stages[0].method for run in resolve(read_recipe(RECIPES / "peft" / f"{name}.yaml"))]


def test_every_method_has_a_recipe_with_lora_beside_it():
    def has_recipe(method):
        assert set(methods_in(method)) == {method, "lora"}

    check_every(METHODS, has_recipe)


def test_there_is_no_recipe_for_a_method_that_is_gone():
    assert {file.stem for file in (RECIPES / "peft").glob("*.yaml")} <= {*METHODS, *OF_ALL}
    listed = [path for path in built_in() if path.startswith("recipes/peft/")]
    assert {Path(path).stem for path in listed} == {*METHODS, *OF_ALL}


def test_a_file_stands_only_where_it_says_more_than_the_card():
    for file in (RECIPES / "peft").glob("*.yaml"):
        if file.stem in METHODS:
            assert file.read_text(encoding="utf-8") != recipe_of(file.stem), f"{file.name} says what is drawn anyway"


def test_the_recipe_with_all_methods_is_drawn_from_the_cards():
    assert (RECIPES / ALL).read_text(encoding="utf-8") == recipe_of_all(), "run `make recipes` (it needs only Python)"
    assert sorted(methods_in("all")) == sorted(METHODS)


def test_a_recipe_that_comes_with_the_lab_is_found_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("recipes/first_steps.yaml", "./recipes/peft/dora.yaml", "recipes/peft/all.yaml"):
        assert read_recipe(Path(name)) == built_in()[name.removeprefix("./")]
    for name in ("recipes/peft/gone.yaml", "dora.yaml", "recipes/../lab/recipe/drawn.py", "recipes/nano/gone.yaml"):
        with pytest.raises(RecipeError, match="no such file"):
            read_recipe(Path(name))


def test_a_file_of_ones_own_comes_before_the_one_of_the_lab(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("recipes").mkdir()
    Path("recipes/first_steps.yaml").write_text("variants: [{name: mine, method: lora}]")
    assert read_recipe(Path("recipes/first_steps.yaml")).variants[0].name == "mine"
