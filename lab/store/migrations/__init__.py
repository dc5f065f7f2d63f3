"""The steps that bring a database from one schema to the next: one file a step, each with the tables of its own time.

A step is never edited once it is released and never imports today's tables (`lab.store.schema`): what it makes must
stay what it was. To change the schema, add `_0008_….py` with an `upgrade(connection)`, and change `schema.py` alike.
The table `schema_version` says how many steps a database has seen.
"""

import pkgutil
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module

from sqlalchemy import Column, Connection, Integer, MetaData, Table, insert, inspect, select, update

from lab.errors import LabError, StoreError
from lab.store.database import Database

Step = Callable[[Connection], None]
OURS = ("runs", "points", "samples", "answers", "pairs", "feedback", "baselines")
"""Some of the lab's tables, by which a PostgreSQL database that has other programs' tables too is told."""
version_table = Table("schema_version", MetaData(), Column("version", Integer, nullable=False))


@cache
def steps() -> tuple[Step, ...]:
    """The steps of this folder in order."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name.startswith("_0"))
    return tuple(import_module(f"{__name__}.{name}").upgrade for name in names)


def migrate(database: Database) -> None:
    """Apply the steps that this database has not seen; raises LabError when it comes from a newer lab.

    A database that is up to date is only read, and so is one that is refused.
    """
    with database.read() as connection:
        seen = _version(connection)
        others = [] if seen else inspect(connection).get_table_names()
    _check(seen, database)
    _check_foreign(others, database)
    if seen == len(steps()):
        return
    with database.write() as connection:
        seen = _version(connection)  # two processes may start at once
        _check(seen, database)
        if not inspect(connection).has_table(version_table.name):
            version_table.create(connection)
            connection.execute(insert(version_table).values(version=0))
        for step in steps()[seen:]:
            step(connection)
        connection.execute(update(version_table).values(version=len(steps())))


def _version(connection: Connection) -> int:
    """How many steps a database has seen; 0 for a new one."""
    if not inspect(connection).has_table(version_table.name):
        return 0
    return int(connection.execute(select(version_table.c.version)).scalar_one())


def _check(seen: int, database: Database) -> None:
    if seen > len(steps()):
        raise LabError(
            f"this database is of schema {seen}, this lab knows {len(steps())}", where=database.name,
            do="update Parrot Lab, or set another LAB_HOME.",
        )  # fmt: skip


def _check_foreign(others: Sequence[str], database: Database) -> None:
    """Raise StoreError where a database without our schema has tables that are not the lab's to change."""
    if strange := [name for name in others if name in OURS or not database.is_postgresql]:
        raise StoreError(
            f"this is the database of another program (it has a table '{strange[0]}', and no schema_version)",
            where=database.name, do="set another LAB_HOME, or LAB_DATABASE_URL.",
        )  # fmt: skip
