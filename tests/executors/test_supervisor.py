"""Runs in real worker processes: done, cancelled, killed, interrupted, resumed."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
import yaml

from lab.errors import RunError
from lab.executors.inline import Inline
from lab.executors.processes.supervisor import Supervisor
from lab.machine import Slots
from lab.planning import remove, resume
from lab.store import Status
from lab.store.runs import new_id
from tests.executors.warm_lab import LONG, WarmLab


def test_variants_are_carried_out_side_by_side_from_one_warm_process(warm_lab):
    first, second = warm_lab.submit({"name": "LoRA", "method": "lora"}, {"name": "everything", "method": "full"})
    ended = [warm_lab.ended(run) for run in (first, second)]
    assert [run.status for run in ended] == [Status.DONE, Status.DONE]
    assert [run.step for run in ended] == [4, 4]
    assert ended[0].started < ended[1].ended and ended[1].started < ended[0].ended
    assert len(warm_lab.store.curves.curve(first.id, "loss")) == 4
    assert ended[0].outcome.train_loss_last < ended[0].outcome.train_loss_first


def test_a_run_is_carried_out_by_a_child_of_the_server_that_is_warm_already(warm_lab):
    """What that saves is measured by tests/bench/bench_start.py."""
    warm_lab.supervisor.wait_ready()
    server = warm_lab.supervisor.server.pid
    run = warm_lab.training(warm_lab.submit_one(steps=LONG))
    children = subprocess.run(["pgrep", "-P", str(server)], capture_output=True, text=True, check=True).stdout.split()
    assert str(run.pid) in children
    warm_lab.store.runs.request(run.id, "discard")
    assert warm_lab.ended(run).status == Status.CANCELLED
    assert warm_lab.supervisor.server.pid == server


def test_cancel_reaches_a_worker_and_keeps_the_weights(warm_lab):
    """That it takes effect within a step is shown by tests/training/test_run.py."""
    run = warm_lab.training(warm_lab.submit_one(steps=LONG))
    warm_lab.store.runs.request(run.id, "cancel")
    ended = warm_lab.ended(run)
    assert ended.status == Status.CANCELLED
    assert 3 <= ended.step == ended.outcome.steps < LONG
    assert (warm_lab.home.run(run.id).root / "weights.json").exists()


def test_a_discarded_run_leaves_no_weights(warm_lab):
    run = warm_lab.training(warm_lab.submit_one(steps=LONG))
    warm_lab.store.runs.request(run.id, "discard")
    assert warm_lab.ended(run).status == Status.CANCELLED
    assert sorted(path.name for path in warm_lab.home.run(run.id).root.iterdir()) == ["log.txt", "recipe.yaml"]


def test_a_killed_worker_marks_its_run_failed_with_the_reason_and_the_log(warm_lab):
    run = warm_lab.training(warm_lab.submit_one(steps=LONG))
    os.kill(run.pid, signal.SIGKILL)
    failed = warm_lab.ended(run)
    assert failed.status == Status.FAILED
    assert failed.error.startswith("the worker was killed (signal 9, SIGKILL, perhaps because memory ran out).")
    assert "step " in failed.error.splitlines()[-1]


def test_a_run_that_raises_fails_with_one_readable_line(warm_lab):
    good = warm_lab.ended(warm_lab.submit_one())
    recipe = good.recipe.replace("dishes.jsonl", "gone.jsonl")
    run = replace(good, id=new_id(), status=Status.QUEUED, recipe=recipe)
    warm_lab.store.runs.queue([run])
    failed = warm_lab.ended(run)
    assert failed.status == Status.FAILED
    assert "gone.jsonl" in failed.error and "\n" not in failed.error
    assert "Traceback" in warm_lab.home.run(run.id).log.read_text()


def test_a_queue_holds_what_does_not_run_at_once(warm_lab):
    runs = [warm_lab.submit_one(steps=LONG) for _ in range(3)]
    for run in runs[:2]:
        warm_lab.training(run)
    assert warm_lab.store.runs.get(runs[2].id).status == Status.QUEUED
    assert warm_lab.store.runs.request(runs[2].id, "cancel").status == Status.CANCELLED
    for run in runs[:2]:
        warm_lab.store.runs.request(run.id, "discard")
        warm_lab.ended(run)


def test_a_second_supervisor_waits_and_takes_nothing(warm_lab):
    second = Supervisor(warm_lab.home, Slots(1, 1)).start()
    try:
        assert warm_lab.ended(warm_lab.submit_one()).status == Status.DONE
        assert warm_lab.supervisor.supervising and not second.supervising
        assert second.server.pid is None
    finally:
        second.stop()


def test_a_run_with_heirs_is_not_deleted(warm_lab):
    parent = warm_lab.ended(warm_lab.submit_one())
    child = warm_lab.ended(warm_lab.submit_one(base=f"run:{parent.id}"))
    assert child.status == Status.DONE and child.parent == parent.id
    with pytest.raises(RunError, match=child.id):
        remove(parent.id, warm_lab.store)
    for run in (child, parent):
        remove(run.id, warm_lab.store)
        assert not warm_lab.home.run(run.id).root.exists()


def test_a_killed_fork_server_interrupts_its_runs_and_is_started_again(warm_lab):
    run = warm_lab.training(warm_lab.submit_one(steps=LONG))
    os.kill(warm_lab.supervisor.server.pid, signal.SIGKILL)
    assert warm_lab.ended(run).status == Status.INTERRUPTED
    assert warm_lab.ended(warm_lab.submit_one()).status == Status.DONE


@pytest.mark.slow
def test_a_run_survives_the_death_of_its_lab_and_resumes_to_the_same_loss(tmp_path, warm_lab):
    steps = 60
    lab = WarmLab(tmp_path, start=False)
    file = tmp_path / "recipe.yaml"
    file.write_text(yaml.safe_dump(lab.recipe(steps=steps)))
    terminal = subprocess.Popen(
        [sys.executable, "-m", "lab.cli", "train", str(file)],
        env=os.environ | {"LAB_HOME": str(tmp_path)}, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    until = time.monotonic() + 60
    while not (runs := lab.store.runs.all()) and time.monotonic() < until:
        time.sleep(0.05)
    run = lab.training(runs[0])
    terminal.kill()
    terminal.wait()
    interrupted = lab.ended(run)
    assert interrupted.status == Status.INTERRUPTED and 3 <= interrupted.step < steps
    assert f"lab resume {run.id}" in interrupted.error

    resume(run.id, lab.store)
    lab.supervisor.start()
    try:
        resumed = lab.ended(run)
        whole = lab.ended(lab.submit_one(steps=steps))
    finally:
        lab.close()
    assert (resumed.status, resumed.step) == (Status.DONE, steps)
    assert lab.store.curves.curve(run.id, "loss") == lab.store.curves.curve(whole.id, "loss")


@pytest.mark.slow
def test_the_inline_executor_carries_out_in_this_process(tmp_path):
    lab = WarmLab(tmp_path, start=False)
    run = lab.submit_one()
    executor = Inline(lab.home, [run.id]).start()
    executor.join()
    assert lab.store.runs.get(run.id).status == Status.DONE
