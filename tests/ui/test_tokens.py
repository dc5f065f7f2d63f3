"""What the page is told of a row's tokens and of a text's surprise; problems are sentences."""

import json

import pytest

from lab.api import Lab
from lab.generate import Alternative, Pane, SpanSurprise, TextSurprise, TokenSurprise
from lab.serving.conversations import Conversations, Reply, Turn
from lab.ui.row_tokens import RowTokens
from lab.ui.surprise import Surprise

FIELDS = {"base": "nano", "data": "cuisine", "budget": {"max_length": 64}, "variants": [{"name": "a"}, {"name": "b"}]}
TOKEN = TokenSurprise("Hi", 1.25, (Alternative("Hello", 0.5), Alternative("Hi", 0.286504797)))


class Reader:
    """Stands where the inference server would, and remembers what it was given."""

    def __init__(self):
        self.asked = []

    def surprise(self, text, context, panes):
        self.asked.append((text, list(context), [pane.key for pane in panes]))
        for pane in panes:
            yield TextSurprise(pane.key, (SpanSurprise("Hi", 1.25, (TOKEN,)),), "f")


@pytest.fixture
def reading(home, store):
    reader = Reader()
    talks = Conversations(store, None)
    return reader, talks, Surprise(Lab(home, store, None, reader), talks)


def test_a_row_is_told_token_by_token_with_the_forms_ways_to_read_it(home, store):
    told = RowTokens(Lab(home, store)).tokens({"fields": FIELDS, "row": 2})
    json.dumps(told)
    assert (told["row"], told["view"], told["limit"], told["left_out"]) == (2, 0, 64, None)
    assert [(one["data"], one["variants"], one["limit"]) for one in told["views"]] == [("cuisine", ("a", "b"), 64)]
    (row,) = told["sequences"]
    assert (row["name"], row["piece"], row["goal"]) == ("row", "", "imitate")
    assert sum(len(chip["ids"]) for chip in row["chips"]) == row["total"] == sum(row["counts"].values())


def test_a_row_there_is_not_and_a_broken_form_are_sentences(home, store):
    page = RowTokens(Lab(home, store))
    assert "there is no row -3. Give one from 1 to" in page.tokens({"fields": FIELDS, "row": -3})["problem"]
    assert "problem" in page.tokens({"fields": FIELDS | {"data": "nowhere"}})
    assert "problem" in page.tokens({"fields": FIELDS | {"variants": []}})
    assert page.tokens({"fields": FIELDS, "view": 9})["view"] == 0


def test_a_text_is_read_after_its_question_by_all_panes(reading):
    reader, talks, page = reading
    talk = talks.open([Pane("p0", "nano"), Pane("p1", "run:aaaaaa01")], blind=True)
    told = page.surprise({"talk": talk.id, "question": " Who? ", "text": "Hi\n"})
    assert reader.asked == [("Hi", [{"role": "user", "content": "Who?"}], ["p0", "p1"])]
    assert (told["question"], told["text"]) == ("Who?", "Hi")
    token = {"text": "Hi", "nats": 1.25, "likeliest": [("Hello", 0.5), ("Hi", 0.2865)]}
    span = {"text": "Hi", "nats": 1.25, "tokens": [token]}
    assert told["panes"][1] == {"key": "p1", "error": None, "mean": 1.25, "nats": 1.25, "tokens": 1, "spans": [span]}
    page.surprise({"talk": talk.id, "text": "Hi"})
    assert reader.asked[-1][:2] == ("Hi", [])


def test_an_answer_is_read_after_all_that_was_said_to_its_pane_before(reading):
    reader, talks, page = reading
    talk = talks.open([Pane("p0", "nano")], blind=False)
    talk.turns = [Turn(f"Q{i}", 0, {"p0": Reply(text=f"A{i}", done=True)}) for i in range(3)]
    page.surprise({"talk": talk.id, "turn": 1, "pane": "p0"})
    said = [("user", "Q0"), ("assistant", "A0"), ("user", "Q1")]
    assert reader.asked == [("A1", [{"role": role, "content": text} for role, text in said], ["p0"])]
    assert "no longer there" in page.surprise({"talk": talk.id, "turn": 3, "pane": "p0"})["problem"]
    assert talk.messages("p0")[-1] == {"role": "user", "content": "Q2"}


def test_nothing_to_read_and_nobody_to_read_it_are_sentences(reading, home, store):
    _, talks, page = reading
    talk = talks.open([Pane("p0", "nano")], blind=False)
    assert "there is no text to read" in page.surprise({"talk": talk.id, "text": " \n"})["problem"]
    alone = Surprise(Lab(home, store), talks).surprise({"talk": talk.id, "text": "Hi"})
    assert "nobody is there to read it" in alone["problem"]
