"""Pooled scores, by numbers that can be checked by hand, and which scores of which runs they are of."""

import pytest

from lab.api import Lab
from lab.cli.comparison import comparison_json, print_comparison
from lab.errors import RunError
from lab.evaluate.pooled import interquartile_mean, pool, probability_of_improvement
from lab.evaluate.task_scores import pooled, task_scores
from lab.store import Change, Outcome, Run, Status
from lab.store.pictures import Scores


def test_the_interquartile_mean_is_of_the_middle_half():
    assert interquartile_mean([1, 2, 3, 4, 5, 6, 7, 800]) == 4.5  # 3, 4, 5, 6
    assert interquartile_mean([0.0, 0.5, 1.0]) == 0.5  # a quarter of three is no whole score
    assert interquartile_mean([9.0, 0.0, 2.0, 4.0, 1.0]) == pytest.approx(7 / 3)  # 1, 2, 4
    assert interquartile_mean([0.3]) == 0.3


def test_the_probability_of_improvement_counts_pairs_within_a_task_and_a_tie_half():
    assert probability_of_improvement([[1, 3]], [[2, 2]]) == 0.5
    assert probability_of_improvement([[2.0]], [[2.0]]) == 0.5
    assert probability_of_improvement([[1, 3, 5]], [[2, 4]]) == 0.5  # of six pairs three
    # the first task: three of four and no tie; the second: one and two ties of four
    assert probability_of_improvement([[1, 4], [5, 2]], [[0, 3], [2, 5]]) == (0.75 + 0.5) / 2
    assert probability_of_improvement([[1], [0]], [[0], [0]]) == 0.75


def test_intervals_are_over_runs_drawn_anew_within_each_task():
    """Two runs of 0 and 1 come as 0, 1/2 or 1: a quarter of the draws are at either end, far more than 2.5 %. Runs that
    are equal within a task give no width however far apart the tasks are."""
    found = pool({"a": {"s": [0.0, 1.0], "t": [0.0, 1.0]}, "b": {"s": [0.2, 0.2], "t": [0.9, 0.9]}})
    a, b = {one.variant: one for one in found.variants}["a"], {one.variant: one for one in found.variants}["b"]
    assert (b.mean.value, b.mean.low, b.mean.high) == (0.55, 0.55, 0.55)
    assert (a.mean.value, a.mean.low, a.mean.high) == (0.5, 0.0, 1.0)
    assert (found.tasks, found.reference, [one.variant for one in found.variants]) == (("s", "t"), "b", ["b", "a"])
    assert b.improvement is None and (a.improvement.value, a.improvement.low, a.improvement.high) == (0.5, 0.0, 1.0)
    assert a.verdict == "unsure"


def test_who_wins_every_pair_surely_improves_and_one_run_each_can_not_be_told():
    scores = {"a": {"s": [0.8, 0.9], "t": [0.5, 0.6]}, "b": {"s": [0.1, 0.2], "t": [0.3, 0.4]}}
    higher = pool(scores, "b").variants[0]
    assert (higher.variant, higher.improvement.value, higher.improvement.low, higher.verdict) == ("a", 1, 1, "higher")
    assert pool(scores).variants[1].verdict == "lower"
    single = pool({"a": {"s": [0.8], "t": [0.5]}, "b": {"s": [0.1], "t": [0.3]}}, "b").variants[0]
    assert (single.improvement.value, single.improvement.low, single.mean.low, single.verdict) == (
        1.0, None, None, "unsure",
    )  # fmt: skip
    assert pool({"a": {"s": [1.0]}, "b": {"s": [0.0]}}) is None and pool({}) is None


def run(variant, seed, comparison="c0ffee01", status=Status.DONE, pictures=None, **metrics):
    changes = {name.replace("__", "/"): Change(0.0, value) for name, value in metrics.items()}
    return Run(
        f"{variant}{seed}{comparison}", comparison, f"{variant} · seed {seed}", "R", "", "nano", "lora", "sft", None,
        status, 0.0, outcome=Outcome(metrics=changes, pictures=pictures or {}),
    )  # fmt: skip


def test_tasks_learned_together_or_one_after_the_other_or_of_several_comparisons():
    together = [run("a", s, accuracy__mood=0.5 + s, macro_f1__mood=0.1, span_f1__names=0.7) for s in range(2)]
    assert task_scores(together) == {"a": {"mood": [0.5, 1.5], "names": [0.7, 0.7]}}
    matrix = Scores(("start", "x"), ("x", "y", "z"), ((0.0, 0.1, 9.0), (0.8, None, 8.0)), ((), (0,)),
                    ("exact_match", "accuracy", "eval_loss"), (9, 9, 9))  # fmt: skip
    assert task_scores([run("a", 0, pictures={"tasks": matrix}, exact_match=0.3)]) == {"a": {"x": [0.8]}}
    apart = [run("a", 0, "c0ffee01", exact_match=0.3), run("a", 0, "c0ffee02", accuracy=0.6, macro_f1=0.2)]
    assert task_scores(apart) == {"a": {"R (c0ffee01)": [0.3], "R (c0ffee02)": [0.6]}}
    assert task_scores([run("a", 0, status=Status.FAILED, accuracy=1.0)]) == {}


SEVERAL = [
    run(variant, seed, comparison, exact_match=base + 0.01 * seed + shift)
    for variant, base in (("good", 0.6), ("poor", 0.2))
    for comparison, shift in (("c0ffee01", 0.0), ("c0ffee02", 0.3))
    for seed in range(5)
]


def test_a_variant_without_one_of_the_tasks_is_left_out_and_an_unknown_reference_is_said():
    found = pooled([*SEVERAL, run("half", 0, exact_match=1.0)])
    assert [one.variant for one in found.variants] == ["good", "poor"] and len(found.tasks) == 2
    assert pooled(SEVERAL[:5]) is None
    with pytest.raises(RunError, match="no variant 'best'"):
        pooled(SEVERAL, "best")


def test_the_terminal_shows_what_was_pooled(capsys):
    print_comparison(SEVERAL)
    said = capsys.readouterr().out
    assert "Over 2 tasks" in said and "0.77 (0.7" in said and "lower" in said
    told = comparison_json(SEVERAL, "poor")["pooled"]
    assert told["reference"] == "poor" and told["variants"][0]["verdict"] == "higher"
    assert comparison_json(SEVERAL[:5])["pooled"] is None


def test_the_lab_pools_comparisons_by_their_ids(store):
    store.runs.queue(SEVERAL)
    found = Lab(store.home, store).pooled("c0ffee01", "c0ffee02")
    assert found.variants[0].mean.value == pytest.approx(0.77, abs=0.005)
    leading = Lab(store.home, store).leaders("c0ffee01")["exact_match"]
    assert (leading.variant, leading.real) == ("good", True)
    differences = Lab(store.home, store).differences("c0ffee01", "poor")
    assert differences["good"]["exact_match"].mean == pytest.approx(0.4)
    with pytest.raises(RunError):
        Lab(store.home, store).pooled("c0ffee09")
