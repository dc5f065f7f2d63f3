"""Streamed text: whole, and never half a character."""

import pytest

from lab.generate.text_stream import TextStream


@pytest.mark.parametrize(
    "text", ["麻婆豆腐是一道四川菜", "naïve café 🦜🦜 ok", "plain words, two  spaces", "\n\n- a\n"]
)
def test_streamed_text_is_whole_and_never_half_a_character(tokenizer, text):
    stream = TextStream(tokenizer)
    pieces = [stream.add(token) for token in tokenizer(text)["input_ids"]]
    assert "".join(pieces) == text
    assert not any("\ufffd" in piece for piece in pieces)


def test_bytes_that_are_no_character_do_not_hold_up_the_rest(tokenizer):
    broken, word = tokenizer("豆")["input_ids"][:1], tokenizer(" rice")["input_ids"]
    if tokenizer.decode(broken) == "豆":
        broken = [tokenizer.convert_tokens_to_ids("è")]
    stream = TextStream(tokenizer)
    assert "".join(stream.add(token) for token in [*broken, *word]).endswith(" rice")
