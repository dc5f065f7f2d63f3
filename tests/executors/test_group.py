"""One run in two processes: it comes to what one process comes to, stops, goes on, and fails with a reason."""

import contextlib
import os
import signal
import time
from pathlib import Path

import pytest
import torch

from lab.executors.worker import finish_run
from lab.models import chain_of, load_chain
from lab.planning import resume
from lab.recipe import build_recipe, resolve
from lab.store import Run, Status
from lab.store.runs import new_id

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def queue(store, processes: int, **more) -> Run:
    """Queue and claim one run on nano."""
    fields = {
        "base": "nano", "data": {"name": "cuisine", "limit": 32}, "method": "lora", "learning_rate": 5e-3,
        "budget": {"steps": 3, "batch_size": 4, "max_length": 64},
        "evaluate": {"rows": 4, "answers": 0, "retained": 0, "every": 10}, "processes": processes,
    }  # fmt: skip
    plan = resolve(build_recipe(fields | more | {"variants": [{"name": "x"}]}))[0]
    run = Run(new_id(), "c0ffee", "x", "R", plan.to_yaml(), plan.base, "lora", "sft", None, Status.QUEUED, time.time())
    store.runs.queue([run])
    return store.runs.claim("here", only=[run.id])


def carry_out(store, processes: int, **more) -> Run:
    run = queue(store, processes, **more)
    status = finish_run(store, run.id, None, 1, lambda: False)
    log = store.home.run(run.id).log
    assert status == Status.DONE, store.runs.get(run.id).error or log.read_text()
    return store.runs.get(run.id)


def weights_of(store, run: Run) -> dict[str, torch.Tensor]:
    return load_chain(chain_of(f"run:{run.id}", store.home), store.home).state_dict()


STAGES = {
    "sft": {"objective": "sft"},
    "dpo": {"objective": "dpo", "data": {"name": "friendly_pairs", "limit": 32}, "learning_rate": 1e-3},
    "ppo": {"objective": "ppo", "data": {"name": "prompts", "limit": 32}, "learning_rate": 1e-3, "reward": "shorter",
            "options": {"answer_tokens": 8}},
}  # fmt: skip


@pytest.mark.parametrize("objective", ["sft", *(pytest.param(name, marks=pytest.mark.long) for name in ("dpo", "ppo"))])
def test_two_processes_come_to_what_one_comes_to(store, objective):
    alone, shared = (carry_out(store, count, **STAGES[objective]) for count in (1, 2))
    one, two = (dict(store.curves.curve(run.id, "loss")) for run in (alone, shared))
    assert list(one) == list(two) == [1, 2, 3]
    assert two == pytest.approx(one, rel=1e-3, abs=1e-5)
    before, after = weights_of(store, alone), weights_of(store, shared)
    for name, tensor in before.items():
        torch.testing.assert_close(after[name], tensor, rtol=1e-3, atol=1e-4, msg=name)


def fast(tiny_base, **more):
    """A run on a tiny base, for what takes no real model."""
    return {"base": str(tiny_base)} | more


@pytest.mark.long
def test_a_group_that_is_to_leave_writes_a_checkpoint_and_goes_on_from_it(store, tiny_base):
    budget = {"steps": 6, "batch_size": 4, "max_length": 64}
    fields = fast(tiny_base, method="full", learning_rate=1e-3, budget=budget)
    whole = carry_out(store, 1, **fields)
    run = queue(store, 2, **fields)
    assert finish_run(store, run.id, None, 1, lambda: store.runs.get(run.id).step >= 2) == Status.INTERRUPTED
    left = store.runs.get(run.id)
    assert 2 <= left.step < 6 and "lab resume" in left.error
    resume(run.id, store)
    store.runs.claim("here", only=[run.id])
    assert finish_run(store, run.id, None, 1, lambda: False) == Status.DONE
    alone, shared = (dict(store.curves.curve(one.id, "loss")) for one in (whole, run))
    assert shared == pytest.approx(alone, rel=1e-3)


@pytest.mark.long
def test_a_group_whose_member_is_killed_fails_with_a_reason(store, tiny_base):
    run = queue(store, 2, **fast(tiny_base, budget={"steps": 100_000, "batch_size": 4, "max_length": 64}))

    def leave() -> bool:
        if store.runs.get(run.id).step >= 2 and (other := member(store.home.root, 1)):
            os.kill(other, signal.SIGKILL)
        return False

    assert finish_run(store, run.id, None, 1, leave) == Status.FAILED
    assert "another process of the run ended" in store.runs.get(run.id).error


def member(root, number: int) -> int | None:
    """The process of that rank in the group of this home."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            rank = b"RANK=%d" % number in (folder / "environ").read_bytes().split(b"\0")
            ours = b"lab.executors.processes.rank" in words and str(root).encode() in words
            if ours and rank and b"torch.distributed.run" not in words:
                return int(folder.name)
    return None


@pytest.mark.long
def test_with_fsdp_nothing_is_measured_on_the_way_and_the_whole_model_is_put_together_at_the_end(store, tiny_base):
    """Without GPUs transformers keeps the whole model in every process: only the sharding itself is not tried here."""
    fields = fast(tiny_base, evaluate={"rows": 4, "answers": 0, "retained": 0, "every": 1})
    plain, laid = carry_out(store, 1, **fields), carry_out(store, 2, fsdp=True, **fields)
    losses = [dict(store.curves.curve(run.id, "loss")) for run in (plain, laid)]
    assert losses[1] == pytest.approx(losses[0], rel=1e-3)
    assert {1, 2, 3} <= set(dict(store.curves.curve(plain.id, "eval_loss")))
    assert not {1, 2} & set(dict(store.curves.curve(laid.id, "eval_loss")))
    assert laid.outcome.eval_loss.after == pytest.approx(plain.outcome.eval_loss.after, rel=1e-3)
