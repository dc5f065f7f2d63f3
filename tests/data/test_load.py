"""Data by name: built in, files, uploads; what is not there or not open is refused."""

import json

import pytest

from lab.data import load_data, save_upload, uploads
from lab.errors import DataError
from lab.home import Home
from lab.limits import UPLOAD_BYTES
from lab.recipe import DataChoice
from lab.visitors import acting, visitor_of

ROWS = [{"prompt": f"What is {i}?", "completion": f"{i}."} for i in range(40)]


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "my rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


@pytest.mark.parametrize("language", ["en", "zh"])
def test_cuisine_is_there_in_both_languages(home, language):
    data = load_data(DataChoice(name="cuisine", language=language), home, 0)
    assert data.format == "prompt_completion" and len(data.train) >= 400 and len(data.held_out) >= 80
    assert data.dropped == 0


def test_the_limit_cuts_training_and_leaves_held_out_alone(home, file):
    for name in ("cuisine", str(file)):
        whole, few = (load_data(DataChoice(name=name, limit=limit), home, 0) for limit in (None, 10))
        assert len(few.train) == 10 and few.held_out == whole.held_out


def test_a_file_is_split_by_its_share(home, file):
    data = load_data(DataChoice(name=str(file), held_out=0.25), home, 0)
    assert (len(data.train), len(data.held_out), data.format) == (30, 10, "prompt_completion")
    assert data.sources == (str(file),) * 10


@pytest.mark.parametrize(
    ("choice", "sign"),
    [
        ({"name": "cuisin"}, "cuisine"),
        ({"name": "everyday"}, "no training rows"),
        ({"name": "cuisine", "columns": {"prompt": "q"}}, "no columns"),
        ({"name": "cuisine", "split": "test"}, "split"),
        ({"name": "nowhere.jsonl"}, "no such file"),
        ({"name": "upload:../../etc/passwd"}, "not an upload's name"),
        ({"name": "upload:gone.jsonl"}, "no upload 'gone.jsonl'"),
    ],
)
def test_what_is_not_there_is_refused(home, choice, sign):
    with pytest.raises(DataError, match=sign):
        load_data(DataChoice(**choice), home, 0)


def test_an_upload_is_kept_and_loaded_by_its_name(home, file):
    name = save_upload(file, home)
    assert name.startswith("upload:my_rows-") and uploads(home) == [name] == [save_upload(file, home)]
    assert len(load_data(DataChoice(name=name), home, 0).train) == 36


def test_a_broken_upload_leaves_nothing_behind(home, file):
    file.write_text(file.read_text() + '{"prompt": "a"}\n')
    with pytest.raises(DataError, match="'completion'"):
        save_upload(file, home)
    with file.open("wb") as big:
        big.truncate(UPLOAD_BYTES + 1)
    with pytest.raises(DataError, match="at most 50 MB"):
        save_upload(file, home)
    assert list(home.uploads.iterdir()) == []


def test_a_visitor_has_their_own_uploads_and_no_other_path(home, file, monkeypatch):
    """Whether a path is there is not told: what is named is judged by its letters."""
    monkeypatch.chdir(file.parent)
    (file.parent / "a").mkdir()
    (file.parent / "a" / "b").mkdir()
    with acting(visitor_of("browser-aaaa")):
        name = save_upload(file, home)
        assert len(load_data(DataChoice(name=name), home, 0).train) == 36
        said = set()
        for path in (
            str(file),
            "/etc/passwd",
            "/nowhere/my.jsonl",
            str(home.root),
            "~root",
        ):
            with pytest.raises(DataError, match="not open here") as problem:
                load_data(DataChoice(name=path), home, 0)
            said.add(str(problem.value).replace(path, "PATH"))
        assert len(said) == 1
        for path in ("a/b", "a/c"):
            with pytest.raises(DataError, match="Hub"):
                load_data(DataChoice(name=path), home, 0)
    with acting(visitor_of("browser-bbbb")), pytest.raises(DataError, match="there is no upload"):
        load_data(DataChoice(name=name), home, 0)


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read(home, tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"prompt": f"{i}?", "completion": f"{i}."}) + "\n" for i in range(100_000)))
    data = load_data(DataChoice(name=str(path)), home, 0)
    assert len(data.train) + len(data.held_out) == 100_000
