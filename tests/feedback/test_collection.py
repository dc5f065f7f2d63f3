"""Pairs of real answers by nano, from a real server: different seeds, kept with their settings, stopped, rated."""

import threading
import time
from dataclasses import replace

import pytest

from lab.data.questions import questions
from lab.errors import RunError
from lab.feedback.collection.collector import PairCollector
from lab.feedback.collection.pairs import GROWING, TOGETHER, PairRequest, _size_after, collect_pairs
from lab.generate import Pane, Sampling
from lab.model_ref import ModelRef
from lab.recipe import DataChoice
from lab.serving.client import InferenceClient
from lab.store import PairCount, Store

SHORT = Sampling(temperature=1.0, max_new_tokens=6, seed=11)


@pytest.fixture(scope="module")
def chat(warm_lab):
    warm_lab.supervisor.wait_ready()
    opened = InferenceClient(warm_lab.home, warm_lab.supervisor.server)
    yield opened
    opened.close()


@pytest.fixture
def pair_request(home):
    asked = questions([DataChoice(name="prompts")], home, 0, "train")
    return PairRequest("nano", "nano", tuple(asked), "prompts", 6, SHORT)


def done(work, seconds: float = 60):
    until = time.monotonic() + seconds
    while work.busy and time.monotonic() < until:
        time.sleep(0.02)
    assert not work.busy
    return work


def test_two_samples_of_one_model_differ_and_are_kept_with_all_that_produced_them(store, chat, pair_request):
    batches = list(collect_pairs(pair_request, store, chat.answer, threading.Event()))
    assert [batch.asked for batch in batches] == [4, 2]
    pairs = [pair for batch in batches for pair in batch.pairs]
    assert len(pairs) >= 4 and pairs == store.pairs.waiting("me", pair_request.match, 99)
    seeds = [(pair.first.settings["seed"], pair.second.settings["seed"]) for pair in pairs]
    assert len({seed for both in seeds for seed in both}) == 2 * len(pairs)
    for pair in pairs:
        assert pair.first.run == pair.second.run == "base:nano" and pair.first.text != pair.second.text
        assert pair.first.messages == pair.second.messages
        assert len(pair.first.fingerprint) > 4 and pair.first.settings["max_new_tokens"] == 6


def test_an_answer_can_be_given_again_from_what_was_kept(store, chat, pair_request):
    (batch,) = collect_pairs(replace(pair_request, pairs=3), store, chat.answer, threading.Event())
    kept = batch.pairs[0].second
    settings = {name: value for name, value in kept.settings.items() if name != "cut"}  # what came about, not how
    deltas = chat.answer({"a": list(kept.messages)}, [Pane("a", "nano")], Sampling(**settings))
    assert "".join(delta.text for delta in deltas).strip() == kept.text


def test_a_second_order_goes_on_with_other_questions(store, chat, pair_request):
    for _ in range(2):
        list(collect_pairs(replace(pair_request, pairs=3), store, chat.answer, threading.Event()))
    pairs = store.pairs.waiting("me", pair_request.match, 99)
    assert len({str(pair.first.messages) for pair in pairs}) == len(pairs) > 3


def test_equal_answers_are_counted_and_nobody_is_asked_about_them(store, chat, pair_request):
    certain = replace(pair_request, pairs=2, sampling=Sampling(temperature=0.0, max_new_tokens=4))
    (batch,) = collect_pairs(certain, store, chat.answer, threading.Event())
    assert (batch.pairs, batch.same) == ((), 2)
    assert store.pairs.waiting("me", pair_request.match, 9) == []
    assert store.pairs.counts() == {pair_request.match: PairCount(2, 2)}


def test_stopping_ends_within_a_token_and_keeps_what_was_made(store, chat, pair_request):
    stop, heard = threading.Event(), []

    def answer(*asked):
        """Stopped at the first token that comes after some pairs are kept."""
        for delta in chat.answer(*asked):
            if store.pairs.count(pair_request.match):
                stop.set()
                heard.append(delta)
            yield delta

    many = replace(pair_request, pairs=5000, sampling=replace(SHORT, max_new_tokens=60))
    (batch,) = collect_pairs(many, store, answer, stop)
    assert len(heard) == 1
    assert store.pairs.count(pair_request.match) == len(batch.pairs) + batch.same >= 1


def test_requests_grow_so_that_the_first_pairs_come_at_once():
    sizes, done_ = [], 0
    while done_ < 100:
        sizes.append(_size_after(done_))
        done_ += sizes[-1]
    assert sizes == [*GROWING, TOGETHER, TOGETHER, TOGETHER]


def test_a_run_that_is_gone_is_said(store, chat, pair_request):
    with pytest.raises(RunError, match="abcdef12"):
        list(collect_pairs(replace(pair_request, second="run:abcdef12"), store, chat.answer, threading.Event()))
    assert (ModelRef.parse("run:abcdef12").in_answers, ModelRef.parse("nano").in_answers) == ("abcdef12", "base:nano")


def test_the_collector_fills_a_queue_and_has_scripts_vote(home, chat, pair_request):
    with Store(home) as store:
        collector = PairCollector(store, chat.answer)
        filled = done(collector.fill(pair_request))
        assert (filled.done, filled.problem) == (6, None)
        there = store.pairs.count_waiting("scripted:happier", pair_request.match, 99)
        scripted = done(collector.script(replace(pair_request, pairs=there + 3), "happier"))
        assert scripted.problem is None and scripted.rater == "scripted:happier"
        votes = store.pairs.votes(pair_request.match)
        assert len(votes) == sum(scripted.votes.values()) >= there + 1
        assert all(vote.scripted for vote in votes)
        again = done(collector.script(replace(pair_request, pairs=2), "polite"))
        assert sum(again.votes.values()) == again.done == 2
        broken = done(collector.fill(replace(pair_request, first="run:abcdef12")))
        assert "abcdef12" in broken.problem


def test_a_script_is_stopped_where_it_is(home, chat, pair_request):
    with Store(home) as store:
        collector = PairCollector(store, chat.answer)
        work = collector.script(
            replace(pair_request, pairs=4000, sampling=replace(SHORT, max_new_tokens=40)), "shorter"
        )
        assert collector.script(replace(pair_request, pairs=1), "polite") is work  # one at a time
        while not work.done and work.busy:
            time.sleep(0.02)
        collector.halt(pair_request.match, "script")
        assert done(work).done < 4000
        assert len(store.pairs.votes()) == sum(work.votes.values()) > 0
