"""Rows are recognised by their columns and become TRL's standard formats."""

import pytest

from lab.data import FORMATS, detect_format, to_standard
from lab.data.types import Table
from lab.errors import DataError

USER, BOT = {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}


def table(*rows: dict) -> Table:
    return Table("my.jsonl", list(rows), range(1, len(rows) + 1), "line")


@pytest.mark.parametrize(
    ("row", "format", "standard"),
    [
        ({"text": "a"}, "text", {"text": "a"}),
        ({"prompt": "a"}, "prompt", {"prompt": "a"}),
        ({"prompt": "a", "completion": "b", "id": 7}, "prompt_completion", {"prompt": "a", "completion": "b"}),
        ({"Question": "a", "Answer": "b"}, "prompt_completion", {"prompt": "a", "completion": "b"}),
        ({"prompt": "a", "response": "b"}, "prompt_completion", {"prompt": "a", "completion": "b"}),
        ({"instruction": "a", "output": "b"}, "prompt_completion", {"prompt": "a", "completion": "b"}),
        ({"instruction": "a", "input": "x", "output": "b"}, "prompt_completion",
         {"prompt": "a\n\nx", "completion": "b"}),
        ({"instruction": "a", "input": "", "output": "b"}, "prompt_completion", {"prompt": "a", "completion": "b"}),
        ({"instruction": "a", "context": "", "response": "b", "category": "qa"}, "prompt_completion",
         {"prompt": "a", "completion": "b"}),
        ({"prompt": [USER], "completion": [BOT]}, "prompt_completion", {"prompt": [USER], "completion": [BOT]}),
        ({"messages": [USER, BOT]}, "messages", {"messages": [USER, BOT]}),
        ({"conversations": [{"from": "system", "value": "s"}, {"from": "human", "value": "Hi"},
                            {"from": "gpt", "value": "Hello"}]}, "messages",
         {"messages": [{"role": "system", "content": "s"}, USER, BOT]}),
        ({"chosen": "a", "rejected": "b"}, "preference", {"chosen": "a", "rejected": "b"}),
        ({"prompt": "p", "chosen": "a", "rejected": "b"}, "preference",
         {"prompt": "p", "chosen": "a", "rejected": "b"}),
        ({"prompt": "p", "completion": "a", "label": "False"}, "binary_feedback",
         {"prompt": "p", "completion": "a", "label": False}),
        ({"text": "a", "label": 1}, "labels", {"text": "a", "label": "1"}),
        ({"sentence": "a", "label": "good"}, "labels", {"text": "a", "label": "good"}),
    ],
)  # fmt: skip
def test_rows_become_standard(row, format, standard):
    done = to_standard(table(row))
    assert (done.format, done.rows) == (format, [standard])
    assert detect_format(list(row)) == format
    assert set(FORMATS[format]) <= set(standard)


def test_mapping_gives_the_files_names():
    row = {"question_text": "a", "reply": "b", "text": "c"}
    done = to_standard(table(row), {"prompt": "question_text", "completion": "reply"})
    assert (done.format, done.rows) == ("prompt_completion", [{"prompt": "a", "completion": "b"}])
    assert to_standard(table({"body": "c", "prompt": "a", "completion": "b"}), {"text": "body"}).rows == [{"text": "c"}]


@pytest.mark.parametrize(
    ("mapping", "sign"),
    [
        ({"prompt": "question_txt"}, "Did you mean 'question_text'"),
        ({"promt": "question_text"}, "Did you mean 'prompt'"),
    ],
)
def test_wrong_mapping_is_refused_with_the_nearest_name(mapping, sign):
    with pytest.raises(DataError, match=sign):
        to_standard(table({"question_text": "a", "reply": "b"}), mapping)


@pytest.mark.parametrize(
    ("messages", "sign"),
    [
        ([], "empty list"),
        ("Hi", "text is here, where a list of messages"),
        ([BOT], "nobody asks anything"),
        ([USER, BOT, {"role": "system", "content": "s"}], "message 3 is the system's"),
        ([USER], "no answer at its end"),
        ([{"role": "system", "content": "s"}], "no answer at its end"),
        ([{"role": "teacher", "content": "s"}, BOT], "'teacher' is not a role"),
        ([USER, {"role": "assistant", "content": ""}], "message is empty"),
        ([USER, {"role": "assistant"}], r"nothing \(null\) is here, where text"),
        (["Hi"], "text is here, where a message"),
    ],
)
def test_conversations_out_of_order_are_refused(messages, sign):
    with pytest.raises(DataError, match=sign) as caught:
        to_standard(table({"messages": [USER, BOT]}, {"messages": messages}))
    assert "my.jsonl, line 2, column 'messages'" in str(caught.value)


def test_feedback_that_is_neither_true_nor_false_is_refused():
    with pytest.raises(DataError, match="'perhaps' is neither true nor false"):
        to_standard(table({"prompt": "p", "completion": "a", "label": "perhaps"}))


def test_a_preference_between_the_same_is_refused():
    with pytest.raises(DataError, match="the same"):
        to_standard(table({"chosen": "a", "rejected": "a"}))


def test_notes_say_what_was_done():
    notes = to_standard(table({"question": "a", "answer": "b", "id": 1})).notes
    assert notes == ("Columns taken: 'question' as prompt, 'answer' as completion.", "Columns not used: id.")
