"""One run in two processes on two cores: it comes to what one process comes to, stops, goes on, and fails with a reason."""

import time

import pytest
import torch

from lab.executors.worker import finish_run
from lab.models import chain_of, load_chain
from lab.recipe import build_recipe, resolve
from lab.store import Run, Status
from lab.store.runs import new_id

pytestmark = pytest.mark.slow


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


@pytest.mark.parametrize("objective", STAGES)
def test_two_processes_come_to_what_one_comes_to(store, objective):
    alone, shared = (carry_out(store, count, **STAGES[objective]) for count in (1, 2))
    one, two = (dict(store.curves.curve(run.id, "loss")) for run in (alone, shared))
    assert list(one) == list(two) == [1, 2, 3]
    assert two == pytest.approx(one, rel=1e-3, abs=1e-5)
    before, after = weights_of(store, alone), weights_of(store, shared)
    for name, tensor in before.items():
        torch.testing.assert_close(after[name], tensor, rtol=1e-3, atol=1e-4, msg=name)
