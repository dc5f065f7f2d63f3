"""The connections to the database, and the two ways in: `read()` and `write()`. Nothing else in the lab opens one.

A read never waits for a writer and makes none wait; it sees one state of the database however many statements it has.
There is one writer at a time, on PostgreSQL as on SQLite, so what one `write()` reads still holds when it writes.
"""

import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from lab.store.faults import in_words
from lab.store.reserve import Reserve

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
        self.reserve: Reserve | None = None
        self._files = _files_of(url)
        self._anchor = self._writers.raw_connection() if "mode=memory" in url else None

    @property
    def is_postgresql(self) -> bool:
        return self._writers.dialect.name == "postgresql"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read with; what would write on it is refused by the database."""
        with in_words(self.name), self._readers.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection to write with, in one transaction: all of it is kept, or nothing if an exception leaves it."""
        with in_words(self.name), self._writers.begin() as connection:
            if self.is_postgresql:
                waiting = {"wait": f"{WAIT_SECONDS}s", "lock": WRITERS_LOCK}
                lock = "SELECT set_config('lock_timeout', :wait, true), pg_advisory_xact_lock(:lock)"
                connection.execute(text(lock), waiting)
            yield connection

    def mark(self) -> object | None:
        """Something that is another one once anybody has written to the database; None where only it can tell.

        Two looks at files instead of a question: a lab that does nothing asks this four times a second.
        """
        if self._files is None:
            return None
        return tuple(_times(file) for file in self._files)

    def give_up_reserve(self) -> bool:
        """Free a piece of the space that was kept for a full disk; False where there is none."""
        return self.reserve is not None and self.reserve.free()

    def close(self) -> None:
        if self._anchor is not None:
            self._anchor.close()
        self._readers.dispose()
        self._writers.dispose()


def _files_of(url: str) -> tuple[Path, ...] | None:
    """The files that are written to with the database; None where there are none to look at."""
    file = make_url(url).database
    return (Path(file), Path(f"{file}-wal")) if _is_sqlite(url) and file and "mode=memory" not in url else None


def _times(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def sqlite_file(file: Path, *, only_read: bool = False) -> sqlite3.Connection:
    """An SQLite file by itself, such as a backup's."""
    return sqlite3.connect(f"{file.absolute().as_uri()}{'?mode=ro' if only_read else ''}", uri=True)


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
