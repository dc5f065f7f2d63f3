"""Runs and comparisons out of the page and into it: runs as scripts, comparisons as bundles, bundles brought in.

A file is kept until it has been sent; what nobody fetched goes when the next one is made. A script is written by a
process of its own, since the page's loads no torch.
"""

import asyncio
import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from starlette.background import BackgroundTask
from starlette.requests import Request as HttpRequest
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from lab.api import Lab
from lab.errors import LabError, RunError
from lab.store import Run
from lab.store.access import check_may_change
from lab.ui.component import ONE_RUN, Request, endpoint
from lab.ui.uploads import Uploaded, received
from lab.visitors.tokens import environment_of_children

ADDRESS = "give"
SECONDS = 600
"""What is not written within ten minutes is too large for the page."""
FORMS = ("script", "bundle")
_one_at_a_time = threading.Lock()


class Wanted(Request):
    """A run and what it is wanted as: a script, or its whole comparison as a bundle, with weights or without."""

    run: str = Field(pattern=ONE_RUN)
    form: Literal["script", "bundle"]
    weights: bool = False


class Given(Uploaded):
    """A bundle that was sent."""


class Giving:
    """The endpoints, and the route that sends what was made."""

    def __init__(self, lab: Lab):
        self._lab, self._home, self._store = lab, lab.home, lab.store

    @endpoint(Wanted)
    def give(self, asked: Wanted) -> dict[str, Any]:
        """Write what is wanted, and tell where it can be fetched."""
        runs = self._runs(asked.run, asked.form)
        if not _one_at_a_time.acquire(blocking=False):
            raise RunError("something else is being written", do="try again in a minute.")
        try:
            file = self._file(runs[0], asked.form)
            shutil.rmtree(file.parent, ignore_errors=True)
            file.parent.mkdir(parents=True)
            told = self._bundle(runs, file, asked.weights) if asked.form == "bundle" else self._script(runs[0], file)
            return told | {"url": f"{ADDRESS}/{runs[0].id}/{asked.form}.zip", "bytes": file.stat().st_size}
        finally:
            _one_at_a_time.release()

    @endpoint(Given)
    def bring_in(self, asked: Given) -> dict[str, Any]:
        """Take a bundle in; only the lab's owner may."""
        found = self._lab.import_bundle(received(asked))
        return {
            "comparison": found.comparison, "name": found.name, "runs": len(found.runs), "ratings": found.ratings,
            "weights": len(found.weights), "lab": found.origin.lab, "by": found.origin.by,
        }  # fmt: skip

    def routes(self) -> list[Route]:
        return [Route(f"/{ADDRESS}/{{run}}/{{form}}.zip", self.send, methods=["GET"])]

    async def send(self, request: HttpRequest) -> Response:
        """The file, which is deleted when it has been sent."""
        run, form = request.path_params["run"], request.path_params["form"]
        gone = PlainTextResponse("There is no such file any more: make it again.\n", 404)
        if form not in FORMS:
            return gone
        try:
            found = await asyncio.to_thread(self._runs, run, form)
        except LabError as problem:
            return PlainTextResponse(f"{problem.what}\n", 404)
        file = self._file(found[0], form)
        if not file.exists():
            return gone
        name = f"{found[0].comparison if form == 'bundle' else found[0].id}-{form}.zip"
        return FileResponse(file, filename=name, media_type="application/zip",
                            background=BackgroundTask(file.unlink, missing_ok=True))  # fmt: skip

    def _runs(self, run: str, form: str) -> list[Run]:
        """The runs that would leave the lab, the asked one first; raises RunError where one is somebody else's."""
        first = self._store.runs.get(run)
        every = self._store.runs.all(comparison=first.comparison) if form == "bundle" else []
        runs = [first, *(one for one in every if one.id != first.id)]
        for one in runs:
            check_may_change(one)
        return runs

    def _bundle(self, runs: list[Run], file: Path, weights: bool) -> dict[str, Any]:
        made = self._lab.bundle(runs[0], file, weights=weights)
        return {"runs": made.runs, "ratings": made.ratings, "weights": len(made.weights)}

    def _script(self, run: Run, file: Path) -> dict[str, Any]:
        folder = file.with_suffix("")
        told = self._exported(run, folder)
        shutil.make_archive(str(folder), "zip", folder)
        shutil.rmtree(folder)
        return {name: told[name] for name in ("lines", "rows", "held_out", "notes")}

    def _exported(self, run: Run, folder: Path) -> dict[str, Any]:
        """What `lab export` says of a script; raises RunError with its sentence."""
        command = [sys.executable, "-m", "lab.cli", "export", run.id, "--as", "script", "-o", str(folder), "--json"]
        environment = environment_of_children() | {"LAB_HOME": str(self._home.root), "OMP_NUM_THREADS": "1"}
        try:
            ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, env=environment)
        except subprocess.TimeoutExpired:
            raise RunError("it took longer than ten minutes", do="use `lab export` in a terminal.") from None
        if ended.returncode:
            lines = [line for line in ended.stderr.splitlines() if line.startswith("error: ")]
            said = lines[-1].removeprefix("error: ") if lines else "it could not be written"
            raise RunError(said.removeprefix(f"{folder}: "))
        found: dict[str, Any] = json.loads(ended.stdout[ended.stdout.index("{") :])
        return found

    def _file(self, run: Run, form: str) -> Path:
        return self._home.cache / ADDRESS / f"{run.id}-{form}.zip"
