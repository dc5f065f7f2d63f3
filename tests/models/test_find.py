"""Finding a base: what is refused says why and what to do, before anything is loaded."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lab.errors import ModelError
from lab.home import Home
from lab.models import CATALOGUE, find_base, shape_of
from lab.models.find import hub_problem
from lab.models.folder import check_folder, weight_files
from tests.tiny import make_tiny_base


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    return make_tiny_base(tmp_path_factory.mktemp("tiny") / "base")


@pytest.fixture
def copy(tiny, tmp_path) -> Path:
    """A copy of the tiny base to be spoilt."""
    import shutil

    return Path(shutil.copytree(tiny, tmp_path / "copy"))


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path / "home")


def change_config(folder: Path, **fields: object) -> None:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | fields))


def test_a_folder_is_found_by_its_path(tiny, home):
    assert find_base(str(tiny), home) == tiny
    assert check_folder(tiny)["model_type"] == "llama"


def test_the_catalogue_says_what_each_model_is(home):
    assert list(CATALOGUE) == ["nano", "nano-1", "smollm2-135m"]
    for entry in CATALOGUE.values():
        assert entry.explain.en
        assert entry.explain.zh
        assert entry.licence == "Apache-2.0"
        assert entry.bundled or entry.wheel or entry.history
    assert CATALOGUE["nano"].parameters == shape_of("nano", home).parameters


def test_a_model_not_pulled_says_how_to_get_it(home):
    with pytest.raises(ModelError, match="is not on this machine yet"):
        find_base("smollm2-135m", home)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: (folder / "model.safetensors").unlink(), "has no weights (model.safetensors)"),
        (lambda folder: (folder / "model.safetensors").rename(folder / "pytorch_model.bin"), "can run code"),
        (lambda folder: (folder / "model.safetensors").rename(folder / "model.gguf"), "GGUF"),
        (lambda folder: (folder / "config.json").unlink(), "has no config.json"),
        (lambda folder: (folder / "config.json").write_text("{"), "can't be read as JSON"),
        (lambda folder: (folder / "config.json").write_text("[]"), "is not a JSON object"),
        (lambda folder: (folder / "tokenizer.json").unlink(), "has no tokenizer"),
        (lambda folder: change_config(folder, architectures=["BertForMaskedLM"]), "not a causal language model"),
        (lambda folder: change_config(folder, architectures=None), "not a causal language model (llama)"),
        (lambda folder: change_config(folder, auto_map={"AutoModel": "x.Y"}), "trust_remote_code"),
        (
            lambda folder: (folder / "config.json").rename(folder / "adapter_config.json"),
            "holds an adapter, not a model",
        ),
    ],
)
def test_a_folder_that_can_not_be_used_says_why(copy, home, spoil, says):
    spoil(copy)
    with pytest.raises(ModelError) as refused:
        find_base(str(copy), home)
    assert says in str(refused.value)
    assert refused.value.where.startswith(str(copy))


def test_a_missing_shard_is_named(copy, home):
    index = {"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}
    (copy / "model.safetensors.index.json").write_text(json.dumps(index))
    (copy / "model.safetensors").rename(copy / "model-1.safetensors")
    with pytest.raises(ModelError, match=r"model-2.safetensors is missing"):
        find_base(str(copy), home)
    assert [file.name for file in weight_files(copy)] == ["model-1.safetensors", "model-2.safetensors"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("/no/such/folder", "there is no such folder"),
        ("./nowhere", "there is no such folder"),
        ("not a name", "is not the name of a model"),
        ("a/b/c", "is not the name of a model"),
        ("run:abcdef01", "is a run, not a base model"),
    ],
)
def test_a_wrong_name_is_refused(home, name, says):
    with pytest.raises(ModelError, match=says):
        find_base(name, home)


def test_out_of_reach_of_the_hub_the_error_is_quick_and_names_what_is_near(home):
    code = (
        "import sys; from pathlib import Path; from lab.home import Home; from lab.models import find_base\n"
        f"try: find_base('nanno', Home(Path({str(home.root)!r})))\n"
        "except Exception as problem: print(type(problem).__name__, problem)"
    )
    closed = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(home.root / "hub"), "PATH": "/usr/bin:/bin"}
    said = subprocess.run([sys.executable, "-c", code], env=closed, capture_output=True, text=True, timeout=60).stdout
    assert said.startswith("ModelError 'nanno' is neither in the catalogue nor on this machine")
    assert "the Hub can't be reached. Check the name (did you mean 'nano'?" in said


def test_what_the_hub_says_is_told_in_words():
    import httpx
    from huggingface_hub import errors

    def answer(code: int) -> httpx.Response:
        return httpx.Response(code, request=httpx.Request("GET", "https://huggingface.co/a/b"))

    gated = hub_problem(errors.GatedRepoError("no", response=answer(403)), "a/b")
    assert str(gated).startswith("the model 'a/b' is gated. Accept its terms")
    unknown = hub_problem(errors.RepositoryNotFoundError("no", response=answer(404)), "nanno")
    assert str(unknown).startswith("there is no model 'nanno' (or it is private and no HF_TOKEN is set).")
    assert "Did you mean 'nano'?" in str(unknown)


def test_where_the_hub_is_out_of_reach_it_is_said_at_once(home, monkeypatch, caplog):
    from huggingface_hub import constants

    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr(constants, "ENDPOINT", "https://127.0.0.1:9")
    for look in (find_base, shape_of):
        with pytest.raises(ModelError, match=r"the Hub can't be reached.*did you mean 'nano'"):
            look("nanoo", home)
    assert "Retrying" not in caplog.text
