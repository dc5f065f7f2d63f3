"""CSV as spreadsheets, pandas and people write it."""

import io

import pandas
import pytest

from lab.data.formats import to_standard
from lab.data.parse_csv import parse_csv
from lab.errors import DataError

ROWS = [{"question": "What is a fig; really?", "answer": 'A fruit, "sweet".'}, {"question": "A, b?", "answer": "C."}]
BODY = '"What is a fig; really?"{0}"A fruit, ""sweet""."\n"A, b?"{0}C.\n'


@pytest.mark.parametrize(
    "text",
    [
        *(f"question{sign}answer\n" + BODY.format(sign) for sign in ",;\t|"),
        "sep=;\r\nquestion;answer\r\n" + BODY.format(";"),
        '"sep=,"\nquestion,answer\n' + BODY.format(","),
        "question,answer\n" + BODY.format(",") + ",\n,\n",
        "question,answer,,\n" + BODY.format(",").replace("\n", ",,\n"),
        "question,answer\n" + BODY.format(",").replace("\n", ",,\n"),
        "\n\nquestion,answer\n\n" + BODY.format(","),
        ",question,answer\n0," + BODY.format(",").replace('\n"A', '\n1,"A', 1),
        "Unnamed: 0,question,answer\n0," + BODY.format(",").replace('\n"A', '\n1,"A', 1),
        "question,answer\r" + BODY.format(",").replace("\n", "\r"),
    ],
)
def test_every_way_of_writing_gives_the_same_rows(text):
    assert parse_csv(text, "my.csv").train.rows == ROWS


def test_pandas_tables_come_back_without_their_index():
    frame = pandas.DataFrame([*ROWS, {"question": "What?", "answer": None}])
    out = io.StringIO()
    frame.to_csv(out)
    table = parse_csv(out.getvalue(), "my.csv").train
    assert table.rows == [*ROWS, {"question": "What?", "answer": ""}]
    assert table.notes == ("The first column, which only numbers or names the rows, is left out.",)
    out = io.StringIO()
    frame.to_csv(out, index=False, na_rep="NaN")
    assert parse_csv(out.getvalue(), "my.csv").train.rows[2] == {"question": "What?", "answer": ""}


def test_signs_in_a_header_do_not_decide_the_separator():
    text = "prompt, that is: the question, or so;completion\nWhat?;This, that.\nWho?;He, she.\n"
    assert parse_csv(text, "my.csv").train.columns() == ["prompt, that is: the question, or so", "completion"]
    assert parse_csv("text\nHello, world; hi\nBye, all\n", "my.csv").train.rows[0] == {"text": "Hello, world; hi"}
    assert parse_csv('"a;b";text\n1;x\n', "my.csv").train.rows == [{"a;b": "1", "text": "x"}]


def test_cells_may_lack_at_the_end_where_the_column_is_often_blank():
    text = "prompt,completion,note\na,b,\nc,d\ne\n"
    table = parse_csv(text, "my.csv").train
    assert table.rows == [
        {"prompt": "a", "completion": "b", "note": ""},
        {"prompt": "c", "completion": "d", "note": ""},
    ]
    assert [(number, fault.what) for number, fault in table.bad.first] == [
        (4, "there are 1 cells, but the header names 3")
    ]


def test_broken_rows_cost_only_themselves():
    text = 'prompt,completion\na,b\n"c,d\ne,f,g\nh,i\n"j"k,l\nm,n\n'
    table = parse_csv(text, "my.csv").train
    assert [row["prompt"] for row in table.rows] == ["a", "h", "m"]
    assert [number for number, _ in table.bad.first] == [3, 4, 6] and list(table.numbers) == [2, 5, 7]
    assert table.bad.first[0][1].where == "my.csv, line 3"


def test_a_stray_note_in_a_nameless_column_is_passed_over_and_a_column_of_them_is_not():
    stray = "prompt,completion,\n" + "a,b,\n" * 20 + "c,d,look here\n"
    table = parse_csv(stray, "my.csv").train
    assert len(table.rows) == 21 and "Column 3" in table.notes[0]
    with pytest.raises(DataError, match="column 2 has no name"):
        parse_csv("prompt,\na,b\n", "my.csv")


def test_whole_numbers_count_as_text():
    rows = to_standard(parse_csv("question,answer\n1+1?,2\n2+2?,4.0\n", "my.csv").train).rows
    assert rows == [{"prompt": "1+1?", "completion": "2"}, {"prompt": "2+2?", "completion": "4.0"}]
