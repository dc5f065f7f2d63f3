"""Health and figures for whoever operates a lab."""

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lab.api import Lab
from lab.errors import StoreError
from lab.store import Feedback, Status
from lab.store.pairs import new_answer, new_pair
from lab.ui.operating import Operating
from tests.test_store import make_run


@pytest.fixture
def asked(home, store):
    return TestClient(Starlette(routes=Operating(Lab(home, store)).routes()))


def test_figures_are_those_of_the_lab(asked, store):
    store.runs.queue([make_run(name) for name in "abcd"])
    first, second = store.runs.claim("here"), store.runs.claim("here")
    store.runs.end(second.id, Status.FAILED, "no")
    store.curves.write(first.id, 3, {"tokens_per_second": 120.5})
    pair = new_pair("prompts", *(new_answer(run, [], run, {}, "") for run in ("base:nano", "run00aa")))
    store.pairs.keep([pair])
    store.ratings.rate(Feedback("vote", pair.id, "browser-me", "left", pair.first.id, pair.second.id))
    answer = asked.get("/metrics")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    for line in ('parrot_lab_runs{status="queued"} 2', 'parrot_lab_runs{status="running"} 1',
                 "parrot_lab_queue_length 2", "parrot_lab_runs_failed 1", "parrot_lab_tokens_per_second 120.5",
                 'parrot_lab_feedback{kind="vote",scripted="false"} 1',
                 'parrot_lab_feedback{kind="vote",scripted="true"} 0'):  # fmt: skip
        assert line in lines, line
    assert any(line.startswith('parrot_lab_memory_bytes{process="web"} ') for line in lines)
    assert any(line.startswith('parrot_lab_disk_bytes{kind="database"} ') for line in lines)
    for line in lines:  # every line is one of the text format
        assert re.fullmatch(r"# (HELP|TYPE) \w+ .+|\w+(\{\w+=\"[^\"]*\"(,\w+=\"[^\"]*\")*\})? -?[0-9.e+]+", line), line
    assert str(store.home.root) not in answer.text


def test_health_says_what_is_not_well(asked, store, monkeypatch):
    answer = asked.get("/health")
    assert answer.status_code == 200 and answer.json()["status"] == "ok" and answer.json()["database"] == "ok"

    def away():
        raise StoreError("the database can't be reached", where="postgresql://secret")

    monkeypatch.setattr(store.ratings, "newest", away)
    answer = asked.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "unwell")
    assert answer.json()["database"] == "the database can't be reached" and "secret" not in answer.text


def test_figures_of_a_public_lab_need_its_token(asked, monkeypatch):
    monkeypatch.setenv("LAB_PUBLIC", "1")
    assert asked.get("/metrics").status_code == 403 and asked.get("/health").status_code == 200
    monkeypatch.setenv("LAB_METRICS_TOKEN", "let-me-see")
    assert asked.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 403
    assert asked.get("/metrics", headers={"authorization": "Bearer let-me-see"}).status_code == 200
