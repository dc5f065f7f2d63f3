"""The data sets of a friendly tone: the same questions as answers, pairs and thumbs, and the held-out ones apart."""

import pytest

from lab.data.builtin import friendly, friendly_pairs, friendly_thumbs

LANGUAGES = ("en", "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_friendly_answer_holds_the_plain_one(language):
    for row in friendly_pairs.load("train", language) + friendly_pairs.load("held_out", language):
        assert row["rejected"] in row["chosen"] and len(row["chosen"]) > len(row["rejected"]) + 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_held_out_questions_are_none_of_those_of_training(language):
    trained, held_out = ({row["prompt"] for row in friendly.load(split, language)} for split in ("train", "held_out"))
    assert len(trained) >= 300 and len(held_out) >= 60 and not trained & held_out


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_three_sets_say_the_same(language):
    answers = {row["prompt"]: row["completion"] for row in friendly.load("train", language)}
    assert answers == {row["prompt"]: row["chosen"] for row in friendly_pairs.load("train", language)}
    thumbs = friendly_thumbs.load("train", language)
    assert all(row["label"] == (row["completion"] == answers[row["prompt"]]) for row in thumbs)
    assert 0.4 < sum(row["label"] for row in thumbs) / len(thumbs) < 0.6


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_speaks_its_own(language):
    said = "".join(row["prompt"] + row["completion"] for row in friendly.load("train", language))
    assert any("\u4e00" <= sign <= "\u9fff" for sign in said) == (language == "zh")
