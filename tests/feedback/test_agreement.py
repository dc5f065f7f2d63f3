"""Agreement by hand-computed tables, and consistency on pairs seen twice."""

import random

import pytest

from lab.feedback.agreement import agreement, agreements, consistency
from lab.store import Vote

SIGNS = {"1": "first", "2": "second", "=": "tie", "x": "both_bad"}


def votes_of(rater: str, signs: str, again: bool = False) -> list[Vote]:
    """One vote a pair, `.` for none."""
    return [
        Vote(f"pair {i}", rater, False, again, "a", "b", SIGNS[sign]) for i, sign in enumerate(signs) if sign != "."
    ]


def test_two_raters_by_hand():
    votes = votes_of("me", "1111122222") + votes_of("you", "1111222221") + votes_of("nobody else", ".")
    # 8 of 10 alike; each says 'first' 5 and 'second' 5 times, so chance gives 0.5: (0.8 - 0.5) / (1 - 0.5)
    (both,) = agreements(votes)
    assert (both.raters, both.pairs) == (("me", "you"), 10)
    assert (both.share, both.kappa) == pytest.approx((0.8, 0.6))
    together = agreement(votes)
    assert (together.share, together.kappa) == pytest.approx((0.8, 0.6))


def test_ties_and_both_bad_are_the_same_for_agreement():
    assert agreements(votes_of("me", "=12") + votes_of("you", "x12"))[0].share == 1.0


def test_three_raters_by_fleiss():
    votes = votes_of("a", "112") + votes_of("b", "11=") + votes_of("c", "122")
    # by pair 1, 1/3 and 1/3 of the raters' pairs agree; of 9 verdicts 5 are first, 3 second, 1 neither
    chance = (25 + 9 + 1) / 81
    together = agreement(votes)
    assert together.pairs == 3 and together.raters == ("a", "b", "c")
    assert together.share == pytest.approx(5 / 9)
    assert together.kappa == pytest.approx((5 / 9 - chance) / (1 - chance))


def test_raters_with_no_pair_in_common_have_no_agreement():
    votes = votes_of("me", "11..") + votes_of("you", "..22")
    assert agreement(votes) is None and agreements(votes) == []


def test_where_everybody_always_says_the_same_chance_explains_all():
    (both,) = agreements(votes_of("me", "111") + votes_of("you", "111"))
    assert (both.share, both.kappa, both.kappa_low) == (1.0, None, None)
    assert both.share_low < 0.8 and both.share_high == 1.0  # three pairs prove little


@pytest.mark.parametrize("pairs", [10, 40])
def test_intervals_of_kappa_hold_what_they_promise(pairs):
    draw = random.Random(pairs)
    within = []
    for _ in range(150):
        truth = draw.choices("12=", (4, 4, 2), k=pairs)
        # each says what is true with 0.8, else anything: both do so with 0.64, the rest agrees by chance
        told = [
            "".join(one if draw.random() < 0.8 else draw.choices("12=", (4, 4, 2))[0] for one in truth) for _ in "ab"
        ]
        both = agreement([*votes_of("a", told[0]), *votes_of("b", told[1])])
        within.append(both.kappa_low <= 0.64 <= both.kappa_high)
        assert both.share_low <= both.share <= both.share_high and both.kappa_low < both.kappa <= both.kappa_high
    assert sum(within) / len(within) > 0.91


def test_a_second_look_counts_for_consistency_only():
    votes = votes_of("me", "1122") + votes_of("me", "12..", again=True) + votes_of("you", "1...", again=True)
    (mine,) = consistency(votes)
    assert (mine.rater, mine.scripted, mine.pairs, mine.same) == ("me", False, 2, 1)
    assert (mine.low, mine.high) == pytest.approx((0.0945, 0.9055), abs=1e-4)  # Wilson, 1 of 2
    assert agreement(votes) is None
