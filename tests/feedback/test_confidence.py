"""A confidence sequence holds however often one looks."""

import numpy as np
import pytest

from lab.feedback.confidence import LEVEL, confidence_sequence, log_evidence


def test_evidence_against_a_fair_coin_is_the_mixture_over_all_stakes():
    # the mean over u of (1 + u)^7 is (2^8 - 1) / 8 = 31.9, of (1 + u)^8 (2^9 - 1) / 9 = 56.8: eight in a row are enough
    assert np.exp(log_evidence(7, 0, 0)) == pytest.approx(255 / 8, rel=1e-3)
    assert np.exp(log_evidence(8, 0, 0)) == pytest.approx(511 / 9, rel=1e-3)
    assert confidence_sequence(7, 0, 0)[0] < 0.5 < confidence_sequence(8, 0, 0)[0]


def test_ties_are_no_evidence_against_a_draw_but_narrow_the_interval():
    assert log_evidence(9, 0, 4) == pytest.approx(log_evidence(9, 500, 4))
    low, high = confidence_sequence(0, 500, 0)
    assert 0.49 < low < 0.5 < high < 0.51


def test_sides_mirror_each_other_and_nothing_seen_says_nothing():
    low, high = confidence_sequence(12, 3, 5)
    assert confidence_sequence(5, 3, 12) == pytest.approx((1 - high, 1 - low))
    assert confidence_sequence(0, 0, 0) == (0, 1)
    lows, highs = confidence_sequence(np.array([12, 5]), np.array([3, 3]), np.array([5, 12]))
    assert (lows[0], highs[0]) == pytest.approx((low, high)) and lows[1] == pytest.approx(1 - high)


@pytest.mark.parametrize("chances", [(0.7, 0.0, 0.3), (0.3, 0.4, 0.3), (0.1, 0.2, 0.7)])
def test_the_interval_holds_the_truth_at_every_look(chances):
    draw, true, ever = np.random.default_rng(0), chances[0] + chances[1] / 2, []
    for _ in range(150):
        told = draw.choice(3, size=150, p=chances)
        wins, ties, losses = (np.cumsum(told == kind) for kind in range(3))
        # the interval leaves out what the evidence refutes: see below
        above, below = log_evidence(wins, ties, losses, true), log_evidence(losses, ties, wins, 1 - true)
        ever.append((np.maximum(above, below) >= np.log(2 / LEVEL)).any())
    assert np.mean(ever) <= LEVEL
    low, high = confidence_sequence(wins[-1], ties[-1], losses[-1])
    assert log_evidence(wins[-1], ties[-1], losses[-1], low) == pytest.approx(np.log(2 / LEVEL))
    assert log_evidence(losses[-1], ties[-1], wins[-1], 1 - high) == pytest.approx(np.log(2 / LEVEL))
