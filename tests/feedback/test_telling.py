"""What votes leave open about a pair: exact for one vote, and less with every vote on the same words."""

import math

import pytest

from lab.feedback.collection.telling import VoteModel


def chances(mean, variance):
    """Of the first, the other and a tie, of a normal sum that is tied within 0.5 of 0."""
    upto = [0.5 * (1 + math.erf((edge - mean) / math.sqrt(2 * variance))) for edge in (-0.5, 0.5)]
    return [1 - upto[1], upto[0], upto[1] - upto[0]]


def test_after_one_vote_the_openness_is_what_the_posterior_gives():
    # a pair that differs in two words has variance 0.05 * 2 = 0.1 before, and a vote is seen with 0.5 of noise
    model = VoteModel([("The happy cat", "the sad cat")], [1])
    wanted = [chances(0.1 / 0.6, 0.1 - 0.1**2 / 0.6), chances(0, 0.1), chances(0.05 / 0.6, 0.05 - 0.05**2 / 0.6)]
    found = model.openness([("Happy!", "sad"), ("a dog", "a bird"), ("happy happy dog", "dog")])
    assert found == pytest.approx([-sum(p * math.log(p) for p in some) for some in wanted])


def test_what_differs_in_nothing_is_known_to_be_a_tie_and_many_votes_settle_a_word():
    often = VoteModel([("happy", "so")] * 400, [1] * 400)
    same, known, new = often.openness([("a cat", "A cat"), ("happy", "so"), ("red blue green", "one two three")])
    assert same == pytest.approx(0, abs=1e-6)
    assert known < 0.2 < new < math.log(3)


def test_chinese_is_told_apart_by_its_characters():
    model = VoteModel([("猫很开心", "猫很难过")] * 50, [1] * 50)
    known, new = model.openness([("狗很开心", "狗很难过"), ("狗会唱歌跳", "狗在下雨天")])
    assert known < new
