"""A staged folder is a Space: what the Hub reads of it, what is in it and what is not, and where it is refused."""

import json
import re
import sqlite3
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement

from lab.errors import LabError
from lab.home import PROJECT, Home
from lab.models.chain import Link, save_chain
from lab.space import HARDWARE, stage_space
from lab.space.hardware import hardware_named
from lab.space.requirements import pinned_here, requirements
from lab.space.shown import take_in_shown
from lab.space.stage import APP, MARK
from lab.store import Feedback, Run, Sample, Status, Store

KEYS = {"title", "emoji", "colorFrom", "colorTo", "sdk", "sdk_version", "python_version", "app_file", "pinned",
        "license", "short_description", "suggested_hardware", "fullWidth", "tags", "hf_oauth"}  # fmt: skip
"""Of the Hub's reference of what a Space's front matter may say."""


def front(folder) -> dict:
    return yaml.safe_load((folder / "README.md").read_text().split("---")[1])


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """A lab with a run, one that builds on it, one on a file of somebody's, and what nobody else is to see."""
    home = Home(tmp_path_factory.mktemp("shown") / "home")
    with Store(home) as store:
        recipe = "name: r\nbase: nano\ndata: cuisine\nvariants: [{name: LoRA, method: lora}]\n"
        for run_id, words, base in (("aaaa0001", recipe, "nano"), ("aaaa0002", recipe, "run:aaaa0001"),
                                    ("aaaa0003", recipe.replace("cuisine", "/home/ann/faq.jsonl"), "nano"),
                                    ("aaaa0004", recipe, "nano")):  # fmt: skip
            store.runs.queue([Run(
                id=run_id, comparison="c0000001", name="LoRA", recipe_name="r", recipe=words, base=base, method="lora",
                objective="sft", parent=None, status=Status.QUEUED, created=1.0, visitor="browser-0123456789abcdef",
            )])  # fmt: skip
            if run_id != "aaaa0004":
                store.runs.claim("a machine", [run_id])
                store.runs.end(run_id, Status.DONE)
            store.curves.write(run_id, 1, {"loss": 2.5})
        store.curves.write_samples([Sample("aaaa0001", 1, 0, "Hello?", "Hi.", 1.0)])
        chain = (Link("base", "nano"),)
        for run_id in ("aaaa0001", "aaaa0002"):
            home.run(run_id).stage(0).mkdir(parents=True)
            (home.run(run_id).stage(0) / "adapter_model.safetensors").write_bytes(b"weights")
            chain = (*chain, Link("adapter", f"{run_id}/stage-0", "lora"))
            save_chain(home.run(run_id), chain)
        (home.run("aaaa0001").root / "log.txt").write_text("/home/ann/lab")
        (home.run("aaaa0001").checkpoints(0) / "checkpoint-1").mkdir(parents=True)
        answer = store.ratings.keep_answer("aaaa0001", [{"role": "user", "content": "a secret"}], "yes", {}, "f")
        store.ratings.rate(Feedback("thumb", answer.id, "ann", "good", answer.id))
        store.marks.change(["aaaa0001"], note="not for others")
        yield store


@pytest.fixture(scope="module")
def staged(there, tmp_path_factory):
    return stage_space(tmp_path_factory.mktemp("staged") / "space", there, runs=["aaaa0002"])


def test_the_front_matter_is_what_the_hub_takes(staged):
    told = front(staged.folder)
    assert set(told) <= KEYS and told["sdk"] == "gradio" and told["app_file"] == "app.py"
    assert told["sdk_version"] == pinned_here()["gradio"] and told["hf_oauth"] is True
    assert len(told["short_description"]) <= 60 and told["python_version"] == "3.11"
    assert told["suggested_hardware"] == "cpu-basic"


def test_what_runs_here_runs_there(staged):
    assert (PROJECT / "app.py").read_text() == APP == (staged.folder / "app.py").read_text()
    there = {one.name for one in staged.folder.iterdir()}
    assert there == {".gitattributes", MARK, "LICENSE", "README.md", "app.py", "assets", "lab", "recipes",
                     "requirements.txt", "shown"}  # fmt: skip
    names = [one.relative_to(staged.folder).as_posix() for one in staged.folder.rglob("*")]
    assert {"lab/ui/page.py", "assets/nano/model.safetensors", "recipes/first_steps.yaml", "assets/js/main.js"} <= set(
        names
    )
    assert not [name for name in names if "__pycache__" in name or name.startswith(("recipes/nano", "assets/pictures"))]


@pytest.mark.parametrize("name", sorted(HARDWARE))
def test_requirements_pin_all_that_is_needed_and_nothing_of_tests_or_quantisation(name):
    text = requirements(hardware_named(name))
    pins = dict(line.split("==") for line in text.splitlines() if "==" in line)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    needed = {Requirement(one).name.lower() for one in project["dependencies"]}
    assert needed <= set(pins) and len(pins) > 60
    assert not {"pytest", "ruff", "mypy", "bitsandbytes", "playwright", "mkdocs", "psycopg", "hypothesis"} & set(pins)
    assert ("whl/cpu" in text) == (name == "cpu")
    assert all(re.fullmatch(r"[\w.+]+", version) for version in pins.values())
    if name == "zero":
        assert pins["torch"] == "2.11.0" and pins["spaces"] == "0.51.3"
        assert hardware_named(name).python == "3.12.12"
    else:
        assert pins["torch"] == pinned_here()["torch"] and "spaces" not in pins


def test_runs_go_along_with_what_they_build_on_and_nothing_of_who_was_there(staged):
    assert staged.runs == ("aaaa0001", "aaaa0002")
    files = {one.name for one in (staged.folder / "shown" / "runs" / "aaaa0001").rglob("*")}
    assert "adapter_model.safetensors" in files and "log.txt" not in files
    assert not [name for name in files if name.startswith("checkpoint")]
    data = (staged.folder / "shown" / "lab.db").read_bytes()
    for secret in (b"a secret", b"faq.jsonl", b"browser-0123456789abcdef", b"a machine", b"not for others"):
        assert secret not in data, secret
    with sqlite3.connect(staged.folder / "shown" / "lab.db") as base:
        assert base.execute("select count(*) from feedback").fetchone() == (0,)


def test_a_lab_takes_them_in_once(staged, tmp_path):
    home = Home(tmp_path / "home")
    with Store(home) as store:
        assert take_in_shown(staged.folder / "shown", store) == 2
        assert take_in_shown(staged.folder / "shown", store) == 0
        assert store.curves.curve("aaaa0001", "loss") == [(1, 2.5)]
        assert [one.answer for one in store.curves.samples(["aaaa0001"])] == ["Hi."]
        assert store.runs.get("aaaa0002").visitor is None, "they are the owner's"
        assert (home.run("aaaa0002").root / "weights.json").exists()
        store.runs.delete("aaaa0002")
        assert take_in_shown(staged.folder / "shown", store) == 0, "what was deleted stays deleted"
        assert take_in_shown(tmp_path / "nowhere", store) == 0


@pytest.mark.parametrize(
    ("runs", "more", "said"),
    [
        (["aaaa0003"], {}, "names files of this machine"),
        (["aaaa0004"], {}, "is queued"),
        (["ffffffff"], {}, "ffffffff"),
        ([], {"hardware": "tpu"}, "there is no hardware 'tpu'"),
        ([], {"title": "x" * 61}, "--title"),
        ([], {"description": "two\nlines"}, "--description"),
    ],
)
def test_what_can_not_be_staged_is_refused_and_nothing_is_left(there, tmp_path, runs, more, said):
    with pytest.raises(LabError, match=said):
        stage_space(tmp_path / "space", there, runs=runs, **more)
    assert not list(tmp_path.iterdir())


def test_a_folder_with_something_else_is_refused_and_an_earlier_staging_replaced(there, tmp_path):
    folder = tmp_path / "space"
    folder.mkdir()
    (folder / "thesis.tex").write_text("years of work")
    with pytest.raises(LabError, match="there is something already"):
        stage_space(folder, there)
    assert [one.name for one in folder.iterdir()] == ["thesis.tex"]
    (folder / "thesis.tex").unlink()
    stage_space(folder, there, runs=["aaaa0001"])
    (folder / "packages.txt").write_text("ffmpeg\n")
    (folder / "lab" / "gone.py").write_text("")
    again = stage_space(folder, there, hardware="gpu", sign_in=False)
    assert again.runs == () and not (folder / "shown").exists() and not (folder / "lab" / "gone.py").exists()
    assert (folder / "packages.txt").exists() and "hf_oauth" not in front(folder)
    assert front(folder)["suggested_hardware"] == "t4-small"
    (folder / MARK).write_text(json.dumps({"entries": ["../thesis.tex", 7, "README.md"]}))
    with pytest.raises(LabError, match="was not staged"):
        stage_space(folder, there)
    with pytest.raises(LabError, match="there is a file of that name"):
        stage_space(folder / "README.md", there)
