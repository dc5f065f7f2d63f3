"""Early stopping and the best weights: by rows of their own, put back exactly, also in a run that was interrupted."""

from dataclasses import replace

import pytest
import torch
from transformers import TrainerControl, TrainerState

from lab.errors import RecipeError, RunError
from lab.recipe import build_recipe, parse_recipe, resolve
from lab.recipe.budget import EarlyStop
from lab.store import Status
from lab.training.choosing import CURVE, BestWeights
from lab.training.run import train_run
from tests.training.test_run import SMALL, go_on, queue, stop_after, weights_of


def stage(**fields):
    recipe = {"data": "cuisine", **fields, "variants": [{"name": "x"}]}
    return resolve(build_recipe(recipe))[0].stages[0]


class Curves:
    """What a look writes."""

    def __init__(self):
        self.written = []
        self.curves = self

    def write(self, run, step, values):
        self.written.append((step, values[CURVE]))


def look(best, model, losses, every=1, first=1):
    """Training of as many steps as there are losses, from a step on; the step it ended at."""
    state, control = TrainerState(max_steps=1000), TrainerControl()
    for step, loss in enumerate(losses, start=first):
        state.global_step = step
        best._loss_of = lambda _, loss=loss: loss
        with torch.no_grad():
            model.weight.fill_(step)
        best.on_step_end(None, state, control, model=model)
        if control.should_training_stop:
            return step
    return step


def best_of(folder, store=None, every=1, **fields):
    return BestWeights(stage(**fields), lambda _: 0.0, store or Curves(), "run", 0, every, folder)


def test_it_stops_after_so_many_looks_without_a_gain_and_puts_the_best_back(tmp_path):
    model, store = torch.nn.Linear(2, 2), Curves()
    best = best_of(tmp_path, store, early_stop=2)
    assert look(best, model, [3.0, 2.0, 2.5, 1.0, 1.5, 1.2, 0.1]) == 6
    assert best.stopped_early and (best.step, best.loss) == (4, 1.0)
    assert store.written == [(1, 3.0), (2, 2.0), (3, 2.5), (4, 1.0), (5, 1.5), (6, 1.2)]
    assert best.put_back(model)
    assert torch.equal(model.weight, torch.full((2, 2), 4.0))


def test_a_gain_must_be_larger_than_min_delta(tmp_path):
    best = best_of(tmp_path, early_stop={"patience": 2, "min_delta": 0.5})
    assert look(best, torch.nn.Linear(2, 2), [3.0, 2.6, 2.55, 0.0]) == 3
    assert best.step == 1


def test_the_last_weights_are_kept_where_asked_and_nothing_is_written(tmp_path):
    best, model = best_of(tmp_path, early_stop=1, keep="last"), torch.nn.Linear(2, 2)
    assert look(best, model, [1.0, 2.0]) == 2
    assert not best.put_back(model) and not list(tmp_path.iterdir())


def test_a_run_that_goes_on_knows_its_best_and_how_long_it_waited(tmp_path):
    model = torch.nn.Linear(2, 2)
    look(best_of(tmp_path, early_stop=3), model, [2.0, 1.0, 1.5, 1.6])
    again = best_of(tmp_path, early_stop=3)
    again.resume(4)
    assert (again.step, again.loss) == (2, 1.0)
    assert look(again, model, [1.7, 0.5], first=5) == 5
    earlier = best_of(tmp_path, early_stop=3)
    earlier.resume(1)  # the checkpoint is older than the best: that is found again
    assert earlier.step is None


@pytest.mark.parametrize(("given", "settled"), [
    ({"early_stop": 4}, (EarlyStop(patience=4), "best")),
    ({"early_stop": True}, (EarlyStop(patience=3), "best")),
    ({"early_stop": {"min_delta": 0.1}, "keep": "last"}, (EarlyStop(min_delta=0.1), "last")),
    ({"keep": "best"}, (None, "best")),
    ({}, (None, "last")),
])  # fmt: skip
def test_what_a_recipe_says_is_settled(given, settled):
    found = stage(**given)
    assert (found.early_stop, found.keep) == settled


def test_a_variant_may_take_early_stopping_back_and_all_report_on_the_same_rows():
    variants = [{"name": "stops"}, {"name": "goes on", "early_stop": False}]
    runs = resolve(build_recipe({"early_stop": 2, "variants": variants}))
    assert [run.stages[0].early_stop for run in runs] == [EarlyStop(patience=2), None]
    assert [run.evaluate.apart for run in runs] == [True, True]
    again = resolve(parse_recipe(runs[1].to_yaml()))[0]
    assert again.evaluate.apart and again.stages == runs[1].stages


@pytest.mark.parametrize(("given", "words"), [
    ("soon", "early_stop: 'soon' is not allowed.*give a number of looks"), (0, "early_stop.patience: 0 is not allowed"),
    ({"patience": 2, "delta": 1}, "early_stop.delta: unknown key 'delta'. Did you mean 'min_delta'"),
])  # fmt: skip
def test_what_early_stopping_can_not_be_is_said_in_the_recipes_words(given, words):
    with pytest.raises(RecipeError, match=words):
        stage(early_stop=given)


@pytest.mark.parametrize("field", [{"early_stop": 2}, {"keep": "best"}])
def test_what_learns_from_rewards_has_no_held_out_loss_to_choose_by(field):
    recipe = {"objective": "ppo", "data": "prompts", "reward": "shorter", **field, "variants": [{"name": "x"}]}
    with pytest.raises(RecipeError, match="no held-out loss"):
        resolve(build_recipe(recipe))


@pytest.mark.slow
def test_the_best_weights_are_what_a_run_leaves_and_is_judged_by(store, tiny_base):
    """A rate at which the held-out loss soon rises: the same run without stopping shows what was put back."""
    hot = {"learning_rate": 0.05, "steps": 24, "schedule": "constant"}
    stopped = queue(store, tiny_base, {"early_stop": 2}, **hot)
    assert train_run(stopped, store) == Status.DONE
    run = store.runs.get(stopped.id)
    kept, curve = run.outcome.kept_step, dict(store.curves.curve(run.id, CURVE))
    assert curve[kept] == min(curve.values())
    assert run.step == run.total_steps == max(curve)
    assert any("kept for choosing" in note for note in run.outcome.notes)
    shorter = queue(
        store,
        tiny_base,
        {"keep": "last"},
        **hot | {"steps": kept},
        evaluate=SMALL | {"apart": True},
    )
    train_run(shorter, store)
    same, other = weights_of(store, run.id), weights_of(store, shorter.id)
    assert all(torch.equal(same[name], other[name]) for name in other)
    assert run.outcome.eval_loss == store.runs.get(shorter.id).outcome.eval_loss


@pytest.mark.slow
@pytest.mark.parametrize(("objective", "data", "length"), [
    ("draw", "shapes", 384), ("classify", "intents", 48), ("multi_task", "visits_mood", 48),
    ("reward", "friendly_pairs", 64),
])  # fmt: skip
def test_the_best_weights_are_whole_where_something_is_trained_beside_the_model(store, objective, data, length):
    """A head, or rows of new words: they are put back with the rest."""
    stage = {"objective": objective, "data": data, "method": "lora", "keep": "best"}
    budget = {"steps": 3, "batch_size": 4, "max_length": length}
    run = queue(store, "nano", stage, budget=budget, evaluate=SMALL | {"every": 2, "retained": 0})
    assert train_run(run, store) == Status.DONE
    assert store.runs.get(run.id).outcome.kept_step in (2, 3)


@pytest.mark.slow
def test_stopping_and_going_on_keeps_the_same_weights(store, tiny_base):
    hot = {"learning_rate": 0.05, "steps": 18, "schedule": "constant"}
    whole, parts = (queue(store, tiny_base, {"early_stop": 2}, **hot) for _ in range(2))
    train_run(whole, store)
    assert train_run(parts, store, stop=stop_after(5, "interrupt")) == Status.INTERRUPTED
    assert train_run(go_on(store, parts), store) == Status.DONE
    first, second = store.runs.get(whole.id).outcome, store.runs.get(parts.id).outcome
    assert (first.kept_step, first.eval_loss) == (second.kept_step, second.eval_loss)
    assert replace(first, notes=()).metrics == second.metrics


@pytest.mark.slow
def test_a_training_that_ran_away_is_no_failure_where_its_best_weights_were_put_back(store, tiny_base):
    """Its rate grows until the loss is thrown far over its start; what the run leaves is from before that."""
    wild = {"learning_rate": 3.0, "steps": 12, "warmup": 0.9, "evaluate": SMALL | {"every": 1}}
    kept = queue(store, tiny_base, {"keep": "best", "method": "full"}, **wild)
    assert train_run(kept, store) == Status.DONE
    outcome = store.runs.get(kept.id).outcome
    curve = dict(store.curves.curve(kept.id, CURVE))
    assert curve[outcome.kept_step] == min(curve.values()) < 0.6 * max(curve.values())
    lost = queue(store, tiny_base, {"keep": "last", "method": "full"}, **wild)
    with pytest.raises(RunError, match="diverged"):
        train_run(lost, store)
