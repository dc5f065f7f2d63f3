"""Held-out rows to choose by and others to report on: no question is in both, and it is the same for every run."""

from lab.data import DataSet
from lab.data.apart import for_choosing_and_report


def data(count: int, asked_by: int = 2) -> DataSet:
    rows = [{"prompt": f"What is {n}?", "completion": f"{n} {i}"} for n in range(count) for i in range(asked_by)]
    return DataSet("d", "prompt_completion", [], rows, sources=tuple("d" * len(rows)), unseen={"new": rows[:1]})


def test_about_half_of_the_questions_choose_with_all_their_rows():
    choosing, reported = for_choosing_and_report(data(20), split_seed=0)
    asked = [{row["prompt"] for row in part.held_out} for part in (choosing, reported)]
    assert [len(one) for one in asked] == [8, 12] and not asked[0] & asked[1]
    assert (len(choosing.held_out), len(reported.held_out)) == (16, 24)
    assert (len(choosing.sources), len(reported.sources)) == (16, 24)
    assert (choosing.unseen, reported.unseen) == ({}, data(20).unseen)


def test_the_parts_hang_on_the_split_seed_alone():
    first, again = (for_choosing_and_report(data(20), split_seed=3)[0].held_out for _ in range(2))
    assert first == again != for_choosing_and_report(data(20), split_seed=4)[0].held_out


def test_a_question_is_on_its_side_whatever_stands_beside_it():
    few, many = ({row["prompt"] for row in for_choosing_and_report(data(count), 0)[0].held_out} for count in (20, 60))
    assert few == many & {f"What is {n}?" for n in range(20)}


def test_a_single_row_can_not_be_shared_out_and_answers_to_one_task_can():
    choosing, reported = for_choosing_and_report(data(1, asked_by=1), split_seed=0)
    assert (len(choosing.held_out), len(reported.held_out)) == (0, 1)
    choosing, reported = for_choosing_and_report(data(1, asked_by=6), split_seed=0)
    assert (len(choosing.held_out), len(reported.held_out)) == (3, 3)
    assert for_choosing_and_report(data(0), split_seed=0)[1].held_out == []
