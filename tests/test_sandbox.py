"""What comes from outside is looked at in a process with limits: too much of it is a sentence, and the lab goes on."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from lab import limits
from lab.errors import DataError, LabError
from lab.home import PROJECT
from lab.limits import MEGABYTE, Limits
from lab.sandbox import guard, guarded

SMALL = Limits(seconds=1, memory=200 * MEGABYTE, answer=MEGABYTE)


def pid(*_):
    return os.getpid()


def spin():
    while True:
        pass


def sleep():
    time.sleep(1000)


def fill():
    return sum(len(bytearray(MEGABYTE)) for _ in [[bytearray(MEGABYTE) for _ in range(4000)]])


def long_answer():
    return "x" * (2 * MEGABYTE)


def refuse():
    raise DataError("no", where="here", do="go.")


def stumble():
    raise KeyError("nobody thought of it")


def nest():
    return nest()


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def noise():
    print("printed")
    return "quiet"


@pytest.fixture(params=["fork", "helper"])
def way(request, monkeypatch):
    """Both ways to a look: a fork of this process, and a helper's."""
    monkeypatch.setattr(guard, "_has_one_thread", lambda: request.param == "fork")
    return request.param


def test_a_look_is_another_process_and_gives_back_what_it_found(way):
    found = guarded(pid, where="x", limits=SMALL)
    assert found != os.getpid()
    assert guarded(noise, where="x", limits=SMALL) == "quiet"


@pytest.mark.parametrize(("what", "said"), [
    (spin, "takes longer than 1 seconds"), (fill, "takes more than 200 MB of memory"), (long_answer, "more than 1 MB"),
    (stumble, "KeyError: 'nobody thought of it'"), (nest, "nested too deep"), (die, "died"),
])  # fmt: skip
def test_whatever_goes_wrong_there_is_a_sentence_here(way, what, said):
    with pytest.raises(DataError, match=said) as found:
        guarded(what, where="file.csv", limits=SMALL)
    assert str(found.value).startswith("file.csv: ")
    assert guarded(pid, where="x", limits=SMALL) != os.getpid()  # and the next look is none the worse


def test_its_own_errors_come_through_whole(way):
    with pytest.raises(DataError) as found:
        guarded(refuse, where="x", limits=SMALL)
    assert str(found.value) == "here: no. Go."


def test_one_that_only_waits_is_ended_by_the_clock(way):
    began = time.monotonic()
    with pytest.raises(DataError, match="longer"):
        guarded(sleep, where="x", limits=Limits(0.2, 200 * MEGABYTE, MEGABYTE))
    assert time.monotonic() - began < 10


def test_a_helper_that_is_killed_is_a_sentence_and_replaced(monkeypatch):
    monkeypatch.setattr(guard, "_has_one_thread", lambda: False)
    guarded(pid, where="x", limits=SMALL)
    helper = guard.HELPERS._idle[-1]
    killer = threading.Timer(0.3, os.kill, (helper.pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(DataError, match="died"):
        guarded(sleep, where="x", limits=SMALL)
    assert guarded(pid, where="x", limits=SMALL) != os.getpid()


def test_looks_end_with_the_process_that_asked_for_them():
    """By kill -9 too: neither helper nor look is left."""
    code = """
import os, sys, threading, time
from lab.limits import Limits
from lab.sandbox import guard
from tests.test_sandbox import sleep
guard._has_one_thread = lambda: False
guard.HELPERS.warm_up()
print(guard.HELPERS._idle[0].pid, flush=True)
guard.guarded(sleep, where="x", limits=Limits(60, 2**30, 2**20))
"""
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=PROJECT)
    helper = int(parent.stdout.readline())
    until = time.monotonic() + 30
    while not (children := children_of(helper)) and time.monotonic() < until:
        time.sleep(0.05)
    assert children
    parent.kill()
    parent.wait()
    while any(map(lives, [helper, *children])) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(lives, [helper, *children]))


def children_of(pid):
    shown = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(word) for word in shown.stdout.split()]


def lives(pid):
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return bool(shown) and not shown.startswith("Z")


def test_a_helper_imports_nothing_heavy():
    code = """
import importlib, sys
from lab.sandbox.helper import READY
for name in READY:
    importlib.import_module(name)
heavy = ("torch", "transformers", "datasets", "pandas", "gradio", "sqlalchemy")
sys.exit(len([name for name in heavy if name in sys.modules]))
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT).returncode == 0


def test_many_may_ask_at_once(monkeypatch):
    monkeypatch.setattr(guard, "_has_one_thread", lambda: False)
    found = []
    threads = [threading.Thread(target=lambda: found.append(guarded(pid, where="x", limits=SMALL))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8


def test_an_error_of_any_length_is_told_in_a_page():
    assert len(str(LabError("x" * 10**6, where="y" * 10**6, do="z" * 10**6))) < 10_000


def test_the_documentation_names_the_limits_there_are():
    told = (PROJECT / "docs" / "limits.md").read_text()
    for number in (
        f"{limits.FILE_BYTES // MEGABYTE} MB", f"{limits.UPLOAD_BYTES // MEGABYTE} MB", f"{limits.ROWS:,}",
        f"{limits.COLUMNS:,}", f"{limits.LETTERS:,}", f"{limits.RECIPE_LETTERS:,}", f"{limits.RECIPE_VALUES:,}",
        f"{limits.HUB.seconds} seconds", f"{limits.RECIPE_DEPTH} |", f"{limits.DIGITS} |",
        f"| {limits.READING.seconds} |", f"{limits.CHECKING.seconds} |",
        f"{limits.READING.memory // MEGABYTE:,} MB", f"{limits.CHECKING.memory // MEGABYTE:,} MB",
        f"{limits.EXPORTED_RATINGS:,}",
    ):  # fmt: skip
        assert number in told
