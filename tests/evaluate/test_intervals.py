"""Intervals of shares and means, on values worked out by hand or published."""

import pytest

from lab.evaluate.intervals import Interval, mean_interval, share_interval, wilson


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(12, 24, 0.3143, 0.6857), (0, 24, 0.0, 0.1380), (24, 24, 0.8620, 1.0), (81, 263, 0.2553, 0.3662),
     (76, 100, 0.6677, 0.8331)],
)  # fmt: skip
def test_a_share_of_few_has_wilsons_interval(right, n, low, high):
    found = share_interval(right / n, n)
    assert (found.n, round(found.low, 4), round(found.high, 4)) == (n, low, high)


def test_wilson_by_hand():
    # 8 of 10, z = 1.96: centre (8 + 1.9207) / 13.8415, reach 1.96 / 13.8415 × sqrt(1.6 + 0.9604)
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 0) == (0, 1) and wilson(10, 10)[1] == 1.0 and wilson(0, 10)[0] == 0.0


def test_a_mean_has_an_interval_about_two_standard_errors_to_either_side():
    values = [0.0, 1.0] * 50
    found = mean_interval(values)
    assert found.low == pytest.approx(0.4, abs=0.02) and found.high == pytest.approx(0.6, abs=0.02)
    assert mean_interval(values) == found
    assert mean_interval([0.5] * 9) == Interval(9, 0.5, 0.5)
