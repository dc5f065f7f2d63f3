"""Successive halving: who is beaten, when it is asked, and that who is beaten stops, says so, and keeps its weights."""

import pytest

from lab.errors import RecipeError
from lab.recipe import Halving, build_recipe, parse_recipe, resolve
from lab.store import Run, Status
from lab.store.runs import new_id
from lab.training.halving import CURVE, beaten, points
from lab.training.run import train_run
from tests.training.test_run import SMALL


@pytest.mark.parametrize(("own", "others", "keep", "wanted"), [
    (2.0, [], 0.5, False), (2.0, [1.0], 0.5, True), (1.0, [2.0], 0.5, False), (2.0, [1.0, 3.0], 0.5, False),
    (3.0, [1.0, 2.0], 0.5, True), (2.0, [1.0, 1.5, 3.0], 0.25, True), (2.0, [2.0], 0.5, False),
])  # fmt: skip
def test_who_is_not_among_the_best_is_beaten(own, others, keep, wanted):
    assert beaten(own, others, keep) is wanted


def test_points_are_as_many_times_apart_as_variants_are_left_out():
    assert points(80, Halving()) == [20, 40]
    assert points(90, Halving(first=1 / 9, keep=1 / 3)) == [10, 30]
    assert points(3, Halving(first=0.1)) == [1, 2]


def test_rows_are_put_apart_for_it_and_what_can_not_be_held_against_others_is_refused():
    runs = resolve(build_recipe({"halving": {}, "variants": [{"name": "a"}, {"name": "b"}]}))
    assert all(run.evaluate.apart and run.halving == Halving() for run in runs)
    assert resolve(parse_recipe(runs[0].to_yaml()))[0].halving == Halving()
    for fields, words in (
        ({"stages": [{}, {}]}, "several stages"), ({"budget": {"seconds": 5}}, "not known"),
        ({"objective": "ppo", "reward": "shorter", "data": "prompts"}, "learns from rewards"),
    ):  # fmt: skip
        with pytest.raises(RecipeError, match=words):
            build_recipe({"halving": {}, "variants": [{"name": "a", **fields}]})


@pytest.mark.slow
def test_the_worse_of_two_stops_at_the_first_point_and_the_better_goes_on(store, tiny_base):
    recipe = build_recipe({
        "base": str(tiny_base), "data": "cuisine", "method": "full", "evaluate": SMALL | {"rows": 40},
        "budget": {"steps": 12, "batch_size": 4, "max_length": 96}, "halving": {"first": 0.5},
        "variants": [{"name": "good", "learning_rate": 1e-2}, {"name": "slow", "learning_rate": 1e-7}],
    })  # fmt: skip
    runs = [
        Run(new_id(), "c0ffee", plan.name, "R", plan.to_yaml(), plan.base, "full", "sft", None, Status.QUEUED, 0.0)
        for plan in resolve(recipe)
    ]
    store.runs.queue(runs)
    ends = [train_run(store.runs.claim("here", only=[run.id]), store) for run in runs]
    assert ends == [Status.DONE, Status.CANCELLED]
    good, slow = (store.runs.get(run.id) for run in runs)
    assert (good.outcome.steps, slow.outcome.steps) == (12, 6)
    assert [step for step, _ in store.curves.curve(good.id, CURVE)] == [6]
    assert any("Stopped by halving after step 6" in note for note in slow.outcome.notes)
    assert slow.outcome.adapter_bytes and slow.outcome.eval_loss.after is not None
