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
from tests.training.test_run import go_on, queue, stop_after

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
def a_second_a_look(monkeypatch):
    """A clock that is a second later whenever it is looked at."""
    ticks = itertools.count()
    real = {name: getattr(time, name) for name in ("time", "monotonic", "process_time")}
    clock = SimpleNamespace(perf_counter=lambda: float(next(ticks)), **real)
    monkeypatch.setattr(callbacks, "time", clock)
    monkeypatch.setattr(learning_rate, "time", clock)


@pytest.mark.slow
def test_seconds_end_a_stage_and_its_learning_rate_whatever_was_expected(store, tiny_base, a_second_a_look):
    """A step is looked at three times, also while its learning rate is set: it takes two seconds, one when timed."""
    budget = {"seconds": 10, "batch_size": 4, "max_length": 48}
    run = queue(store, tiny_base, {"method": "lora"}, {"method": "full", "budget": {"steps": 2}}, budget=budget)
    assert train_run(run, store) == Status.DONE
    outcome, kept = store.runs.get(run.id).outcome, stage_of(store, run).budget
    assert (kept.steps, kept.expected_steps) == (None, 10)
    assert (outcome.stage_steps, outcome.stage_seconds[0]) == ((5, 2), 10.0)
    shares = [0.0, 1.0, 0.7 / 0.9, 0.5 / 0.9, 0.3 / 0.9]  # of the rate: the warmup is over after a tenth
    rates = store.curves.curve(run.id, "learning_rate")
    assert [rate for _, rate in rates[:5]] == pytest.approx([5e-3 * share for share in shares])
    assert [step for step, _ in rates] == [1, 2, 3, 4, 5, 6, 7]
    assert (store.runs.get(run.id).step, store.runs.get(run.id).total_steps) == (7, 7)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["interrupt", pytest.param("cancel", marks=pytest.mark.long)])
def test_seconds_go_on_counting_when_a_run_is_resumed(store, tiny_base, a_second_a_look, how):
    budget = {"seconds": 10, "steps": 100_000, "batch_size": 4, "max_length": 48}
    whole, run = (queue(store, tiny_base, {"method": "lora"}, budget=budget) for _ in range(2))
    train_run(whole, store)
    train_run(run, store, stop=stop_after(2, how))
    assert store.runs.get(run.id).outcome.train_seconds == 4.0
    assert train_run(go_on(store, run), store) == Status.DONE
    outcome = store.runs.get(run.id).outcome
    assert (outcome.steps, outcome.train_seconds) == (5, 10.0)
    for curve in ("loss", "learning_rate"):
        assert store.curves.curve(run.id, curve) == store.curves.curve(whole.id, curve)


def test_what_learns_from_rewards_has_nothing_to_choose_a_rate_by():
    fields = {"data": "prompts", "objective": "ppo", "reward": "happier", "learning_rate": "search"}
    with pytest.raises(RecipeError, match="no held-out loss"):
        build_recipe(fields | {"variants": [{"name": "x", "method": "lora"}]})
