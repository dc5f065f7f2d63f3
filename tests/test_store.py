"""The store: what is written is read back, nothing is taken twice, nothing is overwritten."""

import multiprocessing
import os
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest

from lab.errors import RunError
from lab.home import Home
from lab.store import Change, Feedback, Outcome, Run, Sample, Status, Store
from lab.store.runs import new_id


def make_run(name: str = "a", comparison: str = "c0ffee", **fields) -> Run:
    return Run(
        new_id(), comparison, name, "Recipe", "yaml", "nano", "lora", "sft", None, Status.QUEUED, time.time(), **fields
    )


@pytest.fixture
def store(tmp_path):
    with Store(Home(tmp_path)) as opened:
        yield opened


def test_a_run_comes_back_as_it_was_queued(store):
    run = make_run(outcome=Outcome(steps=3, eval_loss=Change(2.0, 1.0), metrics={"exact_match": Change(0.0, 0.5)}))
    store.runs.queue([run])
    assert store.runs.get(run.id) == run
    assert store.runs.get(run.id[:5]) == run


def test_runs_are_claimed_in_order_and_once(store):
    first, second = make_run("first"), make_run("second")
    store.runs.queue([first, second])
    assert [store.runs.claim("here").id, store.runs.claim("here").id, store.runs.claim("here")] == [
        first.id,
        second.id,
        None,
    ]


def claim_all(root: Path, found) -> None:
    with Store(Home(root)) as store:
        while run := store.runs.claim(f"process {os.getpid()}"):
            found.put(run.id)


def test_several_processes_never_claim_the_same_run(store, tmp_path):
    runs = [make_run(str(i)) for i in range(40)]
    store.runs.queue(runs)
    context = multiprocessing.get_context("spawn")
    found = context.Queue()
    workers = [context.Process(target=claim_all, args=(tmp_path, found)) for _ in range(3)]
    for worker in workers:
        worker.start()
    taken = [found.get(timeout=60) for _ in runs]
    for worker in workers:
        worker.join()
    assert sorted(taken) == sorted(run.id for run in runs)


def test_cancelling_a_queued_run_ends_it_and_a_running_one_is_asked(store):
    waiting, going = make_run("waiting"), make_run("going")
    store.runs.queue([going, waiting])
    store.runs.claim("here")
    assert store.runs.request(waiting.id, "cancel").status == Status.CANCELLED
    assert store.runs.request(going.id, "discard").status == Status.RUNNING
    assert store.runs.asked(going.id) == "discard"


def test_a_run_ends_once(store):
    run = make_run()
    store.runs.queue([run])
    store.runs.claim("here")
    assert store.runs.end(run.id, Status.DONE)
    assert not store.runs.end(run.id, Status.FAILED, "the worker died")
    assert store.runs.get(run.id).status == Status.DONE


def test_a_resumed_run_keeps_its_place_in_its_comparison_and_so_its_colour(store):
    first, second = make_run("first"), make_run("second")
    store.runs.queue([first, second])
    store.runs.request(first.id, "cancel")
    store.runs.requeue(first.id)
    assert [run.name for run in store.runs.all(comparison="c0ffee")] == ["first", "second"]
    assert [store.runs.labels([run.id])[run.id].place for run in (first, second)] == [0, 1]
    assert store.runs.claim("here").id == second.id  # in the queue it comes last
    runs = store.runs.all()
    told = store.runs.labels([run.id for run in runs])
    assert [(run.name, told[run.id].place) for run in runs] == [("second", 1), ("first", 0)]


def test_only_a_stopped_run_is_requeued_and_only_an_ended_one_deleted(store):
    run = make_run()
    store.runs.queue([run])
    with pytest.raises(RunError, match="queued"):
        store.runs.requeue(run.id)
    with pytest.raises(RunError, match="queued"):
        store.runs.delete(run.id)
    store.runs.claim("here")
    store.runs.end(run.id, Status.INTERRUPTED, "the lab stopped")
    back = store.runs.requeue(run.id)
    assert (back.status, back.error, back.ended) == (Status.QUEUED, None, None)
    store.runs.request(run.id, "cancel")
    store.runs.delete(run.id)
    assert store.runs.all() == []


def test_an_unknown_run_is_named(store):
    with pytest.raises(RunError, match="no run 'abc'"):
        store.runs.get("abc")
    with pytest.raises(RunError):
        store.runs.get("")


def test_a_reader_sees_only_what_is_newer(store):
    run = make_run()
    store.runs.queue([run])
    store.curves.write(run.id, 1, {"loss": 2.0, "eval_loss": 2.5})
    seen = store.curves.newer([run.id])
    store.curves.write(run.id, 2, {"loss": 1.5, "grad_norm": float("nan")})
    newer = store.curves.newer([run.id], since=seen[-1].id)
    assert [(point.name, point.step, point.value) for point in newer] == [("loss", 2, 1.5)]
    assert store.curves.curve(run.id, "loss") == [(1, 2.0), (2, 1.5)]


def test_what_lies_beyond_a_checkpoint_is_forgotten(store):
    run = make_run()
    store.runs.queue([run])
    for step in (1, 2, 3):
        store.curves.write(run.id, step, {"loss": float(step)})
        store.curves.write_samples([Sample(run.id, step, 0, "Hello?", f"answer {step}")])
    store.curves.forget_after(run.id, 2)
    assert store.curves.curve(run.id, "loss") == [(1, 1.0), (2, 2.0)]
    assert [sample.answer for sample in store.curves.samples([run.id])] == ["answer 1", "answer 2"]


def test_deleting_a_run_takes_its_curves_but_not_the_ratings(store):
    run = make_run()
    store.runs.queue([run])
    store.runs.claim("here")
    store.curves.write(run.id, 1, {"loss": 1.0})
    answer = store.ratings.keep_answer(run.id, [{"role": "user", "content": "你好"}], "您好!", {"seed": 1}, "f00d")
    store.ratings.rate(Feedback("thumb", answer.id, "me", "good", answer.id))
    store.runs.end(run.id, Status.DONE)
    store.runs.delete(run.id)
    assert store.curves.newer([run.id]) == []
    assert store.ratings.answer(answer.id) == answer
    assert [rating.verdict for rating in store.ratings.current("thumb")] == ["good"]


def test_a_change_of_mind_is_a_new_row_that_supersedes(store):
    answer = store.ratings.keep_answer("base:nano", [{"role": "user", "content": "Hi"}], "Hello.", {}, "f00d")
    thumb = Feedback("thumb", answer.id, "me", "good", answer.id)
    store.ratings.rate(thumb)
    store.ratings.rate(thumb)  # a double click
    store.ratings.rate(replace(thumb, verdict="bad"))
    store.ratings.rate(replace(thumb, rater="you"))
    assert [(rating.rater, rating.verdict) for rating in store.ratings.current()] == [("me", "bad"), ("you", "good")]
    assert len(store.ratings.history()) == 3
    store.ratings.rate(replace(thumb, verdict="none"))
    assert [rating.rater for rating in store.ratings.current()] == ["you"]


def test_a_baseline_is_kept_and_replaced(store):
    assert store.baselines.get("k") is None
    store.baselines.put("k", {"eval_loss": 1.5})
    store.baselines.put("k", {"eval_loss": 1.25})
    assert store.baselines.get("k") == {"eval_loss": 1.25}


def test_opening_twice_keeps_everything_and_uses_wal(tmp_path):
    run = make_run()
    with Store(Home(tmp_path)) as store:
        store.runs.queue([run])
    with Store(Home(tmp_path)) as store:
        assert store.runs.get(run.id) == run
    assert sqlite3.connect(tmp_path / "lab.db").execute("PRAGMA journal_mode").fetchone() == ("wal",)
