"""Runs on a real Ray cluster of three raylets: curves as they come, a lost node, cancelling, copies of weights."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from lab.api import Lab
from lab.home import PROJECT
from lab.model_ref import ModelRef
from lab.models import chain_of
from lab.store import Status
from tests.executors.ray_cluster import SmallCluster
from tests.postgres import PostgresServer, find_postgres

pytest.importorskip("ray", reason="Ray is not installed: `pip install 'parrot-lab[ray]'`. A CLUSTER IS NOT TESTED.")
pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(1500), pytest.mark.xdist_group("ray")]
STEPS = 30
RECIPE = {
    "base": "nano", "data": "cuisine", "budget": {"steps": STEPS, "batch_size": 4, "max_length": 48},
    "evaluate": {"rows": 8, "answers": 0, "retained": 0}, "executor": "ray",
    "variants": [{"name": "LoRA", "method": "lora"}, {"name": "last layer", "method": "freeze", "knobs": {"keep": 1}}],
}  # fmt: skip
NODE = re.compile(r"carried out on node \S+ \((\w{8})\)")
PATIENCE = 480


def until(condition):
    """Wait for something that takes seconds; gives what it came to."""
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.2)
    return found


@pytest.fixture(scope="module")
def raylets(tmp_path_factory):
    opened = SmallCluster(tmp_path_factory.mktemp("nodes"))
    yield opened
    opened.close()


@pytest.fixture
def cluster(monkeypatch, raylets):
    monkeypatch.setenv("LAB_RAY_ADDRESS", raylets.address)
    while len(raylets.nodes) < 2:
        raylets.add()
    return raylets


@pytest.fixture
def lab(home, cluster):
    with Lab.open(home.root) as opened:
        yield opened


@pytest.fixture
def postgres(tmp_path, monkeypatch):
    """The lab's database on a server, where there is one."""
    if find_postgres() is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp())  # the server runs as somebody else, who may not enter tmp_path
    folder.chmod(0o755)
    server = PostgresServer(folder / "postgres")
    monkeypatch.setenv("LAB_DATABASE_URL", server.url)
    yield server
    server.close()
    shutil.rmtree(folder)


def log_of(lab, run):
    log = lab.home.run(run).log
    return log.read_text(errors="replace") if log.exists() else ""


def lose_its_node(lab, cluster, run, folder):
    """End the node that trains a run once a checkpoint lies in `folder`; gives the node, and that checkpoint's step."""
    until(lambda: lab.store.runs.get(run).step >= 5)
    assert lab.store.curves.curve(run, "loss"), "curves come while it trains"
    assert lab.store.runs.ask_checkpoint(run)
    found = until(lambda: list(folder.glob("checkpoint-*/trainer_state.json")))
    (node,) = until(lambda: NODE.findall(log_of(lab, run)))
    assert lab.store.runs.get(run).status == Status.RUNNING
    cluster.kill(node)
    return node, int(found[0].parent.name.rpartition("-")[2])


def check_went_on(lab, run, node, kept, before):
    """The run is done, on another node, from that checkpoint, with each step once in its curve."""
    ended = lab.store.runs.get(run)
    assert ended.status == Status.DONE, ended.error
    log = log_of(lab, run)
    first, second = NODE.findall(log)
    assert first == node != second, "it went on elsewhere"
    assert "its node was lost after step" in log and "goes on here, from its last checkpoint" in log
    curve = lab.store.curves.curve(run, "loss")
    assert [step for step, _ in curve] == list(range(1, STEPS + 1)), "each step is there once"
    assert f"step {kept}:" in log and log.count("step 2:") == 1, "what it had learned is not learned again"
    assert [point for point in curve if point[0] <= min(kept, len(before))] == before[:kept]
    assert ended.outcome.steps == STEPS and chain_of(str(ModelRef(run=run)), lab.home)


def test_the_terminal_tells_what_the_cluster_has(cluster, home):
    words = [sys.executable, "-m", "lab.cli", "cluster"]
    environment = os.environ | {"LAB_HOME": str(home.root), "PYTHONPATH": str(PROJECT)}
    said = subprocess.run([*words, "--json"], capture_output=True, text=True, env=environment, timeout=PATIENCE)
    assert said.returncode == 0, said.stderr
    told = json.loads(said.stdout)
    assert told["address"] == cluster.address and told["free"]["cpus"] == 4.0 and told["runs"] == []
    living = [one for one in told["nodes"] if one["alive"]]
    assert [(one["head"], one["cpus"]) for one in living] == [(True, 0.0), (False, 2.0), (False, 2.0)]
    shown = subprocess.run(words, capture_output=True, text=True, env=environment, timeout=PATIENCE).stdout
    assert all(one["id"][:8] in shown for one in living) and "free: 4 CPUs" in shown


def test_two_variants_train_on_a_cluster_and_a_lost_nodes_run_goes_on_elsewhere_from_its_checkpoint(lab, cluster):
    lost, other = (run.id for run in lab.submit(RECIPE))
    executor = lab.executor_for(lab.runs()).start()
    try:
        node, kept = lose_its_node(lab, cluster, lost, lab.home.run(lost).checkpoints(0))
        before = lab.store.curves.curve(lost, "loss")
        until(lambda: all(lab.store.runs.get(run).status.over for run in (lost, other)))
        check_went_on(lab, lost, node, kept, before)
        assert lab.store.runs.get(other).status == Status.DONE
        (third,) = lab.submit({**RECIPE, "variants": RECIPE["variants"][:1]})
        executor.only.append(third.id)
        until(lambda: lab.store.runs.get(third.id).step > 2)
        lab.cancel(third.id)
        until(lambda: lab.store.runs.get(third.id).status.over)
        stopped = lab.store.runs.get(third.id)
        assert stopped.status == Status.CANCELLED and 2 < stopped.step < STEPS
        assert chain_of(str(ModelRef(run=third.id)), lab.home), "its weights so far are kept"
    finally:
        executor.stop()


def test_over_copies_of_weights_a_lost_nodes_run_goes_on_elsewhere_and_comes_home(
    postgres, lab, cluster, tmp_path, monkeypatch
):
    monkeypatch.setenv("LAB_WEIGHTS", f"file://{tmp_path / 'shared'}")
    (run,) = lab.submit({**RECIPE, "variants": RECIPE["variants"][:1]})
    executor = lab.executor_for([run]).start()
    try:
        there = tmp_path / "shared" / "runs" / run.id
        node, kept = lose_its_node(lab, cluster, run.id, there / "stage-0-checkpoints")
        assert not lab.home.run(run.id).checkpoints(0).exists(), "nothing of it was written here"
        before = lab.store.curves.curve(run.id, "loss")
        until(lambda: lab.store.runs.get(run.id).status.over)
        check_went_on(lab, run.id, node, kept, before)
        assert lab.home.run(run.id).stage(0).is_dir()
    finally:
        executor.stop()
