"""Files are read whole or not at all: what was written comes back, and what is broken is named by row and column."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.data.files import KINDS, parse_file, read_path
from lab.data.formats import to_standard
from lab.data.parse_csv import EMPTY
from lab.data.types import MOST_ROWS
from lab.errors import DataError

PLAIN = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
TEXT = st.text(PLAIN).filter(str.strip)
ROWS = st.lists(st.fixed_dictionaries({"prompt": TEXT, "completion": TEXT}), min_size=1, max_size=8)
PATIENT = settings(deadline=None)  # the machine may be busy training
GOOD = {"prompt": "What is tofu?", "completion": "Pressed bean curd."}


def as_csv(rows: list[dict], separator: str = ",") -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def as_parquet(rows: list[dict]) -> bytes:
    import pyarrow
    import pyarrow.parquet

    sink = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), sink)
    return sink.getvalue()


def as_jsonl(rows: list) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def rows_of(data: bytes, name: str) -> list[dict]:
    return parse_file(data, name).train.rows


def refusal(data: bytes | str, name: str = "my.jsonl") -> str:
    """The message with which a file is refused, by its syntax or by what its rows mean."""
    with pytest.raises(DataError) as caught:
        to_standard(parse_file(data.encode() if isinstance(data, str) else data, name).train)
    assert caught.value.do, "it does not say what to do"
    return str(caught.value)


@PATIENT
@given(ROWS)
def test_jsonl_gives_back_what_was_written(rows):
    assert rows_of(as_jsonl(rows), "my.jsonl") == rows


@PATIENT
@given(ROWS)
def test_json_gives_back_what_was_written(rows):
    assert rows_of(json.dumps(rows).encode(), "my.json") == rows
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    assert rows_of(json.dumps(columns).encode(), "my.json") == rows


@PATIENT
@given(ROWS, st.sampled_from([",", ";", "\t"]))
def test_csv_gives_back_what_was_written(rows, separator):
    read = [{name: "" if value in EMPTY else value for name, value in row.items()} for row in rows]
    assert rows_of(as_csv(rows, separator).encode(), "my.csv") == read


@settings(PATIENT, max_examples=30)
@given(ROWS)
def test_parquet_gives_back_what_was_written(rows):
    assert rows_of(as_parquet(rows), "my.parquet") == rows


@PATIENT
@given(st.lists(st.text(PLAIN.filter(lambda letter: letter not in "\r\n")).filter(str.strip), min_size=1))
def test_text_without_blank_lines_gives_a_row_a_line(lines):
    assert rows_of("\n".join(lines).encode(), "my.txt") == [{"text": line} for line in lines]


def test_text_with_blank_lines_gives_a_row_a_paragraph():
    table = parse_file(b"Once\nupon a time.\r\n\r\nThe end.\n", "my.txt").train
    assert table.rows == [{"text": "Once\nupon a time."}, {"text": "The end."}]
    assert list(table.numbers) == [1, 4]


@settings(PATIENT, max_examples=300)
@given(st.binary(max_size=400), st.sampled_from(list(KINDS)))
def test_no_bytes_raise_anything_but_a_data_error(data, suffix):
    try:
        to_standard(parse_file(data, f"my{suffix}").train)
    except DataError as problem:
        assert str(problem).startswith("my")


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["\ud83d", "text", "prompt", "completion", "messages", "conversations", "chosen", "rejected", "label"]
)


@settings(PATIENT, max_examples=300)
@given(st.lists(st.dictionaries(NAMES, JSON_VALUES, min_size=1), min_size=1, max_size=3))
def test_no_json_raises_anything_but_a_data_error(rows):
    try:
        to_standard(parse_file(json.dumps(rows).encode(), "my.json").train)
    except DataError as problem:
        assert problem.where and str(problem).encode("utf-8"), "the message can be printed and stored"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_encodings_are_read(encoding):
    text = json.dumps({"prompt": "麻婆豆腐?", "completion": "四川菜。"}, ensure_ascii=False)
    assert rows_of(text.encode(encoding), "my.jsonl") == [{"prompt": "麻婆豆腐?", "completion": "四川菜。"}]


@pytest.mark.parametrize(
    ("data", "signs"),
    [
        (b"", ["empty"]),
        (b" \n\n ", ["empty"]),
        (b"PK\x03\x04rest", ["zip archive", "Unpack"]),
        (b"%PDF-1.7", ["PDF"]),
        (b"ab\0\0cd", ["binary", "line 1"]),
        (b"<!DOCTYPE html>\n<html><body>404</body></html>", ["web page", "line 1", "download"]),
        (b'{"prompt": "a", "completion": "b"}\n{"prompt": "a", \n', ["line 2", "not JSON"]),
        (b'{"prompt": "a", "completion": "b"}\n\n[1, 2]\n', ["line 3", "a list"]),
        (b'{"prompt": "a", "prompt": "b"}\n', ["line 1", "'prompt' is there twice"]),
        (b'{"prompt": "a", "completion": "b"}\n{"prompt": "a", "completeion": "b"}\n',
         ["line 2", "column 'completion'", "'completeion'"]),
        (b'{"promt": "a", "completion": "b"}\n', ["promt", "'promt' is near 'prompt'"]),
        (b'{"text": "a"}\n{"text": null}\n', ["line 2, column 'text'", "null"]),
        (b'{"text": "a"}\n{"text": NaN}\n', ["line 2, column 'text'", "null"]),
        (b'{"text": "a"}\n{"text": "  "}\n', ["line 2, column 'text'", "empty"]),
        (b'{"text": "a"}\n{"text": {"en": "b"}}\n', ["line 2, column 'text'", "an object"]),
        (b'{"text": "a"}\n{"text": "\\ud83d"}\n', ["line 2, column 'text'", "half a character"]),
        (b'{"\\ud83d": "a"}\n', ["half a character in its name"]),
        (b'{"x": ' + b"[" * 100_000 + b"\n", ["line 1"]),
        (b'{"x": ' + b"9" * 5000 + b"}\n", ["line 1"]),
    ],
)  # fmt: skip
def test_bad_json_lines_name_row_and_column(data, signs):
    said = refusal(data)
    assert all(sign in said for sign in signs), said


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ('prompt,completion\na,b\n"c\nd",e\nf,g,h\n', ["line 5", "3 cells", "names 2"]),
        ("prompt,completion\na\n", ["line 2", "1 cells"]),
        ("prompt,prompt\na,b\n", ["line 1", "two columns are called 'prompt'"]),
        ("prompt,\na,b\n", ["line 1", "column 2 has no name"]),
        ("prompt,completion\n", ["no rows"]),
        ("prompt,completion\na,b\nc,\n", ["line 3, column 'completion'", "empty"]),
        ('prompt,completion\n"a,b\n', ["line 2", "double quote is never closed"]),
    ],
)
def test_bad_csv_names_line_and_column(text, signs):
    said = refusal(text, "my.csv")
    assert all(sign in said for sign in signs), said


def test_bad_json_and_parquet_name_row():
    assert "my.json, row 2, column 'text'" in refusal('[{"text": "a"}, {"text": []}]', "my.json")
    assert "line 2" in refusal('[{"text": "a"},\n {"text": }]', "my.json")
    assert "equally long" in refusal('{"prompt": ["a"], "completion": ["b", "c"]}', "my.json")
    assert "my.parquet, row 2, column 'text'" in refusal(as_parquet([{"text": "a"}, {"text": None}]), "my.parquet")
    assert "Parquet" in refusal(as_parquet([GOOD])[:-9], "my.parquet")


def test_json_lines_called_json_are_seen_through():
    assert rows_of(as_jsonl([GOOD, GOOD]), "my.json") == [GOOD, GOOD]


def test_unknown_ending_and_missing_file_are_refused(tmp_path):
    with pytest.raises(DataError, match=r"'\.xlsx' are not read"):
        read_path(tmp_path / "my.xlsx")
    with pytest.raises(DataError, match="no such file"):
        read_path(tmp_path / "my.csv")


def test_splits_of_json_folder_and_column_are_used(tmp_path):
    rows = {"train": [{"text": "a"}, {"text": "b"}], "test": [{"text": "c"}]}
    (tmp_path / "one.json").write_text(json.dumps(rows))
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, part in rows.items():
        (folder / f"{name}.jsonl").write_bytes(as_jsonl(part))
    marked = [{**row, "split": name} for name, part in rows.items() for row in part]
    (tmp_path / "marked.jsonl").write_bytes(as_jsonl(marked))
    for path in (tmp_path / "one.json", folder, tmp_path / "marked.jsonl"):
        parts = read_path(path)
        assert (parts.train.rows, parts.held_out.rows) == (rows["train"], rows["test"]), path
    with pytest.raises(DataError, match="no split 'january'"):
        read_path(tmp_path / "one.json", "january")


def test_a_file_with_too_many_rows_is_cut_and_says_so():
    table = parse_file(b'{"text":"a"}\n' * (MOST_ROWS + 3), "my.jsonl").train
    assert len(table.rows) == MOST_ROWS and "200,000" in table.notes[0]
    assert parse_file(b'{"text":"a"}\n' * 5, "my.jsonl").train.notes == ()
