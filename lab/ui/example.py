"""A finished comparison to look at before one has trained anything: recorded from real runs, and shown as an example.

It lies in assets as plain rows and is read into a database in memory, so that all that shows runs shows it too. To
record another: `python -m lab.ui.example COMPARISON`, with the id of a finished one (it is in the page's address).
"""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from lab.home import ASSETS, Home, find_home
from lab.store import Outcome, Point, Run, Sample, Status, Store

FILE = ASSETS / "example.json"
BEGUN = (Status.RUNNING, Status.DONE)
NAME = "example"
"""Begins the ids in it; other ids are hexadecimal, so that none can be the same."""


class Example:
    """The recorded comparison; `store_for` says where to look for what was asked."""

    def __init__(self, own: Store, file: Path = FILE):
        self._own = own
        self._recorded = _read(own.home, file) if file.exists() else None

    def store_for(self, asked: str | None) -> Store:
        """The store that holds a run or comparison; for None, the example's only while nothing has begun here."""
        wanted = asked.startswith(NAME) if asked else self._own.runs.newest_comparison(BEGUN) is None
        return self._recorded if wanted and self._recorded else self._own


def record(store: Store, comparison: str, file: Path = FILE) -> int:
    """Write the runs of a comparison with their curves and samples into `file`; returns how many there are."""
    runs = store.runs.all(comparison=comparison)
    ids = {run.id: f"{NAME}{number}" for number, run in enumerate(runs, start=1)}
    curves = [[ids[one.run], one.name, one.step, float(f"{one.value:.5g}")] for one in store.curves.newer(ids)]
    said = sorted([ids[one.run], one.step, one.position, one.prompt, one.answer] for one in store.curves.samples(ids))
    rows = {"runs": [asdict(_anonymous(run, ids[run.id])) for run in runs], "points": curves, "samples": said}
    file.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    return len(runs)


def _anonymous(run: Run, name: str) -> Run:
    """A run without what only concerns the machine it was recorded on."""
    kept = {key: value for key, value in run.outcome.environment.items() if key not in ("system",)}
    outcome = replace(run.outcome, environment=kept)
    return replace(run, id=name, comparison=f"{NAME}0", pid=None, machine=None, parent=None, outcome=outcome)


def _read(home: Home, file: Path) -> Store:
    rows = json.loads(file.read_text(encoding="utf-8"))
    store = Store.in_memory(home)
    runs = [Run(**row | {"outcome": Outcome.from_json(json.dumps(row["outcome"]))}) for row in rows["runs"]]
    store.runs.queue([replace(run, status=Status(run.status)) for run in runs])
    store.curves.add(Point(0, run, name, step, value, 0.0) for run, name, step, value in rows["points"])
    store.curves.write_samples(Sample(*row) for row in rows["samples"])
    return store


if __name__ == "__main__":
    with Store(find_home()) as opened:
        print(f"{record(opened, sys.argv[1])} runs recorded in {FILE}")
