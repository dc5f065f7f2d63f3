"""What tests share: nothing from the network, one tiny base a session, a home and a store of their own."""

import gc
import os
import sys
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("OMP_NUM_THREADS", "1")  # tests run side by side: more threads would only wait for each other

import pytest

from lab.home import Home
from lab.store import Store

TOGETHER = ("tests/browser/", "tests/js/", "tests/cli/", "tests/methods/")
"""Tests that share processes, or methods practised once: those of a folder stay in one worker, in order."""
HEAVY = {"warm_lab", "ground"}
"""Fixtures that start a lab with its processes, or train: what asks for them is slow."""
SLOW = "tests/test_store_postgres.py"  # starts a server
RAY = "tests/executors/test_ray.py"
LONG = {line for line in (Path(__file__).parent / "long.txt").read_text(encoding="utf-8").split("\n") if "::" in line}
"""Tests by their ids, or functions with all their parameters."""
IMPORTED = [0]
"""How many modules were there whenever the collector was last told to leave them alone."""


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items):
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & HEAVY or item.nodeid.startswith(SLOW):
            item.add_marker(pytest.mark.slow)
        if {item.nodeid, item.nodeid.partition("[")[0]} & LONG:
            item.add_marker(pytest.mark.long)
        place = next((place for place in TOGETHER if item.nodeid.startswith(place)), None)
        if "warm_lab" in asked:  # one lab with its processes, started once
            place = "warm_lab"
        if place:
            item.add_marker(pytest.mark.xdist_group(place))


def pytest_terminal_summary(terminalreporter):
    """Say at the end, where nobody overlooks it, that there was no PostgreSQL, or no Ray, to test with."""
    skipped = [one for one in terminalreporter.getreports("skipped") if SLOW in one.nodeid]
    if skipped:
        terminalreporter.section("NOT TESTED", red=True)
        terminalreporter.line(f"{len(skipped)} tests of PostgreSQL: {skipped[0].longrepr[2]}", red=True)
    if clusters := [one for one in terminalreporter.getreports("skipped") if RAY in one.nodeid]:
        terminalreporter.section("NOT TESTED", red=True)
        terminalreporter.line(f"runs on a Ray cluster: {clusters[0].longrepr[2]}", red=True)


@pytest.hookimpl(tryfirst=True)  # before the fixtures of the test
def pytest_runtest_setup(item):
    """Each training collects garbage; with torch and TRL imported that takes longer than two tiny steps."""
    if len(sys.modules) > IMPORTED[-1] + 100:
        gc.collect()
        gc.freeze()  # modules stay: they need not be looked through again
        IMPORTED.append(len(sys.modules))


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory):
    """The folder of a tiny random Llama with a tokenizer and a chat template."""
    from tests.tiny import make_tiny_base

    return make_tiny_base(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def store(home):
    with Store(home) as opened:
        yield opened


@pytest.fixture
def idle_machine(monkeypatch):
    """Estimates as on a machine that does nothing else."""
    monkeypatch.setattr("lab.planning.estimate.slowdown", lambda workers: 1.0)


@pytest.fixture(scope="session")
def warm_lab(tmp_path_factory):
    """One lab with its supervisor and fork server for the whole session: starting one takes some ten seconds."""
    from tests.executors.warm_lab import WarmLab

    lab = WarmLab(tmp_path_factory.mktemp("warm-lab"))
    yield lab
    lab.close()
