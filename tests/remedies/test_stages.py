"""Stages one after the other: every task is scored after each, and remedies do something in a real run."""

import pytest

from lab.errors import RunError
from lab.models import chain_of, load_chain
from lab.store import Status
from lab.store.pictures import Scores
from lab.training.run import train_run
from tests.training.test_run import queue, stop_after, weights_of

pytestmark = pytest.mark.slow

TASKS = {"rows": 8, "answers": 4, "every": 50, "retained": 0, "tasks": True}
WEST, SOUTH = ({"data": {"name": "cookbook", "subset": name}} for name in ("west", "south"))
FULL = {"method": "full", "learning_rate": 1e-2}
LORA = {"method": "lora", "knobs": {"r": 2}}


def trained(store, base, *stages, **more):
    run = queue(store, base, *stages, evaluate=TASKS, **more)
    assert train_run(run, store) == Status.DONE
    return store.runs.get(run.id)


def distance(store, run) -> float:
    """How far the weights moved after the run's first stage."""
    before = load_chain(chain_of(f"run:{run.id}", store.home)[:2], store.home).state_dict()
    return sum(float((tensor - before[name]).square().sum()) for name, tensor in weights_of(store, run.id).items())


def test_every_task_is_scored_at_the_start_and_after_each_stage(store, tiny_base):
    run = trained(store, tiny_base, FULL | WEST, FULL | SOUTH | {"remedy": "replay"}, steps=3)
    drawn = run.outcome.pictures["tasks"]
    assert isinstance(drawn, Scores)
    assert drawn.columns == drawn.rows[1:] == ("cookbook: west", "cookbook: south") and drawn.rows[0] == "start"
    assert drawn.learned == ((), (0,), (1,)) and drawn.measures == ("exact_match",) * 2 and drawn.counts == (4, 4)
    assert drawn.steps == (0, 3, 3) and all(drawn.tokens[1:])
    assert drawn.old_rows[:2] == (0, 0) and drawn.old_rows[2] == pytest.approx(0.3, abs=0.01)
    assert all(value is not None and 0 <= value <= 1 for row in drawn.values for value in row)
    assert {"tasks/average", "tasks/worst", "tasks/new", "tasks/forgotten"} <= run.outcome.metrics.keys()
    assert any("are of earlier stages" in note for note in run.outcome.notes)


def test_a_run_that_starts_from_another_scores_the_tasks_of_both_and_replays_its_rows(store, tiny_base):
    first = trained(store, tiny_base, FULL | WEST, steps=2)
    again = trained(store, f"run:{first.id}", FULL | SOUTH | {"remedy": "replay"}, steps=2)
    drawn = again.outcome.pictures["tasks"]
    assert drawn.columns == ("cookbook: west", "cookbook: south") and drawn.learned == ((), (1,))
    assert drawn.values[0] == (first.outcome.pictures["tasks"].values[1][0], drawn.values[0][1])
    assert drawn.old_rows[1] == pytest.approx(0.3, abs=0.01)


def test_an_interrupted_run_goes_on_with_its_matrix(store, tiny_base):
    run = queue(store, tiny_base, FULL | WEST, FULL | SOUTH, steps=3, evaluate=TASKS)
    assert train_run(run, store, stop=stop_after(4, "interrupt")) == Status.INTERRUPTED
    assert train_run(store.runs.get(run.id), store) == Status.DONE
    assert len(store.runs.get(run.id).outcome.pictures["tasks"].values) == 3


def test_held_weights_move_less(store, tiny_base):
    def moved(remedy):
        return distance(store, trained(store, tiny_base, FULL | WEST, FULL | SOUTH | {"remedy": remedy}, steps=4))

    free = moved([])
    assert moved({"name": "l2_start", "knobs": {"strength": 1}}) < 0.5 * free
    assert moved({"name": "ewc", "knobs": {"strength": 100, "examples": 8}}) < 0.95 * free


def test_a_term_that_is_too_strong_is_told_as_the_likely_reason(store, tiny_base):
    remedy = {"name": "l2_start", "knobs": {"strength": 1000}}
    run = queue(store, tiny_base, FULL | WEST, FULL | SOUTH | {"remedy": remedy}, steps=4, evaluate=TASKS)
    with pytest.raises(RunError, match="remedy's strength"):
        train_run(run, store)


def test_a_new_adapter_leaves_the_earlier_one_as_it_was(store, tiny_base):
    run = trained(store, tiny_base, LORA | WEST, LORA | SOUTH | {"remedy": "new_adapter"}, steps=2)
    assert [link.ref.partition("/")[2] for link in chain_of(f"run:{run.id}", store.home)[1:]] == ["stage-0", "stage-1"]
    same = trained(store, tiny_base, LORA | WEST, LORA | SOUTH, steps=2)
    assert [link.ref.partition("/")[2] for link in chain_of(f"run:{same.id}", store.home)[1:]] == ["stage-1"]


def test_o_lora_turns_the_new_adapter_away_from_the_old_one(store, tiny_base):
    from safetensors.torch import load_file

    def overlap(strength):
        remedy = {"name": "orthogonal", "knobs": {"strength": strength}}
        run = trained(store, tiny_base, LORA | WEST, LORA | SOUTH | {"remedy": remedy}, steps=12)
        old, new = (load_file(store.home.run(run.id).stage(n) / "adapter_model.safetensors") for n in (0, 1))
        return sum(float((old[name] @ new[name].T).square().sum()) for name in old if "lora_A" in name)

    assert overlap(50.0) < 0.5 * overlap(0.0)
