"""What is held out: chosen by what a row asks, the same for every run, and never seen in training."""

import random
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.data.asked import key_of, questions_of
from lab.data.load import load_data
from lab.data.mix import mix
from lab.data.split import first_by_seed, split_by_content, without_leaks
from lab.data.types import DataSet
from lab.recipe import DataChoice

ROWS = [{"prompt": f"What is {i}?", "completion": f"{i}."} for i in range(1000)]


def keys(rows: list[dict]) -> set[str]:
    return {key_of(row) for row in rows}


def test_about_the_share_is_held_out_and_nothing_is_lost():
    split = split_by_content(ROWS, 0.1, 0)
    assert 80 <= len(split.held_out) <= 120  # 1000 lots of 0.1 each: 100 ± 2 deviations
    assert keys(split.train) | keys(split.held_out) == keys(ROWS)


def test_no_row_changes_sides_when_rows_are_added_or_stand_in_another_order():
    few, many = split_by_content(ROWS[:300], 0.1, 0), split_by_content(ROWS, 0.1, 0)
    shuffled = split_by_content(random.Random(1).sample(ROWS, len(ROWS)), 0.1, 0)
    assert keys(few.held_out) < keys(many.held_out) and keys(few.train) < keys(many.train)
    assert keys(shuffled.held_out) == keys(many.held_out)
    assert keys(split_by_content(ROWS, 0.1, 1).held_out) != keys(many.held_out)


def test_the_runs_seed_and_limit_leave_the_held_out_rows_alone(home, tmp_path):
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(key_of(row) for row in ROWS[:200]))
    choices = [(DataChoice(name=str(file), limit=limit), seed) for seed in range(3) for limit in (None, 20)]
    sides = [load_data(choice, home, seed) for choice, seed in choices]
    held_out = keys(sides[0].held_out)
    assert all(keys(side.held_out) == held_out and not keys(side.train) & held_out for side in sides)
    assert keys(sides[1].train) != keys(sides[3].train)
    other = load_data(choices[0][0], home, 0, split_seed=1)
    assert keys(other.held_out) != held_out


def messages(*said: str) -> list[dict]:
    return [{"role": ("user", "assistant")[i % 2], "content": text} for i, text in enumerate(said)]


@pytest.mark.parametrize(
    "make",
    [
        lambda q, a: {"prompt": q, "completion": a},
        lambda q, a: {"prompt": messages(q), "completion": messages("", a)[1:]},
        lambda q, a: {"messages": messages(q, a)},
        lambda q, a: {"messages": messages(q, a, f"And {a}?", "Yes.")},
        lambda q, a: {"messages": [{"role": "system", "content": a}, *messages(q, a)]},
        lambda q, a: {"prompt": q, "chosen": a, "rejected": "no"},
        lambda q, a: {"chosen": messages(q, a), "rejected": messages(q, "no")},
        lambda q, a: {"chosen": f"Human: {q}\nAssistant: It is {a}", "rejected": f"Human: {q}\nAssistant: It was no"},
        lambda q, a: {"chosen": f"{q} Sure. It is {a}", "rejected": f"{q} {'Sure. It' if a == 'a' else 'I'} am not"},
        lambda q, a: {"prompt": q, "completion": a, "label": True},
    ],
    ids=["prompt", "prompt turns", "messages", "several turns", "system", "preference", "preference of messages",
         "preference of texts", "preference of texts that go on alike", "thumb"],
)  # fmt: skip
def test_a_question_on_the_training_side_is_never_held_out(make):
    rows = [make(f"What is number {i}?", answer) for i in range(60) for answer in "abc"]
    rows += [make(f"  what is NUMBER {i}?", "d") for i in range(60)]  # the same, written otherwise
    split = split_by_content(rows, 0.2, 0)
    sides = [
        {re.search(r"number (\d+)", key_of(row), re.I)[1] for row in side} for side in (split.train, split.held_out)
    ]
    assert not sides[0] & sides[1] and 1 <= len(sides[1]) <= 20
    assert len(split.train) + len(split.held_out) + split.dropped == 240


def test_a_later_turn_of_a_trained_conversation_is_not_held_out():
    train = [{"messages": messages("Hello", "Hi!", "What is 2 + 2?", "4")}]
    again = {"prompt": messages("Hello", "Hi!", "What is 2 + 2?"), "completion": messages("", "four")[1:]}
    alone = {"prompt": "What is 2 + 2?", "completion": "four"}  # nobody has said hello: another question
    assert without_leaks(train, [again, alone]).held_out == [alone]
    unlearned = [{"messages": [*train[0]["messages"][:3], {"role": "assistant", "content": "4", "train": False}]}]
    assert without_leaks(unlearned, [again]).held_out == [again]


def test_signs_that_change_a_question_are_not_overlooked():
    assert questions_of({"prompt": "What is 5 - 3?"}) != questions_of({"prompt": "What is 5 3?"})
    assert questions_of({"prompt": "what is  5 - 3"}) == questions_of({"prompt": "What is 5 - 3?"})


def test_near_copies_of_a_text_are_not_held_out():
    words = [f"w{i}" for i in range(60)]
    text, changed, other = " ".join(words), " ".join([*words[:30], "new", *words[31:]]), " ".join(words[::-1])
    split = without_leaks([{"text": text}], [{"text": changed}, {"text": f"{text}!"}, {"text": other}])
    assert (split.held_out, split.dropped) == ([{"text": other}], 2)


def test_rows_that_all_ask_one_thing_are_told_apart_by_their_answers():
    rows = [{"prompt": "Write a poem.", "completion": str(i)} for i in range(50)]
    split = split_by_content(rows, 0.2, 0)
    assert split.one_task and split.held_out and keys(split.train) | keys(split.held_out) == keys(rows)


def test_a_turned_vote_stays_on_its_side():
    votes = [{"prompt": "Go on.", "chosen": f"a{i}", "rejected": f"b{i}"} for i in range(40)]
    turned = [{**row, "chosen": row["rejected"], "rejected": row["chosen"]} for row in votes]
    first, then = split_by_content(votes, 0.2, 0), split_by_content(turned, 0.2, 0)
    assert [row["chosen"][1:] for row in first.held_out] == [row["rejected"][1:] for row in then.held_out]


def test_held_out_rows_that_training_has_are_dropped_and_counted():
    split = without_leaks([{"text": "a"}, {"text": "a"}, {"text": "b"}], [{"text": "a"}, {"text": "c"}])
    assert (split.held_out, split.dropped, split.repeated) == ([{"text": "c"}], 1, 1)
    assert len(split.train) == 3


def test_a_mix_holds_out_nothing_that_another_part_learns():
    one = DataSet("one", "prompt_completion", ROWS[:5], ROWS[5:8], sources=("one",) * 3)
    other = DataSet("other", "prompt_completion", ROWS[6:9], ROWS[20:22], sources=("other",) * 2)
    mixed = mix([one, other], [1, 1], seed=0)
    assert keys(mixed.held_out) == keys([ROWS[5], *ROWS[20:22]])
    assert Counter(mixed.sources) == {"one": 1, "other": 2} and mixed.dropped == 2


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=30), st.floats(0.01, 0.89), st.integers(0, 5))
def test_no_row_is_ever_on_both_sides(letters, share, split_seed):
    split = split_by_content([{"text": letter} for letter in letters], share, split_seed)
    assert not keys(split.train) & keys(split.held_out) and split.train
    assert bool(split.held_out) == (len(set(letters)) > 1)
    assert len(split.train) + len(split.held_out) + split.dropped == len(letters)


def test_a_smaller_limit_takes_some_of_the_rows_of_a_larger_one():
    small, large = (first_by_seed(ROWS, limit, seed=0) for limit in (20, 50))
    assert (len(small), len(large)) == (20, 50) and keys(small) < keys(large)
    assert first_by_seed(ROWS, None, 0) == first_by_seed(ROWS, 1000, 0) == ROWS
