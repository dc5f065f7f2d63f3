"""The whole database as one SQLite file, while others write: a state that there was, and back into a new database."""

import sqlite3
from pathlib import Path

from sqlalchemy import func, insert, select, text, update

from lab.errors import StoreError
from lab.store.database import Database, sqlite_file
from lab.store.migrations import migrate
from lab.store.schema import metadata, runs
from lab.store.shapes import Status

ROWS = 2000
"""Rows that are copied at once."""
CUT = "it was running when the backup was made; `lab resume` goes on from its last checkpoint, if the backup has it."


def write_snapshot(database: Database, file: Path) -> None:
    """Write the database into a new SQLite file; nobody waits for it, and it is one state of the database."""
    file.unlink(missing_ok=True)
    if database.is_postgresql:
        _copy(database, file)
        return
    with database.read() as connection:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        with sqlite_file(file) as target:
            source.backup(target)
    target.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    target.close()


def read_snapshot(file: Path, database: Database) -> None:
    """Put a snapshot into an empty database. Raises StoreError for a file that is damaged or where there are rows."""
    migrate(database)
    check_snapshot(file)
    source = Database(f"sqlite:///{file}")
    try:
        migrate(source)  # it may be an earlier lab's
        with source.read() as reading, database.write() as writing:
            if writing.execute(select(func.count()).select_from(runs)).scalar_one():
                raise StoreError("there are runs already", where=database.name, do="restore into an empty lab.")
            for table in metadata.sorted_tables:
                rows = reading.execute(select(table)).mappings()
                while some := rows.fetchmany(ROWS):
                    writing.execute(insert(table), [dict(row) for row in some])
            if database.is_postgresql:
                _set_counters(writing)
    finally:
        source.close()


def close_running(database: Database) -> int:
    """Close the runs that were running when the snapshot was made; returns how many there were."""
    with database.write() as connection:
        values = {"status": Status.INTERRUPTED, "error": CUT, "pid": None, "ended": runs.c.started}
        return connection.execute(update(runs).where(runs.c.status == Status.RUNNING).values(**values)).rowcount


def check_snapshot(file: Path) -> None:
    """Raises StoreError for a file that is no whole database."""
    try:
        with sqlite_file(file, only_read=True) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as problem:
        found = str(problem)
    if found != "ok":
        raise StoreError(f"the database in it is damaged ({found[:80]})", where=file.name, do="take another backup.")


def _copy(database: Database, file: Path) -> None:
    target = Database(f"sqlite:///{file}")
    try:
        migrate(target)
        with database.read() as reading, target.write() as writing:
            for table in metadata.sorted_tables:
                rows = reading.execute(select(table)).mappings()
                while some := rows.fetchmany(ROWS):
                    writing.execute(insert(table), [dict(row) for row in some])
    finally:
        target.close()
    with sqlite_file(file) as whole:
        whole.execute("PRAGMA journal_mode=DELETE")
    whole.close()


def _set_counters(connection: object) -> None:
    """PostgreSQL counts ids by itself, and does not know of those that were given."""
    for table in metadata.sorted_tables:
        if "id" in table.c and table.c.id.type.python_type is int:
            highest = f"(SELECT max(id) FROM {table.name})"
            counter = f"pg_get_serial_sequence('{table.name}', 'id')"
            connection.execute(text(f"SELECT setval({counter}, {highest}) WHERE {highest} IS NOT NULL"))  # type: ignore[attr-defined]
