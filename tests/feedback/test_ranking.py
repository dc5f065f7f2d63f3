"""Strengths are the likeliest ones, intervals mean what they say, a tournament's order comes out, and what votes do not
tie together is ranked apart."""

import math
import random

import numpy as np
import pytest

from lab.feedback.ranking import MOST_RANKED, Ranking, bradley_terry, chances, rank
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
    assert ranking.verdict == "settled" and ranking.more == 0 and ranking.undecided is None


def test_the_same_votes_give_the_same_figures():
    votes = votes_of(("a", "b", "first", 7), ("b", "c", "second", 4), ("a", "c", "tie", 3))
    assert rank(votes) == rank(list(votes))


def test_a_tie_is_half_a_win_each_and_one_imaginary_pair_keeps_a_winner_from_being_certain():
    ranking = rank(votes_of(("a", "b", "first", 3), ("a", "b", "tie", 1), ("b", "a", "both_bad", 1)))
    assert ranking.wins == ((0.0, 4.0), (1.0, 0.0))
    assert [one.player for one in ranking.standings] == ["a", "b"]
    assert [one.chance for one in ranking.standings] == pytest.approx([4.5 / 6, 1.5 / 6])
    assert ranking.standings[0].votes == ranking.votes == 5


def test_two_players_are_shown_with_the_interval_that_says_whether_it_is_settled():
    ranking = rank(votes_of(("b", "a", "second", 20), ("a", "b", "second", 2)))
    best, other = ranking.standings
    (compared,) = ranking.comparisons
    assert (compared.first, compared.wins, compared.losses) == ("a", 20, 2) == (best.player, 20, 2)
    assert (best.chance, best.low, best.high) == (compared.chance, compared.low, compared.high)
    assert (other.low, other.high) == pytest.approx((1 - best.high, 1 - best.low))
    assert ranking.verdict == "settled" and best.low > 0.5


def test_votes_that_say_nothing_about_who_is_better_are_left_out_and_counted():
    same = votes_of(("a", "a", "first", 9))
    again = [Vote("p", "me", False, True, "a", "b", "first")]
    equal = [Vote("q", "me", False, False, "a", "b", "first", equal=True)]
    assert rank([*same, *again]) == rank([]) == Ranking() and rank([]).verdict == "none"
    assert rank([*same, *again, *equal]) == Ranking(equal=1, unranked=("a", "b"))
    ranked = rank([*votes_of(("b", "c", "first", 3)), *equal])
    assert (ranked.unranked, ranked.equal, ranked.votes) == (("a",), 1, 3)


def test_players_that_never_met_are_ranked_apart():
    ranking = rank(votes_of(("a", "b", "first", 30), ("a", "b", "second", 3), ("c", "d", "first", 20)))
    assert [(one.player, one.group) for one in ranking.standings] == [("a", 0), ("b", 0), ("c", 1), ("d", 1)]
    assert (ranking.verdict, ranking.parted, ranking.more) == ("apart", ("unmet",), None)
    assert ranking.standings[0].chance == pytest.approx(30.5 / 34)


def test_who_only_won_against_some_is_ranked_apart_from_those_it_never_met():
    votes = votes_of(("a", "b", "first", 6), ("b", "c", "first", 9), ("b", "c", "second", 8))
    ranking = rank(votes)
    assert [(one.player, one.group) for one in ranking.standings] == [("a", 0), ("b", 1), ("c", 1)]
    alone = ranking.standings[0]
    assert (alone.chance, alone.low, alone.strength, alone.votes) == (None, None, None, 6)
    assert ranking.parted == ("beaten",)
    # once it has met the other one too, or lost once, the votes say how often it wins
    for more in (("a", "c", "first", 2), ("a", "b", "second", 1), ("c", "a", "tie", 1)):
        joined = rank([*votes, *votes_of(more, rater="you")])
        assert joined.parted == () and joined.standings[0].player == "a" and joined.standings[0].chance > 0.6


@pytest.mark.slow
def test_the_intervals_of_several_players_hold_what_they_promise_with_few_votes():
    truth = np.array([0.5, 0.2, -0.2, -0.5])
    true = chances(truth)
    draw, within = np.random.default_rng(4), []
    for _ in range(100):
        votes = []
        for i in range(24):
            first, second = draw.choice(4, 2, replace=False)
            won = draw.random() < 1 / (1 + math.exp(truth[second] - truth[first]))
            winner = "first" if won else "second"
            votes.append(Vote(str(i), "me", False, False, "abcd"[first], "abcd"[second], winner))
        told = [one for one in rank(votes).standings if one.group == 0 and one.chance is not None]
        if len(told) == 4:
            within += [one.low <= true["abcd".index(one.player)] <= one.high for one in told]
    assert len(within) > 300 and np.mean(within) >= 0.93  # of four seeds and 600 intervals each, 94.3 % hold


def test_many_votes_on_one_pair_weigh_as_one_pair():
    crowd = [
        Vote(f"{two} {i}", f"rater {rater}", False, False, *two, "first" if i % 3 else "second")
        for two in ("ab", "bc", "ac") for i in range(9) for rater in range(20)
    ]  # fmt: skip
    once = [vote for vote in crowd if vote.rater == "rater 0"]
    assert [vars(one) | {"votes": 0} for one in rank(crowd).standings] == [
        vars(one) | {"votes": 0} for one in rank(once).standings
    ]
    assert rank(crowd).comparisons == rank(once).comparisons


def test_of_very_many_players_those_with_most_votes_are_ranked_by_the_votes_between_them():
    chain = [(f"p{number:04}", f"p{number + 1:04}") for number in range(MOST_RANKED - 1)]
    few = votes_of(*((*two, winner, count) for two in chain for winner, count in (("first", 2), ("second", 1))))
    late = votes_of(*((f"q{number:04}", "p0000", "first", 1) for number in range(40)))
    ranking, alone = rank(few + late), rank(few)
    assert (len(ranking.standings), ranking.left_out, alone.left_out) == (MOST_RANKED, 40, 0)
    assert ranking.standings == alone.standings and ranking.unranked == ()
