"""The Runs tab: every run, a run's own page, and what can be done with it: resume, delete, start from it."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from lab.api import Lab
from lab.disk import run_bytes
from lab.evaluate.graded import PASS
from lab.model_export.record import exports_of
from lab.store import Mark, Run
from lab.store.access import may_change
from lab.ui.comparisons import Comparisons
from lab.ui.component import ONE_RUN, Request, component, endpoint, endpoints_of
from lab.ui.exports import Exports
from lab.ui.forks import Forks
from lab.ui.giving import Giving
from lab.ui.keeping import Keeping
from lab.ui.run_details import COMPARING, RunDetails
from lab.ui.run_view import RunView, run_json
from lab.ui.take_home import TakeHome
from lab.ui.upkeep import build_table
from lab.visitors import current

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
    endpoints = endpoints_of(Runs(lab), "list_runs", "details", "delete")
    endpoints += endpoints_of(Comparisons(lab), "list_comparisons", "thumbnails")
    endpoints += endpoints_of(Keeping(lab), "mark", "rename", "removal", "remove", "diff")
    endpoints += endpoints_of(Forks(lab), "resume", "fork_form", "fork")
    details = endpoints_of(RunDetails(lab.store), "moved", "settings", "pictures", *COMPARING)
    details += endpoints_of(Exports(lab.store), "export")
    details += endpoints_of(TakeHome(lab), "take_home") + endpoints_of(Giving(lab), "give", "bring_in")
    component("runs", endpoints + endpoints_of(watching, "watch", "stop") + details)
    build_table(lab)


class Runs:
    """The endpoints of the tab."""

    def __init__(self, lab: Lab):
        self._lab, self._home, self._store = lab, lab.home, lab.store

    @endpoint(Nothing)
    def list_runs(self, _asked: Nothing) -> dict[str, Any]:
        """All runs, newest first; beyond a thousand the oldest are left out."""
        newest = list(reversed(self._store.runs.all(newest=MOST_RUNS)))
        labels, marks = self._store.runs.labels([run.id for run in newest]), self._store.marks.all()
        shown = [run_json(run, labels[run.id].place) | self._kept(run, marks) for run in newest if run.id in labels]
        return {"runs": shown, "owner": current().owns_lab}

    @endpoint(One)
    def details(self, asked: One) -> dict[str, Any]:
        """What a run's page shows beside its curves: recipe and log."""
        run = self._store.runs.get(asked.run)
        mine = may_change(run)  # a log names folders of this machine
        return {
            "recipe": run.recipe, "log": self._log(run) if mine else "",
            "environment": run.outcome.environment if mine else {},
            "tries": {
                name: (one.before, one.after) for name, one in run.outcome.metrics.items() if name.startswith(PASS)
            },
            "exports": exports_of(run.id, self._home),
        }  # fmt: skip

    @endpoint(One)
    def delete(self, asked: One) -> dict[str, Any]:
        """Delete a run with its files."""
        self._lab.delete(asked.run)
        return {}

    def _kept(self, run: Run, marks: Mapping[str, Mark]) -> dict[str, Any]:
        """What people keep with a run, and the bytes it takes."""
        return vars(marks.get(run.id, Mark())) | {"disk": run_bytes(self._home, run.id).total}

    def _log(self, run: Run) -> str:
        """The end of a run's log."""
        file = self._home.run(run.id).log
        if not file.exists():
            return ""
        with file.open("rb") as log:
            log.seek(max(0, file.stat().st_size - LOG_BYTES))
            return "\n".join(log.read().decode("utf-8", "replace").splitlines()[-LOG_LINES:])
