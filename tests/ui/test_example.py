"""Before anything has been trained the page shows a recorded comparison, through the same doors as any other."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from lab.errors import RunError
from lab.store import Run, Status
from lab.ui.example import FILE, Example, record
from lab.ui.run_details import RunDetails
from lab.ui.run_view import RunView


@pytest.fixture
def example(store):
    return Example(store)


def test_an_empty_lab_shows_the_example(store, example):
    seen = RunView(store, example).watch({})
    assert seen["recorded"] and seen["over"] and len(seen["runs"]) == 4
    assert {run["method"] for run in seen["runs"]} == {"full", "freeze", "lora"}
    assert all(run["held_out"][1] < run["held_out"][0] for run in seen["runs"])
    assert seen["points"] and seen["samples"]
    pictures = RunDetails(store, example).moved({"runs": [run["id"] for run in seen["runs"]]})
    assert len(pictures["runs"]) == 4 and "problem" not in pictures
    assert RunDetails(store, example).settings({"comparison": seen["comparison"]})["runs"]
    assert store.runs.all() == []


def test_several_threads_read_it(store, example):
    watching = RunView(store, example)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(watching.watch, [{"comparison": "example0"}] * 40))
    assert all("problem" not in answer and answer["points"] for answer in answers)


def test_what_has_begun_here_is_shown_instead(store, example):
    store.runs.queue([
        Run(id="run000aa", comparison="comp00aa", name="LoRA", recipe_name="Mine", recipe="", base="nano",
            method="lora", objective="sft", parent=None, status=Status.QUEUED, created=1.0, total_steps=2)
    ])  # fmt: skip
    watching = RunView(store, example)
    assert watching.watch({})["recorded"]
    store.runs.claim("here")
    seen = watching.watch({})
    assert not seen["recorded"] and not seen["over"] and seen["title"] == "Mine"


def test_the_example_can_not_be_stopped(store, example):
    watching = RunView(store, example)
    assert "problem" in watching.stop({"comparison": watching.watch({})["comparison"]})
    with pytest.raises(RunError):
        store.runs.get("example1")


def test_recording_it_again_gives_the_same_runs(store, example, tmp_path):
    again, shown = tmp_path / "again.json", example.store_for("example0")
    runs = shown.runs.all(comparison="example0")
    assert record(shown, "example0", again) == len(runs) >= 3
    recorded = Example(store, again).store_for("example0")
    assert recorded.runs.all(comparison="example0") == runs
    old, new = json.loads(FILE.read_text()), json.loads(again.read_text())
    assert (new["points"], new["samples"]) == (old["points"], old["samples"])
    assert "/tmp" not in FILE.read_text() and "/home/" not in FILE.read_text()
