"""Pairs worth a vote: the two answers that a reward model finds furthest apart, and never to decide between models."""

import pytest

from lab.api.choosing import FEWEST, check_choice, furthest_apart, most_open
from lab.errors import RunError
from lab.feedback.collection.pairs import first_two
from lab.store import Feedback
from lab.store.pairs import new_answer


def said(*texts):
    return [new_answer("base:nano", [{"role": "user", "content": "Hi"}], text, {}, "") for text in texts]


def test_the_two_furthest_apart_are_kept_and_equal_or_empty_answers_are_not():
    lengths = furthest_apart(lambda answers: [float(len(answer.text)) for answer in answers])
    questions = [said("bb", "a", "dddd", "ccc"), said("xx", "xx", "y", "xx"), said("", "aaaa", "bbb", "")]
    kept = [tuple(answer.text for answer in pair) for pair in lengths(questions)]
    assert kept == [("a", "dddd"), ("xx", "y"), ("aaaa", "bbb")]
    assert [tuple(answer.text for answer in pair) for pair in first_two(questions[:1])] == [("bb", "a")]


def test_with_few_votes_any_pair_will_do_and_with_more_the_one_they_say_least_about(store):
    choose, question = most_open(store), said("one happy cat", "one cat", "one blue cat", "one happy cat")
    for number in range(FEWEST):
        assert choose([question]) == [(question[0], question[1])]
        better, worse = (store.ratings.keep_answer("base:nano", [], text, {}, "") for text in (f"happy {number}", "so"))
        store.ratings.rate(Feedback("vote", f"p{number}", "me", "left", better.id, worse.id))
    # "happy" is known to be good and nothing is of "blue", which makes 50 votes for `happy` against `happy` and `blue`
    ((one, other),) = choose([question])
    assert {one.text, other.text} == {"one happy cat", "one blue cat"}
    assert choose([said("", "same", "same", "")])[0][0].text == ""


@pytest.mark.parametrize(
    ("models", "candidates", "judge", "words"),
    [
        (["nano", "aa"], 4, "run:bb", "which of two models is better"),
        (["nano", "aa"], 4, None, "which of two models is better"),
        (["nano"], 1, "run:bb", "Give both"),
        (["nano"], 99, "run:bb", "99 candidates"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(models, candidates, judge, words):
    with pytest.raises(RunError, match=words):
        check_choice(models, candidates, judge)
