"""Reward models and classifiers outside the lab: plain transformers gives the scores and classes that the lab gives."""

import json
from dataclasses import replace

import pytest

from lab.errors import RunError
from lab.model_export import export_model
from lab.model_export.heads import gives_of, head_of
from lab.models import chain_of
from lab.objectives.classes.kept import Kept, keep_classes
from lab.objectives.reward_model import HEAD
from lab.store import Run, Status, Store
from tests.model_export.reading_here import read_everything_here
from tests.runs_of_every_kind import base, home, runs  # noqa: F401
from tests.tiny import make_lora_run, make_tensors_run

NAMES = ("meal", "drink", "weather")


@pytest.fixture(autouse=True)
def here(monkeypatch):
    read_everything_here(monkeypatch)


def weights(outputs, seed):
    import torch

    return torch.randn(outputs, 64, generator=torch.Generator().manual_seed(seed))


@pytest.fixture(scope="module")
def store(home, base, runs):  # noqa: F811
    """A reward model of two heads that is summed, one that is read last, a classifier on tensors, one by words."""
    import torch
    from safetensors.torch import save_file

    def kept(run_id, outputs, summed):
        (home.run(run_id).stage(0) / HEAD).mkdir()
        file = home.run(run_id).stage(0) / HEAD / "head.safetensors"
        save_file({"weight": weights(outputs, 1), "summed": torch.tensor(summed)}, file)

    for number, kind in enumerate(("summed", "last", "words", "drawn"), start=1):
        make_lora_run(home, base, f"bbbbbb0{number}", seed=number)
        if kind in ("summed", "last"):
            kept(f"bbbbbb0{number}", 2 if kind == "summed" else 1, kind == "summed")
    keep_classes(Kept(NAMES, "words", 64), None, home.run("bbbbbb03").stage(0))
    make_tensors_run(home, base, "bbbbbb05", ("model.norm.weight",))
    head = torch.nn.Linear(64, 3, bias=False)
    head.weight.data = weights(3, 2)
    keep_classes(Kept(NAMES, "head", 64), head, home.run("bbbbbb05").stage(0))
    with Store(home) as opened:
        opened.runs.queue(
            Run(id=f"bbbbbb0{number}", comparison="comp0002", name=objective, recipe_name="r", recipe="name: r",
                base=base, method="freeze" if number == 5 else "lora", objective=objective, parent=None,
                status=Status.DONE, created=1.0)
            for number, objective in enumerate(("reward", "reward", "classify", "draw", "classify"), start=1)
        )  # fmt: skip
        yield opened


@pytest.mark.parametrize("form", ["merged", "adapter"])
@pytest.mark.parametrize(("run", "kind"), [("bbbbbb01", "LlamaForTokenClassification"),
                                           ("bbbbbb02", "LlamaForSequenceClassification")])  # fmt: skip
def test_a_reward_model_gives_the_labs_scores_in_plain_transformers(form, run, kind, store, tmp_path):
    found = export_model(run, form, tmp_path / "out", store)
    assert found.agreement.of == "score" and found.agreement.holds and found.agreement.same_likeliest == 1.0
    assert found.agreement.largest_difference < 1e-4
    card = (tmp_path / "out" / "README.md").read_text()
    assert f"AutoModel{kind.removeprefix('Llama')}" in card and "answers: scores differ" in card
    if form == "merged":
        assert json.loads((tmp_path / "out" / "config.json").read_text())["architectures"] == [kind]


def test_a_classifier_gives_the_same_classes_by_their_names(store, tmp_path):
    found = export_model("bbbbbb05", "merged", tmp_path / "out", store)
    assert found.agreement.of == "class" and found.agreement.holds and found.agreement.kl < 1e-6
    config = json.loads((tmp_path / "out" / "config.json").read_text())
    assert list(config["id2label"].values()) == list(NAMES)
    assert "['meal', 'drink', 'weather']" in (tmp_path / "out" / "README.md").read_text()


def test_the_code_of_the_card_gives_the_labs_score(store, home, tmp_path, capsys):  # noqa: F811
    from lab.objectives.policy.rewards import Answers
    from lab.objectives.reward_model import load_reward

    export_model("bbbbbb01", "merged", tmp_path / "out", store)
    code = (tmp_path / "out" / "README.md").read_text().split("```python\n")[1].split("```")[0]
    for said in ("Hello!", "Hi, I am a parrot."):
        code = code.replace("…", said, 1)
    exec(code.replace("THIS_FOLDER", str(tmp_path / "out")), {})
    printed = float(capsys.readouterr().out.split()[-1])
    asked = [{"role": "user", "content": "Hello!"}], [{"role": "assistant", "content": "Hi, I am a parrot."}]
    (score,) = load_reward("run:bbbbbb01", home).score(Answers.given([asked[0]], [asked[1]]))
    assert printed == pytest.approx(score, abs=1e-4)


def test_a_class_that_is_said_in_words_is_text_and_what_no_plain_folder_holds_is_refused(store, tmp_path):
    chain = chain_of("run:bbbbbb03", store.home)
    assert gives_of(store.runs.get("bbbbbb03"), chain, store.home) == "text"
    with pytest.raises(RunError, match=r"it draws with tokens that only this lab has.*lab chat"):
        export_model("bbbbbb04", "merged", tmp_path / "out", store)
    for run in ("bbbbbb01", "bbbbbb05"):
        with pytest.raises(RunError, match=r"llama.cpp gives text, and this model gives scores or classes.*--as merg"):
            export_model(run, "gguf", tmp_path / "out", store)
    assert not list(tmp_path.iterdir())


def test_several_heads_are_one_with_their_mean(store, home):  # noqa: F811
    run = replace(store.runs.get("bbbbbb01"))
    head = head_of(run, "score", chain_of("run:bbbbbb01", home), home)
    assert head.weight.shape == (1, 64) and head.kept.shape == (2, 64)
    assert (head.weight[0] * 20 - head.kept.mean(0)).abs().max() < 1e-6
