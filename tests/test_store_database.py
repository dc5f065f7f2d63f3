"""The two ways in: reads wait for nobody and change nothing, writers take turns; nothing else opens a connection."""

import ast
import sqlite3
import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import event, insert, text
from sqlalchemy.exc import DBAPIError

from lab.errors import StoreError
from lab.home import PROJECT
from lab.store import Feedback, Point, Sample, Status, Store, database
from lab.store.pairs import match_of, new_answer, new_pair
from lab.store.schema import baselines
from tests.test_store import make_run

FILES = sorted((PROJECT / "lab").rglob("*.py"))
OPENING = {"begin", "connect", "raw_connection", "create_engine"}


@pytest.fixture
def busy(store):
    """A store with something in it, whose database another connection holds for writing."""
    run = make_run()
    store.runs.queue([run])
    asked = [{"role": "user", "content": "Who are you?"}]
    pair = new_pair("prompts", *(new_answer(name, asked, name, {}, "") for name in ("base:nano", run.id)))
    store.pairs.keep([pair])
    store.ratings.rate(Feedback("vote", pair.id, "me", "left", pair.first.id, pair.second.id))
    store.curves.add([Point(0, run.id, "loss", 1, 2.0, 0.0)])
    store.curves.write_samples([Sample(run.id, 1, 0, "Hello?", "Hello.")])
    store.baselines.put("key", 1)
    with writing(store):
        yield store, run, pair


@contextmanager
def writing(store):
    other = sqlite3.connect(store.home.root / "lab.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@pytest.fixture
def impatient(monkeypatch):
    """Whoever waits for a writer gives up soon."""
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)


def test_every_read_returns_while_another_process_writes(impatient, busy):
    store, run, pair = busy
    match, answer = match_of("base:nano", run.id), pair.first.id
    assert store.runs.get(run.id) == run == store.runs.all()[0] == store.runs.some([run.id])[run.id]
    assert store.runs.labels([run.id])[run.id].place == 0 and store.runs.start_from("nano")
    assert store.runs.asked(run.id) is None and store.runs.waiting() == [run.id]
    assert store.runs.newest_comparison([Status.QUEUED]) == run.comparison
    assert store.curves.curve(run.id, "loss") == [(1, 2.0)] and store.curves.last([run.id], "loss") == {run.id: 2.0}
    assert store.curves.names([run.id]) == ["loss"]
    assert len(store.curves.samples([run.id])) == 1 and store.curves.newest_sample([run.id]) > 0
    assert store.ratings.answer(answer) == pair.first and set(store.ratings.answers([answer])) == {answer}
    assert store.ratings.newest() == 1 and len(store.ratings.current()) == len(store.ratings.history()) == 1
    assert store.ratings.counts()[0].count == store.ratings.raters()[0].count == 1
    assert store.pairs.get(pair.id) == pair and store.pairs.count(match) == 1 and set(store.pairs.begun()) == {match}
    assert store.pairs.waiting("me", match, 9) == [] and store.pairs.count_waiting("you", match, 9) == 1
    assert len(store.pairs.votes()) == len(store.pairs.votes(match)) == len(store.pairs.votes_in([match])[match]) == 1
    assert len(store.pairs.cast_by("me")) == store.pairs.count_cast_by("me", match) == 1
    assert store.pairs.last_cast_by("me", match) and store.pairs.has_cast("me", pair.id)
    assert store.pairs.decided() == 1 and store.pairs.raters()[0].count == 1
    assert store.baselines.get("key") == 1
    Store(store.home).close()  # a lab that is up to date is only read when it is opened
    with pytest.raises(StoreError, match="the database is locked"):
        store.baselines.put("key", 2)


def test_writers_that_wait_leave_the_readers_their_connections(store):
    waiting = [threading.Thread(target=store.baselines.put, args=("key", 1)) for _ in range(20)]  # more than a pool has
    with writing(store):
        for one in waiting:
            one.start()
        assert store.baselines.get("key") is None
        assert all(one.is_alive() for one in waiting)
    for one in waiting:
        one.join()
    assert store.baselines.get("key") == 1


def test_a_read_can_not_write_and_sees_one_state(store):
    store.baselines.put("key", 1)
    with store.database.read() as connection:
        before = connection.execute(text("SELECT value FROM baselines")).scalar_one()
        store.baselines.put("key", 2)
        assert connection.execute(text("SELECT value FROM baselines")).scalar_one() == before
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            connection.execute(insert(baselines).values(key="other", value="1", time=0.0))
    assert store.baselines.get("key") == 2


def test_a_write_is_kept_whole_or_not_at_all(store):
    with pytest.raises(ZeroDivisionError), store.database.write() as connection:
        connection.execute(insert(baselines).values(key="key", value="1", time=0.0))
        raise ZeroDivisionError
    assert store.baselines.get("key") is None


def test_threads_that_add_to_one_list_lose_nothing(store):
    threads = [threading.Thread(target=store.baselines.append, args=("key", number, 30)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(store.baselines.get("key")) == list(range(20))
    store.baselines.append("key", 99, 2)
    assert len(store.baselines.get("key")) == 2 and store.baselines.get("key")[-1] == 99


def test_a_store_in_memory_is_shared_by_threads_and_leaves_no_file(home):
    with Store.in_memory(home) as store:
        thread = threading.Thread(target=store.baselines.put, args=("key", 1))
        thread.start()
        thread.join()
        assert store.baselines.get("key") == 1
    assert not (home.root / "lab.db").exists()
    with Store.in_memory(home) as another:
        assert another.baselines.get("key") is None


def test_every_write_begins_as_one(store):
    """A deferred transaction that reads first would fail where another process wrote in between."""
    seen = []
    event.listen(store.database._writers, "before_cursor_execute", lambda *said: seen.append(said[2].split()[:2]))
    run = make_run()
    store.runs.queue([run])
    store.runs.claim("here")
    store.runs.end(run.id, Status.FAILED)
    store.runs.requeue(run.id)
    begun = [words for words in seen if words[0] == "BEGIN"]
    assert begun == [["BEGIN", "IMMEDIATE"]] * 4


@pytest.mark.parametrize("room", ["lab/store", "lab"])
def test_only_one_file_opens_connections(room):
    """Nothing but `database.py` begins a transaction, and nothing outside the store speaks SQL."""
    seen = 0
    for file in FILES:
        inside = file.is_relative_to(PROJECT / "lab/store")
        if file.name == "database.py" or inside != (room == "lab/store"):
            continue
        tree = ast.parse(file.read_text())
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} if inside else set()
        assert not OPENING & (names | used), file
        if not inside:
            modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
            assert not modules & {"sqlalchemy", "lab.store.schema", "lab.store.database"}, file
        seen += 1
    assert seen > 8
