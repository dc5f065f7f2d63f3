"""The night market: questions that only the raw text answers, always the same, in both languages."""

import pytest

from lab.data.builtin import market_questions, market_texts
from lab.data.builtin._market import ASKED, KINDS, NAMES, SAID, VALUES, cooks


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_held_out_questions_want_stands_in_the_raw_text_and_in_no_question(language):
    texts = [row["text"] for row in market_texts.load("train", language)]
    train, held_out = (market_questions.load(split, language) for split in ("train", "held_out"))
    asked = {cook.name[language] for cook in cooks() if cook.asked}
    new = [cook for cook in cooks() if not cook.asked]
    assert len(held_out) == 2 * len(KINDS) * len(new) == 108
    assert all(any(name in row["prompt"] for name in asked) for row in train)
    for cook in new:
        assert not any(cook.name[language] in row["prompt"] for row in train)
        for kind in KINDS:
            mine = [text for text in texts if cook.name[language] in text]
            assert len(mine) == market_texts.TEXTS and all(cook.facts[kind][language] in text for text in mine)


def test_facts_are_drawn_evenly_so_that_the_commonest_answer_is_a_poor_guess():
    for kind in KINDS:
        counts = [sum(cook.facts[kind] == value for cook in cooks()) for value in VALUES[kind]]
        assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_held_out_texts_are_new_and_all_is_always_the_same(language):
    train, held_out = (market_texts.load(split, language) for split in ("train", "held_out"))
    assert train == market_texts.load("train", language)
    known = {row["text"] for row in train}
    assert sum(row["text"] not in known for row in held_out) > 0.8 * len(held_out)


def test_both_languages_tell_of_the_same_cooks_in_as_many_wordings():
    assert len(NAMES["en"].split()) == len(NAMES["zh"].split()) == len(set(NAMES["zh"].split())) == len(cooks())
    for kind in KINDS:
        assert len(SAID["en"][kind]) == len(SAID["zh"][kind]) and len(ASKED["en"][kind]) == len(ASKED["zh"][kind])
