"""Pairs wait in order, and votes are told by runs whatever the sides they were shown on."""

from dataclasses import replace

import pytest

from lab.store import Feedback, PairCount, Vote
from lab.store.pairs import AGAIN, match_of, new_answer, new_pair
from lab.store.votes import FILED

ASKED = [{"role": "user", "content": "Who are you?"}]
MATCH = match_of("run00bb", "base:nano")


def make_pair(text: str = "A parrot.", source: str = "prompts"):
    first = new_answer("base:nano", ASKED, text, {"seed": 1}, "f00d")
    return new_pair(source, first, new_answer("run00bb", ASKED, "A bird.", {"seed": 2}, "beef"))


def vote(pair, verdict: str, rater: str = "me", **changed) -> Feedback:
    return replace(Feedback("vote", pair.id, rater, verdict, pair.first.id, pair.second.id), **changed)


@pytest.fixture
def three(store):
    made = [make_pair(text) for text in ("One.", "Two.", "Three.")]
    store.pairs.keep(made)
    return made


def test_pairs_wait_in_order_until_their_rater_has_voted(store, three):
    assert store.pairs.waiting("me", MATCH, 10) == three
    assert store.pairs.count(MATCH) == 3
    store.ratings.rate(vote(three[0], "left"))
    assert store.pairs.waiting("me", MATCH, 1) == [three[1]]
    assert store.pairs.waiting("you", MATCH, 10) == three
    assert store.pairs.waiting("me", match_of("a", "b"), 10) == []
    store.ratings.rate(vote(three[0], "none"))
    assert store.pairs.waiting("me", MATCH, 10) == three


def test_a_question_of_ones_own_comes_first_and_sources_can_be_chosen(store, three):
    mine, then = make_pair("Mine.", "typed"), make_pair("Newer.", "typed")
    store.pairs.keep([mine], ahead=True)
    store.pairs.keep([then], ahead=True)
    assert store.pairs.waiting("me", MATCH, 3) == [then, mine, three[0]]
    assert store.pairs.waiting("me", MATCH, 3, ["typed"]) == [then, mine]


def test_votes_name_runs_whichever_side_they_were_shown_on(store, three):
    pair = three[0]
    store.ratings.rate(vote(pair, "left"))
    store.ratings.rate(vote(pair, "right", "you", answer=pair.second.id, other=pair.first.id))
    store.ratings.rate(vote(pair, "tie", subject=pair.id + AGAIN, answer=pair.second.id, other=pair.first.id))
    votes = store.pairs.votes()
    runs = (votes[0].first, votes[0].second)
    nano, other = ("first", "second") if runs == ("base:nano", "run00bb") else ("second", "first")
    assert sorted(runs) == ["base:nano", "run00bb"]
    key = "|".join(sorted((pair.first.id, pair.second.id)))
    assert votes == [
        Vote(key, "me", False, False, *runs, nano, left=nano),
        Vote(key, "you", False, False, *runs, nano, left=other),
        Vote(key, "me", False, True, *runs, "tie", left=other),
    ]
    assert store.pairs.votes(MATCH) == votes and store.pairs.votes(match_of("a", "b")) == []


def test_a_raters_votes_in_one_match(store, three):
    other = new_pair("prompts", *(new_answer("base:nano", ASKED, text, {}, "") for text in "ab"))
    store.pairs.keep([other])
    for pair in (three[1], other, three[0]):
        store.ratings.rate(vote(pair, "tie"))
    assert [one.subject for one in store.pairs.cast_by("me", MATCH)] == [three[1].id, three[0].id]
    assert [one.subject for one in store.pairs.cast_by("me", "base:nano|base:nano")] == [other.id]
    assert len(store.pairs.cast_by("me")) == 3 and store.pairs.cast_by("you") == []


def test_taking_in_is_all_or_nothing_and_twice_is_once(store):
    pair = make_pair()
    ratings = [vote(pair, "left"), vote(pair, "left", "you")]
    said = [pair.first, pair.second]
    assert store.pairs.take_in(said, [pair], ratings) == 2
    assert store.pairs.take_in(said, [pair], ratings) == 0
    assert store.pairs.get(pair.id) == pair
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        store.pairs.take_in([], [make_pair("Other.")], ratings)
    assert len(store.ratings.history()) == 2 and store.pairs.count(MATCH) == 1


def test_answers_in_the_same_words_are_counted_and_nobody_is_asked_about_them(store, three):
    same = new_pair("prompts", *(new_answer(run, ASKED, "One.", {}, "") for run in ("base:nano", "run00bb")))
    before = store.pairs.front(MATCH)
    store.pairs.keep([same], ahead=True)
    assert store.pairs.counts() == {MATCH: PairCount(4, 1)} and store.pairs.counts(match_of("a", "b")) == {}
    assert store.pairs.counts(MATCH)[MATCH].share == 0.25 and PairCount(0, 0).share == 0
    assert store.pairs.waiting("me", MATCH, 9) == three and store.pairs.count_waiting("me", MATCH, 9) == 3
    assert store.pairs.front(MATCH) < before and store.pairs.front(match_of("a", "b")) is None
    places = [store.pairs.line(MATCH, None, 9), store.pairs.line(MATCH, before, 9), store.pairs.line(MATCH, None, 1)]
    assert [[name for _, name in line] for line in places] == [[one.id for one in three]] * 2 + [[three[0].id]]


def test_only_people_who_judged_pairs_of_the_lab_saw_sides_that_were_dealt(store, three):
    filed = make_pair("From a file.")
    said, rated = (filed.first, filed.second), vote(filed, "left", "file", subject=FILED + "0123")
    store.pairs.take_in(said, [], [rated, vote(three[0], "left", "scripted:happier", scripted=True)])
    store.ratings.rate(vote(three[1], "left"))
    assert [bool(one.left) for one in store.pairs.votes()] == [False, False, True]
