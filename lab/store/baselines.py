"""The desk for what is measured once and used often: how a base scores on a data set, how fast this machine is."""

import json
import time
from typing import Any

from sqlalchemy import Engine, delete, insert, select

from lab.store.schema import baselines


class Baselines:
    def __init__(self, engine: Engine):
        self._engine = engine

    def get(self, key: str) -> Any | None:
        """The kept value (plain JSON), or None."""
        with self._engine.begin() as connection:
            text = connection.execute(select(baselines.c.value).where(baselines.c.key == key)).scalar_one_or_none()
        return None if text is None else json.loads(text)

    def put(self, key: str, value: Any) -> None:
        """Keep `value` under `key` (at most 64 characters), in place of what was there."""
        with self._engine.begin() as connection:
            connection.execute(delete(baselines).where(baselines.c.key == key))
            connection.execute(insert(baselines).values(key=key, value=json.dumps(value), time=time.time()))
