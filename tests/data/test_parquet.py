"""Parquet files with what `datasets` and pandas write into them."""

import datasets
import pandas
import pyarrow
import pyarrow.parquet
import pytest

from lab.data.formats import to_standard
from lab.data.parquet import parse_parquet, with_class_names

MOOD = datasets.ClassLabel(names=["sad", "glad"])


def test_classes_are_read_by_their_names_however_deep(tmp_path):
    features = datasets.Features({
        "text": datasets.Value("string"), "label": MOOD, "all": datasets.List(MOOD), "in": {"mood": MOOD},
        "turns": datasets.List({"mood": MOOD}),
    })  # fmt: skip
    row = {"text": "Hi.", "label": 1, "all": [0, 1], "in": {"mood": 0}, "turns": [{"mood": 1}]}
    unknown = row | {"label": -1}
    file = tmp_path / "my.parquet"
    datasets.Dataset.from_list([row, unknown], features=features).to_parquet(file)
    read = parse_parquet(file.read_bytes(), "my.parquet").rows
    assert read[0] == {
        "text": "Hi.", "label": "glad", "all": ["sad", "glad"], "in": {"mood": "sad"}, "turns": [{"mood": "glad"}]
    }  # fmt: skip
    assert read[1]["label"] is None


def test_the_old_way_of_writing_lists_of_objects_is_known():
    old = {"a": {"feature": {"mood": {"names": ["sad", "glad"], "_type": "ClassLabel"}}, "_type": "Sequence"}}
    assert with_class_names([{"a": {"mood": [1, 0]}}], old) == [{"a": {"mood": ["glad", "sad"]}}]


def test_pandas_row_numbers_are_left_out(tmp_path):
    frame = pandas.DataFrame({"prompt": ["a", "c"], "completion": [1.0, 3.0]}, index=[5, 1])
    file = tmp_path / "my.parquet"
    frame.to_parquet(file)
    table = parse_parquet(file.read_bytes(), "my.parquet")
    assert table.columns() == ["prompt", "completion"] and "row numbers" in table.notes[0]
    assert to_standard(table).rows == [{"prompt": "a", "completion": "1"}, {"prompt": "c", "completion": "3"}]


@pytest.mark.parametrize("metadata", [b"{", b"[]", b'{"info": null}', b'{"info": {"features": [1]}}'])
def test_strange_metadata_is_passed_over(metadata, tmp_path):
    table = pyarrow.table({"text": ["a"]}).replace_schema_metadata({b"huggingface": metadata})
    pyarrow.parquet.write_table(table, tmp_path / "my.parquet")
    assert parse_parquet((tmp_path / "my.parquet").read_bytes(), "my.parquet").rows == [{"text": "a"}]
