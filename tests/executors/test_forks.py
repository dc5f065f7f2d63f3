"""Forks in real worker processes: of a run that trains, killed and resumed, and of one whose worker dies."""

import os
import signal

import pytest

from lab.models import chain_of
from lab.planning import fork, remove, resume
from lab.store import Status
from tests.executors.warm_lab import LONG

pytestmark = pytest.mark.slow
LOOKS = {"answers": 2, "rows": 4, "every": 1}


def beyond(warm_lab, run, steps):
    """The fork once it has done more than so many steps of its own."""
    return warm_lab.wait(
        run, lambda now: now.status.over or (now.pid and now.forked_at and now.step > now.forked_at + steps)
    )


def test_a_run_that_trains_is_forked_and_goes_on(warm_lab):
    """Warm from its next step, killed and gone on with, and cold from its base; the parent is deleted in between."""
    store, curve = warm_lab.store, warm_lab.store.curves.curve
    parent = warm_lab.training(warm_lab.submit_one(steps=LONG, evaluate=LOOKS))
    warm = beyond(warm_lab, fork(parent.id, {"learning_rate": 1e-4}, store), 3)
    assert warm.status == Status.RUNNING and store.runs.get(parent.id).status == Status.RUNNING, warm.error
    assert store.runs.get(parent.id).step > warm.forked_at >= 3 and store.runs.get(parent.id).request is None
    os.kill(warm.pid, signal.SIGTERM)
    assert warm_lab.ended(warm).status == Status.INTERRUPTED
    store.runs.request(parent.id, "cancel")
    parent = warm_lab.ended(parent)
    cold = fork(parent.id, {"budget.steps": 3}, store, warm=False)
    held_out = dict(curve(parent.id, "eval_loss"))
    first, at = curve(warm.id, "eval_loss")[0], warm.forked_at
    assert first == (at, pytest.approx(held_out[at], abs=1e-6))
    remove(parent.id, store)
    resume(warm.id, store)
    beyond(warm_lab, warm, 6)
    store.runs.request(warm.id, "cancel")
    assert warm_lab.ended(warm).status == Status.CANCELLED
    assert chain_of(f"run:{warm.id}", warm_lab.home)[-1].kind == "adapter"
    assert warm_lab.ended(cold).status == Status.DONE
    assert curve(cold.id, "eval_loss")[0] == (0, pytest.approx(held_out[0], abs=1e-6))
    for run in (warm, cold):
        remove(run.id, store)
    assert not list((warm_lab.home.root / "runs").glob(f"{parent.id}at*"))


def test_a_fork_whose_parent_is_killed_begins_from_its_checkpoint_or_says_why_not(warm_lab):
    store = warm_lab.store
    parent = warm_lab.training(warm_lab.submit_one(steps=LONG))
    os.kill(store.runs.get(parent.id).pid, signal.SIGSTOP)  # it comes to no step's edge any more
    waiting = fork(parent.id, [], store)
    assert (waiting.status, waiting.request) == (Status.QUEUED, "fork")
    os.kill(store.runs.get(parent.id).pid, signal.SIGKILL)
    assert warm_lab.ended(parent).status == Status.FAILED
    failed = warm_lab.ended(waiting)
    assert failed.status == Status.FAILED and "left neither a checkpoint nor weights" in failed.error
    for run in (failed, parent):
        remove(run.id, store)
