"""A mix: shares of training rows as weighed, held-out rows told apart, formats brought together."""

from collections import Counter

import pytest

from lab.data import DataSet, load_mix
from lab.data.mix import mix
from lab.errors import DataError
from lab.home import Home
from lab.recipe import DataChoice


def part(name: str, rows: int, held_out: int = 4, format: str = "text") -> DataSet:
    def row(i: int) -> dict:
        return {"text": f"{name} {i}"} if format == "text" else {"prompt": f"{name} {i}", "completion": "Yes."}

    held = [row(i) for i in range(rows, rows + held_out)]
    return DataSet(name, format, [row(i) for i in range(rows)], held, sources=(name,) * held_out)


def test_weights_are_shares_of_training_rows_and_no_row_is_lost():
    parts = [part("small", 10), part("large", 60)]
    mixed = mix(parts, [1, 3], seed=0)
    counts = Counter(row["text"].split()[0] for row in mixed.train)
    assert counts == {"small": 20, "large": 60}
    assert {row["text"] for row in mixed.train} == {row["text"] for each in parts for row in each.train}


def test_a_mix_is_the_same_for_the_same_seed_only():
    parts = [part("small", 10), part("large", 60)]
    assert mix(parts, [1, 1], seed=3) == mix(parts, [1, 1], seed=3)
    assert mix(parts, [1, 1], seed=3).train != mix(parts, [1, 1], seed=4).train


def test_held_out_rows_are_told_apart_and_evenly_spread():
    mixed = mix([part("small", 10, held_out=2), part("large", 60, held_out=8)], [1, 1], seed=0)
    assert [row["text"].split()[0] for row in mixed.held_out] == list(mixed.sources)
    assert Counter(mixed.sources[:5]) == {"small": 1, "large": 4}


def test_texts_and_questions_become_conversations():
    mixed = mix([part("story", 3), part("question", 3, format="prompt_completion")], [1, 1], seed=0)
    assert mixed.format == "messages"
    roles = Counter(tuple(message["role"] for message in row["messages"]) for row in mixed.train)
    assert roles == {("assistant",): 3, ("user", "assistant"): 3}


def test_formats_that_do_not_go_together_are_refused_by_name():
    votes = DataSet("votes", "preference", [{"chosen": "a", "rejected": "b"}], [])
    with pytest.raises(DataError, match=r"'votes' \(preference\) and 'story' \(text\) can't be mixed"):
        mix([part("story", 3), votes], [1, 1], seed=0)


def test_two_languages_of_a_built_in_set_can_be_mixed(tmp_path):
    choices = [DataChoice(name="prompts"), DataChoice(name="prompts", language="zh")]
    mixed = load_mix(choices, Home(tmp_path), 0)
    assert set(mixed.sources) == {"prompts", "prompts (zh)"} and mixed.format == "prompt"
