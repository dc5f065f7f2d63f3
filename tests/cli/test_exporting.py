"""Taking a model home from the terminal: what is said of it, and what is asked that can't be."""

import json
from pathlib import Path

import pytest

from lab.model_export import Agreement, Exported
from tests.cli.test_keeping import lab, runs  # noqa: F401

FOUND = Agreement(104, 0.5, 7.5e-4, 0.971, by="llama.cpp (x 1)", texts=28, texts_same=27, differing=("龘",))


@pytest.fixture
def written(monkeypatch):
    """What the lab is asked to write; nothing is."""
    asked = []

    def export_model(run, form, goal, store, type):
        asked.append((run, form, str(goal), type))
        return Exported(Path(goal), form, 4_000_000, FOUND)

    monkeypatch.setattr("lab.model_export.export_model", export_model)
    return asked


def test_a_gguf_is_asked_for_in_a_type_and_told_with_its_figures(lab, runs, written):  # noqa: F811
    run = runs[0].id
    code, _, told = lab("export", run, "--as", "gguf", "--type", "q8_0", "-o", "parrot.gguf")
    assert code == 0 and written == [(run, "gguf", "parrot.gguf", "q8_0")]
    assert "by llama.cpp (x 1), over 104 tokens: the same likeliest token after 97.1%, 0.00075 nats apart" in told
    assert "27 of 28 texts" in told and "read as other tokens: '龘'" in told
    figures = json.loads(lab("export", run, "--as", "gguf", "--json")[1])
    assert figures["as"] == "gguf" and figures["type"] == "f16" and figures["kl"] == 7.5e-4
    assert figures["by"] == "llama.cpp (x 1)" and figures["texts_same"] == 27 and figures["differing"] == ["龘"]


def test_a_type_is_of_a_gguf_alone_and_a_model_of_one_run(lab, runs, written):  # noqa: F811
    first, second, _ = (run.id for run in runs)
    assert (
        "--type: only a GGUF file has that. Take --as gguf."
        in lab("export", first, "--as", "merged", "--type", "f16")[2]
    )
    assert "2 runs are named" in lab("export", first, second, "--as", "gguf")[2]
    assert not written
