"""How much a setting matters: all of it, nothing of it, and no more than chance for what says nothing."""

import random

import pytest

from lab.evaluate.importance import FEWEST, importances, omega_squared


def test_a_setting_that_decides_everything_and_one_that_decides_nothing():
    ranks, seeds = [2, 2, 8, 8, 32, 32], [0, 1, 0, 1, 0, 1]
    first, second = importances({"seed": seeds, "r": ranks, "base": ["nano"] * 6}, [1.0, 1.1, 2.0, 2.1, 3.0, 3.1])
    assert (first.setting, second.setting) == ("r", "seed")
    assert first.share > 0.98 and second.share == 0.0
    assert first.low <= first.share <= first.high <= 1


def test_omega_squared_of_the_textbook():
    """Means 2, 5 and 5 about 4: 18 between the groups, 6 within them with 6 degrees of freedom."""
    groups, figure = list("aaabbbccc"), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 4.0, 5.0, 6.0]
    between, noise, total = 18.0, 1.0, 24.0
    assert omega_squared(groups, figure) == pytest.approx((between - 2 * noise) / (total + noise))


def test_noise_is_not_important():
    rng = random.Random(0)
    figure = [rng.random() for _ in range(40)]
    shares = importances({f"s{i}": [rng.randrange(4) for _ in range(40)] for i in range(20)}, figure)
    assert sum(one.share for one in shares) / len(shares) < 0.06
    assert sum(one.low <= 0 for one in shares) >= 18


def test_numbers_of_many_values_are_taken_in_parts_and_few_variants_say_nothing():
    rates = [10.0**-i for i in range(12)]
    (found,) = importances({"learning_rate": rates}, [float(i) for i in range(12)])
    assert 0.8 < found.share < 1
    assert importances({"r": [1] * (FEWEST - 2) + [2]}, [1.0] * (FEWEST - 1)) == []
