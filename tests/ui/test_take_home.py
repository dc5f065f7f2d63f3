"""A model leaves through the page: made by a process of its own, sent once, and to nobody else."""

import io
import zipfile

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lab.api import Lab
from lab.store import Run, Status, Store
from lab.ui.runs import Runs
from lab.ui.take_home import TakeHome
from lab.visitors import Role, Visitor, acting
from tests.runs_of_every_kind import base, home, runs  # noqa: F401

STRANGER = Visitor("visitor-0000000000000000", Role.VISITOR, "", True)


@pytest.fixture(scope="module")
def lab(home, base, runs):  # noqa: F811
    with Lab(home, Store(home), None, None) as opened:
        opened.store.runs.queue(
            Run(id=ref.removeprefix("run:"), comparison="comp0001", name=kind, recipe_name="r", recipe="name: r",
                base=base, method="lora", objective="sft", parent=None, status=Status.DONE, created=1.0)
            for kind, ref in runs.items()
        )  # fmt: skip
        yield opened


@pytest.fixture
def site(lab):
    return TestClient(Starlette(routes=TakeHome(lab).routes()))


@pytest.mark.slow
def test_the_file_has_the_checked_model_and_is_sent_once(lab, site):
    made = TakeHome(lab).take_home({"run": "aaaaaa01", "form": "merged"})
    assert "problem" not in made, made
    assert made["taken"]["same_likeliest"] == 1.0 and made["taken"]["tokens"] > 20
    assert Runs(lab).details({"run": "aaaaaa01"})["exports"] == [made["taken"]]
    sent = site.get(made["url"])
    names = set(zipfile.ZipFile(io.BytesIO(sent.content)).namelist())
    assert {"config.json", "model.safetensors", "tokenizer.json", "README.md"} <= names
    assert len(sent.content) == made["bytes"]
    assert site.get(made["url"]).status_code == 404


def test_what_can_not_be_is_told_in_the_words_of_the_export(lab):
    told = TakeHome(lab).take_home({"run": "aaaaaa04", "form": "adapter"})
    assert "trained the base's own weights" in told["problem"] and "/" not in told["problem"]
    assert told["said"]["zh"].endswith("请带走完整模型。")
    assert "problem" in TakeHome(lab).take_home({"run": "aaaaaa01", "form": "pickle"})
    assert "problem" in TakeHome(lab).take_home({"run": "nobody00", "form": "merged"})


def test_nobody_takes_what_is_not_theirs(lab, site):
    assert site.get("/take_home/aaaaaa01/merged.zip").status_code == 404
    assert site.get("/take_home/..%2f..%2fetc/passwd.zip").status_code == 404
    with acting(STRANGER):
        assert "there is no run" in TakeHome(lab).take_home({"run": "aaaaaa01", "form": "merged"})["problem"]
