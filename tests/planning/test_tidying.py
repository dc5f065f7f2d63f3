"""What goes from a full disk: what nobody misses first, old runs' weights only when asked, and never what is needed."""

import os
import time
from dataclasses import replace

import pytest

from lab.disk import MEGABYTE, usage
from lab.planning.tidying import DAY, plan_tidying, tidy
from lab.store import Feedback, Status
from lab.store.pairs import new_answer, new_pair
from lab.store.requests import EVICTED
from lab.ui.upkeep import keep_up
from tests.test_store import make_run

OLD = time.time() - 40 * DAY


def trained(store, name, base="nano", ended=OLD, kilobytes=300, **more):
    """A run that is over, with weights, a checkpoint and a log."""
    run = replace(make_run(name), base=base, recipe=f"base: {base}\n", **more)
    store.runs.queue([run])
    store.runs.claim("here", [run.id])
    store.runs.end(run.id, Status.DONE)
    with store.database.write() as connection:
        from lab.store.schema import runs

        connection.execute(runs.update().where(runs.c.id == run.id).values(ended=ended))
    folder = store.home.run(run.id).root
    for part in ("stage-0", "stage-0-checkpoints/checkpoint-4"):
        (folder / part).mkdir(parents=True)
        (folder / part / "model.safetensors").write_bytes(b"\1" * 1024 * kilobytes)
    (folder / "weights.json").write_text('{"chain": [{"ref": "nano"}]}')
    (folder / "log.txt").write_text("done\n")
    return store.runs.get(run.id)


def aged(file, seconds):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\1" * 9000)
    os.utime(file, (time.time() - seconds,) * 2)
    return file


def kinds(wastes):
    return [(one.kind, one.run or one.name) for one in wastes]


def test_a_look_removes_nothing_and_tells_what_it_would(store):
    old, new = trained(store, "old"), trained(store, "new", ended=time.time())
    aged(store.home.received / "a" / "file.csv", 0)
    os.utime(store.home.received / "a", (time.time() - 7200,) * 2)
    aged(store.home.uploads / "unused.jsonl", 20 * DAY)
    aged(store.home.uploads / "fresh.jsonl", DAY)
    store.runs.queue([replace(make_run("waits"), recipe="data: upload:wanted.jsonl\n")])
    aged(store.home.uploads / "wanted.jsonl", 20 * DAY)
    before = usage(store.home).total
    found = plan_tidying(store)
    assert kinds(found) == [("received", "a"), ("checkpoints", old.id), ("uploads", "unused.jsonl")]
    assert usage(store.home).total == before
    freed = tidy(store, found)
    assert freed == pytest.approx(sum(one.bytes for one in found), abs=9000) and freed > 300 * 1024
    assert plan_tidying(store) == []
    assert (store.home.run(new.id).root / "stage-0-checkpoints").is_dir()
    assert (store.home.run(old.id).root / "weights.json").exists() and not store.runs.get(old.id).request


def test_old_runs_lose_their_weights_first_and_votes_stay(store):
    runs = [trained(store, name, ended=OLD + place) for place, name in enumerate("abc")]
    pair = new_pair("prompts", *(new_answer(run.id, [], run.id, {}, "") for run in runs[:2]))
    store.pairs.keep([pair])
    store.ratings.rate(Feedback("vote", pair.id, "browser-me", "left", pair.first.id, pair.second.id))
    most = usage(store.home).total - 3 * 300 * 1024 - 400 * 1024  # the checkpoints, and the weights of two
    found = plan_tidying(store, most=most)
    assert kinds(found)[-2:] == [("weights", runs[0].id), ("weights", runs[1].id)]
    tidy(store, found)
    assert [store.runs.get(run.id).request for run in runs] == [EVICTED, EVICTED, None]
    assert sorted(path.name for path in store.home.run(runs[0].id).root.iterdir()) == ["log.txt"]
    assert len(store.pairs.votes()) == 1 and usage(store.home).total <= most + 64 * 1024


def test_weights_that_others_need_stay(store):
    parent = trained(store, "parent")
    child = trained(store, "child", base=f"run:{parent.id}", ended=OLD + 1, parent=parent.id)
    assert kinds(plan_tidying(store, most=0))[-2:] == [("weights", child.id), ("weights", parent.id)]
    store.runs.queue([replace(make_run("waits"), base=f"run:{child.id}", recipe=f"base: run:{child.id}\n")])
    assert not [one for one in plan_tidying(store, most=0) if one.kind == "weights"]


def test_what_two_runs_need_goes_after_both(store):
    parent = trained(store, "parent", ended=OLD + 9)
    early = trained(store, "early", base=f"run:{parent.id}", ended=OLD + 1, parent=parent.id)
    late = trained(store, "late", base=f"run:{parent.id}", ended=OLD + 20, parent=parent.id)
    other = trained(store, "other", ended=OLD + 10)
    wanted = [("weights", run.id) for run in (early, other, late, parent)]
    assert kinds(plan_tidying(store, most=0))[-4:] == wanted


def test_a_run_that_is_queued_after_the_look_keeps_what_it_needs(store):
    parent = trained(store, "parent")
    found = plan_tidying(store, most=0)
    store.runs.queue([replace(make_run("waits"), base=f"run:{parent.id}", recipe=f"base: run:{parent.id}\n")])
    tidy(store, [one for one in found if one.kind == "weights"])
    assert (store.home.run(parent.id).root / "weights.json").exists() and not store.runs.get(parent.id).request


def test_folders_that_no_run_has_go_once_they_are_old(store):
    folder = store.home.run("abcdef99").root
    aged(folder / "stage-0" / "model", 0)
    assert plan_tidying(store) == []
    os.utime(folder, (OLD, OLD))
    assert kinds(plan_tidying(store)) == [("strays", "abcdef99")]


def test_the_page_keeps_within_what_it_may_take(store, monkeypatch):
    for name in "abc":
        trained(store, name, kilobytes=800)
    assert keep_up(store) == 0 and not usage(store.home).quota
    monkeypatch.setenv("LAB_DISK_MB", "2")
    assert usage(store.home).nearly_full
    assert keep_up(store) > MEGABYTE
    assert usage(store.home).total <= 2 * MEGABYTE
