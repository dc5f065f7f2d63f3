"""What a recipe reports to TensorBoard is there, stage by stage; of somebody else's run nothing is."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from lab.store import Status
from lab.training.run import train_run
from lab.training.trackers import trackers_of
from lab.visitors import Role, Visitor, acting
from tests.training.test_run import queue

pytestmark = pytest.mark.slow


def scalars(folder: Path) -> dict[str, list[int]]:
    """The steps of each scalar in the event files of a folder."""
    from tensorboardX.proto.event_pb2 import Event
    from tensorboardX.record_writer import masked_crc32c  # noqa: F401 (the files are its records)

    found: dict[str, list[int]] = {}
    for file in folder.glob("events*"):
        raw = file.read_bytes()
        while raw:
            size = int.from_bytes(raw[:8], "little")
            event = Event.FromString(raw[12 : 12 + size])
            for value in event.summary.value:
                found.setdefault(value.tag, []).append(event.step)
            raw = raw[16 + size :]
    return found


def test_each_stage_of_the_owners_run_is_reported_and_the_search_for_a_rate_is_not(store, tiny_base):
    stages = [{"method": "lora", "learning_rate": "search", "search": {"rates": 2}}, {"method": "lora"}]
    run = queue(store, tiny_base, *stages, steps=3, report_to="tensorboard")
    assert train_run(run, store) == Status.DONE
    root = store.home.run(run.id).tensorboard
    assert sorted(one.name for one in root.iterdir()) == ["stage-1", "stage-2"]
    for stage in root.iterdir():
        assert scalars(stage)["train/loss"] == [1, 2, 3]
    elsewhere = [one for one in store.home.run(run.id).root.rglob("events*") if root not in one.parents]
    assert not elsewhere


def test_a_visitors_run_reports_nothing_whatever_its_recipe_says(monkeypatch):
    for name in ("WANDB_PROJECT", "MLFLOW_EXPERIMENT_NAME"):
        monkeypatch.setenv(name, "mine")
    context = SimpleNamespace(plan=SimpleNamespace(report_to=("tensorboard",)))
    assert trackers_of(context) == ("tensorboard",)
    for role in (Role.VISITOR, Role.MEMBER):
        with acting(Visitor("browser-1", role)):
            assert trackers_of(context) == ()
