"""The Hub through `datasets`: splits and class names are taken over, and each refusal says what to do.

There is no Hub in the tests: `datasets` reads a folder called owner/name in the same way.
"""

import json

import pytest

from lab.data.formats import to_standard
from lab.data.hub import HUB_ID, read_hub
from lab.errors import DataError
from lab.recipe import DataChoice


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder owner/name with two splits in the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")
    made = tmp_path / "owner" / "name"
    made.mkdir(parents=True)
    for split, count in (("train", 5), ("test", 2)):
        rows = [{"question": f"{split} {i}?", "answer": f"{i}."} for i in range(count)]
        (made / f"{split}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return made


def test_both_splits_are_read(folder):
    parts = read_hub(DataChoice(name="owner/name"))
    assert len(parts.train.rows) == 5 and len(parts.held_out.rows) == 2
    assert to_standard(parts.train).rows[0] == {"prompt": "train 0?", "completion": "0."}


def test_a_slice_of_a_split_is_read(folder):
    parts = read_hub(DataChoice(name="owner/name", split="train[:3]"))
    assert len(parts.train.rows) == 3 and parts.held_out is None


@pytest.mark.parametrize(
    ("choice", "sign"),
    [
        ({"split": "january"}, "no split 'january'.*train, test"),
        ({"split": "january[:3]"}, "no such split"),
        ({"subset": "blue"}, "no such subset|can't be loaded"),
    ],
)
def test_a_wrong_split_or_subset_is_named(folder, choice, sign):
    with pytest.raises(DataError, match=sign) as caught:
        read_hub(DataChoice(name="owner/name", **choice))
    assert caught.value.do and caught.value.where == "owner/name"


def test_code_that_comes_with_data_is_never_run(folder):
    (folder / "name.py").write_text("raise SystemExit('this ran')")
    for file in folder.glob("*.jsonl"):
        file.unlink()
    with pytest.raises(DataError, match="foreign code is never run here"):
        read_hub(DataChoice(name="owner/name"))


def test_without_a_network_it_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", True)
    with pytest.raises(DataError, match=r"can't be reached.* give a file"):
        read_hub(DataChoice(name="owner/not-there"))


def test_class_numbers_become_names(tmp_path):
    import datasets

    from lab.data.hub import _table

    features = datasets.Features(
        {"text": datasets.Value("string"), "label": datasets.ClassLabel(names=["bad", "good"])}
    )
    rows = datasets.Dataset.from_list([{"text": "a", "label": 1}], features=features)
    assert to_standard(_table(rows, "owner/name")).rows == [{"text": "a", "label": "good"}]


@pytest.mark.parametrize("name", ["owner/name", "HuggingFaceTB/smol-smoltalk", "a/b.c_d"])
def test_hub_ids_are_recognised(name):
    assert HUB_ID.fullmatch(name)


@pytest.mark.parametrize("name", ["../name", "a/../b", "https://x.org/a", "/etc/passwd", "name", "a/b/c", "a\\b/c"])
def test_what_is_no_hub_id_is_not(name):
    assert not HUB_ID.fullmatch(name)
