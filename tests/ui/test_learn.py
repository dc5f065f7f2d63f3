"""The Learn tab: every card is on the map with its price, and Try it leads to a recipe."""

import json
import re

import pytest

from lab import words
from lab.card import LIT, Part, find_cards
from lab.home import ASSETS
from lab.models import shape_of
from lab.planning import plan
from lab.recipe import build_recipe, resolve, variant_of
from lab.recipe.fields import built_in_fields
from lab.ui.learn import BASE, Learn
from tests.every import check_every

METHODS = find_cards("lab.methods")
OBJECTIVES = find_cards("lab.objectives")
PARTS = Part.__args__


@pytest.fixture
def learn(home):
    return Learn(home)


def test_every_card_is_on_the_map_in_a_family_that_is_shown(learn):
    seen = learn.map({})
    assert {one["id"] for one in seen["methods"]} == set(METHODS) and len(METHODS) > 40
    assert {one["id"] for one in seen["objectives"]} == set(OBJECTIVES)
    shown = [family for branch in seen["branches"] for family in branch["families"]]
    assert sorted(shown) == sorted({one["family"] for one in seen["methods"]})
    assert sorted(seen["strategies"]) == sorted({one["family"] for one in seen["objectives"]})
    assert [branch["id"] for branch in seen["branches"]] == ["full", "freeze", "peft"]
    json.dumps(seen)


def test_a_card_says_what_it_costs_on_nano(learn, home):
    shape = shape_of(BASE, home)
    by_id = {one["id"]: one for one in learn.map({})["methods"]}
    assert by_id["full"]["trainable"] == by_id["full"]["of"] == shape.parameters
    lora = METHODS["lora"].count(shape, **METHODS["lora"].CARD.complete_knobs({}, ""))
    assert (by_id["lora"]["trainable"], by_id["lora"]["bytes"]) == (lora, 4 * lora)
    assert by_id["lora"]["arxiv"] == ["2106.09685"]


def test_every_picture_lights_something_the_script_draws_and_names():
    script = (ASSETS / "js" / "learn" / "network.js").read_text(encoding="utf-8")
    for module in METHODS.values():
        assert module.CARD.parts, module.CARD.id
        assert set(module.CARD.parts) <= set(PARTS), module.CARD.id
    assert {part for parts in LIT.values() for part in parts} <= set(PARTS)
    for part in PARTS:
        kind = re.sub(r"(?<!upper)_(attention|mlp)$", "", part)
        assert f'lit.has("{part}")' in script or f"{kind}: (y) =>" in script or part in ("attention", "mlp"), part
        assert f"learn.part_{kind}" in words.words("en"), part


def test_a_family_has_its_sentence():
    for family in {module.CARD.family for module in METHODS.values()} - {"everything", "selective"}:
        assert f"learn.family_{family}" in words.words("zh")
    for card in (module.CARD for module in OBJECTIVES.values()):
        assert f"learn.strategy_{card.family}" in words.words("zh")
        assert {f"learn.format_{name}" for name in card.formats} <= words.words("zh").keys()


def test_try_it_leads_to_a_recipe_with_that_method(learn):
    def leads_to_a_recipe(method):
        got = learn.try_it({"methods": [method]})
        fields = built_in_fields()[got["recipe"]] if "recipe" in got else got["fields"]
        assert method in {stage.method for run in resolve(build_recipe(fields)) for stage in run.stages}

    check_every(METHODS, leads_to_a_recipe)


def test_a_method_without_a_recipe_stands_beside_lora(learn, monkeypatch):
    kept = {path: fields for path, fields in built_in_fields().items() if "dora" not in path}
    monkeypatch.setattr("lab.ui.learn.built_in_fields", lambda: kept)
    fields = learn.try_it({"methods": ["dora"]})["fields"]
    assert [variant["method"] for variant in fields["variants"]] == ["dora", "lora"]


def test_three_side_by_side_and_an_objective(learn):
    fields = learn.try_it({"methods": ["ia3", "lora", "adapter"]})["fields"]
    assert [variant["method"] for variant in fields["variants"]] == ["ia3", "lora", "adapter"]
    assert learn.try_it({"objective": "sft"}) == {"recipe": "recipes/first_steps.yaml"}
    assert learn.try_it({"objective": "ppo"}) == {"recipe": "recipes/rlhf/ppo_lora.yaml"}
    assert "problem" in learn.try_it({"methods": ["lorra", "lora"]})


def test_no_objective_is_a_dead_end(learn):
    def leads_to_a_recipe(objective):
        recipe = build_recipe(built_in_fields()[learn.try_it({"objective": objective})["recipe"]])
        assert objective in {stage.objective for run in resolve(recipe) for stage in run.stages}

    check_every(OBJECTIVES, leads_to_a_recipe)


def test_chinese_on_cards_is_set_with_its_own_signs():
    assert words.chinese("原权重 W 不动,只训练 BA(低秩矩阵):好") == "原权重 W 不动，只训练 BA（低秩矩阵）：好"
    assert words.chinese("(IA)³, 1,000") == "(IA)³, 1,000"


def test_the_articles_other_ways_are_on_the_map_with_recipes_that_would_run(learn, home):
    told = learn.map({})["recipe_cards"]
    assert [*dict.fromkeys(way["stem"] for way in told)] == ["task", "field", "process", "overfitting", "rlhf"]
    for way in told:
        recipe = build_recipe(built_in_fields()[way["recipe"]])
        assert all(way[part]["en"] and way[part]["zh"] for part in ("name", "explain", "good", "bad"))
        assert {net["name"] for net in way["nets"]} <= {variant.name for variant in recipe.variants}
        assert all(set(parts) <= set(PARTS) and parts for net in way["nets"] for parts in net["stages"])
        if recipe.base == BASE:
            planned = dict.fromkeys(variant_of(one.run.name) for one in plan(recipe, home))
            assert list(planned) == [variant.name for variant in recipe.variants]
            assert way["cost"]["variants"] == len(recipe.variants) and 0 < way["cost"]["most"] <= 1


def test_a_ways_picture_follows_its_stages_and_knobs(learn):
    told = {way["id"]: way for way in learn.map({})["recipe_cards"]}
    longest, *_ = told["tune_then_freeze"]["nets"]
    assert [set(parts) for parts in longest["stages"]] == [set(LIT["everything"]), {"last_blocks"}]
    assert [net["stages"] for net in told["one_task"]["nets"]][:2] == [[("head",)], [("last_blocks",)]]


def test_a_way_without_its_recipe_is_not_on_the_map(learn, monkeypatch):
    kept = {path: fields for path, fields in built_in_fields().items() if "rlhf/" not in path}
    monkeypatch.setattr("lab.ui.recipe_cards.built_in_fields", lambda: kept)
    assert {way["stem"] for way in learn.map({})["recipe_cards"]} == {"task", "field", "process", "overfitting"}
