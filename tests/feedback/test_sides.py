"""How often the left answer wins: of people's first looks, by rater and together, with an interval for every look."""

import pytest

from lab.feedback.confidence import LEVEL, confidence_sequence
from lab.feedback.sides import side_bias, side_biases
from lab.store import Vote


def votes_of(rater: str, left: int, right: int, **more) -> list[Vote]:
    """So many votes for the answer on the left and on the right, which each player has half of the time."""
    sides = ["first", "second"]
    return [
        Vote(f"{rater} {won} {i}", rater, False, False, "a", "b", sides[i % 2 != won], left=sides[i % 2], **more)
        for won, count in enumerate((left, right)) for i in range(count)
    ]  # fmt: skip


def test_a_rater_who_prefers_a_side_is_told_and_one_who_does_not_is_not():
    votes = votes_of("me", 45, 15) + votes_of("you", 21, 19)
    mine, yours = side_biases(votes)
    assert (mine.raters, mine.votes, mine.share, mine.leans) == (("me",), 60, 0.75, "left")
    assert (yours.raters, yours.left, yours.leans) == (("you",), 21, None)
    assert (mine.low, mine.high) == pytest.approx(confidence_sequence(45, 0, 15, LEVEL / 2))
    together = side_bias(votes)
    assert (together.votes, together.left, together.raters) == (100, 66, ("me", "you"))
    assert (together.low, together.high) == pytest.approx(confidence_sequence(66, 0, 34))
    assert side_biases(votes_of("me", 15, 45))[0].leans == "right"


def test_ties_second_looks_and_votes_whose_sides_nobody_dealt_are_left_out():
    again = [Vote("p", "me", False, True, "a", "b", "first", left="first")]
    tied = [Vote("q", "me", False, False, "a", "b", "tie", left="first")]
    script = [Vote("r", "scripted:happier", True, False, "a", "b", "first")]
    assert side_bias([*again, *tied, *script]) is None and side_biases([*again, *tied, *script]) == []
