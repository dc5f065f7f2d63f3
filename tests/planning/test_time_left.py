"""How long runs take together and how long they still take: everything is counted, nothing ends at zero too early."""

import os
from types import SimpleNamespace

import pytest

from lab.planning.contention import Contention, look
from lab.planning.time_left import progress_of
from lab.planning.whole_time import shared_seconds, whole_seconds
from lab.store import Outcome, Run, Status


def run_at(step: int = 0, status: Status = Status.RUNNING, doing: str = "", expected: float | None = 40.0) -> Run:
    outcome = Outcome(expected_seconds=expected, expected_training_seconds=expected and expected * 0.75, doing=doing)
    return Run("a1", "c1", "one", "Recipe", "", "nano", "full", "sft", None, status, 0.0, started=100.0, step=step,
               total_steps=100, outcome=outcome)  # fmt: skip


def planned(seconds):
    return SimpleNamespace(cost=SimpleNamespace(seconds=seconds))


def test_the_whole_time_counts_those_that_are_computed_at_once_and_is_never_less_than_the_longest():
    assert shared_seconds([10.0, 20.0, 30.0], 2) == 30.0
    assert shared_seconds([20.0] * 4, 2) == 40.0
    assert whole_seconds([planned(30.0), planned(30.0)], 1) == 60.0
    assert whole_seconds([planned(30.0), planned(None)], 1) is None


def test_what_is_left_is_first_the_estimate_and_later_what_the_pace_says():
    queued = run_at(status=Status.QUEUED)
    assert progress_of([queued, queued], now=100.0, workers=2).left == pytest.approx(40.0)
    half = run_at(step=50)
    as_expected, slow = (progress_of([half], now, 1).left for now in (120.0, 300.0))
    assert 15 < as_expected < 25 and 120 < slow < 220


def test_a_run_after_its_last_step_has_time_left_until_its_figures_are_there():
    last, measuring = run_at(step=100), run_at(step=100, doing="measuring")
    before, after = progress_of([last], 135.0, 1), progress_of([measuring], 137.0, 1)
    assert before.share < after.share < 1 and before.left > after.left > 1
    over = progress_of([run_at(step=100, status=Status.DONE)], 140.0, 1)
    assert (over.share, over.left) == (1.0, 0.0)


def test_looks_on_the_way_are_part_of_a_steps_share():
    shares = [progress_of([run_at(step=step)], 120.0, 1).share for step in (1, 50, 100)]
    assert shares == sorted(shares) and shares[0] > 0.05 and shares[2] < 0.95


def test_where_nothing_was_expected_the_share_of_the_steps_is_shown_and_no_time():
    assert progress_of([run_at(step=25, expected=None)], 120.0, 1).left is None
    assert progress_of([run_at(step=25, expected=None)], 120.0, 1).share == 0.25


def test_how_much_of_a_core_is_to_be_had_is_never_told_better_than_idle():
    assert look(1) >= 1.0
    many = 16 * len(os.sched_getaffinity(0))
    assert look(many) > 4  # more threads than cores share them


def test_one_look_at_a_busy_moment_does_not_decide(monkeypatch):
    looks, now = iter([6.0, 1.2, 1.1]), iter([0.0, 1.0, 5.0, 10.0])
    monkeypatch.setattr("lab.planning.contention.look", lambda _: next(looks))
    monkeypatch.setattr("lab.planning.contention.time", SimpleNamespace(monotonic=lambda: next(now)))
    here = Contention()
    assert [here.slowdown(2) for _ in range(4)] == [6.0, 6.0, 1.2, 1.2]
