"""What only another process, or the real trainer, can show: a fresh start from disk, and a run that was interrupted."""

import json
import subprocess
import sys

import pytest
import torch

from lab.models import chain_of, load_chain
from lab.store import Status
from lab.training.run import train_run
from tests.methods.practice import CASES, NAMES
from tests.methods.test_every_method import CONVERTED, EXACT
from tests.training.test_run import queue, stop_after

pytestmark = pytest.mark.slow

FRESH = """
import json, sys, torch
from lab.home import Home
from lab.models import Link, load_chain
torch.set_num_threads(1)
base, home, ids, links = json.loads(sys.argv[1])
for link in links:
    model = load_chain((Link("base", base), Link(**link)), Home(home))
    with torch.no_grad():
        ids_now = torch.tensor(ids)
        logits = model(input_ids=ids_now, attention_mask=torch.ones_like(ids_now)).logits[:, -ids_now.shape[1]:]
    print("sum", *logits.flatten()[::997].tolist())
"""


@pytest.mark.slow
def test_a_fresh_process_loads_the_same_answers(ground):
    """Every method, in one process that knows nothing but the folders."""
    kept = [ground.cached(index) for index in range(len(CASES))]
    links = [one.link.__dict__ for one in kept]
    asked = json.dumps([str(ground.folder), str(ground.home.root), ground.probe.tolist(), links])
    done = subprocess.run([sys.executable, "-c", FRESH, asked], capture_output=True, text=True, check=True)
    told = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("sum")]
    for one, figures in zip(kept, told, strict=True):
        here = ground.logits(one.model).flatten()[::997]
        there = torch.tensor([float(figure) for figure in figures])
        assert (here - there).abs().max().item() <= (EXACT if one.card.reference else CONVERTED), one.card.id


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "knobs"),
    [
        ("adalora", {}),
        ("p_tuning", {}),
        ("prefix", {"projection": True}),
        ("pissa", {}),
        ("lora_plus", {}),
        ("kasa", {}),
        ("lora_ga", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_interrupted_run_ends_where_it_would_have(store, tiny_base, method, knobs):
    """Methods whose training holds more than PEFT writes into a checkpoint."""
    stage = {"method": method, "knobs": knobs, "learning_rate": 1e-2}
    whole = queue(store, tiny_base, stage, steps=8)
    assert train_run(whole, store) == Status.DONE
    broken = queue(store, tiny_base, stage, steps=8)
    assert train_run(broken, store, stop=stop_after(7, "interrupt")) == Status.INTERRUPTED
    assert train_run(broken, store) == Status.DONE
    straight, resumed = (_weights(store, run) for run in (whole, broken))
    assert straight.keys() == resumed.keys()
    assert all(torch.allclose(straight[name], resumed[name], atol=1e-4) for name in straight)


@pytest.mark.parametrize("method", ["trainable_tokens", "llama_adapter", "kasa", "adalora", "lora_fa", "eva"])
def test_the_lab_trains_what_trls_fused_loss_can_not(store, tiny_base, method):
    """And what needs a regulariser, an optimizer or batches of its own."""
    run = queue(store, tiny_base, {"method": method, "learning_rate": 1e-1}, steps=24)
    assert train_run(run, store) == Status.DONE
    outcome = store.runs.get(run.id).outcome
    assert outcome.eval_loss.after < outcome.eval_loss.before
    assert outcome.tokens_per_second > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "method", ["adalora", "p_tuning", "prompt", "prefix", "multitask_prompt", "pissa", "adapter", "eva"]
)
def test_a_second_stage_goes_on_with_the_adapter(store, tiny_base, method):
    """Two stages of one method on one data set: the second starts where the first ended."""
    stages = [{"method": method}] * 2
    run = queue(store, tiny_base, *stages, steps=4, learning_rate=1e-2, data="cuisine")
    assert train_run(run, store) == Status.DONE
    curve = dict(store.curves.curve(run.id, "eval_loss"))
    assert curve[8] < curve[4] + 0.05
    model = load_chain(chain_of(f"run:{run.id}", store.home), store.home)
    assert len(model.peft_config) == 1


def _weights(store, run):
    model = load_chain(chain_of(f"run:{run.id}", store.home), store.home)
    return dict(model.state_dict())


def test_every_case_has_a_name_of_its_own():
    assert len(set(NAMES)) == len(CASES)
