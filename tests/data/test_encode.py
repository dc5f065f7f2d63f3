"""Rows become tokens: what is given is not learned, what is said is, in the template a chat uses."""

import pytest

from lab.data.encode import IGNORED, encode
from lab.errors import DataError
from lab.models import load_tokenizer


@pytest.fixture(scope="module")
def tokenizer(tiny_base):
    return load_tokenizer(tiny_base)


def learned(row, tokenizer) -> str:
    return tokenizer.decode([label for label in row["labels"] if label != IGNORED])


def test_only_the_completion_and_its_end_are_learned(tokenizer):
    (row,) = encode([{"prompt": "What is it?", "completion": "Tofu."}], "prompt_completion", tokenizer, 99)
    assert tokenizer.decode(row["input_ids"]).startswith("<|im_start|>user\nWhat is it?<|im_end|>")
    assert learned(row, tokenizer).strip() == "Tofu.<|im_end|>"
    assert len(row["input_ids"]) == len(row["labels"])


def test_what_is_given_is_cut_as_in_a_chat(tokenizer):
    question = [{"role": "user", "content": "What is it?"}]
    asked = tokenizer.apply_chat_template(question, add_generation_prompt=True, return_dict=True)["input_ids"]
    (row,) = encode([{"prompt": question, "completion": "Tofu."}], "prompt_completion", tokenizer, 99)
    assert row["input_ids"][: len(asked)] == asked
    assert all(label == IGNORED for label in row["labels"][: len(asked)])


def test_every_assistant_turn_of_a_conversation_is_learned(tokenizer):
    turns = [("user", "Hello"), ("assistant", "Hi."), ("user", "Name a bird"), ("assistant", "Parrot.")]
    row = {"messages": [{"role": role, "content": content} for role, content in turns]}
    (encoded,) = encode([row], "messages", tokenizer, 99)
    said = learned(encoded, tokenizer)
    assert "Hi." in said and "Parrot." in said and "Hello" not in said and "Name a bird" not in said


def test_text_is_learned_whole_and_ends(tokenizer):
    (row,) = encode([{"text": "The parrot sat."}], "text", tokenizer, 99)
    assert row["input_ids"] == row["labels"]
    assert tokenizer.decode(row["input_ids"]) == "The parrot sat.<|endoftext|>"


def test_rows_cut_before_their_answer_are_left_out_and_said_when_all_are(tokenizer):
    rows = [{"prompt": "long " * 50, "completion": "x"}, {"prompt": "a", "completion": "b"}]
    assert len(encode(rows, "prompt_completion", tokenizer, 40)) == 1
    with pytest.raises(DataError, match="max_length"):
        encode(rows[:1], "prompt_completion", tokenizer, 40)


def test_preferences_are_not_text(tokenizer):
    with pytest.raises(DataError, match="preference"):
        encode([{"chosen": "a", "rejected": "b"}], "preference", tokenizer, 40)
