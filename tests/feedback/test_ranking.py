"""Strengths are the likeliest ones, intervals mean what they say, and a tournament's order comes out."""

import math
import random

import numpy as np
import pytest

from lab.feedback.ranking import FEWEST, PRIOR, Ranking, bradley_terry, chances, rank
from lab.store import Vote


def votes_of(*games: tuple[str, str, str, int], rater: str = "me") -> list[Vote]:
    """So many votes of each kind: (first, second, winner, count), each on a pair of its own."""
    return [
        Vote(f"{first}{second}{winner}{i}", rater, False, False, first, second, winner)
        for first, second, winner, count in games
        for i in range(count)
    ]


def test_two_players_have_the_odds_of_their_wins():
    strong, weak = bradley_terry(np.array([[0.0, 3.0], [1.0, 0.0]]))
    assert strong - weak == pytest.approx(math.log(3))
    assert strong + weak == pytest.approx(0)


def test_three_players_solve_the_likelihood_equations():
    wins = np.array([[0.0, 4.0, 7.5], [2.0, 0.0, 5.0], [1.5, 3.0, 0.0]])
    strength = bradley_terry(wins)
    expected = [
        sum((wins[i, j] + wins[j, i]) / (1 + math.exp(strength[j] - strength[i])) for j in range(3) if j != i)
        for i in range(3)
    ]
    assert expected == pytest.approx(wins.sum(1))  # each wins as often as it should
    assert np.allclose(bradley_terry(np.stack([wins, wins.T]))[0], strength)


def test_a_tie_is_half_a_win_each_and_the_prior_is_one_vote_a_player():
    ranking = rank(votes_of(("a", "b", "first", 3), ("a", "b", "tie", 1), ("b", "a", "both_bad", 1)))
    assert ranking.wins == ((0.0, 4.0), (1.0, 0.0))
    assert [one.player for one in ranking.standings] == ["a", "b"]
    assert ranking.standings[0].chance == pytest.approx((4 + PRIOR / 2) / (5 + PRIOR), abs=1e-9)
    assert ranking.standings[0].votes == ranking.votes == 5


def test_the_interval_of_two_players_is_the_beta_posterior():
    best = rank(votes_of(("a", "b", "first", 14), ("a", "b", "second", 6))).standings[0]
    beta = np.random.default_rng(1).beta(14.5, 6.5, 100_000)
    assert (best.low, best.high) == pytest.approx(np.quantile(beta, (0.025, 0.975)), abs=0.02)


def test_an_unbeaten_player_stays_finite_and_three_votes_settle_nothing():
    ranking = rank(votes_of(("a", "b", "first", 3), ("b", "c", "first", 2)))
    assert [one.player for one in ranking.standings] == ["a", "b", "c"]
    assert all(math.isfinite(one.strength) and 0 <= one.low < one.chance < one.high <= 1 for one in ranking.standings)
    assert ranking.more >= FEWEST - 5


def test_votes_that_say_nothing_about_who_is_better_are_left_out():
    same = votes_of(("a", "a", "first", 9))
    again = [Vote("p", "me", False, True, "a", "b", "first")]
    equal = [Vote("q", "me", False, False, "a", "b", "first", equal=True)]
    assert rank([*same, *again, *equal]) == rank([]) == Ranking()


def test_a_tournament_of_known_strengths_comes_out_in_order():
    truth = dict(zip("abcde", (1.5, 0.8, 0.0, -0.7, -1.6), strict=True))
    draw = random.Random(3)
    votes = []
    for i in range(1500):
        first, second = draw.sample(sorted(truth), 2)
        won = draw.random() < 1 / (1 + math.exp(truth[second] - truth[first]))
        votes.append(Vote(str(i), "me", False, False, first, second, "first" if won else "second"))
    ranking = rank(votes)
    assert [one.player for one in ranking.standings] == list("abcde")
    for one in ranking.standings:
        assert one.strength == pytest.approx(truth[one.player], abs=0.25)
        true = chances(np.array(list(truth.values())))["abcde".index(one.player)]
        assert one.low < true < one.high and one.high - one.low < 0.12
    assert ranking.more == 0 and ranking.sure > 0.99


def test_the_same_votes_give_the_same_figures():
    votes = votes_of(("a", "b", "first", 7), ("b", "c", "second", 4), ("a", "c", "tie", 3))
    assert rank(votes) == rank(list(votes))


def test_how_many_more_votes_follows_the_square_root():
    few = rank(votes_of(("a", "b", "first", 13), ("a", "b", "second", 10)))
    # by hand: odds 13/10, so a lead of 0.262 with a spread of 1.96 × sqrt(1/13 + 1/10) = 0.824: 23 × (0.824 / 0.262)²
    assert few.more == pytest.approx(23 * (0.824 / 0.262) ** 2 - 23, rel=0.25)
    many = rank(votes_of(("a", "b", "first", 130), ("a", "b", "second", 100)))
    assert many.more == pytest.approx(few.more - 207, abs=60)
    assert rank(votes_of(("a", "b", "first", 50), ("a", "b", "second", 50))).more is None
    assert rank(votes_of(("a", "b", "first", 18), ("a", "b", "second", 2))).more == 0


def test_many_votes_on_one_pair_weigh_as_one_pair():
    alone = [Vote("same pair", f"rater {i}", False, False, "a", "b", "first") for i in range(30)]
    apart = votes_of(("a", "b", "first", 30))
    assert rank(alone).standings[0].low < rank(apart).standings[0].low - 0.1
