"""How runs are closed whose worker could not say how it ended."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from lab.errors import message_of
from lab.executors.endings import close_abandoned, close_dead, close_if_alone, death, is_worker, log_tail
from lab.executors.processes.messages import (
    Event,
    Exited,
    Forked,
    LoadBase,
    Ready,
    StartInferenceServer,
    StartWorker,
    command_of,
    event_of,
    to_line,
)
from lab.store import Run, Status

MINE = "this machine"


@pytest.fixture
def running(store):
    """A running run with a log, and no process behind it."""
    run = Run(id="0a0b0c0d", comparison="c", name="LoRA", recipe_name="r", recipe="", base="nano", method="lora",
              objective="sft", parent=None, status=Status.QUEUED, created=time.time(), total_steps=9)  # fmt: skip
    store.runs.queue([run])
    store.runs.claim(MINE)
    log = store.home.run(run.id).log
    log.parent.mkdir(parents=True)
    log.write_text("".join(f"step {i}\n" for i in range(100)))
    return run


def test_a_kill_is_a_failure_with_the_reason_and_the_last_lines(store, running):
    close_dead(store, running.id, 0, signal.SIGKILL)
    closed = store.runs.get(running.id)
    assert closed.status == Status.FAILED
    first, *lines = closed.error.splitlines()
    assert first.startswith("the worker was killed (signal 9, SIGKILL, perhaps because memory ran out). Take a smaller")
    assert lines == [f"step {i}" for i in range(85, 100)]


def test_a_termination_is_an_interruption(store, running):
    close_dead(store, running.id, 0, signal.SIGTERM)
    closed = store.runs.get(running.id)
    assert closed.status == Status.INTERRUPTED and f"lab resume {running.id}" in closed.error


def test_what_the_worker_said_itself_stands(store, running):
    store.runs.end(running.id, Status.DONE)
    close_dead(store, running.id, 0, signal.SIGKILL)
    assert store.runs.get(running.id).status == Status.DONE


def test_a_run_that_was_deleted_meanwhile_needs_no_closing(store, running):
    store.runs.end(running.id, Status.DONE)
    store.runs.delete(running.id)
    close_dead(store, running.id, 0, signal.SIGKILL)
    assert store.runs.all() == []


def test_forks_that_wait_for_a_run_that_is_over_or_gone_are_closed(store, running):
    waits = replace(running, id="0f0f0f0f", parent=running.id, request="fork", status=Status.QUEUED,
                    recipe="base: nano\nvariants: [{name: x, fork: {run: 0a0b0c0d}}]")  # fmt: skip
    store.runs.queue([waits, replace(waits, id="0e0e0e0e", parent="deadbeef")])
    close_abandoned(store, "elsewhere", ())
    assert store.runs.get(waits.id).status == Status.QUEUED
    assert "was deleted" in store.runs.get("0e0e0e0e").error
    store.runs.end(running.id, Status.FAILED, "killed before its worker could say so")
    close_abandoned(store, "elsewhere", ())
    assert store.runs.get(waits.id).status == Status.FAILED


def test_a_silent_exit_is_named():
    assert death(3, 0) == "the worker ended (exit status 3) without a word."


@pytest.mark.parametrize("pid", [None, os.getpid()], ids=["no worker yet", "a dead worker"])
def test_runs_left_behind_by_a_dead_lab_are_interrupted(store, running, pid):
    if pid:
        store.runs.started_by(running.id, pid)  # that number belongs to another program by now
    assert [run.id for run in close_abandoned(store, MINE, ())] == [running.id]
    assert store.runs.get(running.id).status == Status.INTERRUPTED


def test_runs_of_another_machine_and_watched_runs_are_left_alone(store, running):
    assert close_abandoned(store, "another machine", ()) == []
    assert close_abandoned(store, MINE, (running.id,)) == []


def test_without_a_supervisor_whoever_looks_closes_what_was_left(store, running):
    store.runs.end(running.id, Status.FAILED)
    store.runs.requeue(running.id)
    store.runs.claim(store.home.machine)
    with store.home.supervisor_lock.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        close_if_alone(store)
        assert store.runs.get(running.id).status == Status.RUNNING
    close_if_alone(store)
    assert store.runs.get(running.id).status == Status.INTERRUPTED


def test_a_worker_that_lives_is_left_alone(store, running):
    pretender = [
        sys.executable,
        "-c",
        "import time; time.sleep(60)",
        "lab.executors.processes.fork_server",
        str(store.home.root),
    ]
    with subprocess.Popen(pretender) as process:
        store.runs.started_by(running.id, process.pid)
        while not is_worker(process.pid, store.home):
            time.sleep(0.01)
        assert close_abandoned(store, MINE, ()) == []
        process.kill()
    assert not is_worker(process.pid, store.home)


def test_no_log_is_no_lines(home):
    assert log_tail(home, "abcdef12") == ""


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (ValueError("bad\nthings"), "ValueError: bad"),
        (KeyError(), "KeyError"),
        (MemoryError(), "out of memory. Take a smaller batch_size"),
        (RuntimeError("CUDA out of memory. Tried to allocate 2 GB"), "out of memory. Take a smaller batch_size"),
    ],
)
def test_a_reason_is_one_readable_line(problem, words):
    assert message_of(problem).startswith(words) and "\n" not in message_of(problem)


@pytest.mark.parametrize(
    "message",
    [StartWorker("a1b2c3", "nano", 2), StartInferenceServer("/tmp/s", "00ff", 1), LoadBase("汉字"), Ready(),
     Forked("a", 1), Exited("a", 1, 0, 9)],
)  # fmt: skip
def test_messages_survive_the_way(message):
    line = to_line(message)
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    read = event_of if isinstance(message, Event) else command_of
    assert read(line) == message
