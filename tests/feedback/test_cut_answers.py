"""What is kept of a conversation's answers: also that one was cut, down to the rows a reward model learns from."""

import threading
import time

import pytest

from lab.data.feedback import rows_of
from lab.feedback.collection.pairs import PairRequest, collect_pairs
from lab.feedback.matchups import next_matchup, vote
from lab.generate import Delta, Pane, Sampling
from lab.serving.conversations import Conversations
from lab.store import Feedback

ASKED = ({"role": "user", "content": "Tell me a story."},)


class Teller:
    """A pane named `ends` tells a whole story, `cut` comes to its limit, `breaks` is lost on the way."""

    def answer(self, conversations, panes, sampling, *_):
        for pane in panes:
            yield Delta(pane.key, f"A story by {pane.key}", tokens=4)
            if pane.key != "breaks":
                yield Delta(pane.key, ".", done=True, tokens=5, cut=pane.key == "cut")


@pytest.fixture
def replies(store):
    """The answers of the three panes."""
    conversations = Conversations(store, Teller())
    talk = conversations.open([Pane(name, "nano") for name in ("ends", "cut", "breaks")], blind=False)
    conversations.ask(talk, "Tell me a story.", Sampling(max_new_tokens=5))
    until = time.monotonic() + 20
    while talk.busy:
        assert time.monotonic() < until
        time.sleep(0.01)
    return talk.turns[0].replies


def test_a_cut_answer_is_kept_as_one_and_one_that_ended_says_nothing_of_it(store, replies):
    settings = {name: store.ratings.answer(reply.answer).settings for name, reply in replies.items()}
    assert {name: one.get("cut") for name, one in settings.items()} == {"ends": None, "cut": True, "breaks": True}
    assert settings["ends"]["blind"] is False


def test_a_reward_model_learns_from_ratings_of_it_that_it_was_cut(store, replies):
    ends, cut = replies["ends"].answer, replies["cut"].answer
    store.ratings.rate(Feedback("vote", "pair", "me", "left", ends, cut))
    store.ratings.rate(Feedback("edit", cut, "me", "A better story.", cut))
    preferred, edited = rows_of(store, "preference")[0]
    assert preferred["rejected_cut"] and edited["rejected_cut"]
    assert "chosen_cut" not in preferred and "chosen_cut" not in edited


def test_a_vote_in_the_arena_brings_it_too(store):
    def answer(conversations, panes, sampling):
        for pane in panes:
            first = pane.key.endswith("/0")
            yield Delta(pane.key, "Once upon" if first else "The end.", done=True, cut=first)

    request = PairRequest("nano", "nano", (ASKED,), "typed", 1, Sampling(max_new_tokens=5))
    list(collect_pairs(request, store, answer, threading.Event()))
    matchup = next_matchup(store, "me-myself", request.match)
    vote(store, matchup, "me-myself", "left" if matchup.left.text == "Once upon" else "right")
    (judged,) = store.ratings.current("vote")
    kept = {one.text: one.ended for one in store.ratings.answers([judged.answer, judged.other]).values()}
    assert kept == {"Once upon": False, "The end.": True}
    ((row,), _) = rows_of(store, "preference")
    assert row["chosen_cut"] is True and "rejected_cut" not in row
