"""'Settled' is said wrongly of at most one equal pair in 20, however often one looks, and soon where one is better."""

import itertools
from math import log

import numpy as np
import pytest

from lab.feedback.comparisons import better_than, compare, reverse
from lab.feedback.confidence import LEVEL, _log_evidence, log_evidence
from lab.store import Vote

MOST = 2000
RATERS = {"me": "first", "you": "second", "them": "first"}


def votes_of(first: str, second: str, winners) -> list[Vote]:
    return [Vote(f"{first}{second}{i}", "me", False, False, first, second, won) for i, won in enumerate(winners)]


def needed(level: float, most: int = MOST) -> np.ndarray:
    """How many of n decided pairs must be won for it to be settled, by n; more than n where that is not possible."""
    wins, found = 0, np.full(most + 1, most + 1)
    for n in range(1, most + 1):
        while wins <= n and log_evidence(wins, 0, n - wins) < log(2 / level):
            wins += 1
        found[n] = wins
        wins = min(wins, n)
    return found


@pytest.fixture(scope="module")
def enough():
    return needed(LEVEL)


def test_it_is_settled_from_the_vote_on_that_the_evidence_asks_for(enough):
    for n in (8, 20, 57, 300):
        for wins, settled in ((enough[n], True), (enough[n] - 1, False)):
            (one,) = compare(votes_of("a", "b", ["first"] * wins + ["second"] * (n - wins)), "ab")
            assert (one.leader == "a", one.verdict == "settled", one.more == 0) == (settled,) * 3
            assert reverse(reverse(one)) == one and reverse(one).leader == one.leader


def test_equal_players_are_settled_wrongly_in_at_most_five_of_a_hundred_pairs_with_a_look_after_each_vote(enough):
    draw, pairs = np.random.default_rng(0), 2000
    for ties in (0.0, 0.4):
        decided = draw.random((pairs, MOST)) >= ties
        won = ((draw.random((pairs, MOST)) < 0.5) & decided).cumsum(1)
        of = decided.cumsum(1)
        wrong = ((won >= enough[of]) | (of - won >= enough[of])) & (of > 0)
        # 0.036 in 20,000; the sampling error of 2,000 pairs is 0.004
        assert 0.01 < wrong.any(1).mean() <= LEVEL


def test_seventy_to_thirty_settles_soon_and_never_the_wrong_way_round(enough):
    of = np.arange(1, MOST + 1)
    for chance, median, most in ((0.7, 47, 140), (0.6, 200, 700)):
        won = (np.random.default_rng(1).random((4000, MOST)) < chance).cumsum(1)
        right = won >= enough[of]
        assert right.any(1).all() and (of - won >= enough[of]).any(1).mean() < 0.005
        when = right.argmax(1) + 1
        assert np.median(when) == pytest.approx(median, rel=0.1)
        assert np.quantile(when, 0.95) < most


def test_more_players_share_the_level_out():
    """Four equal players, a look after each of 1,200 votes: any of six comparisons settled is one too many."""
    enough, draw, players = needed(LEVEL / 6, 600), np.random.default_rng(2), 4
    couples = list(itertools.combinations(range(players), 2))
    wrong = []
    for _ in range(1500):
        couple, won = draw.integers(len(couples), size=1200), draw.random(1200) < 0.5
        settled = False
        for i in range(len(couples)):
            here = won[couple == i].cumsum()
            of = np.arange(1, len(here) + 1)
            settled |= bool(((here >= enough[of]) | (of - here >= enough[of])).any())
        wrong.append(settled)
    assert np.mean(wrong) <= LEVEL
    of, wins = 40, int(enough[40])
    for won, verdict in ((wins, "settled"), (wins - 1, "open")):
        votes = votes_of("a", "b", ["first"] * won + ["second"] * (of - won))
        assert compare(votes, "abcd")[0].verdict == verdict


def test_a_pair_of_answers_counts_once_by_the_mean_of_its_votes():
    crowd = [Vote("one pair", f"rater {i}", False, False, "a", "b", "first") for i in range(30)]
    (one,) = compare(crowd, "ab")
    assert (one.wins, one.ties, one.losses, one.verdict, one.chance) == (1, 0, 0, "open", 0.75)
    others = [Vote("one pair", f"other {i}", False, False, "b", "a", "first") for i in range(30)]
    (even,) = compare([*others, *crowd], "ab")
    assert (even.ties, even.chance) == (1, 0.5)
    one_by_one = [Vote(str(i), rater, False, False, "a", "b", won) for rater, won in RATERS.items() for i in range(40)]
    (mixed,) = compare(one_by_one, "ab")  # two of three raters prefer a, on each pair: whoever came first
    assert compare(one_by_one[::-1], "ab") == (mixed,) and mixed.wins == 40
    assert mixed.chance == pytest.approx((40 * 2 / 3 + 0.5) / 41)


@pytest.mark.slow
def test_raters_who_follow_one_another_on_the_same_pairs_settle_equal_players_no_more_often():
    """Three raters go through 60 pairs, each after the other, half alike: a look after every third vote."""
    draw, wrong, looks = np.random.default_rng(3), [], range(3, 181, 3)
    values = np.array([0, 1 / 3, 1 / 2, 2 / 3, 1])
    for _ in range(500):
        truth = draw.random(60) < 0.5
        told = np.stack([np.where(draw.random(60) < 0.7, truth, draw.random(60) < 0.5) for _ in range(3)])
        tables = np.array([_table(told, look, values) for look in looks])
        chance = np.full(len(looks), 0.5)
        most = [_log_evidence(tables, sides, chance).max() for sides in (values, 1 - values)]
        wrong.append(max(most) >= log(2 / LEVEL))
    assert 0 < np.mean(wrong) <= LEVEL


def _table(told, votes: int, values) -> list[int]:
    """How many pairs have each mean after so many votes, each rater's 60 following those of the one before."""
    cast = np.arange(told.size).reshape(told.shape) < votes
    number = cast.sum(0)
    means = (told * cast).sum(0)[number > 0] / number[number > 0]
    return [int(np.isclose(means, value).sum()) for value in values]


def test_players_are_alike_once_the_interval_is_close_to_a_draw():
    (one,) = compare(votes_of("a", "b", ["tie"] * 60), "ab")
    assert one.verdict == "alike" and one.leader is None and one.more is None
    assert compare(votes_of("a", "b", ["first", "second"] * 30), "ab")[0].verdict == "open"


def test_how_many_more_votes_is_as_many_as_it_takes():
    (one,) = compare(votes_of("a", "b", (["first"] * 6 + ["second"] * 4) * 4), "ab")
    for share, verdict in ((1.0, "settled"), (0.8, "open")):  # 25 of 42 are won from here on
        won, lost = 24 + round(share * one.more * 25 / 42), 16 + round(share * one.more * 17 / 42)
        assert compare(votes_of("a", "b", ["first"] * won + ["second"] * lost), "ab")[0].verdict == verdict
    tied = compare(votes_of("a", "b", (["first"] * 6 + ["second"] * 4 + ["tie"] * 10) * 4), "ab")[0]
    assert tied.more == pytest.approx(2 * one.more, rel=0.1)  # half of all votes decide nothing
    assert compare(votes_of("a", "b", ["first", "second"] * 5), "ab")[0].more is None
    assert compare(votes_of("a", "b", ["first"]), "ab")[0].more > 20


def test_better_than_goes_through_others():
    votes = [*votes_of("a", "b", ["first"] * 20), *votes_of("c", "b", ["second"] * 20), *votes_of("c", "d", ["tie"])]
    found = compare(votes, "abcd")
    assert [(one.first, one.second) for one in found] == [("a", "b"), ("b", "c"), ("c", "d")]
    assert better_than("a", found) == {"b", "c"} and better_than("b", found) == {"c"} and not better_than("d", found)
