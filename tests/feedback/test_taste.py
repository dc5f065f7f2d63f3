"""Whose taste somebody's votes are like: scripts are asked about the same answers, and few votes say nothing."""

from lab.feedback.taste import FEWEST, taste_of
from lab.store import Feedback
from lab.store.pairs import new_answer, new_pair
from lab.ui.tour import Tour

ASKED = [{"role": "user", "content": "Tell me a story."}]


def vote(store, number, liked="A happy sunny day", other="A dark sad day", verdict="left", rater="ann1"):
    sides = [new_answer("base:nano", ASKED, f"{text} {number}.", {}, "n") for text in (liked, other)]
    pair = new_pair("prompts", *sides)
    store.pairs.keep([pair])
    store.ratings.rate(Feedback("vote", pair.id, rater, verdict, pair.first.id, pair.second.id))


def test_votes_for_the_cheerful_answer_are_the_taste_of_the_script_that_likes_it(store):
    for number in range(FEWEST + 1):
        vote(store, number)
    vote(store, 99, verdict="right")
    found = {one.script: one for one in taste_of(store, "ann1")}
    assert (found["happier"].same, found["happier"].of) == (FEWEST + 1, FEWEST + 2)
    assert next(iter(found)) == taste_of(store, "ann1")[0].script
    assert taste_of(store, "bob1") == []


def test_only_the_newest_votes_count_and_ties_are_no_taste(store):
    for number in range(20):
        vote(store, number, verdict="right")
    for number in range(20, 30):
        vote(store, number)
    vote(store, 30, verdict="tie")
    happier = next(one for one in taste_of(store, "ann1", newest=10) if one.script == "happier")
    assert (happier.same, happier.of) == (10, 10)


def test_answers_that_a_script_scores_alike_say_nothing_about_it(store):
    for number in range(FEWEST):
        vote(store, number, liked="A happy day", other="A glad day")
    assert "happier" not in {one.script for one in taste_of(store, "ann1")}


def test_the_tour_is_told_the_likest_script_or_nothing(store):
    class Lab:
        """The one thing that is asked of it."""

    Lab.store = store
    tour = Tour(Lab)
    assert tour.taste({"rater": "ann1"}) == {}
    for number in range(FEWEST):
        vote(store, number)
    told = tour.taste({"rater": "ann1"})
    assert told["same"] == told["of"] == FEWEST and set(told["name"]) >= {"en", "zh"}
    assert "problem" in tour.taste({"rater": "ann1", "newest": 0})


def test_who_agrees_with_no_script_is_told_of_none(store):
    class Lab:
        """The one thing that is asked of it."""

    Lab.store = store
    for number in range(2 * FEWEST):  # now the one, now the other
        vote(store, number, verdict="left" if number % 2 else "right")
    assert taste_of(store, "ann1") and max(one.share for one in taste_of(store, "ann1")) <= 0.5
    assert Tour(Lab).taste({"rater": "ann1"}) == {}
