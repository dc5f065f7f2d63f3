"""Transfer: a stage is also learned from few examples, from the base and from what was learned before."""

import pytest

from lab.models import shape_of
from lab.planning.cost import estimate_cost
from lab.recipe import build_recipe, resolve
from lab.store import Status
from lab.store.pictures import Lines
from lab.training.run import train_run
from lab.training.shots import mean_gain
from tests.training.test_run import queue, stop_after

SHOTS = {"rows": 8, "answers": 4, "every": 50, "retained": 0, "shots": [2, 6, 5000]}
WEST, SOUTH = ({"data": {"name": "cookbook", "subset": name}, "method": "full"} for name in ("west", "south"))


def test_the_gain_is_the_mean_distance_where_both_learned_from_examples():
    base, source = [(0.0, 0.0), (8.0, 0.1), (32.0, 0.5)], [(0.0, 0.9), (8.0, 0.3), (32.0, 0.5), (64.0, 1.0)]
    assert mean_gain(source, base) == pytest.approx(0.1)
    assert mean_gain(base[:1], source) is None


def test_trials_with_few_examples_are_in_the_time_that_is_told(home):
    def seconds(*stages, **judged):
        variant = {"name": "x", "stages": list(stages)}
        fields = {"base": "nano", "budget": {"steps": 10}, "evaluate": judged, "variants": [variant]}
        run = resolve(build_recipe(fields))[0]
        cost = estimate_cost(run, shape_of("nano", home))
        return cost.seconds - cost.train_seconds

    assert seconds(WEST, shots=[8, 32]) == pytest.approx(seconds(WEST, SOUTH, shots=[8]), rel=0.2)
    assert seconds(WEST, SOUTH, shots=[8, 32]) > seconds(WEST, SOUTH) + 1


@pytest.mark.slow
def test_the_last_stage_is_tried_with_few_examples_from_base_and_source(store, tiny_base):
    run = queue(store, tiny_base, WEST, SOUTH, steps=2, evaluate=SHOTS)
    assert train_run(run, store) == Status.DONE
    done = store.runs.get(run.id)
    drawn = done.outcome.pictures["shots"]
    assert isinstance(drawn, Lines) and drawn.names == ("base", "source")
    assert [[x for x, _ in line] for line in drawn.points] == [[0, 2, 6]] * 2  # there are not 5000 rows
    assert "shots/gain" in done.outcome.metrics
    assert done.outcome.steps == 4 and not (store.home.run(run.id).root / "trial").exists()
    again = queue(store, f"run:{run.id}", SOUTH, steps=2, evaluate=SHOTS)
    assert train_run(again, store) == Status.DONE
    assert store.runs.get(again.id).outcome.pictures["shots"].names == ("base", "source")
    alone = queue(store, tiny_base, SOUTH, steps=2, evaluate=SHOTS)
    assert train_run(alone, store) == Status.DONE
    assert store.runs.get(alone.id).outcome.pictures["shots"].names == ("base",)


@pytest.mark.slow
def test_who_stops_during_a_trial_is_obeyed(store, tiny_base):
    run = queue(store, tiny_base, SOUTH, steps=3, evaluate=SHOTS)
    assert train_run(run, store, stop=stop_after(2, "interrupt")) == Status.INTERRUPTED
    assert "shots" not in store.runs.get(run.id).outcome.pictures
