"""The page to look at alone only reads, shows everybody what they may see, and is framed by whom the owner names."""

import json
from dataclasses import replace

import pytest

from lab.errors import LabError
from lab.store import Status
from lab.ui.doors import DOORS, LOOK
from lab.ui.gate import embedding_sites
from lab.ui.look import READERS
from tests.ui.shared_lab import SharedLab

SPACE = "frame-ancestors 'self' https://huggingface.co https://*.hf.space"


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    lab = SharedLab(tmp_path_factory.mktemp("look"))
    done = lab.visit(lab.app()).train()
    run = lab.store.runs.get(done)
    lab.store.runs.queue([
        replace(run, id="cccc0001", comparison="cccc0001", recipe_name="Mine </title> alone", status=Status.DONE,
                recipe=run.recipe.replace("name: cuisine", "name: upload:rows.csv")),
        replace(run, id="dddd0001", comparison="dddd0001", recipe_name="First steps", status=Status.DONE),
    ])  # fmt: skip
    yield lab
    lab.close()


def look(visit, show, **more):
    return visit.web.get("/", params={"show": show, **more})


def read(visit, name, **asked):
    return visit.web.get(f"/look/{name}", params={"asked": json.dumps(asked)})


def test_every_reader_is_an_endpoint_that_only_looks():
    assert len(READERS) == 8 and all(DOORS[name] == LOOK for name in READERS)


def test_it_is_a_page_of_its_own_without_gradio(shared):
    visit = shared.visit(shared.app())
    page = look(visit, "dddd0001")
    assert page.status_code == 200 and "<title>First steps · Parrot Lab</title>" in page.text
    assert "window.gradio_config" not in page.text and 'id="look"' in page.text
    assert visit.web.get("/", params={"run": "dddd0001"}, headers={"host": "evil.example"}).status_code == 421
    assert "<title>第一步 · Parrot Lab</title>" in look(visit, "dddd0001", lang="zh").text
    assert "</title> alone" not in look(visit, "cccc0001").text
    assert read(visit, "watch", comparison="dddd0001").json()["title"] == "First steps"


@pytest.mark.parametrize("show", ["nothing0", "../etc", "", "a" * 400, "dddd0001,", "<script>alert(1)</script>"])
def test_a_wrong_id_is_a_sentence_on_the_page(shared, show):
    page = look(shared.visit(shared.app()), show)
    assert page.status_code == 404 and '"problem":true' in page.text and "<script>alert" not in page.text


def test_several_stand_side_by_side(shared):
    page = look(shared.visit(shared.app()), "dddd0001,cccc0001")
    assert page.status_code == 200 and '"runs":["dddd0001","cccc0001"]' in page.text


def test_nothing_can_be_changed_through_it(shared):
    visit = shared.visit(shared.app())
    for name in sorted(set(DOORS) - set(READERS)):
        assert read(visit, name).json() == {"detail": "There is nothing here."}, name
    assert visit.web.post("/look/watch", json={}).status_code == 405
    assert read(visit, "watch", comparison="x' or 1").json()["problem"].startswith("The page asked for something")
    assert visit.web.get("/look/watch", params={"asked": "{"}).status_code == 400
    assert visit.web.get("/look/watch", params={"asked": "[1]"}).json()["problem"]
    assert visit.web.get("/look/watch", params={"asked": " " * 50_000}).status_code == 404


def test_a_visitor_sees_what_they_may_see(shared, monkeypatch):
    monkeypatch.setenv("LAB_PUBLIC", "1")
    app = shared.app()
    guest, owner = shared.visit(app), shared.owner(app)
    assert look(guest, "cccc0001").status_code == 404 and look(owner, "cccc0001").status_code == 200
    assert "no longer there" in read(guest, "watch", comparison="cccc0001").json()["problem"]
    assert "runs" in read(owner, "watch", comparison="cccc0001").json()
    assert look(guest, "dddd0001").status_code == 200
    assert [run["mine"] for run in read(guest, "watch", comparison="dddd0001").json()["runs"]] == [False]
    assert "upload" not in read(guest, "settings", comparison="dddd0001").text


def test_only_this_lab_frames_it_unless_its_owner_names_others(shared, monkeypatch):
    def frames(path):
        policy = shared.visit(shared.app()).web.get(path).headers["content-security-policy"]
        return policy.split("; ")[-1]

    assert frames("/?show=dddd0001&embed=1") == frames("/config") == "frame-ancestors 'self'"
    monkeypatch.setenv("LAB_EMBED", "https://school.example, https://*.edu.example:8443")
    assert frames("/?show=dddd0001") == "frame-ancestors 'self' https://school.example https://*.edu.example:8443"
    assert frames("/config") == frames("/config?show=dddd0001") == "frame-ancestors 'self'"
    assert '"open":true' in look(shared.visit(shared.app()), "dddd0001").text
    monkeypatch.setenv("SPACE_ID", "owner/lab")
    assert frames("/config") == SPACE and frames("/?show=dddd0001").startswith(SPACE)


@pytest.mark.parametrize("said", ["javascript:x", "https://a.example/path", "'none'", "a.example; script-src *"])
def test_what_is_no_site_is_refused_before_the_lab_opens(monkeypatch, said):
    monkeypatch.setenv("LAB_EMBED", said)
    with pytest.raises(LabError, match="which is no site"):
        embedding_sites()
