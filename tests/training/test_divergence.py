"""A training whose numbers go astray fails, says why and what to lower, and keeps the last weights that were good."""

import json
import math

import pytest
import torch

from lab.errors import RunError
from lab.executors.worker import finish_run
from lab.models import chain_of, load_chain
from lab.planning import resume
from lab.store import Status
from lab.training.divergence import ended_above, rows_without_answer
from lab.training.guard import all_finite
from tests.training.test_run import queue

PAIRS = [{"prompt": f"What of {n}?", "chosen": "It is fine.", "rejected": "No."} for n in range(12)]
THUMBS = [{"prompt": f"What of {n}?", "completion": "It is fine.", "label": n % 2 == 0} for n in range(12)]
SAMPLED = {"reward": "shorter", "options": {"answer_tokens": 4}}
KINDS = {
    "sft": {}, "dpo": {"data": "pairs.jsonl"}, "orpo": {"data": "pairs.jsonl"}, "reward": {"data": "pairs.jsonl"},
    "kto": {"data": "thumbs.jsonl"}, "ppo": SAMPLED, "grpo": {**SAMPLED, "options": {"answer_tokens": 4, "group": 4}},
    "rloo": SAMPLED,
}  # fmt: skip


@pytest.fixture
def files(tmp_path, monkeypatch):
    for name, rows in (("pairs", PAIRS), ("thumbs", THUMBS)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)))
    monkeypatch.chdir(tmp_path)


def ended(store, run):
    finish_run(store, run.id, None, 1, lambda: False)
    return store.runs.get(run.id)


@pytest.mark.slow
@pytest.mark.parametrize("objective", KINDS)
@pytest.mark.parametrize("number", ["loss", "gradient"])
def test_a_number_that_is_not_finite_stops_every_objective_before_it_reaches_the_weights(
    store, tiny_base, files, monkeypatch, objective, number
):
    """From the fourth backward pass on, the loss or the gradient that the model gives is NaN."""
    calls = iter(range(1, 1000))
    plain = torch.autograd.backward

    def broken(tensors, *args, **kwargs):
        plain(tensors, *args, **kwargs)
        if next(calls) >= 4:
            tensors = tensors if isinstance(tensors, tuple | list) else (tensors,)
            for leaf in leaves(tensors[0]):
                leaf.grad.mul_(math.nan)
            if number == "loss":
                tensors[0].data.fill_(math.nan)

    monkeypatch.setattr(torch.autograd, "backward", broken)
    stage = {"objective": objective, "method": "lora", **KINDS[objective]}
    run = ended(store, queue(store, tiny_base, stage, steps=12, learning_rate=1e-3))
    assert run.status == Status.FAILED, run.error
    assert "was no finite number" in run.error and "learning_rate" in run.error
    assert run.step < 12
    chain = chain_of(f"run:{run.id}", store.home)
    assert all_finite(load_chain(chain, store.home).parameters())
    assert "NaN" not in run.outcome.to_json()
    with pytest.raises(RunError, match="diverged, and would again"):
        resume(run.id, store)


def leaves(tensor):
    """The leaf tensors with a gradient that a graph leads to."""
    found, waiting, seen = [], [tensor.grad_fn], set()
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable") and node.variable.grad is not None:
            found.append(node.variable)
        waiting += [one for one, _ in node.next_functions]
    return found


@pytest.mark.slow
def test_a_learning_rate_far_too_high_fails_and_is_named(store, tiny_base):
    run = ended(store, queue(store, tiny_base, {"method": "full"}, steps=20, learning_rate=10, warmup=0.0))
    assert run.status == Status.FAILED
    assert "its learning rate of 10 is 10,000 times the usual one" in run.error
    assert "Lower learning_rate to 0.001" in run.error
    assert all_finite(load_chain(chain_of(f"run:{run.id}", store.home), store.home).parameters())


@pytest.mark.slow
def test_a_step_after_training_never_costs_the_run(store, tiny_base, files, monkeypatch):
    monkeypatch.setattr("lab.objectives.reward.keep_likes", lambda *_: [][0])
    monkeypatch.setattr("lab.evaluate.evaluator.Evaluator.forgetting", lambda *_: [][0])
    run = ended(store, queue(store, tiny_base, {"objective": "reward", "method": "lora", "data": "pairs.jsonl"}))
    assert (run.status, run.error) == (Status.DONE, None)
    assert [note.split(" failed:")[0] for note in run.outcome.notes] == [
        "what the objective tells of its model", "the evaluation",
    ]  # fmt: skip
    assert (store.home.run(run.id).stage(0) / "score" / "head.safetensors").exists()


@pytest.mark.parametrize(
    ("losses", "held_out", "found"),
    [
        ([3.0, 2.5, 2.0], (3.0, 2.5), None),
        ([3.0, 9.0, 9.5], (3.0, 9.2), (3.0, 9.2)),
        ([3.0, 9.0, 9.5], (3.0, 3.1), None),  # a hard last batch
        ([3.0, 5.9], (None, None), None),
        ([3.0, 6.1], (None, None), (3.0, 6.1)),
        ([0.69, 0.9], (0.69, 5.0), None),  # it overfits: the training loss is as it was
        ([3.0], (3.0, 9.0), None),
    ],
)
def test_a_run_that_ends_far_above_its_start_has_failed(losses, held_out, found):
    assert ended_above(losses, held_out) == found


def test_rows_without_an_answer_are_found_in_a_batch():
    labels = torch.tensor([[-100, -100], [-100, 3]])
    assert rows_without_answer({"labels": labels, "input_ids": labels}) == 1
    assert rows_without_answer({"chosen_labels": labels, "rejected_labels": labels}) == 2
    assert rows_without_answer({"completion_mask": torch.tensor([[0, 0], [0, 1]])}) == 1
    assert rows_without_answer([{"prompt": "x"}]) == 0
