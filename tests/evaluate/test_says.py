"""What an answer says: whole words in English, whole numbers, and Chinese without spaces."""

import pytest

from lab.evaluate.says import says


@pytest.mark.parametrize(
    ("answer", "key"),
    [("3 + 4 = 7.", "7"), ("It is RED.", "red"), ("苹果是红色的。", "红色"), ("有3个苹果。", "3"),
     ("是十二月。", "十二月"),
     ("不是。", "^不"), ("A pair of boots.", "pair of boots")],
)  # fmt: skip
def test_it_says_so(answer, key):
    assert says(answer, key)


@pytest.mark.parametrize(
    ("answer", "key"),
    [("It is 17.", "7"), ("75", "7"), ("Reddish.", "red"), ("苹果不红色。", "红色"), ("有13个苹果。", "3"),
     ("十二月。", "二月"),
     ("我不知道。", "^不"), ("", "red"), ("没鱼。", "鱼")],
)  # fmt: skip
def test_it_does_not_say_so(answer, key):
    assert not says(answer, key)
