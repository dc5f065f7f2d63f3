"""A worker that hangs is noticed, killed some seconds after a cancel, and its place is free again."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest

from lab.executors.processes import heartbeat, supervisor
from lab.executors.processes.heartbeat import STOP_SECONDS, STUCK_SECONDS, Heart, Pulse, cpu_seconds
from lab.store import Status
from tests.executors.warm_lab import LONG


@pytest.fixture
def process():
    started = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    yield started.pid
    os.kill(started.pid, signal.SIGKILL)
    started.wait()


def state_of(pid):
    return subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout[:1]


def test_a_stopped_process_gives_no_sign_of_life(process, tmp_path):
    pulse = Pulse(tmp_path / "heartbeat", began=0.0)
    until = time.monotonic() + 20
    while not cpu_seconds(process) and time.monotonic() < until:
        time.sleep(0.05)
    pulse.feel(process, 10.0)
    assert pulse.silent(10.0) == 0
    os.kill(process, signal.SIGSTOP)
    while state_of(process) != "T" and time.monotonic() < until:
        time.sleep(0.05)
    pulse.feel(process, 20.0)
    pulse.feel(process, 25.0)
    assert pulse.silent(25.0) >= 5.0
    pulse.feel(process, 20.0 + STOP_SECONDS + 1)
    assert not pulse.to_be_killed(True, 20.0)  # it has only just been asked
    assert pulse.to_be_killed(True, 20.0 + STOP_SECONDS + 1)


def test_one_that_computes_has_the_time_of_some_of_its_steps(tmp_path, monkeypatch):
    monkeypatch.setattr(heartbeat, "cpu_seconds", lambda pid: time.monotonic())
    pulse = Pulse(tmp_path / "heartbeat", began=0.0)
    for second in (1, 101, 201):  # a step takes a hundred seconds
        (tmp_path / "heartbeat").touch()
        os.utime(tmp_path / "heartbeat", (second, second))
        pulse.feel(1, float(second))
    assert pulse.longest == 100
    assert not pulse.to_be_killed(True, 210.0)
    pulse.feel(1, 600.0)
    assert not pulse.to_be_killed(True, 600.0)
    pulse.feel(1, 800.0)
    assert pulse.to_be_killed(True, 800.0)
    assert not pulse.to_be_killed(False, 800.0)


def test_one_that_ends_no_step_is_given_a_minute(tmp_path, monkeypatch):
    monkeypatch.setattr(heartbeat, "cpu_seconds", lambda pid: time.monotonic())
    pulse = Pulse(tmp_path / "heartbeat", began=0.0)
    pulse.feel(1, 1.0)
    assert not pulse.to_be_killed(True, 1.0)
    pulse.feel(1, STUCK_SECONDS)
    assert not pulse.to_be_killed(True, STUCK_SECONDS)
    pulse.feel(1, STUCK_SECONDS + 2)
    assert pulse.to_be_killed(True, STUCK_SECONDS + 2)


def test_a_heart_beats_where_its_folder_is_and_never_fails(tmp_path):
    Heart(tmp_path / "gone" / "heartbeat").beat()
    Heart(tmp_path / "heartbeat").beat()
    assert (tmp_path / "heartbeat").exists()


def test_a_hung_worker_is_told_and_killed_after_a_cancel_and_its_place_is_free(warm_lab, monkeypatch):
    monkeypatch.setattr(supervisor, "SILENT_SECONDS", 3.0)
    run = warm_lab.wait(warm_lab.submit_one(steps=LONG), lambda run: run.step > 2)
    try:
        os.kill(run.pid, signal.SIGSTOP)
        told = warm_lab.wait(run, lambda run: run.error is not None, seconds=120)
        assert told.status == Status.RUNNING and "no sign of life" in told.error
        warm_lab.store.runs.request(run.id, "cancel")
        ended = warm_lab.wait(run, lambda run: run.status.over, seconds=120)
    finally:  # the tests after this one need its place
        with contextlib.suppress(ProcessLookupError):
            os.kill(run.pid, signal.SIGKILL)
    assert ended.status == Status.CANCELLED and "did not stop when it was asked" in ended.error
    assert warm_lab.wait(warm_lab.submit_one(steps=2), lambda run: run.status.over).status == Status.DONE
