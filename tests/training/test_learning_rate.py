"""What is settled ahead of a stage: the learning rate that a search finds, and the steps that fit into seconds."""

import itertools
import time
from types import SimpleNamespace

import pytest

from lab.errors import RecipeError
from lab.recipe import build_recipe, parse_recipe, resolve
from lab.store import Status
from lab.training import callbacks, learning_rate
from lab.training.run import train_run
from tests.training.test_run import queue, stop_after

SWEEP = {"learning_rate": "search", "search": {"rates": 3, "factor": 10, "steps": 3}}


def stage_of(store, run):
    """The first stage of a run's recipe as it is kept now."""
    return resolve(parse_recipe(store.runs.get(run.id).recipe))[0].stages[0]


@pytest.mark.slow
def test_a_search_takes_the_rate_with_the_lowest_held_out_loss_and_says_what_it_tried(store, tiny_base):
    run = queue(store, tiny_base, {"method": "lora", **SWEEP})
    assert train_run(run, store) == Status.DONE
    trials = store.runs.get(run.id).outcome.search
    assert [trial.learning_rate for trial in trials] == [5e-4, 5e-3, 5e-2]
    assert {trial.steps for trial in trials} == {3}
    best = min(trials, key=lambda trial: trial.held_out_loss)
    kept = stage_of(store, run)
    assert (kept.learning_rate, kept.search) == (best.learning_rate, None)

    given = queue(store, tiny_base, {"method": "lora", "learning_rate": best.learning_rate})
    assert train_run(given, store) == Status.DONE
    assert store.curves.curve(given.id, "loss") == store.curves.curve(run.id, "loss")
    assert not (store.home.run(run.id).root / "trial").exists()


@pytest.mark.slow
def test_a_search_that_was_interrupted_goes_on_with_the_rates_not_tried(store, tiny_base):
    whole = queue(store, tiny_base, {"method": "lora", **SWEEP}, steps=3)
    train_run(whole, store)
    run = queue(store, tiny_base, {"method": "lora", **SWEEP}, steps=3)
    assert train_run(run, store, stop=stop_after(5, "interrupt")) == Status.INTERRUPTED
    assert len(store.runs.get(run.id).outcome.search) == 1
    store.runs.end(run.id, Status.INTERRUPTED)
    store.runs.requeue(run.id)
    assert train_run(store.runs.claim("here"), store) == Status.DONE
    ours, theirs = (store.runs.get(one.id).outcome.search for one in (run, whole))
    assert [(one.learning_rate, one.held_out_loss) for one in ours] == [
        (one.learning_rate, one.held_out_loss) for one in theirs
    ]
    assert store.curves.curve(run.id, "loss") == store.curves.curve(whole.id, "loss")


@pytest.mark.slow
def test_cancel_takes_effect_within_a_step_of_a_search_too(store, tiny_base):
    run = queue(store, tiny_base, {"method": "lora", **SWEEP})
    assert train_run(run, store, stop=stop_after(2, "cancel")) == Status.CANCELLED
    assert store.runs.get(run.id).outcome.search == ()
    assert store.curves.curve(run.id, "loss") == []


@pytest.fixture
def a_second_a_step(monkeypatch):
    """A clock that is a second later whenever it is looked at: at a step's beginning, and at its end."""
    ticks = itertools.count()
    clock = SimpleNamespace(perf_counter=lambda: float(next(ticks)), time=time.time, monotonic=time.monotonic)
    monkeypatch.setattr(callbacks, "time", clock)
    monkeypatch.setattr(learning_rate, "time", clock)


@pytest.mark.slow
def test_seconds_become_steps_that_the_recipe_keeps_and_end_the_stage(store, tiny_base, a_second_a_step):
    run = queue(store, tiny_base, {"method": "lora"}, budget={"seconds": 10, "batch_size": 4, "max_length": 48})
    assert train_run(run, store) == Status.DONE
    outcome, budget = store.runs.get(run.id).outcome, stage_of(store, run).budget
    assert (budget.steps, outcome.steps, outcome.train_seconds) == (round(10 * learning_rate.MARGIN), 10, 10.0)
    assert budget.steps > 10
    assert store.curves.curve(run.id, "eval_loss")[-1][0] == 10


@pytest.mark.slow
def test_seconds_go_on_counting_when_a_run_is_resumed(store, tiny_base, a_second_a_step):
    budget = {"seconds": 5, "steps": 100_000, "batch_size": 4, "max_length": 48}
    run = queue(store, tiny_base, {"method": "lora"}, budget=budget)
    assert train_run(run, store, stop=stop_after(2, "interrupt")) == Status.INTERRUPTED
    assert store.runs.get(run.id).outcome.train_seconds == 2.0
    store.runs.end(run.id, Status.INTERRUPTED)
    store.runs.requeue(run.id)
    assert train_run(store.runs.claim("here"), store) == Status.DONE
    outcome = store.runs.get(run.id).outcome
    assert (outcome.steps, outcome.train_seconds) == (5, 5.0)


def test_what_learns_from_rewards_has_nothing_to_choose_a_rate_by():
    fields = {"data": "prompts", "objective": "ppo", "reward": "happier", "learning_rate": "search"}
    with pytest.raises(RecipeError, match="no held-out loss"):
        build_recipe(fields | {"variants": [{"name": "x", "method": "lora"}]})
