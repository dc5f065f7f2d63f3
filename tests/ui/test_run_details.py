"""Looking closer: what moved in some runs, the settings that differ, and the places of variants over seeds."""

import json

import pytest

from lab.recipe import build_recipe, resolve, seeded_name
from lab.store import Outcome, Run, Status
from lab.store.movement import Moved, Movement
from lab.ui.run_details import RunDetails, settings_of
from lab.ui.run_view import RunView

MODULES = (
    Moved("model.layers.0.self_attn.q_proj", "q", 0, 100, 20, 0.5),
    Moved("virtual tokens", "tokens", 0, 0, 30, 0.25, "attention"),
    Moved("model.norm", "norm", None, 10, 0, 0.0),
)
RECIPE = {
    "name": "R", "base": "nano", "data": "cuisine", "budget": {"steps": 10},
    "variants": [
        {"name": "small", "method": "lora", "knobs": {"r": 2}, "learning_rate": 1e-3},
        {"name": "twice", "stages": [{"method": "full"}, {"method": "lora", "budget": {"steps": 4}}]},
    ],
}  # fmt: skip


@pytest.fixture
def runs(store):
    """Two runs of a recipe, with what moved in the first."""
    made = [
        Run(
            f"run00{i}aa",
            "comp00aa",
            plan.name,
            "R",
            plan.to_yaml(),
            plan.base,
            "lora",
            "sft",
            None,
            Status.QUEUED,
            1.0,
        )
        for i, plan in enumerate(resolve(build_recipe(RECIPE)))
    ]
    store.runs.queue(made)
    ranks = {"layers.0.self_attn.q_proj": 7}
    store.runs.note("run000aa", Outcome(moved=Movement(MODULES, "").pack(), ranks=ranks))
    return made


def test_what_moved_is_told_module_by_module_with_its_rank(store, runs):
    told = RunDetails(store).moved({"runs": ["run000aa", "run001aa"]})["runs"]
    assert told[0]["modules"] == [
        ("model.layers.0.self_attn.q_proj", "q", 0, 100, 20, 0.5, "weights", 7),
        ("virtual tokens", "tokens", 0, 0, 30, 0.25, "attention", None),
        ("model.norm", "norm", None, 10, 0, 0.0, "weights", None),
    ]
    assert told[1] == {"id": "run001aa", "missing": "", "modules": []}
    json.dumps(told)


@pytest.mark.parametrize(
    "asked", [{}, {"runs": []}, {"runs": ["run000aa"] * 5}, {"runs": ["../x"]}, {"run": "run000aa"}]
)
def test_only_a_few_known_runs_are_told(store, runs, asked):
    assert "problem" in RunDetails(store).moved(asked)


def test_settings_are_words_and_stages_that_differ_follow_each_other(store, runs):
    told = RunDetails(store).settings({"comparison": "comp00aa"})["runs"]
    first, second = told["run000aa"], told["run001aa"]
    assert (first["method"], first["learning_rate"], first["steps"], first["data"]) == (
        "lora",
        "0.001",
        "10",
        "cuisine",
    )
    assert first["knobs"].startswith("r 2, alpha 16")
    assert (second["method"], second["steps"]) == ("full → lora", "10 → 4")
    assert RunDetails(store).settings({"run": "run001aa"})["runs"] == {"run001aa": second}
    assert {"seed", "batch_size", "max_length", "objective", "base"} <= first.keys()


def test_a_recipe_that_can_no_longer_be_read_has_no_settings(runs):
    from dataclasses import replace

    assert settings_of(replace(runs[0], recipe="variants: [{name: x, method: gone}]")) == {}


def test_a_variants_seeds_share_its_colour_and_its_name(store):
    names = [seeded_name(variant, seed) for variant in ("a", "b") for seed in (0, 1)]
    store.runs.queue([
        Run(f"run00{i}bb", "comp00bb", name, "R", "", "nano", "lora", "sft", None, Status.QUEUED, 1.0)
        for i, name in enumerate(names)
    ])  # fmt: skip
    seen = RunView(store).watch({"comparison": "comp00bb"})["runs"]
    assert [(run["variant"], run["place"]) for run in seen] == [("a", 0), ("a", 0), ("b", 1), ("b", 1)]
    assert RunView(store).watch({"run": "run003bb"})["runs"][0]["place"] == 1
    assert seen[0]["family"] == "low-rank"
