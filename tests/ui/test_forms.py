"""From the form to the recipe and back: what is shown is what runs, and the command says the same."""

import shlex

import pytest
import yaml

from lab.errors import RecipeError
from lab.home import ASSETS, PROJECT
from lab.models.shape import folder_shape
from lab.planning.cost import estimate_cost
from lab.planning.queue import new_run
from lab.planning.repeat import recipe_of_runs
from lab.recipe import build_recipe, read_recipe, resolve
from lab.recipe.fields import built_in_fields, command_for, parse_form
from tests.every import check_every

FIRST = "recipes/first_steps.yaml"


SHAPE = folder_shape(ASSETS / "nano")


def runs_of(recipe):
    return [new_run(run, estimate_cost(run, SHAPE), "abcdef12") for run in resolve(recipe)]


def test_every_built_in_recipe_is_offered_and_means_the_same_as_its_file():
    offered = built_in_fields()
    files = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "recipes").rglob("*.yaml")}
    assert FIRST in offered and files - set(offered) == {"recipes/nano/recipe.yaml"}  # how nano was made
    for path, fields in offered.items():
        assert resolve(build_recipe(fields)) == resolve(read_recipe(PROJECT / path)), path


def test_again_repeats_the_runs_of_a_comparison_exactly():
    def repeats(path):
        recipe = read_recipe(PROJECT / path)
        assert resolve(build_recipe(recipe_of_runs(runs_of(recipe)))) == resolve(recipe)

    check_every(built_in_fields(), repeats)


def test_again_repeats_seeds_as_one_variant_and_bits_where_they_differ():
    variants = [{"name": "a", "method": "lora"}, {"name": "b", "method": "lora", "quantize": "8bit"}]
    recipe = build_recipe({"name": "R", "seed": 3, "repeat": 2, "variants": variants})
    fields = recipe_of_runs(runs_of(recipe))
    assert (fields["repeat"], fields["seed"], [one["name"] for one in fields["variants"]]) == (2, 3, ["a", "b"])
    assert resolve(build_recipe(fields)) == resolve(recipe)
    one = recipe_of_runs(runs_of(recipe)[1:2])
    assert one["seed"] == 4 and "repeat" not in one and one["variants"][0]["name"] == "a · seed 4"


def test_again_is_as_short_as_a_person_would_write_it():
    fields = recipe_of_runs(runs_of(read_recipe(PROJECT / FIRST)))
    assert fields["data"] == "cuisine"
    assert fields["objective"] == "sft"
    assert fields["variants"][0] == {"name": "everything", "method": "full"}
    replayed = {"data": ["cuisine", {"name": "retain", "weight": 0.3}], "budget": {"steps": 180}, "learning_rate": 5e-4}
    assert fields["variants"][3] == {"name": "everything, with replay", "method": "full", **replayed}


def test_the_command_of_an_unchanged_recipe_is_its_file():
    assert command_for(built_in_fields()[FIRST], FIRST) == f"lab train {FIRST}"


def test_the_command_of_a_changed_recipe_gives_the_same_runs():
    fields = yaml.safe_load(yaml.safe_dump(built_in_fields()[FIRST]))
    fields["budget"]["steps"] = 7
    fields["variants"][2] |= {"name": "LoRA, thin", "knobs": {"r": 2}, "learning_rate": 0.003}
    command = shlex.split(command_for(fields, FIRST))
    assert command[:3] == ["lab", "train", FIRST]
    overrides = command[4::2]
    assert command[3::2] == ["--set"] * len(overrides) and len(overrides) == 4
    assert resolve(read_recipe(PROJECT / FIRST, overrides)) == resolve(build_recipe(fields))


def test_a_form_that_took_something_away_stands_for_a_file_of_its_own():
    fields = yaml.safe_load(yaml.safe_dump(built_in_fields()[FIRST]))
    fields["variants"].pop()
    assert command_for(fields, FIRST) == "lab train my_recipe.yaml"


def test_an_empty_form_is_refused_in_words():
    with pytest.raises(RecipeError, match="the form is empty"):
        parse_form(None, None)
