"""What rows ask: prompts and conversations up to the question, each once, in an order that follows from the seed."""

import pytest

from lab.data.questions import conversation_in, questions
from lab.errors import DataError
from lab.recipe import DataChoice

USER = {"role": "user", "content": "Hello?"}
SAID = {"role": "assistant", "content": "Hello."}


def test_a_row_asks_what_stands_before_its_answer():
    assert conversation_in({"prompt": "Hello?", "completion": "Hello."}) == (USER,)
    assert conversation_in({"messages": [USER, SAID, USER, SAID]}) == (USER, SAID, USER)
    assert conversation_in({"prompt": [USER], "chosen": [SAID], "rejected": [SAID]}) == (USER,)
    assert conversation_in({"text": "Once."}) == conversation_in({"messages": [SAID]}) == ()
    assert conversation_in({"prompt": "a" * 5000}) == ()


def test_the_questions_of_each_split_are_shuffled_by_the_seed(home):
    train = questions([DataChoice(name="prompts")], home, 1, "train")
    held_out = questions([DataChoice(name="prompts")], home, 1, "held_out")
    assert len(train) == 100 and len(held_out) == 20
    assert not {str(one) for one in train} & {str(one) for one in held_out}
    assert train == questions([DataChoice(name="prompts")], home, 1, "train")
    other = questions([DataChoice(name="prompts")], home, 2, "train")
    assert train != other and sorted(map(str, train)) == sorted(map(str, other))


def test_data_that_asks_nothing_is_said(home, tmp_path):
    file = tmp_path / "texts.txt"
    file.write_text("One line.\nAnother.\nA third.\n")
    with pytest.raises(DataError, match="ask nothing"):
        questions([DataChoice(name=str(file))], home, 0, "train")
