"""Checkable rewards give exactly what their cards say, in both languages, for texts and for messages."""

import time

import pytest

from lab import rewards
from lab.card import find_cards
from lab.errors import RecipeError
from lab.rewards._read import numbers, plain, proper

REWARDS = find_cards("lab.rewards")


def scored(name, said, answer=None, **knobs):
    knobs = rewards.cards()[name].complete_knobs(knobs, "knobs")
    (one,) = rewards.get(name).score(["?"], [said], [answer], **knobs)
    (again,) = rewards.get(name).score([[]], [[{"role": "assistant", "content": said}]], [answer], **knobs)
    assert one == again
    return one


EXPECTED = [
    ("right_answer", "7", "7", {}, 1.0),
    ("right_answer", "The answer is 7.", "Answer: 7", {}, 1.0),
    ("right_answer", "3 + 4 = 7", "7", {}, 0.0),
    ("right_answer", "So it goes. Answer:  The  CAT!", "the cat", {}, 1.0),
    ("right_answer", "答案是7。", "答案\uff1a7", {}, 1.0),
    ("right_answer", "答案是-7。", "7", {}, 0.0),
    ("right_answer", "The answer is 2, 5, 9.", "The answer is 2, 5, 9.", {}, 1.0),
    ("right_answer", "The answer is 2.5", "25", {}, 0.0),
    ("right_answer", "", "7", {}, 0.0),
    ("right_answer", "7", None, {}, None),
    ("right_number", "3 + 4 = 7.", "The answer is 7.", {}, 1.0),
    ("right_number", "It is 7, not 8.", "7", {}, 0.0),
    ("right_number", "7.0", "7", {}, 1.0),
    ("right_number", "The sum is 1,234", "1234", {}, 1.0),
    ("right_number", "Seven.", "7", {}, 1.0),
    ("right_number", "\uff17个", "7", {}, 1.0),
    ("right_number", "一共十二个。", "12", {}, 1.0),
    ("right_number", "9, 5, 2", "2, 5, 9", {}, 0.0),
    ("right_number", "Sorted: 2\uff0c5、9。", "2, 5, 9", {}, 1.0),
    ("right_number", "1 2 3 4 5 6 7 8 9", "7", {}, 0.0),
    ("right_number", "no idea", "7", {}, 0.0),
    ("right_number", "7", "the cat", {}, None),
    ("right_number", "7", None, {}, None),
    ("answer_form", "Let me see.\nAnswer: 7", None, {}, 1.0),
    ("answer_form", "Answer: 7\nGood bye", None, {}, 0.0),
    ("answer_form", "Answer: seven", None, {}, 0.0),
    ("answer_form", "The answer is 7.", None, {"form": "The answer is <n>."}, 1.0),
    ("answer_form", "The answer is 2, 5, 9.", None, {"form": "The answer is <list>."}, 1.0),
    ("answer_form", "The answer is 2, 5, 9.", None, {"form": "The answer is <n>."}, 0.0),
    ("answer_form", "答案是2、5、9。", None, {"form": "答案是<list>。"}, 1.0),
    ("answer_form", "", None, {}, 0.0),
    ("word_count", "one two three", None, {"least": 1, "most": 3}, 1.0),
    ("word_count", "one two three four", None, {"least": 1, "most": 2}, 0.0),
    ("word_count", "one two three", None, {"least": 1, "most": 2}, 0.5),
    ("word_count", "one", None, {"least": 4, "most": 9}, 0.25),
    ("word_count", "", None, {"least": 1, "most": 9}, 0.0),
    ("word_count", "我有12个", None, {"least": 3, "most": 3}, 1.0),
    ("pattern", "it is 7", None, {"pattern": r"\d"}, 1.0),
    ("pattern", "it is 7", None, {"pattern": r"\d", "where": "whole"}, 0.0),
    ("pattern", "7", None, {"pattern": r"\d", "where": "whole"}, 1.0),
    ("pattern", "it is", None, {"pattern": r"\d"}, 0.0),
    ("json_valid", '{"name": "Mia", "age": 3}', None, {}, 1.0),
    ("json_valid", '{"name": "Mia", "age": 3}', None, {"keys": "name, age"}, 1.0),
    ("json_valid", '{"name": "Mia"}', None, {"keys": "name\uff0cage"}, 0.5),
    ("json_valid", '["name"]', None, {"keys": "name"}, 0.0),
    ("json_valid", "[1, 2]", None, {}, 1.0),
    ("json_valid", "NaN", None, {}, 0.0),
    ("json_valid", "{'name': 1}", None, {}, 0.0),
    ("json_valid", "[" * 100_000, None, {}, 0.0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "said", "answer", "knobs", "score"), EXPECTED)
def test_a_reward_is_what_its_card_says(name, said, answer, knobs, score):
    assert scored(name, said[:100_000], answer, **knobs) == score


def test_every_reward_has_examples_and_says_what_it_checks():
    assert set(REWARDS) == {name for name, *_ in EXPECTED} == set(rewards.cards())
    assert {name for name, card in rewards.cards().items() if card.answers} == {"right_answer", "right_number"}
    for card in rewards.cards().values():
        assert card.answers == (card.checks == "correctness")


@pytest.mark.parametrize(
    ("name", "knobs", "words"),
    [
        ("pattern", {"pattern": "("}, r"reward\.knobs\.pattern: .*can't be read: missing \)"),
        ("pattern", {"pattern": ""}, "the pattern is empty"),
        ("pattern", {"pattern": "(a+)+$"}, "goes back and forth.*aaa"),
        ("pattern", {"pattern": r"(\d+,?)+$"}, "goes back and forth"),
        ("pattern", {"pattern": "(x+x+)+y"}, "goes back and forth"),
        ("pattern", {"pattern": "a{1000000000}"}, "counts its repeats too far"),
        ("pattern", {"pattern": "a{,1000000000}"}, "counts its repeats too far"),
        ("pattern", {"pattern": "(?:(?:a{1000}){1000}){1000}"}, "counts its repeats too far"),
        ("pattern", {"pattern": "a\nb"}, "is not allowed.*a line of up to 200"),
        ("pattern", {"pattern": "a" * 201}, "a line of up to 200"),
        ("pattern", {"where": "nowhere"}, "'anywhere'"),
        ("answer_form", {"form": "Answer:"}, r"form: the form 'Answer:' has no place for the answer"),
        ("answer_form", {"form": "<n> <n>"}, "or more than one"),
        ("word_count", {"least": 9, "most": 3}, "no answer has at least 9 and at most 3 words"),
        ("json_valid", {"key": "name"}, "json_valid has no knob 'key'.*'keys'"),
        ("right_number", {"digits": 3}, "right_number has no knob 'digits'"),
    ],
)
def test_knobs_that_can_not_be_are_refused_in_words(name, knobs, words):
    from lab.recipe.rewards import settled_reward
    from lab.recipe.schema import RewardChoice

    started = time.process_time()
    with pytest.raises(RecipeError, match=rf"(?s){words}"):
        settled_reward(RewardChoice(name=name, knobs=knobs), "v")
    assert time.process_time() - started < 3


@pytest.mark.parametrize("pattern", [r"\d+", r"^The answer is -?\d+\.$", "(?i)yes|no", r"(\w+ )*\w+", "[一-鿿]{2,8}"])
def test_usual_patterns_are_taken(pattern):
    rewards.get("pattern").check(place="knobs", pattern=pattern, where="anywhere")


def test_a_search_that_takes_too_long_is_no_match_and_soon_over():
    started = time.process_time()
    assert scored("pattern", "a" * 5000 + "!", pattern="(a|aa)+$") == 0.0
    assert time.process_time() - started < 2


def test_numbers_are_read_as_people_write_them():
    assert [int(one) for one in numbers("15 - 6 = 9")] == [15, 6, 9]
    assert [int(one) for one in numbers("7-5, then -3")] == [7, 5, -3]
    assert [int(one) for one in numbers("100\uff0c200")] == [100, 200]
    assert numbers("one of them is 4") == [4]
    assert plain("The  answer, is: -5.0!") == "the answer is -5.0"
    assert proper("The answer is 3. No: the answer is 4.\nBye") == "4."
