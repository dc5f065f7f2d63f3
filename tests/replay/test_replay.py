"""A recording is one page with everything in it: no address leads out of it, and no folder of this machine is named."""

import base64
import json
import re
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from lab.errors import RunError
from lab.home import Home
from lab.replay import page, recordings_of, replay_html, write_replay
from lab.replay.recording import MOST_LOOKS
from lab.space.push import _sdk
from lab.space.stage import is_staged
from lab.store import Sample, Status, Store
from lab.ui.example import Example

NASTY = '</script><script>alert("x")</script>'


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The recorded example, and beside it a run with a bad name, a path in its error and many samples."""
    example = Example(Store(Home(tmp_path_factory.mktemp("replay") / "home"))).store_for("example0")
    done = example.runs.all(comparison="example0")[0]
    example.runs.queue([
        replace(done, id="aaaa0001", comparison="aaaa0001", name=NASTY, recipe_name=NASTY, status=Status.FAILED,
                error="/home/ann/data/rows.csv: row 3 is bad", base="/home/ann/models/own"),
        replace(done, id="bbbb0001", comparison="bbbb0001", status=Status.RUNNING),
    ])  # fmt: skip
    for step in range(30):
        example.curves.write("aaaa0001", step + 1, {"loss": 2.0 - step / 30, "grad_norm": 1.0})
    example.curves.write_samples([Sample("aaaa0001", step, 0, "What?", f"{NASTY} {step}") for step in range(30)])
    return example


def data_in(html: str) -> dict:
    return json.loads(re.search(r'id="lab-recording">(.*?)</script>', html, re.S)[1])


def test_it_has_what_the_page_was_told_of_the_runs(store):
    (recording,) = recordings_of(store.runs.all(comparison="example0"), store)
    names = [run["name"] for run in recording["watched"]["runs"]]
    assert names == ["everything", "last two layers", "LoRA", "everything, with replay"]
    assert recording["what"] == {"comparison": "example0"} and recording["watched"]["leaders"]
    assert all(seconds > 1 for seconds in recording["seconds"]) and "grad_norm" not in recording["points"]
    assert {kind for _, kind, _, _ in recording["points"]["loss"]} == {0, 1}
    last = max(step for run, kind, step, _ in recording["points"]["loss"] if (run, kind) == (0, 0))
    assert last == recording["watched"]["runs"][0]["total"]
    assert len(recording["moved"]) == 4 and all(one["modules"] for one in recording["moved"].values())
    assert set(recording["versus"]) == set(names) and recording["versus"]["LoRA"]["variants"]
    assert len(recording["settings"]) == 4 and "variants" in recording["sweep"]


def test_long_lines_and_many_looks_are_thinned_and_paths_left_out(store):
    (recording,) = recordings_of(store.runs.all(comparison="aaaa0001"), store, points=10)
    assert len(recording["points"]["loss"]) == 10
    steps = [one[2] for one in recording["samples"]]
    assert (steps[0], steps[-1], len(steps)) == (0, 29, MOST_LOOKS)
    (run,) = recording["watched"]["runs"]
    assert run["error"] == "…/rows.csv: row 3 is bad" and run["base"] == "…/own"


def test_the_page_loads_nothing_and_its_data_does_nothing(store):
    html = replay_html(store.runs.all(comparison="aaaa0001"), store, "My <b>title</b>")
    assert NASTY not in html and "<b>title" not in html and data_in(html)["title"] == "My <b>title</b>"
    assert not re.search(r'(?:src|href)="(?!#)', html.split("<style>")[0])
    assert "default-src 'none'" in html and html.count("<script") == 4
    assert "/home/ann" not in html
    assert len(html.encode()) < 2 * 2**20


def test_every_module_of_the_page_is_in_it_and_names_only_others_that_are():
    modules = json.loads(page.import_map())["imports"]
    assert {"lab/replay.js", "lab/vendor/uplot.js", "lab/comparison/watcher.js"} <= modules.keys()
    assert "lab/train/form.js" not in modules
    for name, address in modules.items():
        text = base64.b64decode(address.removeprefix("data:text/javascript;base64,")).decode()
        assert set(re.findall(r'(?:from|import) "([^"]+)"', text)) <= modules.keys(), name


def test_a_folder_is_a_static_space_and_is_written_anew_but_over_nothing_else(store, tmp_path):
    runs = store.runs.all(comparison="example0")
    made = write_replay(runs, store, tmp_path / "out", "A: lesson")
    readme = (tmp_path / "out" / "README.md").read_text()
    assert 'title: "A: lesson"' in readme and "sdk: static" in readme and (made.comparisons, made.runs) == (1, 4)
    assert is_staged(tmp_path / "out") and _sdk(tmp_path / "out") == "static" and "tags: [parrot-lab]" in readme
    assert made.bytes == sum((tmp_path / "out" / name).stat().st_size for name in ("index.html", "README.md"))
    write_replay(runs, store, tmp_path / "out", language="zh")
    assert '<html lang="zh">' in (tmp_path / "out" / "index.html").read_text()
    (tmp_path / "out" / "notes.txt").write_text("mine")
    with pytest.raises(RunError, match=r"something else in it: notes\.txt"):
        write_replay(runs, store, tmp_path / "out")
    with pytest.raises(RunError, match="a file of that name"):
        write_replay(runs, store, tmp_path / "out" / "notes.txt")


def test_what_can_not_be_recorded_is_told(store, tmp_path, monkeypatch):
    with pytest.raises(RunError, match="'bbbb0001' is running"):
        write_replay(store.runs.all(comparison="bbbb0001"), store, tmp_path / "x")
    with pytest.raises(RunError, match="0 runs are named"):
        write_replay([], store, tmp_path / "x")
    with pytest.raises(RunError, match="title is empty"):
        write_replay(store.runs.all(comparison="example0"), store, tmp_path / "x", " ")
    monkeypatch.setattr(page, "MOST_BYTES", 1000)
    with pytest.raises(RunError, match="at most 0 MB are written"):
        replay_html(store.runs.all(comparison="example0"), store)
    assert not (tmp_path / "x").exists()


def test_the_command_says_what_it_wrote(store, tmp_path, monkeypatch):
    from lab.cli import app

    monkeypatch.setattr("lab.cli.replay.Lab.open", lambda: LabOf(store))
    folder = tmp_path / "r"
    done = CliRunner().invoke(app, ["replay", "example0", "-o", str(folder), "--json"])
    size = sum((folder / name).stat().st_size for name in ("index.html", "README.md"))
    assert json.loads(done.stdout) == {"folder": str(folder), "comparisons": 1, "runs": 4, "bytes": size}
    monkeypatch.setattr("lab.cli.sharing.Lab.open", lambda: LabOf(store))
    staged = ["space", "stage", str(tmp_path / "s"), "--replay", "--json"]
    done = CliRunner().invoke(app, [*staged, "--runs", "example0", "--title", "Lesson 1"])
    assert (
        json.loads(done.stdout)["hardware"] == "static"
        and 'title: "Lesson 1"' in (tmp_path / "s/README.md").read_text()
    )
    for more, said in (([], "not said what to play"), (["--runs", "aaaa0001"], "names files of yours")):
        assert said in str(CliRunner().invoke(app, [*staged, *more]).exception)


class LabOf:
    """A lab over a store that is open already."""

    def __init__(self, store):
        self.store = store

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass
