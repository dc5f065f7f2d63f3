"""Folders: which files are data, and of which split."""

import pytest

from lab.data.files import read_path
from lab.errors import DataError

A, B, C = ('{"text": "a"}\n', '{"text": "b"}\n', '{"text": "c"}\n')


def folder_of(tmp_path, **files: str):
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_what_lies_beside_the_data_is_passed_over(tmp_path):
    beside = {"README_dot_md": "# My data", "dataset_info_dot_json": "{}", "state_dot_json": "{}", "notes_dot_txt": "x",
              "LICENSE_dot_txt": "MIT"}  # fmt: skip
    folder = folder_of(tmp_path, my_rows_dot_jsonl=A + B, **beside)
    (folder / "._my_rows.jsonl").write_bytes(b"\0\5\x16\7")
    assert read_path(folder).train.rows == [{"text": "a"}, {"text": "b"}]


def test_a_split_in_several_files_is_one_table(tmp_path):
    folder = folder_of(
        tmp_path,
        **{"data__train-00000-of-00002_dot_jsonl": A, "data__train-00001-of-00002_dot_jsonl": B + "{\n"},
        **{"data__test-00000-of-00001_dot_jsonl": C, "README_dot_md": "# My data"},
    )
    parts = read_path(folder)
    assert parts.train.rows == [{"text": "a"}, {"text": "b"}] and parts.held_out.rows == [{"text": "c"}]
    assert parts.train.bad.first[0][1].where == "train-00001-of-00002.jsonl, line 2"


def test_a_split_in_two_kinds_of_file_is_refused(tmp_path):
    with pytest.raises(DataError, match="twice"):
        read_path(folder_of(tmp_path, train_dot_jsonl=A, train_dot_csv="text\na\n"))
