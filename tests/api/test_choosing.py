"""Pairs worth a vote: the two answers that a reward model finds furthest apart, and never to decide between models."""

import pytest

from lab.api.choosing import check_choice, furthest_apart
from lab.errors import RunError
from lab.feedback.collection.pairs import first_two
from lab.store.pairs import new_answer


def said(*texts):
    return [new_answer("base:nano", [{"role": "user", "content": "Hi"}], text, {}, "") for text in texts]


def test_the_two_furthest_apart_are_kept_and_equal_or_empty_answers_are_not():
    lengths = furthest_apart(lambda answers: [float(len(answer.text)) for answer in answers])
    questions = [said("bb", "a", "dddd", "ccc"), said("xx", "xx", "y", "xx"), said("", "aaaa", "bbb", "")]
    kept = [tuple(answer.text for answer in pair) for pair in lengths(questions)]
    assert kept == [("a", "dddd"), ("xx", "y"), ("aaaa", "bbb")]
    assert [tuple(answer.text for answer in pair) for pair in first_two(questions[:1])] == [("bb", "a")]


@pytest.mark.parametrize(
    ("models", "candidates", "judge", "words"),
    [
        (["nano", "aa"], 4, "run:bb", "which of two models is better"),
        (["nano"], 4, None, "Give both"),
        (["nano"], 1, "run:bb", "Give both"),
        (["nano"], 99, "run:bb", "99 candidates"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(models, candidates, judge, words):
    with pytest.raises(RunError, match=words):
        check_choice(models, candidates, judge)
