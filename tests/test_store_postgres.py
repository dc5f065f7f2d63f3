"""PostgreSQL keeps the promises that SQLite keeps, on a server of our own; skipped aloud where none is there."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from lab.errors import StoreError
from lab.executors.endings import close_abandoned
from lab.home import PROJECT, Home
from lab.store import Feedback, Status, Store, schema
from lab.store.backup import restore_backup, write_backup
from lab.store.database import Database
from lab.store.migrations import migrate, version_table
from lab.store.pairs import new_answer, new_pair
from tests import test_store, test_store_database, test_store_known_runs, test_store_migrations, test_store_queries
from tests.postgres import MISSING, PostgresServer, find_postgres
from tests.test_store import make_run

URL = "LAB_DATABASE_URL"


@pytest.fixture(scope="module")
def postgres():
    """A PostgreSQL server in a temporary folder."""
    if find_postgres() is None:
        (pytest.fail if os.environ.get("LAB_NEEDS_POSTGRES") == "1" else pytest.skip)(MISSING)
    server = PostgresServer(Path("/tmp") / f"lab-postgres-{os.getpid()}")
    yield server
    server.close()


@pytest.fixture
def server(postgres):
    """Its address."""
    return postgres.url


@pytest.fixture
def store(server, home, monkeypatch):
    """A store in an empty database."""
    monkeypatch.setenv(URL, server)
    with Store(home) as opened:
        yield opened
        with opened.database.write() as connection:
            schema.metadata.drop_all(connection)
            version_table.drop(connection)


PROMISES = (
    test_store.test_runs_are_claimed_in_order_and_once,
    test_store.test_a_reader_sees_only_what_is_newer,
    test_store.test_a_change_of_mind_is_a_new_row_that_supersedes,
    test_store_database.test_a_write_is_kept_whole_or_not_at_all,
    test_store_database.test_a_read_can_not_write_and_sees_one_state,
    test_store_database.test_threads_that_add_to_one_list_lose_nothing,
    test_store_known_runs.test_what_has_not_changed_is_the_same_object,
    *test_store_queries.ALL,
)


@pytest.mark.parametrize("test", PROMISES)
def test_the_same_promises(store, test):
    assert store.database.is_postgresql
    test(store)


def test_the_steps_make_the_tables_of_today(store, server):
    made = test_store_migrations.plan(store.database)
    with store.database.write() as connection:
        schema.metadata.drop_all(connection)
        schema.metadata.create_all(connection)
    again = Database(server)  # a pooled connection remembers types that are gone
    assert test_store_migrations.plan(again) == made
    again.close()


def test_readers_wait_for_no_writer_and_writers_take_turns(store):
    with store.database.write() as connection:
        connection.execute(insert(schema.baselines).values(key="key", value="1", time=0.0))
        other = threading.Thread(target=store.baselines.put, args=("key", 2))
        other.start()
        assert store.baselines.get("key") is None
        other.join(0.2)
        assert other.is_alive()
    other.join()
    assert store.baselines.get("key") == 2


def test_a_writer_gives_up_in_the_end(store, monkeypatch):
    monkeypatch.setattr("lab.store.database.WAIT_SECONDS", 1)
    with store.database.write(), pytest.raises(Exception, match="the database is locked"), store.database.write():
        raise AssertionError("two write at once")
    with store.database.read() as connection:
        assert connection.execute(text("SHOW lock_timeout")).scalar_one() == "0"


def test_two_may_open_a_new_lab_at_once(server, tmp_path, monkeypatch):
    monkeypatch.setenv(URL, server)
    homes = [Home(tmp_path / name) for name in "ab"]
    stores: list[Store] = []
    opening = [threading.Thread(target=lambda home: stores.append(Store(home)), args=(home,)) for home in homes]
    for one in opening:
        one.start()
    for one in opening:
        one.join()
    assert len(stores) == 2
    migrate(stores[0].database)
    with stores[0].database.write() as connection:
        schema.metadata.drop_all(connection)
        version_table.drop(connection)
    for one in stores:
        one.close()


VOTER = """
import sys
from pathlib import Path
from lab.home import Home
from lab.store import Feedback, Store
with Store(Home(Path(sys.argv[1]))) as store:
    for pair in store.pairs.waiting(sys.argv[2], "base:nano|run00aa", 10_000):
        store.ratings.rate(Feedback("vote", pair.id, sys.argv[2], "left", pair.first.id, pair.second.id))
        print(pair.id, flush=True)
"""


def voter(home: Home, rater: str) -> subprocess.Popen:
    command = [sys.executable, "-c", VOTER, str(home.root), rater]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def make_pairs(store: Store, count: int) -> None:
    store.pairs.keep([
        new_pair("prompts", new_answer("base:nano", [], f"A {number}", {}, ""),
                 new_answer("run00aa", [], f"B {number}", {}, ""))
        for number in range(count)
    ])  # fmt: skip


def said(process: subprocess.Popen, lines: int) -> list[str]:
    """What it acknowledged: so many lines, and then, once it is dead, all there are."""
    return [line.strip() for line in (process.stdout.readline() for _ in range(lines)) if line]


def rest_of(process: subprocess.Popen) -> list[str]:
    heard = [line.strip() for line in process.stdout.read().splitlines()]
    process.wait()
    return [line for line in heard if len(line) == 16]  # the last one may be cut


def test_two_machines_vote_at_once_and_a_kill_of_one_loses_nothing(store, home, tmp_path):
    make_pairs(store, 3000)
    other = Home(tmp_path / "other")
    here, there = voter(home, "browser-here"), voter(other, "browser-there")
    told = {"browser-here": said(here, 15), "browser-there": said(there, 15)}
    here.kill()
    told["browser-here"] += rest_of(here)
    told["browser-there"] += said(there, 15)
    there.kill()
    told["browser-there"] += rest_of(there)
    for rater, acknowledged in told.items():
        cast = {one.subject for one in store.ratings.current("vote") if one.rater == rater}
        assert len(acknowledged) >= 15 and set(acknowledged) <= cast
        assert len(cast) <= len(acknowledged) + 2  # one may have been on its way


def test_no_acknowledged_vote_is_lost_when_the_database_is_killed(store, home, postgres):
    make_pairs(store, 3000)
    process = voter(home, "browser-here")
    told = said(process, 15)
    postgres.kill()
    told += rest_of(process)
    with pytest.raises(StoreError, match="the database can't be reached"):
        store.ratings.count("vote")
    postgres.start()
    assert set(told) <= {one.subject for one in store.ratings.current("vote")}  # the same store goes on by itself
    assert len(store.pairs.votes()) == store.ratings.count("vote") >= 15


def test_a_database_that_may_not_be_written_to_is_told(store, postgres):
    with store.database.write() as connection:
        connection.execute(text("ALTER DATABASE postgres SET default_transaction_read_only = on"))
    other = Database(postgres.url)
    try:
        with pytest.raises(StoreError, match="read-only"), other.write() as connection:
            connection.execute(insert(schema.baselines).values(key="key", value="1", time=0.0))
    finally:
        with store.database.write() as connection:
            connection.execute(text("SET TRANSACTION READ WRITE"))
            connection.execute(text("ALTER DATABASE postgres RESET default_transaction_read_only"))
        other.close()


def test_two_machines_share_the_queue_and_leave_each_other_s_runs_alone(store, home, tmp_path):
    store.runs.queue([make_run(str(number)) for number in range(24)])
    with Store(Home(tmp_path / "other")) as other:
        machines = {home.machine: store, other.home.machine: other}
        taken: dict[str, list[str]] = {name: [] for name in machines}

        def take(name: str) -> None:
            while run := machines[name].runs.claim(name):
                taken[name].append(run.id)

        threads = [threading.Thread(target=take, args=(name,)) for name in machines]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ids = [run for runs in taken.values() for run in runs]
        assert len(machines) == 2 and len(ids) == len(set(ids)) == 24
        # one machine starts again after a crash: it closes its own runs, and none of the other's
        close_abandoned(store, home.machine, ())
        running = {run.id for run in other.runs.all(statuses=[Status.RUNNING])}
        assert running == set(taken[other.home.machine])


def test_a_backup_goes_from_one_kind_of_database_to_the_other(store, tmp_path, monkeypatch, server):
    make_pairs(store, 5)
    for pair in store.pairs.waiting("browser-me", "base:nano|run00aa", 3):
        store.ratings.rate(Feedback("vote", pair.id, "browser-me", "left", pair.first.id, pair.second.id))
    store.runs.queue([make_run("waits")])
    votes, runs = store.pairs.votes(), store.runs.all()
    write_backup(store, tmp_path / "lab.tar")
    monkeypatch.delenv(URL)
    restore_backup(tmp_path / "lab.tar", home := Home(tmp_path / "light"))
    with Store(home) as light:
        assert (light.pairs.votes(), light.runs.all()) == (votes, runs) and not light.database.is_postgresql
        write_backup(light, tmp_path / "back.tar")
    monkeypatch.setenv(URL, server)
    with store.database.write() as connection:
        schema.metadata.drop_all(connection)
        version_table.drop(connection)
    restore_backup(tmp_path / "back.tar", again := Home(tmp_path / "again"))
    with Store(again) as back:
        assert (back.pairs.votes(), back.runs.all()) == (votes, runs) and back.database.is_postgresql
        newest = back.ratings.newest()
        back.ratings.rate(Feedback("thumb", "t", "browser-me", "good", votes[0].pair.split("|")[0]))
        assert back.ratings.newest() == newest + 1  # it counts on from there
