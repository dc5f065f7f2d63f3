"""A comparison leaves through the page, and comes in where the lab is one's own; a run leaves as a script."""

import io
import json
import zipfile

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lab.api import Lab
from lab.home import Home
from lab.store import Store
from lab.ui.comparisons import Comparisons
from lab.ui.giving import Giving
from lab.ui.runs import Runs
from lab.visitors import Role, Visitor, acting
from tests.bundle.bundles import COMPARISON, NAMES, fill, run_of

STRANGER = Visitor("visitor-0000000000000000", Role.VISITOR, "", True)


@pytest.fixture
def lab(tmp_path):
    with Lab(Home(tmp_path / "home"), Store(Home(tmp_path / "home")), None, None) as opened:
        fill(opened.store)
        yield opened


@pytest.fixture
def site(lab):
    return TestClient(Starlette(routes=Giving(lab).routes()))


def sent(lab, site, **asked):
    made = Giving(lab).give({"run": "aaaa0002", "form": "bundle"} | asked)
    assert "problem" not in made, made
    got = site.get(made["url"])
    assert got.status_code == 200 and len(got.content) == made["bytes"]
    assert site.get(made["url"]).status_code == 404
    return made, got


def test_a_comparison_is_sent_once_and_imported_elsewhere(lab, site, tmp_path, monkeypatch):
    made, got = sent(lab, site, weights=True)
    assert (made["runs"], made["ratings"], made["weights"]) == (2, 3, 2)
    assert f"{COMPARISON}-bundle.zip" in got.headers["content-disposition"]
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    (uploads / "x.zip").write_bytes(got.content)
    monkeypatch.setattr("gradio.utils.get_upload_folder", lambda: str(uploads))
    with Lab(Home(tmp_path / "other"), Store(Home(tmp_path / "other")), None, None) as other:
        assert not Runs(other).list_runs()["runs"] and Runs(other).list_runs()["owner"]
        told = Giving(other).bring_in({"path": str(uploads / "x.zip")})
        assert (told["comparison"], told["runs"], told["ratings"], told["weights"]) == (COMPARISON, 2, 3, 2)
        assert told["lab"] == lab.home.lab_id
        (card,) = Comparisons(other).list_comparisons()["comparisons"]
        assert card["imported"] == lab.home.lab_id
        notes = [run["notes"][0] for run in Runs(other).list_runs()["runs"]]
        assert all("measured there" in note["en"] and "在那里测得" in note["zh"] for note in notes)
        assert "is here already" in Giving(other).bring_in({"path": str(uploads / "x.zip")})["problem"]
        assert "not an uploaded file" in Giving(other).bring_in({"path": "/etc/passwd"})["problem"]
        (uploads / "bad.zip").write_bytes(b"no zip")
        assert "no whole bundle" in Giving(other).bring_in({"path": str(uploads / "bad.zip")})["problem"]


def test_only_the_owner_takes_a_bundle_in_and_nobody_gives_what_is_not_theirs(lab, site):
    with acting(STRANGER):
        assert "only the lab's owner" in Giving(lab).bring_in({"path": "/x.zip"})["problem"]
        assert "somebody else's" in Giving(lab).give({"run": "aaaa0001", "form": "bundle"})["problem"]
        assert not Runs(lab).list_runs()["owner"]
        assert site.get("/give/aaaa0001/bundle.zip").status_code == 404
    mine = run_of("bbbb0001", "mine", "c0ffee05")
    lab.store.runs.queue([mine.__class__(**{**mine.__dict__, "visitor": STRANGER.mark})])
    with acting(STRANGER):
        made = Giving(lab).give({"run": "bbbb0001", "form": "bundle"})
        assert made["runs"] == 1


def test_what_can_not_be_is_told_and_no_address_leads_elsewhere(lab, site):
    assert "problem" in Giving(lab).give({"run": "nobody00", "form": "bundle"})
    assert "problem" in Giving(lab).give({"run": "aaaa0001", "form": "pickle"})
    assert site.get("/give/aaaa0001/bundle.zip").status_code == 404
    assert site.get("/give/..%2f..%2fetc/passwd.zip").status_code == 404


def test_a_script_is_written_by_another_process_and_its_refusal_is_told(lab, site, monkeypatch):
    class Ended:
        returncode, stdout, stderr = 0, "", ""

    def run(command, **_):
        folder = command[command.index("-o") + 1]
        assert command[3:7] == ["export", "aaaa0001", "--as", "script"]
        if Ended.returncode == 0:
            (Home(folder).root / "train.py").write_text("print()")
            Ended.stdout = json.dumps({"lines": 1, "rows": 2, "held_out": 3, "notes": []})
        return Ended

    monkeypatch.setattr("lab.ui.giving.subprocess.run", run)
    made, got = sent(lab, site, run="aaaa0001", form="script")
    assert made["lines"] == 1 and zipfile.ZipFile(io.BytesIO(got.content)).namelist() == ["train.py"]
    Ended.returncode, Ended.stderr = 2, "warning\nerror: no script is written for that.\n"
    told = Giving(lab).give({"run": "aaaa0001", "form": "script"})
    assert told == {"problem": "no script is written for that."}
    assert set(NAMES) == {run.id for run in lab.store.runs.all()}
