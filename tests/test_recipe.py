"""Recipes: gaps are filled, YAML goes round, and what is wrong is said in one sentence with its place."""

import pytest
import yaml

from lab.errors import RecipeError
from lab.home import RECIPES
from lab.recipe import Search, build_recipe, dump_recipe, parse_recipe, read_recipe, resolve, variant_of

SMALL = """
name: Small
base: nano
data: cuisine
budget: {steps: 10}
variants:
  - {name: a, method: full}
  - {name: b, method: lora, knobs: {r: 4}, learning_rate: 5e-3, budget: {steps: 20}}
"""


def refuse(text: str, *overrides: str) -> str:
    with pytest.raises(RecipeError) as caught:
        parse_recipe(text, where="my.yaml", overrides=overrides)
    return str(caught.value)


def test_gaps_are_filled_from_above_and_from_the_cards():
    a, b = resolve(parse_recipe(SMALL))
    assert (a.name, a.stages[0].method, a.stages[0].budget.steps, a.stages[0].learning_rate) == ("a", "full", 10, None)
    assert (b.stages[0].budget.steps, b.stages[0].budget.batch_size, b.stages[0].learning_rate) == (20, 8, 5e-3)
    assert b.stages[0].knobs == {"r": 4, "alpha": 16, "where": "all", "dropout": 0.0}
    assert [stage.objective for run in (a, b) for stage in run.stages] == ["sft", "sft"]


def test_stages_inherit_from_their_variant_and_it_from_the_recipe():
    recipe = build_recipe(
        {
            "data": "cuisine", "knobs": {"r": 2}, "method": "lora", "weight_decay": 0.1,
            "variants": [{"name": "x", "budget": {"steps": 7}, "stages": [
                {}, {"method": "full"},
                {"budget": {"batch_size": 3}, "data": ["cuisine", {"name": "cuisine", "weight": 2}]}]}],
        }
    )  # fmt: skip
    first, second, third = resolve(recipe)[0].stages
    assert (first.method, first.knobs["r"], first.budget.steps, first.weight_decay) == ("lora", 2, 7, 0.1)
    assert (second.method, second.knobs) == ("full", {})
    assert (third.budget.steps, third.budget.batch_size) == (7, 3)
    assert [(choice.name, choice.weight) for choice in third.data] == [("cuisine", 1.0), ("cuisine", 2.0)]


def test_a_recipe_survives_yaml():
    recipe = parse_recipe(SMALL)
    assert parse_recipe(dump_recipe(recipe)) == recipe


def test_a_resolved_run_is_a_recipe_that_repeats_it():
    for run in resolve(parse_recipe(SMALL)):
        assert resolve(parse_recipe(run.to_yaml())) == [run]


def test_overrides_reach_every_corner():
    overrides = ["budget.steps=5", "variants.b.knobs.r=2", "variants.0.method=freeze", "data.language=zh", "seed=3"]
    recipe = parse_recipe(SMALL, overrides=overrides)
    a, b = resolve(recipe)
    assert (a.stages[0].method, a.stages[0].budget.steps, a.seed) == ("freeze", 5, 3)
    assert (b.stages[0].knobs["r"], a.stages[0].data[0].language) == (2, "zh")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("variants: [{name: a, methd: full}]", ["my.yaml", "variants.0.methd", "unknown key", "'method'"]),
        ("variants: [{name: a, method: lorra}]", ["variants.0", "no method 'lorra'", "'lora'"]),
        ("variants: [{name: a, objective: sfd}]", ["no objective 'sfd'", "'sft'"]),
        ("variants: [{name: a, method: lora, knobs: {rank: 4}}]", ["no knob 'rank'", "alpha"]),
        ("variants: [{name: a, method: lora, knobs: {r: 0}}]", ["knobs.r", "0 is not allowed", "1 to 512"]),
        ("variants: [{name: a, method: lora, knobs: {r: 2.5}}]", ["2.5", "whole number"]),
        ("variants: [{name: a, method: lora, knobs: {where: everywhere}}]", ["everywhere", "attention"]),
        ("variants: [{name: a}, {name: a}]", ["variants.1", "'a' is taken"]),
        ("budget: {steps: many}\nvariants: [{name: a}]", ["budget.steps", "'many'"]),
        ("budget: {steps: 0}\nvariants: [{name: a}]", ["budget.steps", "greater than or equal to 1"]),
        ("budget: {stps: 3}\nvariants: [{name: a}]", ["budget.stps", "'steps'"]),
        ("variants: []", ["variants", "at least 1"]),
        ("name: x", ["variants", "missing"]),
        ("- a list", ["mapping"]),
        ("note: x\nname: [", ["not YAML", "line"]),
        ("variants: [{name: a, learning_rate: -1}]", ["learning_rate", "-1"]),
        ("variants: [{name: a, learning_rate: .nan}]", ["learning_rate", "nan"]),
        ("variants: [{name: a, data: {name: cuisine, langage: zh}}]", ["langage", "'language'"]),
        ("variants: [{name: a, learning_rate: find}]", ["learning_rate", "'find'", "'search'"]),
        ("search: {rate: 3}\nvariants: [{name: a}]", ["search.rate", "'rates'"]),
        ("budget: {seconds: 0}\nvariants: [{name: a}]", ["budget.seconds", "greater than 0"]),
        ("budget: {steps: null}\nvariants: [{name: a}]", ["budget", "give steps, seconds or both"]),
        ("repeat: 0\nvariants: [{name: a}]", ["repeat.n", "give a number from 1 to 20, or 'auto'"]),
        ("parameters: 0\nvariants: [{name: a}]", ["parameters"]),
    ],
)
def test_a_wrong_recipe_is_refused_with_its_place(text, said):
    message = refuse(text)
    assert "\n" not in message
    for part in said:
        assert part in message, message


def test_a_wrong_override_is_refused():
    assert "key=value" in refuse(SMALL, "budget.steps")
    assert "'c' is not in the list" in refuse(SMALL, "variants.c.method=full")
    assert "unknown key 'bugdet'" in refuse(SMALL, "bugdet=3")


def test_python_objects_in_yaml_are_refused():
    assert "not YAML" in refuse("name: !!python/object/apply:os.system ['true']")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(RecipeError, match="no such file"):
        read_recipe(tmp_path / "none.yaml")
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecipeError, match="UTF-8"):
        read_recipe(tmp_path / "binary.yaml")


def test_every_recipe_in_the_folder_resolves():
    files = sorted(RECIPES.rglob("*.yaml"))
    recipes = [file for file in files if "variants" in (yaml.safe_load(file.read_text()) or {})]
    assert RECIPES / "first_steps.yaml" in recipes
    for file in recipes:
        recipe = read_recipe(file)
        assert recipe.name != "Untitled" and resolve(recipe), file


REWARDED = """
data: prompts
objective: ppo
variants:
  - {name: a, reward: happier}
  - {name: b, reward: [{name: polite, weight: 0.5}, "run:abc"]}
"""


def test_a_reward_is_a_rater_or_a_run_and_may_be_a_weighted_sum():
    a, b = resolve(parse_recipe(REWARDED))
    assert [(choice.name, choice.weight) for choice in a.stages[0].reward] == [("happier", 1.0)]
    assert [(choice.name, choice.weight) for choice in b.stages[0].reward] == [("polite", 0.5), ("run:abc", 1.0)]


def test_an_objective_that_wants_a_reward_says_so_and_the_others_are_judged_by_a_shared_one():
    said = refuse(REWARDED.replace("reward: happier", "method: full"))
    assert "objective 'ppo' needs a reward" in said
    assert "happier" in said
    assert "Did you mean 'happier'?" in refuse(REWARDED.replace("reward: happier", "reward: hapier"))
    shared = parse_recipe("reward: happier\ndata: cuisine\nobjective: sft\nvariants: [{name: a}]")
    assert [choice.name for choice in resolve(shared)[0].stages[0].reward] == ["happier"]
    scorer = parse_recipe("reward: happier\ndata: pairs.jsonl\nobjective: reward\nvariants: [{name: a}]")
    assert resolve(scorer)[0].stages[0].reward == ()


def test_a_variant_is_repeated_with_one_seed_after_the_other():
    runs = resolve(parse_recipe("repeat: 3\nseed: 5\nvariants: [{name: a}, {name: b, method: full}]"))
    assert [(run.name, run.seed) for run in runs[:4]] == [
        ("a · seed 5", 5), ("a · seed 6", 6), ("a · seed 7", 7), ("b · seed 5", 5),
    ]  # fmt: skip
    assert [variant_of(run.name) for run in runs] == ["a", "a", "a", "b", "b", "b"]
    assert resolve(parse_recipe(runs[1].to_yaml())) == [runs[1]]
    assert variant_of("one · two") == "one · two"


def test_who_gives_seconds_does_not_want_the_steps_from_above():
    recipe = build_recipe(
        {
            "budget": {"steps": 40},
            "variants": [
                {"name": "a"}, {"name": "b", "budget": {"seconds": 9}},
                {"name": "c", "budget": {"seconds": 9, "steps": 7}},
                {"name": "d", "budget": {"seconds": 9}, "stages": [{}, {"budget": {"steps": 3}}]},
            ],
        }
    )  # fmt: skip
    budgets = [stage.budget for run in resolve(recipe) for stage in run.stages]
    assert [(budget.steps, budget.seconds) for budget in budgets] == [
        (40, None), (None, 9), (7, 9), (None, 9), (3, 9),
    ]  # fmt: skip
    timed = resolve(recipe)[1]
    assert resolve(parse_recipe(timed.to_yaml())) == [timed]


def test_a_search_tries_rates_around_the_cards_in_rising_order():
    stage = resolve(parse_recipe("learning_rate: search\nvariants: [{name: a}]"))[0].stages[0]
    assert (stage.learning_rate, stage.search) == ("search", Search())
    assert Search(rates=3, factor=2).around(5e-3) == (2.5e-3, 5e-3, 1e-2)
    assert Search(rates=4, factor=10).around(1.0) == (0.01, 0.1, 1.0, 10.0)
    assert [Search().length(steps) for steps in (6, 24, 90)] == [6, 10, 30]
    fixed = parse_recipe("learning_rate: search\nvariants: [{name: a, learning_rate: 0.1}]")
    assert (resolve(fixed)[0].stages[0].learning_rate, resolve(fixed)[0].stages[0].search) == (0.1, None)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"varients": [{"name": "x"}]}, "recipe: varients: unknown key 'varients'. Did you mean 'variants'?"),
        (
            {"variants": [{"name": "x", "metod": "lora"}]},
            "variants.0.metod: unknown key 'metod'. Did you mean 'method'?",
        ),
        (
            {"variants": [{"name": "x"}], "budget": {"stps": 3}},
            "budget.stps: unknown key 'stps'. Did you mean 'steps'?",
        ),
        ({"variants": [{"name": "x"}], "evaluate": {"evry": 1}}, "unknown key 'evry'. Did you mean 'every'?"),
        (
            {"variants": [{"name": "x"}], "data": {"nam": "cuisine"}},
            "data.0.nam: unknown key 'nam'. Did you mean 'name'?",
        ),
        ({"variants": [{"name": "x", "stages": [{"methd": "lora"}]}]}, "unknown key 'methd'. Did you mean 'method'?"),
        ({"variants": [{"name": "x", "knobs": {"rr": 8}}]}, "lora has no knob 'rr'. Did you mean 'r'?"),
        ({"variants": [{"name": "x"}], "steps": 3}, "unknown key 'steps'. It belongs under `budget`"),
        ({"variants": [{"name": "x", "r": 8}]}, "unknown key 'r'. It belongs under `knobs`"),
        ({"variants": [{"name": "x", "beta": 8}]}, "unknown key 'beta'. It belongs under `options`"),
    ],
)
def test_a_misspelt_key_is_what_is_named_with_the_right_one_beside_it(fields, said):
    with pytest.raises(RecipeError) as problem:
        build_recipe(fields)
    assert said in str(problem.value)


def test_a_value_of_one_line_is_named_without_a_line():
    with pytest.raises(RecipeError, match=r"--set name: this is not YAML"):
        parse_recipe("name: x\nvariants: [{name: a, method: lora}]\n", "recipe", ["name=["])
