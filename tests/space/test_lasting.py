"""What people do in a lab outlives its disk: kept in a folder or on a Hub, votes first, and back at the next start."""

import shutil

import pytest

from lab.errors import LabError
from lab.home import Home, is_bucket
from lab.space.lasting import Keeper, keeper_of
from lab.space.places import FolderPlace, HubPlace, place_of_environment
from lab.store import Feedback, Run, Status, Store
from lab.store.backup import MANIFEST
from lab.visitors.keys import secret_of
from tests.hub import READER, at_this_hub, fake_hub


@pytest.fixture(scope="module")
def hub():
    with fake_hub() as hub:
        yield hub


@pytest.fixture(params=["folder", "hub"])
def place(request, hub, tmp_path, monkeypatch):
    """Makes the same place again and again, as a lab does that starts again."""
    if request.param == "folder":
        yield lambda: FolderPlace(tmp_path / "bucket")
    else:
        hub.repos.clear()
        with at_this_hub(hub, monkeypatch, tmp_path / "cache"):
            yield lambda: HubPlace("me/votes")


def vote(home: Home, rater: str) -> None:
    with Store(home) as store:
        answer = store.ratings.keep_answer("nano", [{"role": "user", "content": "Hello?"}], "Hi.", {}, "f")
        store.ratings.rate(Feedback("thumb", answer.id, rater, "good", answer.id))


def run(run_id: str) -> Run:
    return Run(id=run_id, comparison="c0000001", name="LoRA", recipe_name="r", recipe="name: r", base="nano",
               method="lora", objective="sft", parent=None, status=Status.QUEUED, created=1.0)  # fmt: skip


def with_run(home: Home, run_id: str, status: Status) -> None:
    with Store(home) as store:
        store.runs.queue([run(run_id)])
        store.runs.claim("here", [run_id])
        store.runs.end(run_id, status)
    folder = home.run(run_id)
    for step in (8, 16):
        (folder.checkpoints(0) / f"checkpoint-{step}").mkdir(parents=True)
        (folder.checkpoints(0) / f"checkpoint-{step}" / "trainer_state.json").write_text("{}")
    folder.stage(0).mkdir()
    (folder.stage(0) / "adapter_model.safetensors").write_bytes(b"weights of " + run_id.encode())


def raters(home: Home) -> list[str]:
    with Store(home) as store:
        return sorted(one.rater for one in store.ratings.current("thumb"))


def forget(home: Home) -> Home:
    """The next start on an empty disk."""
    shutil.rmtree(home.root)
    return Home(home.root)


def test_votes_runs_and_who_is_who_come_back_on_an_empty_disk(home, place):
    keeper = Keeper(home, place())
    assert keeper.restore() is None
    vote(home, "ann")
    with_run(home, "0a0a0a0a", Status.DONE)
    with_run(home, "0b0b0b0b", Status.INTERRUPTED)
    assert keeper.keep() and not keeper.problem
    vote(home, "bob")
    assert keeper.keep(database_only=True)  # as when it is told to end
    secret = secret_of(home)

    home = forget(home)
    found = Keeper(home, place()).restore()
    assert found and found.runs == 2
    assert raters(home) == ["ann", "bob"] and secret_of(home) == secret
    weights = home.run("0a0a0a0a").stage(0) / "adapter_model.safetensors"
    assert weights.read_bytes() == b"weights of 0a0a0a0a"
    assert not home.run("0a0a0a0a").checkpoints(0).exists()
    kept = [one.name for one in home.run("0b0b0b0b").checkpoints(0).iterdir()]
    assert kept == ["checkpoint-16"], "an interrupted run goes on from its last checkpoint"


def test_only_what_has_changed_is_sent_and_what_was_deleted_goes(home, hub, tmp_path, monkeypatch):
    hub.repos.clear()
    with at_this_hub(hub, monkeypatch, tmp_path / "cache"):
        keeper = Keeper(home, HubPlace("me/votes"))
        keeper.restore()
        vote(home, "ann")
        with_run(home, "0a0a0a0a", Status.DONE)
        assert keeper.keep()
        repo = hub.repos["datasets/me/votes"]
        assert repo.private and "runs/0a0a0a0a/stage-0/adapter_model.safetensors" in repo.files
        commits = len(repo.commits)
        assert keeper.keep() and len(repo.commits) == commits, "nothing has changed"
        with Store(home) as store:
            store.runs.delete("0a0a0a0a")
        shutil.rmtree(home.run("0a0a0a0a").root)
        assert keeper.keep() and len(repo.commits) == commits + 1
        assert not [name for name in repo.files if name.startswith("runs/")]


def test_two_labs_do_not_write_over_each_other(home, place, tmp_path):
    first = Keeper(home, place())
    first.restore()
    vote(home, "ann")
    assert first.keep()
    other = Home(tmp_path / "other")
    vote(other, "eve")
    with pytest.raises(LabError, match="another lab is kept there"):
        Keeper(other, place()).restore()
    assert Keeper(home, place()).restore() is None, "the same lab, whose disk has lasted"


def test_what_another_has_committed_meanwhile_is_not_written_over_and_is_told(home, hub, tmp_path, monkeypatch):
    hub.repos.clear()
    with at_this_hub(hub, monkeypatch, tmp_path / "cache"):
        keeper = Keeper(home, HubPlace("me/votes"))
        keeper.restore()
        hub.repos["datasets/me/votes"].commits.append("f" * 40)
        vote(home, "ann")
        assert not keeper.keep() and "somebody else changed it meanwhile" in keeper.problem


def test_a_hub_that_is_away_costs_no_vote(home, hub, tmp_path, monkeypatch):
    hub.repos.clear()
    with at_this_hub(hub, monkeypatch, tmp_path / "cache"):
        keeper = Keeper(home, HubPlace("me/votes"))
        keeper.restore()
        vote(home, "ann")
        hub.refuse["/commit/"] = 403
        assert not keeper.keep() and "may not write" in keeper.problem and "hf_" not in keeper.problem
        assert keeper.keep() and not keeper.problem
        home = forget(home)
        assert Keeper(home, HubPlace("me/votes")).restore() and raters(home) == ["ann"]


@pytest.mark.parametrize(("token", "said"), [(None, "nobody is logged in"), (READER, "may not write"),
                                             ("hf_stranger", "does not know who you are")])  # fmt: skip
def test_a_lab_that_can_not_reach_what_was_kept_does_not_start_without_it(
    home, hub, tmp_path, monkeypatch, token, said
):
    hub.repos.clear()
    with at_this_hub(hub, monkeypatch, tmp_path / "cache", token), pytest.raises(LabError, match=said):
        Keeper(home, HubPlace("me/votes")).restore()


def test_a_public_data_set_is_no_place_for_votes(home, hub, tmp_path, monkeypatch):
    hub.repos.clear()
    hub.create({"name": "votes", "type": "dataset"})
    with at_this_hub(hub, monkeypatch, tmp_path / "cache"), pytest.raises(LabError, match="everybody can read"):
        Keeper(home, HubPlace("me/votes")).restore()


def test_what_is_damaged_is_refused(home, tmp_path):
    place = FolderPlace(tmp_path / "bucket")
    (tmp_path / "bucket").mkdir()
    (tmp_path / "bucket" / "lab.db").write_bytes(b"no database")
    (tmp_path / "bucket" / MANIFEST).write_text('{"format": 1, "schema": 1, "runs": 0, "votes": 0, "made": 1}')
    with pytest.raises(LabError, match="damaged"):
        Keeper(home, place).restore()


def test_the_environment_says_where(home, tmp_path, monkeypatch):
    monkeypatch.delenv("LAB_KEEP", raising=False)
    assert place_of_environment() is None and keeper_of(home).keep()
    monkeypatch.setenv("LAB_KEEP", str(tmp_path))
    assert place_of_environment().name == str(tmp_path / "parrot-lab")
    monkeypatch.setenv("LAB_KEEP", "me/votes")
    assert place_of_environment().name == "me/votes"
    for wrong in ("no name", "a/b/c", str(tmp_path / "gone")):
        monkeypatch.setenv("LAB_KEEP", wrong)
        with pytest.raises(LabError, match="LAB_KEEP"):
            place_of_environment()


def test_a_bucket_is_told_from_a_disk(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sdb /data ext4 rw 0 0\nproc /proc proc rw 0 0\n")
    assert not is_bucket(tmp_path / "data", mounts)
    mounts.write_text(f"hf-mount {tmp_path}/data fuse.hf rw 0 0\n")
    assert is_bucket(tmp_path / "data", mounts) and not is_bucket(tmp_path / "dat", mounts)
