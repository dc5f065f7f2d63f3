"""The connections to the database, and the two ways in: `read()` and `write()`. Nothing else in the lab opens one.

A read never waits for a writer and makes none wait; it sees one state of the database however many statements it has.
There is one writer at a time, on PostgreSQL as on SQLite, so what one `write()` reads still holds when it writes.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

WAIT_SECONDS = 30
"""How long a writer waits for the one before it."""
MOST_VALUES = 10_000
"""Values in one statement: SQLite takes 32,766, PostgreSQL 65,535."""
WRITERS_LOCK = 7070
"""PostgreSQL's advisory lock that the writer holds; the number is the lab's own."""
Value = TypeVar("Value")
Prepare = Callable[[DBAPIConnection, ConnectionPoolEntry], None]


class Database:
    """One SQLite file (in WAL mode) or PostgreSQL database. Open it after a fork, never across one."""

    def __init__(self, url: str):
        self.name = make_url(url).render_as_string()  # without its password
        # Two pools: writers that wait for each other must not hold the connections that readers need.
        self._readers = _reading(url)
        self._writers = _writing(url)
        # A database in memory lives as long as one connection to it is open.
        self._anchor = self._writers.raw_connection() if "mode=memory" in url else None

    @property
    def is_postgresql(self) -> bool:
        return self._writers.dialect.name == "postgresql"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read with; what would write on it is refused by the database."""
        with self._readers.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection to write with, in one transaction: all of it is kept, or nothing if an exception leaves it."""
        with self._writers.begin() as connection:
            if self.is_postgresql:
                waiting = {"wait": f"{WAIT_SECONDS}s", "lock": WRITERS_LOCK}
                lock = "SELECT set_config('lock_timeout', :wait, true), pg_advisory_xact_lock(:lock)"
                connection.execute(text(lock), waiting)
            yield connection

    def close(self) -> None:
        if self._anchor is not None:
            self._anchor.close()
        self._readers.dispose()
        self._writers.dispose()


def memory_url() -> str:
    """The address of a new database in memory, which all threads of this process can open."""
    return f"sqlite:///file:lab-{secrets.token_hex(4)}?mode=memory&cache=shared&uri=true"


def batches(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """The values in parts that fit into one statement."""
    return (values[begin : begin + MOST_VALUES] for begin in range(0, len(values), MOST_VALUES))


def _reading(url: str) -> Engine:
    if not _is_sqlite(url):
        engine = create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")
        return engine.execution_options(postgresql_readonly=True)
    return _sqlite(url, _prepare_reader, "BEGIN")


def _writing(url: str) -> Engine:
    # A deferred transaction that reads first and writes later fails at once when another process wrote in between.
    return (
        _sqlite(url, _prepare_writer, "BEGIN IMMEDIATE") if _is_sqlite(url) else create_engine(url, pool_pre_ping=True)
    )


def _is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _sqlite(url: str, prepare: Prepare, begin: str) -> Engine:
    across_threads = {"check_same_thread": False}  # a connection goes from one thread to the next
    engine = create_engine(url, poolclass=QueuePool, connect_args=across_threads)
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _prepare_reader(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    _set_up(connection, f"busy_timeout={WAIT_SECONDS * 1000}", "query_only=ON")


def _prepare_writer(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Readers never wait for writers in WAL mode, which the file keeps."""
    wait = f"busy_timeout={WAIT_SECONDS * 1000}"
    _set_up(connection, wait, "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")


def _set_up(connection: DBAPIConnection, *pragmas: str) -> None:
    connection.isolation_level = None  # the driver leaves BEGIN to us
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
