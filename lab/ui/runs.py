"""The Runs tab: every run, a run's own page, and what can be done with it: resume, delete, start from it."""

from typing import Any

from pydantic import Field

from lab.api import Lab
from lab.evaluate.graded import PASS
from lab.store import Run
from lab.ui.component import ONE_RUN, Request, component, endpoint, endpoints_of
from lab.ui.run_details import RunDetails
from lab.ui.run_view import RunView, places, run_json

MOST_RUNS = 1000
LOG_BYTES = 16_000
LOG_LINES = 60


class Nothing(Request):
    """An endpoint that needs no question."""


class One(Request):
    """One run."""

    run: str = Field(pattern=ONE_RUN)


def build(lab: Lab) -> None:
    """Lay the tab out."""
    watching = RunView(lab.store)
    endpoints = endpoints_of(Runs(lab), "list_runs", "details", "resume", "delete")
    details = endpoints_of(RunDetails(lab.store), "moved", "settings", "pictures", "versus", "sweep")
    component("runs", endpoints + endpoints_of(watching, "watch", "stop") + details)


class Runs:
    """The endpoints of the tab."""

    def __init__(self, lab: Lab):
        self._lab, self._home, self._store = lab, lab.home, lab.store

    @endpoint(Nothing)
    def list_runs(self, _asked: Nothing) -> dict[str, Any]:
        """All runs, newest first; beyond a thousand the oldest are left out."""
        runs = self._store.runs.all()
        newest = list(reversed(runs))[:MOST_RUNS]
        return {"runs": [run_json(run, place) for run, place in zip(newest, places(newest, runs), strict=True)]}

    @endpoint(One)
    def details(self, asked: One) -> dict[str, Any]:
        """What a run's page shows beside its curves: recipe, log, where it came from and what came of it."""
        run = self._store.runs.get(asked.run)
        runs = self._store.runs.all()
        children = [other for other in runs if other.parent == run.id]
        return {
            "recipe": run.recipe, "log": self._log(run), "environment": run.outcome.environment,
            "ancestors": [_name(one) for one in _ancestors(run, {one.id: one for one in runs})],
            "children": [_name(child) for child in children],
            "tries": {
                name: (one.before, one.after) for name, one in run.outcome.metrics.items() if name.startswith(PASS)
            },
        }  # fmt: skip

    @endpoint(One)
    def resume(self, asked: One) -> dict[str, Any]:
        """Queue a run that stopped early again."""
        self._lab.resume(asked.run)
        return {}

    @endpoint(One)
    def delete(self, asked: One) -> dict[str, Any]:
        """Delete a run with its files."""
        self._lab.delete(asked.run)
        return {}

    def _log(self, run: Run) -> str:
        """The end of a run's log."""
        file = self._home.run(run.id).log
        if not file.exists():
            return ""
        with file.open("rb") as log:
            log.seek(max(0, file.stat().st_size - LOG_BYTES))
            return "\n".join(log.read().decode("utf-8", "replace").splitlines()[-LOG_LINES:])


def _ancestors(run: Run, known: dict[str, Run]) -> list[Run]:
    """The runs this one goes on from, the first one first."""
    line: list[Run] = []
    while run.parent and run.parent in known and len(line) < 50:
        run = known[run.parent]
        line.insert(0, run)
    return line


def _name(run: Run) -> dict[str, str]:
    return {"id": run.id, "name": run.name, "recipe": run.recipe_name}
