"""PostgreSQL keeps the promises that SQLite keeps, on a server of our own; skipped where none is installed."""

import os
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from lab.home import Home
from lab.store import Store, schema
from lab.store.database import Database
from lab.store.migrations import migrate, version_table
from tests import test_store, test_store_database, test_store_migrations, test_store_queries

URL = "LAB_DATABASE_URL"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def server():
    """The address of a PostgreSQL server in a temporary folder."""
    if not (shutil.which("initdb") and shutil.which("postgres")):
        pytest.skip("PostgreSQL's initdb and postgres are not on the PATH")
    folder, port = Path("/tmp") / f"lab-postgres-{os.getpid()}", free_port()
    as_user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    folder.mkdir()
    if as_user:
        shutil.chown(folder, "nobody")
    try:
        data = str(folder / "data")
        init = [*as_user, "initdb", "-D", data, "-U", "lab", "--auth=trust"]
        made = subprocess.run(init, capture_output=True, text=True, cwd="/tmp")
        if made.returncode:
            pytest.skip(f"initdb does not work here: {made.stderr.strip()[-200:]}")
        serve = [*as_user, "postgres", "-D", data, "-p", str(port), "-k", str(folder), "-h", "127.0.0.1"]
        running = subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp")
        deadline = time.time() + 20
        while time.time() < deadline:
            if subprocess.run(["pg_isready", "-h", "127.0.0.1", "-p", str(port)], capture_output=True).returncode == 0:
                break
            time.sleep(0.2)
        yield f"postgresql+psycopg://lab@127.0.0.1:{port}/postgres"
        running.terminate()
        running.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
    with store.database.write(), pytest.raises(Exception, match="lock timeout"), store.database.write():
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
