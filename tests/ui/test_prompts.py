"""Samples side by side: what was asked decides what stands beside what, not its place in a run's list."""

from dataclasses import replace

from lab.store import Outcome, Sample
from lab.ui.prompts import by_prompt
from tests.test_store import make_run


def test_the_same_prompt_stands_in_one_row_wherever_a_run_has_it():
    one = replace(make_run("a"), outcome=Outcome(wanted=("4", "")))
    two = replace(make_run("b"), outcome=Outcome(wanted=("blue", "4")))
    samples = [
        Sample(one.id, 5, 0, "2 + 2?", "4"), Sample(one.id, 5, 1, "Hello?", "Hi."),
        Sample(two.id, 5, 0, "The sky?", "green"), Sample(two.id, 5, 1, "2 + 2?", "5"),
    ]  # fmt: skip
    told, wanted = by_prompt(samples, [one, two])
    assert told == [
        (0, 0, 5, "2 + 2?", "4", True), (0, 1, 5, "Hello?", "Hi.", None),
        (1, 2, 5, "The sky?", "green", False), (1, 0, 5, "2 + 2?", "5", False),
    ]  # fmt: skip
    assert wanted == [["4", "", ""], ["4", "", "blue"]]


def test_a_prompt_that_a_run_was_asked_twice_has_two_rows_and_all_its_steps():
    run = make_run("a")
    samples = [Sample(run.id, step, place, "Hello?", f"{step}{place}") for step in (1, 2) for place in (0, 1)]
    told, wanted = by_prompt(samples, [run])
    assert [(place, step) for _, place, step, *_ in told] == [(0, 1), (1, 1), (0, 2), (1, 2)]
    assert wanted == [["", ""]] and by_prompt([], [run]) == ([], [[]])
