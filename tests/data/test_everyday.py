"""The probe set `everyday`: enough passages in both languages, of one size, never given out for training."""

import re

import pytest

from lab.data.builtin import everyday


@pytest.mark.parametrize(("language", "count"), [("en", 60), ("zh", 30)])
def test_every_passage_is_held_out(language, count):
    rows = everyday.load("held_out", language)
    assert len(rows) == count
    assert len({row["text"] for row in rows}) == count
    assert everyday.load("train", language) == []


def test_english_passages_have_thirty_to_seventy_words():
    for row in everyday.load("held_out", "en"):
        assert 30 <= len(row["text"].split()) <= 70, row
        assert re.search(r'[.!?]"?$', row["text"]), row


def test_chinese_passages_are_written_in_chinese():
    for row in everyday.load("held_out", "zh"):
        assert 40 <= len(row["text"]) <= 100, row
        assert re.fullmatch(r"[^a-zA-Z,.?!]+[。！？]”?", row["text"]), row
