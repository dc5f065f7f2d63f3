"""A run's model outside the lab: plain transformers and PEFT load it, it says what the run said, or it is refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lab.errors import LabError, ModelError, RunError
from lab.model_export import export_model
from lab.model_export.agreement import agreement, ask
from lab.model_export.record import exports_of
from lab.model_export.staging import MARK, staging
from lab.models import chain_of, load_chain
from lab.store import Run, Status, Store
from tests.model_export.reading_here import read_everything_here
from tests.runs_of_every_kind import base, home, model, runs, tokenizer  # noqa: F401

METHODS = {"lora": "lora", "lora_on_lora": "lora", "tensors": "freeze", "prefix": "prefix"}


def _run(ref: str, kind: str, base: str) -> Run:  # noqa: F811
    return Run(
        id=ref.removeprefix("run:"), comparison="comp0001", name=kind, recipe_name="r", recipe="name: r", base=base,
        method=METHODS.get(kind, "lora"), objective="sft", parent=None, status=Status.DONE, created=1.0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def store(home, base, runs):  # noqa: F811
    with Store(home) as opened:
        opened.runs.queue(_run(ref, kind, base) for kind, ref in runs.items())
        yield opened


def taken(kind, form, store, runs, folder):  # noqa: F811
    return export_model(runs[kind].removeprefix("run:"), form, folder, store)


@pytest.mark.parametrize(("kind", "form"), [("lora_on_lora", "adapter"), ("tensors", "merged"), ("prefix", "adapter")])
def test_what_is_taken_out_says_what_the_run_says(kind, form, store, runs, tmp_path, monkeypatch):  # noqa: F811
    read_everything_here(monkeypatch)
    found = taken(kind, form, store, runs, tmp_path / "out")
    assert found.agreement.holds and found.agreement.same_likeliest == 1.0 and found.agreement.tokens > 20
    assert found.agreement.largest_difference < 1e-3
    card = (tmp_path / "out" / "README.md").read_text()
    assert "THIS_FOLDER" in card and "Checked" in card
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
    assert found.bytes == sum(file.stat().st_size for file in found.folder.rglob("*") if file.is_file())


@pytest.mark.slow
def test_a_merged_lora_is_a_plain_folder_that_holds_another_model_off(store, home, runs, tokenizer, tmp_path):  # noqa: F811
    found = taken("lora", "merged", store, runs, tmp_path / "out")
    assert not (found.folder / "adapter_config.json").exists()
    assert json.loads((found.folder / "config.json").read_text())["model_type"] == "llama"
    another = load_chain(chain_of(runs["lora2"], home), home)
    with pytest.raises(ModelError, match="it is another model"):
        agreement(found.folder, ask(another, tokenizer, [[{"role": "user", "content": "Hello, parrot!"}]]))


@pytest.mark.parametrize(
    ("kind", "form", "said"),
    [
        ("tensors", "adapter", "trained the base's own weights.*--as merged"),
        ("prefix", "merged", "can't be merged into its base.*--as adapter"),
        ("prefix", "gguf", "can't be merged into its base.*--as adapter"),
        ("lora", "gguff", "there is no form 'gguff'"),
    ],
)
def test_a_form_that_a_run_can_not_have_is_refused_with_the_one_it_can(kind, form, said, store, runs, tmp_path):  # noqa: F811
    with pytest.raises(RunError, match=said):
        taken(kind, form, store, runs, tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_a_gguf_is_a_file_with_its_card_or_a_folder_and_is_noted_with_the_run(store, runs, tmp_path, monkeypatch):  # noqa: F811
    pytest.importorskip("xllamacpp")
    read_everything_here(monkeypatch)
    run = runs["lora"].removeprefix("run:")
    found = export_model(run, "gguf", tmp_path / "parrot.gguf", store, "q8_0")
    assert found.agreement.holds and "llama.cpp" in found.agreement.by and found.agreement.texts > 20
    assert {one.name for one in tmp_path.iterdir()} == {"parrot.gguf", "parrot.README.md"}
    card = (tmp_path / "parrot.README.md").read_text()
    assert "llama.cpp (xllamacpp" in card and "Weights in Q8_0" in card and "library_name: gguf" in card
    with pytest.raises(RunError, match="there is something already"):
        export_model(run, "gguf", tmp_path / "parrot.gguf", store)
    export_model(run, "gguf", tmp_path / "folder", store)
    assert {one.name for one in (tmp_path / "folder").iterdir()} == {f"{run}-f16.gguf", "README.md"}
    kept = exports_of(run, store.home)
    assert [one["form"] for one in kept][-2:] == ["gguf_q8_0", "gguf_f16"]
    assert kept[-1]["texts_same"] == found.agreement.texts_same and kept[-1]["kl"] < kept[-2]["kl"] < 1e-2
    with pytest.raises(RunError, match="there is no type 'q4' of GGUF file"):
        export_model(run, "gguf", tmp_path / "more", store, "q4")


def test_what_a_killed_export_left_goes_with_the_next_one_and_what_is_held_stays(tmp_path):
    with staging(tmp_path / "mine") as held:
        left = tmp_path / f".mine{MARK}abc"
        left.mkdir()
        (left / "lock").touch()
        (left / "model").mkdir()
        fresh = tmp_path / f".other{MARK}new"  # made a moment ago: its lock is not there yet
        fresh.mkdir()
        with staging(tmp_path / "another"):
            assert held.exists() and fresh.exists() and not left.exists()
    assert not held.exists()


def test_the_model_is_loaded_once(store, runs, tmp_path, monkeypatch):  # noqa: F811
    from lab.model_export import export

    read_everything_here(monkeypatch)
    loaded = []
    monkeypatch.setattr(export, "load_chain", lambda *given: loaded.append(given) or load_chain(*given))
    taken("lora2", "merged", store, runs, tmp_path / "out")
    assert len(loaded) == 1


def test_what_is_there_already_is_left_alone(store, runs, tmp_path):  # noqa: F811
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(RunError, match="there is something already"):
        taken("lora", "merged", store, runs, tmp_path / "mine")
    with pytest.raises(LabError):
        taken("lora", "merged", store, runs, tmp_path / "mine" / "notes.txt")
    assert (tmp_path / "mine" / "notes.txt").read_text() == "mine"


def test_a_run_without_weights_is_told(store, base, tmp_path):  # noqa: F811
    lost = replace(store.runs.all()[0], id="cccccc01")
    store.runs.queue([lost])
    with pytest.raises(ModelError, match="has no weights here"):
        export_model("cccccc01", "merged", Path(tmp_path / "out"), store)
