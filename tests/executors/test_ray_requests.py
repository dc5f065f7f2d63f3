"""What a run asks of a cluster, which clusters are refused, and copies of folders; no cluster is needed."""

import dataclasses
import socket
import time

import pytest

from lab.api import Lab
from lab.errors import RunError
from lab.executors.cluster import connection
from lab.executors.cluster.connection import check_reachable
from lab.executors.cluster.files import Copies, Place, hand_over
from lab.executors.cluster.needs import folders_for
from lab.executors.cluster.node import Fence, Job, node_home
from lab.executors.cluster.resources import Node, node_of, request_for
from lab.executors.folders import runs_below
from lab.home import Home
from lab.planning.estimate import expected_memory
from lab.store import Status

HERE = socket.gethostname()
SMALL = {"base": "nano", "data": "cuisine", "budget": {"steps": 2}, "variants": [{"name": "a", "method": "lora"}]}
GB = 10**9


def node(name=HERE, cpus=4.0, memory=8 * GB, gpus=0.0, kind=None, alive=True):
    return Node("f" * 56, name, "10.0.0.1", alive, cpus, memory, gpus, kind)


@pytest.fixture
def run(home):
    with Lab.open(home.root) as lab:
        yield lab.submit(SMALL)[0]


def test_a_run_asks_for_the_memory_it_is_expected_to_take_and_for_no_more_than_the_largest_node_has(run, home):
    asked = request_for(run, home, [node(), node(memory=2 * GB)])
    assert asked.memory == expected_memory(run.recipe, home) > 10**8 and (asked.cpus, asked.gpus) == (1, 0.0)
    assert request_for(run, home, [node(memory=5 * 10**7), node(memory=8 * GB, alive=False)]).memory == 5 * 10**7
    assert str(dataclasses.replace(asked, memory=1_500_000_000, gpus=0.25)) == "1 CPU, 1.5 GB, 0.25 GPU"


def test_a_run_asks_for_as_many_cpus_as_it_has_threads_and_no_more_than_a_node_has(run, home, monkeypatch):
    monkeypatch.setenv("LAB_THREADS", "3")
    assert request_for(run, home, [node()]).cpus == 3
    assert request_for(run, home, [node(cpus=2.0)]).cpus == 2


def test_of_a_gpu_a_run_asks_for_the_share_it_fills_and_for_a_whole_one_where_its_size_is_not_known(run, home):
    share = request_for(run, home, [node(), node(gpus=4.0, kind="A100")]).gpus
    assert 0 < share < 0.5 and round(share * 20, 9).is_integer()
    assert request_for(run, home, [node(gpus=1.0, kind="T4"), node(gpus=8.0, kind="A100")]).gpus >= share
    assert request_for(run, home, [node(gpus=1.0, kind="Abacus")]).gpus == 1.0
    assert request_for(run, home, [node(gpus=1.0)]).gpus == 1.0


def test_a_node_is_read_as_ray_tells_of_it():
    said = {"NodeID": "ab12", "Alive": True, "NodeManagerAddress": "10.0.0.7", "NodeManagerHostname": "left",
            "Resources": {"CPU": 8.0, "memory": 3.0e9, "GPU": 2.0, "accelerator_type:L4": 1.0}}  # fmt: skip
    assert node_of(said) == Node("ab12", "left", "10.0.0.7", True, 8.0, 3 * GB, 2.0, "L4")
    dead = node_of({"NodeID": "cd", "Alive": False, "NodeManagerAddress": "10.0.0.8", "DeathReasonMessage": "cut off"})
    assert (dead.alive, dead.name, dead.reason, dead.cpus) == (False, "10.0.0.8", "cut off", 0.0)


def test_nodes_on_other_machines_need_a_database_that_they_can_open(home, monkeypatch):
    monkeypatch.delenv("LAB_DATABASE_URL", raising=False)
    check_reachable(home, [node(), node("gone", alive=False)])
    with pytest.raises(RunError, match=r"a file of this machine \(SQLite\), and far is another one.*postgresql"):
        check_reachable(home, [node(), node("far")])
    monkeypatch.setenv("LAB_DATABASE_URL", "postgresql+psycopg://lab@127.0.0.1/lab")
    with pytest.raises(RunError, match=r"the database is at '127.0.0.1', which is another one on far"):
        check_reachable(home, [node("far")])
    monkeypatch.setenv("LAB_DATABASE_URL", "postgresql+psycopg://lab@db.example/lab")
    check_reachable(home, [node("far")])


def test_without_ray_or_a_cluster_nothing_is_queued(home, monkeypatch):
    with Lab.open(home.root) as lab:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # nobody listens there
            monkeypatch.setenv("LAB_RAY_ADDRESS", f"127.0.0.1:{taken.getsockname()[1]}")
            if connection.find_spec("ray"):
                with pytest.raises(RunError, match=r"no Ray cluster answers at '127.*' \(Connection refused"):
                    lab.submit(SMALL, executor="ray")
        monkeypatch.setattr(connection, "find_spec", lambda name: None)
        with pytest.raises(RunError, match=r"`ray` is not installed.*pip install 'parrot-lab\[ray\]'"):
            lab.submit(SMALL | {"executor": "ray"})
        assert lab.runs() == []


def test_a_node_that_does_not_see_the_labs_folder_says_so(home, tmp_path, monkeypatch):
    job = Job("ab", 0.0, str(home.root), home.lab_id)
    assert node_home(job, "n") == home
    with pytest.raises(RunError, match=r"node n does not see the lab's folder .*LAB_WEIGHTS"):
        node_home(dataclasses.replace(job, root=str(tmp_path / "away")), "n")
    with pytest.raises(RunError, match="does not see"):  # another lab lies there
        node_home(dataclasses.replace(job, lab_id="00000000"), "n")
    monkeypatch.setenv("LAB_NODE_HOME", str(tmp_path / "node"))
    assert node_home(dataclasses.replace(job, weights="memory://x"), "n").root == tmp_path / "node" / home.lab_id


def test_an_attempt_stops_once_the_run_goes_on_elsewhere_or_is_closed(run, store):
    first = store.runs.claim("ray@here")
    fence = Fence(store, Job(first.id, first.started, "", ""))
    assert not fence()
    assert store.runs.put_back(first.id)
    back = store.runs.get(first.id)
    assert (back.status, back.pid, back.request) == (Status.QUEUED, None, None)
    assert not store.runs.put_back(first.id), "it is put back once"
    second = store.runs.claim("ray@here")
    assert second.started != first.started
    assert Fence(store, Job(first.id, first.started, "", ""))()
    other = Fence(store, Job(first.id, second.started, "", ""))
    assert not other()
    store.runs.request(first.id, "cancel")
    assert not store.runs.put_back(first.id), "one that was asked to stop is not begun again"
    store.runs.end(first.id, Status.CANCELLED)
    assert Fence(store, Job(first.id, second.started, "", ""))()


def write(folder, name, text):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.mark.parametrize("kind", ["memory", "folder"])
def test_a_runs_folder_comes_over_whole_and_as_it_is_now(kind, tmp_path):
    place = Place(f"memory://{tmp_path.name}" if kind == "memory" else str(tmp_path / "shared"))
    place.check()
    one, two = Home(tmp_path / "one"), Home(tmp_path / "two")
    mine, theirs = one.root / "runs/ab", two.root / "runs/ab"
    write(mine, "stage-0/adapter.safetensors", "weights")
    write(mine, "stage-0-checkpoints/checkpoint-4/trainer_state.json", "4")
    here = Copies(place, one, "runs/ab")
    here.send()
    Copies(place, two, "runs/ab").bring()
    assert (theirs / "stage-0/adapter.safetensors").read_text() == "weights"
    (mine / "stage-0-checkpoints/checkpoint-4/trainer_state.json").unlink()
    write(mine, "stage-0-checkpoints/checkpoint-8/trainer_state.json", "8")
    write(mine, "log.txt", "a line\n")
    here.send(whole=False)
    there = Copies(place, two, "runs/ab")
    there.bring_log()
    assert (theirs / "log.txt").read_text() == "a line\n", "a log comes at once"
    there.bring()
    assert not list(theirs.glob("*/checkpoint-8")), "a checkpoint that is being written does not"
    time.sleep(1.1)
    here.send(whole=False)
    there.bring()
    assert [one.name for one in theirs.glob("*/checkpoint-*")] == ["checkpoint-8"]


def test_a_node_is_given_the_runs_that_a_run_builds_on(run, home, store, tmp_path):
    write(home.run("aaaaaaaa").root, "weights.json", '{"chain": [{"ref": "bbbbbbbbat12/stage-0"}]}')
    write(home.run("bbbbbbbb").root.with_name("bbbbbbbbat12"), "stage-0/x", "x")
    built = dataclasses.replace(run, base="run:aaaaaaaa", recipe=run.recipe.replace("base: nano", "base: run:aaaaaaaa"))
    place = Place(str(tmp_path / "shared"))
    hand_over(place, home, run.id, ["runs/aaaaaaaa"])
    assert place.read("runs/aaaaaaaa/weights.json")
    assert folders_for(run, home) == []
    assert runs_below(built, home) == ["aaaaaaaa", "bbbbbbbbat12"]


def test_a_base_of_the_hub_is_fetched_where_the_run_is_and_another_folder_is_refused(run, home, tmp_path):
    assert folders_for(dataclasses.replace(run, base="someone/some-model"), home) == []
    with pytest.raises(RunError, match="of no node"):
        folders_for(dataclasses.replace(run, base=str(tmp_path)), home)


def test_a_place_that_can_not_be_is_refused():
    with pytest.raises(RunError, match="'abacus://x' can't be reached"):
        Place("abacus://x")
