"""Repeats: how many seeds, what each of them varies, and that it varies nothing else."""

import json
from dataclasses import replace

import pytest

from lab.errors import RecipeError
from lab.planning import plan, submit
from lab.planning.cost import Cost
from lab.planning.repeat import recipe_of_runs
from lab.planning.repeats import seeds_within
from lab.recipe import Repeat, build_recipe, dump_recipe, parse_recipe, resolve
from lab.recipe.fields import to_fields
from lab.store import Status
from lab.training.run import train_run

VARIANTS = {"variants": [{"name": "a", "method": "full"}]}
COST = Cost(1, 1, 1, 1, 1, 1, 1, 1, 1, 1.0, 10.0)


def queue_recipe(store, fields):
    """The runs of a recipe, queued and claimed."""
    return [store.runs.claim("here", [run.id]) for run in submit(build_recipe(fields), store)]


def own_data(folder):
    """A file whose held-out rows hang on the seed of the split."""
    file = folder / "own.jsonl"
    rows = [{"prompt": f"What is {n} and {n + 3}?", "completion": f"{2 * n + 3} it is"} for n in range(40)]
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return file


def seeds(**fields):
    runs = resolve(build_recipe(VARIANTS | fields))
    return [(run.seed, run.start_seed, run.split_seed) for run in runs]


def test_each_part_varies_where_it_is_named_and_stands_still_elsewhere():
    assert seeds(repeat=3) == [(0, 0, 0), (1, 1, 0), (2, 2, 0)]
    assert seeds(repeat={"n": 2, "vary": ["order"]}, seed=5) == [(5, 5, 0), (6, 5, 0)]
    assert seeds(repeat={"n": 2, "vary": ["initialisation"]}) == [(0, 0, 0), (0, 1, 0)]
    assert seeds(repeat={"n": 2, "vary": ["split"]}, split_seed=7, data="my.jsonl") == [(0, 0, 7), (0, 0, 8)]
    every = {"n": 2, "vary": ["split", "order", "initialisation"]}
    assert seeds(repeat=every, folds=2) == [(0, 0, 0), (1, 1, 1)] * 2
    assert seeds(repeat="auto") == [(0, 0, 0)] and seeds(initialisation_seed=9) == [(0, 9, 0)]


def test_a_run_and_the_recipe_of_all_runs_repeat_the_same_seeds(store, tiny_base, tmp_path):
    for vary in (["order"], ["initialisation", "split"], ["order", "initialisation"]):
        data = {"data": str(own_data(tmp_path))}
        fields = VARIANTS | data | {"base": str(tiny_base), "repeat": {"n": 3, "vary": vary}, "budget": {"steps": 2}}
        runs = queue_recipe(store, fields)
        again = [resolve(parse_recipe(run.recipe))[0] for run in runs]
        wanted = resolve(build_recipe(fields))
        assert [(one.seed, one.start_seed, one.split_seed) for one in again] == [
            (one.seed, one.start_seed, one.split_seed) for one in wanted
        ]
        assert build_recipe(recipe_of_runs(runs)).repeat == Repeat(n=3, vary=vary)


def test_repeat_is_written_as_short_as_a_person_would():
    def told(value, data="cuisine"):
        return to_fields(build_recipe(VARIANTS | {"data": data, "repeat": value})).get("repeat")

    assert told(5) == 5 and told("auto") == "auto" and told(1) is None
    assert told({"n": 5, "vary": ["initialisation", "order"]}) == 5
    assert told({"n": 5, "vary": ["split", "order"]}, "my.jsonl") == {"n": 5, "vary": ["order", "split"]}
    recipe = build_recipe(VARIANTS | {"data": "my.jsonl", "repeat": {"n": 4, "vary": ["split"]}})
    assert parse_recipe(dump_recipe(recipe)) == recipe


@pytest.mark.parametrize(("value", "words"), [
    (0, "from 1 to 20, or 'auto'"), (21, "from 1 to 20"), ("often", "from 1 to 20"), (True, "from 1 to 20"),
    (2.5, "from 1 to 20"), ({"n": 3, "vary": []}, "vary"), ({"n": 3, "vary": ["luck"]}, "'luck' is not allowed"),
    ({"n": 3, "vary": ["order", "split"]}, "the split can't vary: cuisine holds out the same rows"),
    ({"n": 3, "varies": ["order"]}, "unknown key 'varies'.*vary"), ([3], "from 1 to 20"),
])  # fmt: skip
def test_what_is_no_repeat_is_said(value, words):
    with pytest.raises(RecipeError, match=f"(?s){words}"):
        build_recipe(VARIANTS | {"repeat": value})


@pytest.mark.parametrize(("each", "wanted"), [(10.0, 5), (60.0, 5), (60.1, 3), (100.0, 3), (101.0, 1)])
def test_five_seeds_where_all_of_it_stays_within_five_minutes_else_three_else_one(each, wanted):
    assert seeds_within([replace(COST, seconds=each / 2)] * 2) == wanted


def test_a_cost_that_is_not_known_is_no_reason_for_more():
    assert seeds_within([COST, replace(COST, seconds=None)]) == 1


def test_auto_is_settled_in_the_plan_and_said(store, tiny_base, idle_machine):
    fields = VARIANTS | {"base": str(tiny_base), "repeat": "auto", "budget": {"steps": 2}}
    planned = plan(build_recipe(fields), store.home, store)
    assert [one.run.name for one in planned] == [f"a · seed {n}" for n in range(5)]
    assert planned[0].notes[-1] == "repeat: auto came to 5 seeds of each variant."
    long = fields | {"budget": {"steps": 1_000_000}}
    assert [one.run.name for one in plan(build_recipe(long), store.home, store)] == ["a"]


@pytest.mark.slow
def test_what_a_seed_varies_is_what_it_says(store, tiny_base, tmp_path):
    """Full fine-tuning has no new weights, so that their seed changes nothing; half of LoRA's are drawn."""

    def curves(method, vary):
        fields = {"base": str(tiny_base), "repeat": {"n": 2, "vary": vary}, "budget": {"steps": 3, "batch_size": 2},
                  "data": str(own_data(tmp_path)), "evaluate": {"answers": 0, "retained": 0},
                  "variants": [{"name": "a", "method": method}]}  # fmt: skip
        runs = queue_recipe(store, fields)
        assert [train_run(run, store) for run in runs] == [Status.DONE, Status.DONE]
        found = [store.curves.curve(run.id, "loss") for run in runs]
        return found, [store.runs.get(run.id).outcome.eval_loss.before for run in runs]

    (one, other), (before, again) = curves("full", ["initialisation"])
    assert one == other and before == again
    (one, other), (before, again) = curves("full", ["order"])
    assert one != other and before == again
    (one, other), (before, again) = curves("full", ["split"])
    assert before != again
    (one, other), _ = curves("lora", ["initialisation"])
    assert one[0] == other[0] and one[1] != other[1]  # the same rows; what is new adds nothing before the first step
