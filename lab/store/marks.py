"""What people keep with runs: tags, a note, a star, and whether a run is archived. Gone with the run."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from lab.store.database import Database, batches
from lab.store.schema import marks


@dataclass(frozen=True)
class Mark:
    """What people keep with a run, beside what it came to."""

    tags: tuple[str, ...] = ()
    note: str = ""
    starred: bool = False
    archived: bool = False
    """Left out of lists where nobody asks for it."""


class Marks:
    def __init__(self, database: Database):
        self._database = database

    def all(self) -> dict[str, Mark]:
        """The marks of every run that has any, by the run's id."""
        with self._database.read() as connection:
            return {row.run: _to_mark(row) for row in connection.execute(select(marks))}

    def some(self, run_ids: Iterable[str]) -> dict[str, Mark]:
        """The marks of these runs, an empty one for a run that has none."""
        wanted = list(dict.fromkeys(run_ids))
        with self._database.read() as connection:
            found = _read(connection, wanted)
        return {run_id: found.get(run_id, Mark()) for run_id in wanted}

    def change(
        self, run_ids: Collection[str], *, add: Collection[str] = (), remove: Collection[str] = (),
        note: str | None = None, starred: bool | None = None, archived: bool | None = None,
    ) -> None:  # fmt: skip
        """Add and remove tags, and set what is not None, of all these runs at once."""
        given = {"note": note, "starred": starred, "archived": archived}
        new: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        with self._database.write() as connection:
            found = _read(connection, list(run_ids))
            for run_id in dict.fromkeys(run_ids):
                now = found.get(run_id, Mark())
                tags = tuple(sorted({*now.tags, *add} - set(remove)))
                _put(connection, run_id, replace(now, tags=tags, **new))


def _read(connection: Connection, run_ids: list[str]) -> dict[str, Mark]:
    return {
        row.run: _to_mark(row)
        for some in batches(run_ids)
        for row in connection.execute(select(marks).where(marks.c.run.in_(some)))
    }


def _put(connection: Connection, run_id: str, mark: Mark) -> None:
    connection.execute(delete(marks).where(marks.c.run == run_id))
    if mark != Mark():
        tags = json.dumps(mark.tags, ensure_ascii=False)
        said = {"note": mark.note, "starred": mark.starred, "archived": mark.archived}
        connection.execute(insert(marks).values(run=run_id, tags=tags, **said))


def _to_mark(row: Row[Any]) -> Mark:
    return Mark(tuple(json.loads(row.tags)), row.note, row.starred, row.archived)
