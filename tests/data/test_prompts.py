"""The data set `prompts`: requests without answers, each once, the held-out ones apart."""

import pytest

from lab.data.builtin import prompts


@pytest.mark.parametrize(("language", "train", "held_out"), [("en", 100, 20), ("zh", 50, 10)])
def test_sizes_of_the_splits(language, train, held_out):
    assert len(prompts.load("train", language)) == train
    assert len(prompts.load("held_out", language)) == held_out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_prompt_is_a_sentence_and_occurs_once(language):
    rows = prompts.load("train", language) + prompts.load("held_out", language)
    everything = [row["prompt"] for row in rows]
    assert len(set(everything)) == len(everything)
    assert all(prompt[-1] in (".?" if language == "en" else "。？") for prompt in everything)
    assert all(list(row) == ["prompt"] for row in rows)
