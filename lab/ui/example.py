"""Finished comparisons to look at before one has trained anything: recorded from real runs, and shown as examples.

They lie in assets as plain rows and are read into databases in memory, so that all that shows runs shows them too. To
record another: `python -m lab.ui.example COMPARISON`, with the id of a finished one (it is in the page's address); with
`overfitting` behind it, the one that the guided tour shows in that tab.
"""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from lab.home import ASSETS, Home, find_home
from lab.store import Outcome, Point, Run, Sample, Status, Store

FILE = ASSETS / "example.json"
OVERFITTING = ASSETS / "overfitting.json"
BEGUN = (Status.RUNNING, Status.DONE)
NAME = "example"
"""Begins the ids in it; other ids are hexadecimal, so that none can be the same."""
HEART = "exampleheart"
"""The same of the comparison that overfits."""


class Example:
    """The recorded comparisons; `store_for` says where to look for what was asked."""

    def __init__(self, own: Store, file: Path = FILE, heart: Path = OVERFITTING):
        self._own = own
        files = {HEART: heart, NAME: file}  # the longer name first: it begins like the other
        self._recorded = {name: _read(own.home, one) for name, one in files.items() if one.exists()}

    def store_for(self, asked: str | None) -> Store:
        """The store that holds a run or comparison; for None, the example's only while nothing has begun here."""
        if asked is None:
            begun = self._own.runs.newest_comparison(BEGUN) is not None
            return self._own if begun else self._recorded.get(NAME, self._own)
        return next((store for name, store in self._recorded.items() if asked.startswith(name)), self._own)


def record(store: Store, comparison: str, file: Path = FILE, name: str = NAME) -> int:
    """Write the runs of a comparison with their curves and samples into `file`, under ids that begin with `name`;
    returns how many there are."""
    runs = store.runs.all(comparison=comparison)
    ids = {run.id: f"{name}{number}" for number, run in enumerate(runs, start=1)}
    curves = [[ids[one.run], one.name, one.step, float(f"{one.value:.5g}")] for one in store.curves.newer(ids)]
    said = sorted([ids[one.run], one.step, one.position, one.prompt, one.answer] for one in store.curves.samples(ids))
    rows = {
        "runs": [asdict(_anonymous(run, ids[run.id], f"{name}0")) for run in runs],
        "points": curves,
        "samples": said,
    }
    file.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    return len(runs)


def _anonymous(run: Run, name: str, comparison: str) -> Run:
    """A run without what only concerns the machine it was recorded on."""
    kept = {key: value for key, value in run.outcome.environment.items() if key not in ("system",)}
    outcome = replace(run.outcome, environment=kept)
    return replace(run, id=name, comparison=comparison, pid=None, machine=None, parent=None, outcome=outcome)


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
        place, begins = (OVERFITTING, HEART) if sys.argv[2:] == ["overfitting"] else (FILE, NAME)
        print(f"{record(opened, sys.argv[1], place, begins)} runs recorded in {place}")
