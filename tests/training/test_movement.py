"""What a run notes of its modules: what it may move from its first step on, and afterwards how far each moved."""

import pytest

from lab.models import chain_of
from lab.store import Status
from lab.store.movement import Movement
from lab.training import movement
from lab.training.run import train_run
from tests.training.test_run import queue

pytestmark = pytest.mark.slow


def noted(store, run) -> Movement:
    return Movement.unpack(store.runs.get(run.id).outcome.moved)


def test_a_run_notes_where_it_trained_and_how_far_each_module_moved(store, tiny_base):
    run = queue(store, tiny_base, {"method": "freeze", "knobs": {"keep": 1}})
    train_run(run, store)
    found = noted(store, run)
    assert sum(module.trainable for module in found.modules) == store.runs.get(run.id).outcome.trainable_params
    moved = {module.name for module in found.modules if module.by}
    assert moved == {module.name for module in found.modules if module.trainable}
    assert {module.layer for module in found.modules if module.by} == {1, None} and found.missing == ""


def test_all_stages_of_a_run_count(store, tiny_base):
    run = queue(store, tiny_base, {"method": "freeze", "knobs": {"keep": 1}}, {"method": "prefix"}, steps=3)
    assert train_run(run, store) == Status.DONE
    by_kind = {(module.kind, module.layer): module for module in noted(store, run).modules}
    assert by_kind["q", 1].by > 0 and by_kind["q", 0].by == 0 and by_kind["q", 1].trainable == 64 * 64
    assert 0 < by_kind["tokens", 0].by < 1 and by_kind["tokens", 0].how == "attention"


def test_a_run_that_goes_on_is_measured_against_its_own_start(store, tiny_base):
    first = queue(store, tiny_base, {"method": "lora"})
    train_run(first, store)
    child = queue(store, f"run:{first.id}", {"method": "freeze", "knobs": {"keep": 1}}, steps=2)
    train_run(child, store)
    assert [link.kind for link in chain_of(f"run:{child.id}", store.home)] == ["base", "adapter", "tensors"]
    layers = {module.layer: module.by for module in noted(store, child).modules if module.kind == "q"}
    assert layers[0] == 0 and layers[1] > 0


def test_a_picture_that_fails_fails_no_run(store, tiny_base, monkeypatch, caplog):
    monkeypatch.setattr(movement, "open_tensors", lambda *_: 1 / 0)
    run = queue(store, tiny_base, {"method": "lora"}, steps=2)
    assert train_run(run, store) == Status.DONE
    assert "how far the modules moved could not be noted" in caplog.text
    assert all(module.by is None for module in noted(store, run).modules)
