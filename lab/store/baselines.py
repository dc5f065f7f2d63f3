"""What is measured once and used often: how a base scores on a data set, how fast this machine is. Values by key."""

import json
import time
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from lab.store.database import Database
from lab.store.schema import baselines


class Baselines:
    def __init__(self, database: Database):
        self._database = database

    def get(self, key: str) -> Any | None:
        """The kept value (plain JSON), or None."""
        with self._database.read() as connection:
            return _get(connection, key)

    def put(self, key: str, value: Any) -> None:
        """Keep `value` under `key` (at most 64 characters), in place of what was there."""
        with self._database.write() as connection:
            _put(connection, key, value)

    def append(self, key: str, value: Any, most: int) -> None:
        """Add `value` to the list under `key`, which keeps the newest `most`; several processes may do so at once."""
        with self._database.write() as connection:
            _put(connection, key, [*(_get(connection, key) or []), value][-most:])


def _get(connection: Connection, key: str) -> Any | None:
    text = connection.execute(select(baselines.c.value).where(baselines.c.key == key)).scalar_one_or_none()
    return None if text is None else json.loads(text)


def _put(connection: Connection, key: str, value: Any) -> None:
    connection.execute(delete(baselines).where(baselines.c.key == key))
    connection.execute(insert(baselines).values(key=key, value=json.dumps(value), time=time.time()))
