"""The data set `feedback`: ratings as rows, whose count, and up to which one."""

import pytest

from lab.data import load_data
from lab.data.feedback import rows_of
from lab.errors import DataError
from lab.recipe import DataChoice
from lab.store import Feedback

FEEDBACK = DataChoice(name="feedback")


def asked(question: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": question}]


def said(text: str) -> list[dict[str, str]]:
    return [{"role": "assistant", "content": text}]


@pytest.fixture
def pairs(store):
    """Two answers to each of ten questions."""
    keep = store.ratings.keep_answer
    return [
        tuple(keep("base:nano", asked(f"Question {i}?"), f"{side} {i}", {}, "") for side in ("left", "right"))
        for i in range(10)
    ]


def vote(store, pair, verdict, rater="me", scripted=False):
    left, right = (answer.id for answer in pair)
    store.ratings.rate(Feedback("vote", f"{left}:{right}", rater, verdict, left, right, scripted=scripted))


def thumb(store, answer, verdict, rater="me"):
    store.ratings.rate(Feedback("thumb", answer.id, rater, verdict, answer.id))


def test_votes_become_preferences_split_by_question(store, pairs):
    for pair in pairs:
        vote(store, pair, "right")
    data = load_data(FEEDBACK, store.home, 0, ("preference",))
    assert (data.format, len(data.train), len(data.held_out)) == ("preference", 9, 1)
    assert data.train[0]["chosen"][0]["content"].startswith("right")


def test_the_majority_counts_and_an_even_split_is_left_out(store, pairs):
    for rater, first, second in (("a", "left", "left"), ("b", "left", "right"), ("c", "right", None)):
        vote(store, pairs[0], first, rater)
        if second:
            vote(store, pairs[1], second, rater)
    vote(store, pairs[2], "tie")
    rows, notes = rows_of(store, "preference")
    assert rows == [{"prompt": asked("Question 0?"), "chosen": said("left 0"), "rejected": said("right 0")}]
    assert notes == [
        "Left out: 1 votes say 'tie' or 'both bad', which prefers neither.",
        "Left out: 1 pairs have as many votes for one side as for the other.",
    ]


def test_thumbs_of_several_raters_cancel_out(store, pairs):
    for answer, *verdicts in ((pairs[0][0], "good", "bad"), (pairs[1][0], "good", "good"), (pairs[2][0], "bad")):
        for rater, verdict in zip("ab", verdicts, strict=False):
            thumb(store, answer, verdict, rater)
    rows, notes = rows_of(store, "binary_feedback")
    assert [row["label"] for row in rows] == [True, False]
    assert notes == ["Left out: 1 answers have as many thumbs up as down."]


def test_a_vote_is_a_thumb_up_for_one_answer_and_down_for_the_other(store, pairs):
    for pair, verdict in zip(pairs, ("left", "right", "tie", "both_bad"), strict=False):
        vote(store, pair, verdict)
    thumb(store, pairs[0][1], "good")  # against the vote: the two cancel out
    rows, notes = rows_of(store, "binary_feedback")
    assert [(row["completion"][0]["content"], row["label"]) for row in rows] == [
        ("left 0", True), ("left 1", False), ("right 1", True), ("left 3", False), ("right 3", False),
    ]  # fmt: skip
    assert notes == ["Left out: 1 answers have as many thumbs up as down."]


def test_scripted_votes_are_counted_and_can_be_left_out(store, pairs):
    vote(store, pairs[0], "left")
    vote(store, pairs[1], "left", "scripted:happier", scripted=True)
    assert rows_of(store, "preference")[1] == ["1 of 2 ratings are by scripted raters."]
    assert [row["prompt"] for row in rows_of(store, "preference", "people")[0]] == [asked("Question 0?")]
    assert [row["prompt"] for row in rows_of(store, "preference", "scripted")[0]] == [asked("Question 1?")]


def test_until_names_the_same_rows_whatever_is_said_later(store, pairs):
    vote(store, pairs[0], "left")
    then = store.ratings.newest()
    vote(store, pairs[0], "right")
    vote(store, pairs[1], "right")
    assert rows_of(store, "preference", until=then)[0][0]["chosen"] == said("left 0")
    assert len(rows_of(store, "preference")[0]) == 2


def test_what_was_asked_is_there_once_for_policies(store, pairs):
    thumb(store, pairs[0][0], "good")
    thumb(store, pairs[0][1], "bad")
    assert rows_of(store, "prompt")[0] == [{"prompt": asked("Question 0?")}]


def test_one_sided_thumbs_teach_nothing(store, pairs):
    for pair in pairs:
        thumb(store, pair[0], "good")
    with pytest.raises(DataError, match=r"all 10 ratings say 'good'.*rate some answers 'bad' too"):
        load_data(FEEDBACK, store.home, 0, ("binary_feedback",))


def test_too_little_feedback_says_what_to_do(store, pairs):
    vote(store, pairs[0], "left")
    with pytest.raises(DataError, match=r"there are 1 rows of feedback.*votes and edits: rate at least 4"):
        load_data(FEEDBACK, store.home, 0, ("preference",))
