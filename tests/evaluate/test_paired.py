"""Differences between variants: t over seeds, clusters of questions, both together, and a verdict that admits doubt."""

import math
import random

import pytest

from lab.errors import RunError
from lab.evaluate.paired import Difference, difference, t_quantile
from lab.evaluate.versus import versus
from lab.store import Change, Outcome, Run, Status


def test_three_seeds_give_the_textbooks_t_interval():
    found = difference([(2.0, 1.0), (3.0, 1.0), (4.0, 1.0)])  # gaps 1, 2, 3: deviation 1
    assert found.mean == 2.0 and found.pairs == 3 and found.questions == 0
    assert found.high - found.mean == pytest.approx(4.303 / math.sqrt(3))
    assert found.verdict == "unsure"
    assert difference([(9.0, 1.0), (10.0, 1.0), (11.0, 1.0)]).verdict == "higher"
    assert difference([(1.0, 9.0), (1.0, 10.0), (1.0, 11.0)]).verdict == "lower"


def test_a_single_pair_without_questions_can_not_be_told():
    assert difference([(1.0, 0.0)]) == Difference(1.0, None, None, 1, 0)
    assert difference([(1.0, 0.0)]).verdict == "unsure"


@pytest.mark.parametrize(("freedom", "wanted"), [(1, 12.706), (30, 2.042), (31, 2.0395), (60, 2.0003), (1000, 1.9623)])
def test_quantiles_of_t(freedom, wanted):
    assert t_quantile(freedom) == pytest.approx(wanted, abs=4e-3)


def test_questions_of_one_form_count_together():
    """Twelve answers, all right against all wrong of four forms of three: as sure as four questions are, not twelve."""
    one, other = [1.0] * 9 + [0.0] * 3, [0.0] * 12
    alone = difference([(0.75, 0.0)], [(one, other)])
    forms = difference([(0.75, 0.0)], [(one, other)], [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])
    assert alone.mean == forms.mean == 0.75 and alone.questions == 12
    assert forms.high - forms.low > 1.9 * (alone.high - alone.low)
    assert (alone.verdict, forms.verdict) == ("higher", "unsure")


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """400 comparisons of two variants that are equally good, over three seeds and 60 questions in 20 forms."""
    rng, held = random.Random(0), 0
    for _ in range(400):
        forms = [n // 3 for n in range(60)]
        hard = [[rng.gauss(0, 0.15) for _ in range(20)] for _ in range(2)]
        marks = []
        for _ in range(3):
            luck = [rng.gauss(0, 0.05) for _ in range(2)]
            marks.append(tuple(
                [float(rng.random() < 0.5 + hard[v][form] + luck[v]) for form in forms] for v in range(2)
            ))  # fmt: skip
        found = difference([(sum(a) / 60, sum(b) / 60) for a, b in marks], marks, forms)
        held += found.low <= 0 <= found.high
    assert held / 400 >= 0.94


def done(variant, seed, **metrics):
    return Run(
        f"{variant}{seed}", "c0ffee", f"{variant} · seed {seed}", "R", "", "nano", "lora", "sft", None, Status.DONE,
        0.0, outcome=Outcome(eval_loss=Change(3.0, metrics.pop("loss")), metrics=metrics),
    )  # fmt: skip


def test_runs_are_paired_by_seed_and_only_those_that_are_done():
    marked = {"marks": (1.0, 0.0, 1.0, 1.0), "groups": (0, 1, 2, 3)}
    runs = [
        done("a", 0, loss=1.0, exact_match=Change(0.0, 0.75, 4, **marked)), done("a", 1, loss=1.2),
        done("b", 1, loss=0.7), done("b", 0, loss=0.4, exact_match=Change(0.0, 0.75, 4, **marked)),
        done("b", 2, loss=9.0),
    ]  # fmt: skip
    found = versus(runs, "a")
    assert list(found) == ["b"]
    loss = found["b"]["held_out_loss"]
    assert loss.mean == pytest.approx(-0.55) and loss.pairs == 2
    assert found["b"]["exact_match"].questions == 4 and found["b"]["exact_match"].mean == 0
    with pytest.raises(RunError, match="no variant 'c'"):
        versus(runs, "c")
