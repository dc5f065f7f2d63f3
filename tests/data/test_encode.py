"""Rows become tokens: what is given is not learned, what is said is, in the template a chat uses."""

import copy
from itertools import pairwise

import pytest
from tokenizers.processors import TemplateProcessing

from lab.data.encode import IGNORED, answer_ids, encode, prompt_ids, text_ids
from lab.errors import DataError
from lab.models import load_tokenizer


@pytest.fixture(scope="module")
def tokenizer(tiny_base):
    return load_tokenizer(tiny_base)


def learned(row, tokenizer) -> str:
    return tokenizer.decode([label for label in row["labels"] if label != IGNORED])


def with_ends(tokenizer, begin: str, end: str | None):
    """A copy that puts a token before every text, as Llama's does, and one after it, as some do."""
    changed = copy.deepcopy(tokenizer)
    ids = [(token, tokenizer.convert_tokens_to_ids(token)) for token in (begin, end) if token]
    changed.backend_tokenizer.post_processor = TemplateProcessing(
        single=f"{begin} $A {end or ''}".strip(), pair=f"{begin} $A $B", special_tokens=ids
    )
    return changed


def test_only_the_completion_and_its_end_are_learned(tokenizer):
    (row,) = encode([{"prompt": "What is it?", "completion": "Tofu."}], "prompt_completion", tokenizer, 99)
    assert tokenizer.decode(row["input_ids"]).startswith("<|im_start|>user\nWhat is it?<|im_end|>")
    assert learned(row, tokenizer) == "Tofu.<|im_end|>"
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


def test_a_conversation_gives_the_same_tokens_in_every_format(tokenizer):
    """As prompt and completion, as texts or turns, as messages, as the better of a pair: the same ids are learned."""
    question, answer = {"role": "user", "content": "What is it?"}, {"role": "assistant", "content": " Tofu.\n"}
    rows = [
        ({"prompt": question["content"], "completion": answer["content"]}, "prompt_completion"),
        ({"prompt": [question], "completion": [answer]}, "prompt_completion"),
        ({"messages": [question, answer]}, "messages"),
    ]
    (first, *others) = (encode([row], format, tokenizer, 99) for row, format in rows)
    assert others == [first, first]
    given, said = answer_ids(tokenizer, [question], [answer])
    assert [{"input_ids": given + said, "labels": [IGNORED] * len(given) + said}] == first
    assert given == prompt_ids(tokenizer, [question])
    again = {"role": "user", "content": "Sure?"}
    longer = {"prompt": [question, answer, again], "completion": "Yes."}
    messages = {"messages": [question, answer, again, {"role": "assistant", "content": "Yes."}]}
    (one,), (other,) = (
        encode([longer], "prompt_completion", tokenizer, 99),
        encode([messages], "messages", tokenizer, 99),
    )
    assert one == other
    assert learned(one, tokenizer) == " Tofu.\n<|im_end|>Yes.<|im_end|>"


def test_text_is_learned_whole_and_ends(tokenizer):
    (row,) = encode([{"text": "The parrot sat."}], "text", tokenizer, 99)
    assert row["input_ids"] == row["labels"]
    assert tokenizer.decode(row["input_ids"]) == "The parrot sat.<|endoftext|>"


def test_a_text_begins_as_the_tokenizer_begins_texts_in_training_as_when_it_is_gone_on_with(tokenizer):
    begun = with_ends(tokenizer, "<|im_start|>", "<|endoftext|>")
    (row,) = encode([{"text": "The parrot sat."}], "text", begun, 99)
    assert begun.decode(row["input_ids"]) == "<|im_start|>The parrot sat.<|endoftext|>"
    assert learned(row, begun) == "The parrot sat.<|endoftext|>"
    (ids,) = text_ids(begun, ["The parrot"])
    assert begun.decode(ids) == "<|im_start|>The parrot"


@pytest.mark.parametrize("begins", [False, True])
@pytest.mark.parametrize("max_length", [8, 9, 50])
def test_a_long_text_is_learned_in_pieces_each_token_once(tokenizer, begins, max_length):
    reader = with_ends(tokenizer, "<|im_start|>", None) if begins else tokenizer
    text = "The parrot sat on the branch and looked at the sea. " * 4
    pieces = encode([{"text": text}], "text", reader, max_length)
    assert len(pieces) > 1 and all(len(piece["input_ids"]) <= max_length for piece in pieces)
    assert "".join(learned(piece, reader) for piece in pieces) == f"{text}<|endoftext|>"
    for before, piece in pairwise(pieces):
        wanted = reader.convert_tokens_to_ids("<|im_start|>") if begins else before["input_ids"][-1]
        assert (piece["input_ids"][0], piece["labels"][0]) == (wanted, IGNORED)
    assert encode([{"text": text}], "text", reader, max_length, "truncate") == pieces[:1]


def test_rows_cut_before_their_answer_are_left_out_and_said_when_all_are(tokenizer):
    rows = [{"prompt": "long " * 50, "completion": "x"}, {"prompt": "a", "completion": "b"}]
    assert len(encode(rows, "prompt_completion", tokenizer, 40)) == 1
    with pytest.raises(DataError, match="max_length"):
        encode(rows[:1], "prompt_completion", tokenizer, 40)


def test_preferences_are_not_text(tokenizer):
    with pytest.raises(DataError, match="preference"):
        encode([{"chosen": "a", "rejected": "b"}], "preference", tokenizer, 40)
