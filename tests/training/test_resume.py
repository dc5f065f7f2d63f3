"""A run that was stopped goes on as if nothing had been: the same losses to the last bit, whatever it learns from."""

import pytest

from lab.errors import RunError
from lab.models.unfinished import Unfinished, unfinished_stage
from lab.planning import resume
from lab.store import Status
from lab.training.run import train_run
from tests.training.test_divergence import KINDS, files  # noqa: F401 (a fixture)
from tests.training.test_run import go_on, queue, stop_after, weights_of

pytestmark = pytest.mark.slow
METHODS = ("full", "pissa", "lora_plus", "adalora", "prefix", "osf")
"""Methods that bring something along which a checkpoint must hold, or a start that must be made again."""
SOON = ("pissa", "lora_plus", "sft", "ppo", "reward")
"""Those of which the usual suite asks too."""


def these_first(names):
    return [name if name in SOON else pytest.param(name, marks=pytest.mark.long) for name in names]


def stopped_and_resumed(store, base, *stages, at, how="cancel", **more):
    """The same run twice: whole, and stopped after `at` steps and gone on with."""
    whole, run = (queue(store, base, *stages, **more) for _ in range(2))
    assert train_run(whole, store) == Status.DONE
    left = Status.CANCELLED if how == "cancel" else Status.INTERRUPTED
    assert train_run(run, store, stop=stop_after(at, how)) == left
    assert train_run(go_on(store, run), store) == Status.DONE
    return store.runs.get(whole.id), store.runs.get(run.id)


def same(store, whole, run) -> None:
    for curve in ("loss", "learning_rate", "eval_loss", "reward"):
        assert store.curves.curve(run.id, curve) == store.curves.curve(whole.id, curve), curve
    assert run.outcome.eval_loss == whole.outcome.eval_loss
    assert (run.step, run.outcome.steps) == (whole.step, whole.outcome.steps)
    ours, theirs = weights_of(store, run.id), weights_of(store, whole.id)
    assert all(tensor.equal(theirs[name]) for name, tensor in ours.items())


@pytest.mark.parametrize("objective", these_first(KINDS))
def test_stopped_and_kept_it_goes_on_whatever_it_learns_from(store, tiny_base, files, objective):  # noqa: F811
    stage = {"objective": objective, "method": "lora", **KINDS[objective]}
    same(store, *stopped_and_resumed(store, tiny_base, stage, at=4))


@pytest.mark.parametrize("method", these_first(METHODS))
def test_stopped_and_kept_it_goes_on_whatever_it_tunes(store, tiny_base, method):
    same(store, *stopped_and_resumed(store, tiny_base, {"method": method}, at=4, learning_rate=1e-3))


def test_several_updates_of_the_same_answers_go_on_too(store, tiny_base):
    stage = {"objective": "grpo", "method": "lora", "reward": "shorter",
             "options": {"answer_tokens": 4, "group": 4, "epochs": 3}}  # fmt: skip
    same(store, *stopped_and_resumed(store, tiny_base, stage, at=4))


@pytest.mark.parametrize("at", [2, 4])
def test_a_later_stage_goes_on_too_and_an_earlier_one_is_not_passed_over(store, tiny_base, at):
    stages = ({"method": "lora"}, {"method": "lora", "learning_rate": 1e-3}, {"method": "full"})
    same(store, *stopped_and_resumed(store, tiny_base, *stages, at=at, steps=3, learning_rate=1e-3))


def test_until_then_its_weights_can_be_used_and_are_marked(store, tiny_base):
    run = queue(store, tiny_base, {"method": "lora"})
    train_run(run, store, stop=stop_after(4, "cancel"))
    store.runs.end(run.id, Status.CANCELLED)
    left = unfinished_stage(store.home.run(run.id), 0)
    assert isinstance(left, Unfinished) and (left.reason, left.steps) == ("stopped", 4)
    assert weights_of(store, run.id)
    checkpoints = store.home.run(run.id).checkpoints(0)
    checkpoints.rename(checkpoints.with_name("gone"))
    with pytest.raises(RunError, match="stopped at step 4 of 6 without a checkpoint"):
        resume(run.id, store)


def test_weights_of_before_there_were_marks_are_not_taken_for_finished_ones(store, tiny_base):
    run = queue(store, tiny_base, {"method": "lora"})
    train_run(run, store, stop=stop_after(4, "cancel"))
    store.runs.end(run.id, Status.CANCELLED)
    (store.home.run(run.id).stage(0) / "unfinished.json").unlink()
    with pytest.raises(RunError, match="stopped at step 4 of 6"):
        resume(run.id, store)
