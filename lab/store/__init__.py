"""The one database: runs, curves, samples, answers and feedback; where the app, the workers and the terminal meet.

`Store` opens it (SQLite in WAL mode, or PostgreSQL by URL), brings its schema up to date, and holds one small
desk a subject. Open a store after a fork, never across one. Nothing here computes; it keeps what happened.
"""

from sqlalchemy import Engine, QueuePool, create_engine, event

from lab.home import Home
from lab.store.baselines import Baselines
from lab.store.curves import Curves
from lab.store.pairs import Pairs
from lab.store.ratings import Ratings
from lab.store.runs import Runs
from lab.store.schema import migrate
from lab.store.shapes import Answer, Change, Feedback, Outcome, Pair, Point, Run, Sample, Status, Trial, Vote

__all__ = [
    "Answer", "Change", "Feedback", "Outcome", "Pair", "Point", "Run", "Sample", "Status", "Store", "Trial", "Vote",
]  # fmt: skip


class Store:
    """The database at `home`, or at `url`, one desk a subject: `runs`, `curves`, `ratings`, `pairs`, `baselines`."""

    def __init__(self, home: Home, url: str | None = None):
        self.home = home
        self.engine = _engine(url or home.database_url)
        migrate(self.engine)
        self.runs = Runs(self.engine)
        self.curves = Curves(self.engine)
        self.ratings = Ratings(self.engine)
        self.pairs = Pairs(self.engine)
        self.baselines = Baselines(self.engine)

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _engine(url: str) -> Engine:
    sqlite = url.startswith("sqlite")
    across_threads = {"check_same_thread": False} if sqlite else {}  # a connection goes from one to the next
    engine = create_engine(url, poolclass=QueuePool, pool_pre_ping=not sqlite, connect_args=across_threads)
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection, _record) -> None:
    """Readers never wait for writers (WAL); writers wait for each other up to half a minute."""
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_immediate
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection) -> None:
    """A deferred transaction that reads first and writes later fails at once when another process wrote in between."""
    writes = not connection.get_execution_options().get("lab_read_only")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
