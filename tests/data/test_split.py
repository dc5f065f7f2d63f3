"""What is held out: chosen by seed and content, never seen in training."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from lab.data.split import first_by_seed, key_of, split_by_seed, without_leaks

ROWS = [{"prompt": f"What is {i}?", "completion": f"{i}."} for i in range(200)]


def keys(rows: list[dict]) -> set[str]:
    return {key_of(row) for row in rows}


def test_the_share_is_held_out_and_nothing_is_lost():
    split = split_by_seed(ROWS, 0.1, seed=0)
    assert len(split.held_out) == 20 and len(split.train) == 180
    assert keys(split.train) | keys(split.held_out) == keys(ROWS)


def test_the_order_of_the_rows_does_not_matter_and_the_seed_does():
    shuffled = random.Random(1).sample(ROWS, len(ROWS))
    first = keys(split_by_seed(ROWS, 0.1, seed=0).held_out)
    assert keys(split_by_seed(shuffled, 0.1, seed=0).held_out) == first
    assert keys(split_by_seed(ROWS, 0.1, seed=1).held_out) != first


def test_answers_to_one_question_stay_on_one_side():
    rows = [{"prompt": f"What is {i}?", "completion": f"{k}."} for i in range(50) for k in range(4)]
    split = split_by_seed(rows, 0.2, seed=0)
    asked = [{row["prompt"] for row in side} for side in (split.train, split.held_out)]
    assert not asked[0] & asked[1] and len(split.held_out) >= 40


def test_held_out_rows_that_training_has_are_dropped_and_counted():
    split = without_leaks([{"text": "a"}, {"text": "a"}, {"text": "b"}], [{"text": "a"}, {"text": "c"}])
    assert (split.held_out, split.dropped, split.repeated) == ([{"text": "c"}], 1, 1)
    assert len(split.train) == 3


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=30), st.floats(0.01, 0.89), st.integers(0, 5))
def test_no_row_is_ever_on_both_sides(letters, share, seed):
    split = split_by_seed([{"text": letter} for letter in letters], share, seed)
    assert not keys(split.train) & keys(split.held_out) and split.train
    assert len(split.train) + len(split.held_out) + split.dropped == len(letters)


def test_a_smaller_limit_takes_some_of_the_rows_of_a_larger_one():
    small, large = (first_by_seed(ROWS, limit, seed=0) for limit in (20, 50))
    assert (len(small), len(large)) == (20, 50) and keys(small) < keys(large)
    assert first_by_seed(ROWS, None, 0) == first_by_seed(ROWS, 1000, 0) == ROWS
