"""The one database: runs, curves, samples, answers and feedback; where the app, the workers and the terminal meet.

`Store` opens it (SQLite in WAL mode, or PostgreSQL by URL), brings its schema up to date, and holds one object a
subject. Open a store after a fork, never across one. Nothing here computes; it keeps what happened.
"""

from lab.home import Home
from lab.store.baselines import Baselines
from lab.store.counts import FeedbackCount, RaterCount
from lab.store.curves import Curves
from lab.store.database import Database, memory_url
from lab.store.marks import Mark, Marks
from lab.store.migrations import migrate
from lab.store.pairs import Pairs
from lab.store.ratings import Ratings
from lab.store.reserve import Reserve
from lab.store.runs import Runs
from lab.store.shapes import (
    WHOSE,
    Answer,
    Change,
    Feedback,
    Label,
    Outcome,
    Pair,
    PairCount,
    Point,
    Run,
    Sample,
    Status,
    Trial,
    Vote,
)  # fmt: skip

__all__ = [
    "WHOSE", "Answer", "Change", "Feedback", "FeedbackCount", "Label", "Mark", "Outcome", "Pair", "PairCount", "Point",
    "RaterCount", "Run", "Sample", "Status", "Store", "Trial", "Vote",
]  # fmt: skip


class Store:
    """The database at `home`, or at `url`, by subject: `runs`, `marks`, `curves`, `ratings`, `pairs`, `baselines`.

    Raises LabError where the database was made by a newer lab.
    """

    def __init__(self, home: Home, url: str | None = None):
        self.home = home
        self.database = Database(url or home.database_url)
        self.database.reserve = Reserve(home.reserve)
        try:
            migrate(self.database)
        except BaseException:
            self.database.close()
            raise
        self.runs = Runs(self.database)
        self.marks = Marks(self.database)
        self.curves = Curves(self.database)
        self.ratings = Ratings(self.database)
        self.pairs = Pairs(self.database)
        self.baselines = Baselines(self.database)

    @classmethod
    def in_memory(cls, home: Home) -> "Store":
        """An empty store that is gone when it is closed."""
        return cls(home, memory_url())

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
