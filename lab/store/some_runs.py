"""A database file with some runs and nothing of those who made them, and adding such runs to another database."""

import shutil
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from sqlalchemy import insert, select

from lab.store.database import Database, sqlite_file
from lab.store.migrations import migrate
from lab.store.schema import points, runs, samples
from lab.store.snapshot import write_snapshot

EMPTIED = ("feedback", "pairs", "matches", "answers", "baselines", "marks")
"""Tables of which nothing goes along: who voted, what was asked, notes, how fast this machine is."""
UNSAID = ("visitor", "machine", "pid", "request")


def write_some_runs(database: Database, chosen: Sequence[str], file: Path) -> None:
    """Write a new SQLite file with the runs of these ids, their curves and samples. Raises LabError."""
    write_snapshot(database, file)
    with sqlite_file(file) as whole:
        whole.execute("PRAGMA foreign_keys=ON")
        for table in EMPTIED:
            whole.execute(f"DELETE FROM {table}")
        marks = ", ".join("?" for _ in chosen)
        for table, column in (("points", "run"), ("samples", "run"), ("runs", "id")):
            whole.execute(f"DELETE FROM {table} WHERE {column} NOT IN ({marks})", list(chosen))
        whole.execute("UPDATE runs SET " + ", ".join(f"{name} = NULL" for name in UNSAID))
    whole.execute("VACUUM")  # what was taken out is not to be read from the file
    whole.close()


def add_some_runs(
    database: Database, file: Path, aside: Path, known: Collection[str], before: Callable[[str], None]
) -> list[str]:
    """Add the runs of `file` that are neither in `database` nor `known`; returns their ids.

    The file is read from a copy at `aside`: its folder may be read-only, and SQLite writes beside a file. `before` is
    called with each id before its rows are there. Raises LabError where the file is damaged.
    """
    shutil.copyfile(file, aside)
    source = Database(f"sqlite:///{aside}")
    try:
        migrate(source)
        return _add(database, source, known, before)
    finally:
        source.close()
        for left in aside.parent.glob(f"{aside.name}*"):
            left.unlink()


def _add(database: Database, source: Database, known: Collection[str], before: Callable[[str], None]) -> list[str]:
    with source.read() as reading:
        rows = [dict(row) for row in reading.execute(select(runs).order_by(runs.c.position)).mappings()]
        with database.read() as here:
            there = set(here.execute(select(runs.c.id).where(runs.c.id.in_([row["id"] for row in rows]))).scalars())
        rows = [row for row in rows if row["id"] not in there and row["id"] not in known]
        for row in rows:
            before(row["id"])
        with database.write() as writing:
            if rows:
                writing.execute(insert(runs), rows)
            for row in rows:
                for table in (points, samples):
                    asked = select(table).where(table.c.run == row["id"]).order_by(table.c.id)
                    found = reading.execute(asked).mappings()
                    if values := [{name: value for name, value in one.items() if name != "id"} for one in found]:
                        writing.execute(insert(table), values)
    return [row["id"] for row in rows]
