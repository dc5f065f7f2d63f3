"""JSON in all the ways that tables are written in it."""

import json

import pandas
import pytest

from lab.data.files import parse_file
from lab.data.formats import to_standard
from lab.errors import DataError

ROWS = [{"question": f"What is {i}?", "answer": f"It is {i}."} for i in range(12)]
FRAME = pandas.DataFrame(ROWS)


def rows_in(document: object, name: str = "my.json") -> list[dict]:
    data = document if isinstance(document, str) else json.dumps(document)
    return parse_file(data.encode(), name).train.rows


@pytest.mark.parametrize("orient", ["split", "records", "index", "columns", "table", "tight"])
@pytest.mark.parametrize("name", ["my.json", "my.jsonl"])
def test_pandas_tables_are_read_in_every_orient(orient, name):
    text = json.dumps(FRAME.to_dict(orient)) if orient == "tight" else FRAME.to_json(orient=orient)
    assert rows_in(text, name) == ROWS


def test_lists_without_column_names_are_refused():
    with pytest.raises(DataError, match="whose columns have no names"):
        rows_in(FRAME.to_json(orient="values"))


def test_named_rows_are_told_from_columns():
    by_id = {row["question"]: row for row in ROWS}
    assert rows_in(by_id) == ROWS
    assert rows_in({"q": {"a": "1?", "b": "2?", "c": "3?"}, "a": {"a": "1", "b": "2", "c": "3"}})[2] == {
        "q": "3?", "a": "3"
    }  # fmt: skip


@pytest.mark.parametrize(
    "document",
    [
        {"version": "1.1", "data": ROWS},
        {"data": ROWS, "info": {"by": ["me", "you"]}, "tags": ["x"]},
        {"count": 12, "my_examples": ROWS},
        {"features": [], "rows": [{"row_idx": i, "row": row, "truncated_cells": []} for i, row in enumerate(ROWS)]},
        {"version": 2, "train": ROWS},
    ],
)
def test_rows_in_a_wrapper_are_found(document):
    assert rows_in(document) == ROWS == rows_in(document, "my.jsonl")


def test_what_stands_beside_the_rows_is_said():
    assert parse_file(json.dumps({"version": 1, "data": ROWS}).encode(), "my.json").train.notes == (
        "Not read, since they stand beside the rows: version.",
    )


def test_documents_called_json_lines_are_read():
    assert rows_in(json.dumps(ROWS, indent=2), "my.jsonl") == ROWS
    assert rows_in("\n".join(json.dumps(row, indent=1) for row in ROWS), "my.jsonl") == ROWS


def test_a_conversation_or_a_single_row_is_no_wrapper():
    row = {"messages": [{"role": "user", "content": "Hi"}], "tools": [{"type": "function"}]}
    assert rows_in(row) == [row]


def test_broken_lines_cost_only_themselves():
    table = parse_file(
        b'{"text": "a"}\n{"text": \n\n[1]\n{}\n{"text": "b", "text": "c"}\n{"text": "d"}\n', "my.jsonl"
    ).train
    assert [row["text"] for row in table.rows] == ["a", "d"]
    assert [number for number, _ in table.bad.first] == [2, 4, 5, 6]
    assert parse_file(b'[{"text": "a"}, 3, {"text": "b"}]', "my.json").train.bad.count == 1


def test_numbers_and_gaps_are_texts_and_nothing():
    rows = '{"question": "1+1?", "answer": 2}\n{"question": "1/2?", "answer": 0.5}\n{"question": "4?", "answer": 4.0}\n'
    standard = to_standard(parse_file(rows.encode(), "my.jsonl").train)
    assert [row["completion"] for row in standard.rows] == ["2", "0.5", "4"]
    with pytest.raises(DataError, match=r"line 4, column 'answer': nothing \(null\)"):
        to_standard(parse_file((rows + '{"question": "5?", "answer": NaN}\n').encode(), "my.jsonl").train)


@pytest.mark.parametrize("answer", ["<script>alert('hi');</script>", "<!DOCTYPE html>\n<html><p>fig</p></html>"])
def test_code_of_the_web_is_text_like_any_other(answer):
    rows = [{"prompt": "Write a page.", "completion": answer}]
    assert to_standard(parse_file(json.dumps(rows).encode(), "my.json").train).rows == rows
