"""One bad row does not cost the file: all are counted, some told, and left out only where that is asked for."""

import json

import pytest

from lab.data import load_data
from lab.data.bad_rows import BadRowsError
from lab.errors import DataError
from lab.home import Home
from lab.recipe import DataChoice

GOOD = [json.dumps({"prompt": f"What is {i}?", "completion": f"{i}."}) for i in range(30)]
BAD = ['{"prompt": "a"', '{"prompt": "a", "completion": ""}', '{"prompt": "a", "completion": []}', '["a", "b"]']


@pytest.fixture
def load(tmp_path):
    def load(lines: list[str], **choice: object):
        file = tmp_path / "my.jsonl"
        file.write_text("".join(line + "\n" for line in lines))
        return load_data(DataChoice(name=str(file), **choice), Home(tmp_path / "home"), 0)

    return load


def test_all_bad_rows_are_counted_and_told_with_row_column_and_reason(load):
    with pytest.raises(BadRowsError) as caught:
        load([*GOOD[:3], BAD[1], *GOOD[3:], BAD[0], *BAD[2:]])
    assert (caught.value.bad.count, caught.value.rows) == (4, 34)
    assert str(caught.value).splitlines() == [
        "my.jsonl: 4 of 34 rows are bad:",
        "  line 4, column 'completion': the text is empty.",
        "  line 32: this is not JSON: Expecting ',' delimiter at character 15.",
        "  line 33, column 'completion': an empty list is here, where a list of messages is expected.",
        "  line 34: this is a list, not an object.",
        "Mend them, or go on without them: --skip-bad, or `skip_bad: true` beside the data's name.",
    ]


def test_one_bad_row_keeps_its_own_advice(load):
    with pytest.raises(BadRowsError) as caught:
        load([*GOOD, BAD[1]])
    assert str(caught.value) == (
        "my.jsonl, line 31, column 'completion': the text is empty. Fill it, or remove the row. "
        "Or go on without it: --skip-bad, or `skip_bad: true` beside the data's name."
    )


def test_only_the_first_few_are_told(load):
    with pytest.raises(BadRowsError) as caught:
        load([*GOOD, *BAD * 100])
    assert "400 of 430 rows are bad" in str(caught.value) and "and 395 more." in str(caught.value)


def test_bad_rows_are_left_out_where_that_is_asked_for_and_it_is_noted(load):
    data = load([BAD[1], *GOOD, BAD[0]], skip_bad=True)
    assert len(data.train) + len(data.held_out) == 30
    assert data.notes == (
        "2 rows of 32 left out, which can't be read: line 1, column 'completion': the text is empty; "
        "line 32: this is not JSON: Expecting ',' delimiter at character 15.",
    )


def test_nothing_is_noted_where_nothing_is_bad(load):
    assert load(GOOD, skip_bad=True).notes == ()


@pytest.mark.parametrize("line", BAD)
def test_where_no_row_is_good_the_data_is_refused(load, line):
    with pytest.raises(DataError, match="2 of 2 rows are bad"):
        load([line, line], skip_bad=True)


def test_a_bad_row_at_the_top_does_not_decide_how_the_file_is_read(load):
    data = load(['{"text": "Hello."}', *GOOD], skip_bad=True)
    assert data.format == "prompt_completion" and "line 1, column 'prompt'" in data.notes[-1]


def test_a_byte_that_is_no_utf_8_costs_its_row(tmp_path):
    file = tmp_path / "my.csv"
    rows = "".join(f"第{i}？,好。\n" for i in range(20))
    file.write_bytes(b"prompt,completion\n" + rows.encode() + b"caf\xe9?,yes\n")
    choice = DataChoice(name=str(file))
    with pytest.raises(DataError, match=r"line 22, column 'prompt': byte 0xe9 after letter 3 is broken"):
        load_data(choice, Home(tmp_path / "home"), 0)
    data = load_data(choice.model_copy(update={"skip_bad": True}), Home(tmp_path / "home"), 0)
    assert len(data.train) + len(data.held_out) == 20


def test_bad_held_out_rows_are_noted_as_such(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "train.jsonl").write_text("\n".join(GOOD[:20]))
    (folder / "test.jsonl").write_text("\n".join([*GOOD[20:], BAD[0]]))
    data = load_data(DataChoice(name=str(folder), skip_bad=True), Home(tmp_path / "home"), 0)
    assert len(data.held_out) == 10 and any(note.startswith("Held out: 1 row of 11 left out") for note in data.notes)
