"""Runs as they were last read: a row that has not changed since, by its stamp, is neither fetched nor parsed again.

A run's outcome is some twenty kilobytes of JSON; a page that looks at a thousand runs each second reads their stamps.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from lab.store.database import batches
from lab.store.schema import runs
from lab.store.shapes import Outcome, Run, Status

MOST_KEPT = 4000
NOT_OF_A_RUN = ("position", "stamp")
"""Columns of the table that a run does not tell."""


class KnownRuns:
    """Runs by id, each with the stamp it was read with."""

    def __init__(self, most: int = MOST_KEPT):
        self._kept: dict[str, tuple[int, Run]] = {}
        self._most = most

    def read(self, connection: Connection, marks: Mapping[str, int | None]) -> dict[str, Run]:
        """The runs of these ids, with the stamps they have now (none in rows that an earlier lab wrote)."""
        found = {
            run_id: known[1]
            for run_id, stamp in marks.items()
            if (known := self._kept.get(run_id)) and stamp is not None and known[0] == stamp
        }
        lacking = [run_id for run_id in marks if run_id not in found]
        for some in batches(lacking):
            for row in connection.execute(select(runs).where(runs.c.id.in_(some))):
                found[row.id] = run = to_run(row)
                if row.stamp is not None:
                    self._keep(run, row.stamp)
        return found

    def _keep(self, run: Run, stamp: int) -> None:
        if len(self._kept) >= self._most and run.id not in self._kept:
            self._kept.pop(next(iter(self._kept), ""), None)  # whoever was read first
        self._kept[run.id] = (stamp, run)


def to_run(row: Row[Any]) -> Run:
    fields = row._asdict()
    for name in NOT_OF_A_RUN:
        del fields[name]
    return Run(**fields | {"status": Status(fields["status"]), "outcome": Outcome.from_json(fields["outcome"])})
