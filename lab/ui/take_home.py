"""A run's model from the page: written and checked by a process of its own, and sent as a zip file.

The file is kept until it has been sent; what nobody fetched goes when the next one is made.
"""

import asyncio
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
from lab.model_export.forms import FORMS, TYPES
from lab.model_export.record import exports_of
from lab.store.access import check_may_change
from lab.ui.component import ONE_RUN, Request, endpoint
from lab.visitors.tokens import environment_of_children

ADDRESS = "take_home"
SECONDS = 900
"""A model that is not written and checked within a quarter of an hour is too large for the page."""
NAMES = (*(form for form in FORMS if form != "gguf"), *(f"gguf_{type}" for type in TYPES))
_one_at_a_time = threading.Lock()


class Taken(Request):
    """A run, and the form its model is wanted in."""

    run: str = Field(pattern=ONE_RUN)
    form: Literal["merged", "adapter", "gguf"]
    type: Literal["f16", "q8_0"] = "f16"
    """Numbers of a GGUF file."""

    @property
    def name(self) -> str:
        """The form with its numbers, as `lab.model_export.record` calls it."""
        return f"{self.form}_{self.type}" if self.form == "gguf" else self.form


class TakeHome:
    """The endpoint that makes the file, and the route that sends it."""

    def __init__(self, lab: Lab):
        self._home, self._store = lab.home, lab.store

    @endpoint(Taken)
    def take_home(self, asked: Taken) -> dict[str, Any]:
        """Write a run's model, check it, and tell where it can be fetched and how well it agrees with the run."""
        check_may_change(self._store.runs.get(asked.run))
        if not _one_at_a_time.acquire(blocking=False):
            raise RunError("another model is being written", do="try again in a minute.")
        try:
            return self._make(asked)
        finally:
            _one_at_a_time.release()

    def routes(self) -> list[Route]:
        return [Route(f"/{ADDRESS}/{{run}}/{{form}}.zip", self.send, methods=["GET"])]

    async def send(self, request: HttpRequest) -> Response:
        """The file, which is deleted when it has been sent."""
        run, form = request.path_params["run"], request.path_params["form"]
        try:
            check_may_change(await asyncio.to_thread(self._store.runs.get, run))
        except LabError as problem:
            return PlainTextResponse(f"{problem.what}\n", 404)
        file = self._file(run, form)
        if form not in NAMES or not file.exists():
            return PlainTextResponse("There is no such file any more: make it again.\n", 404)
        gone = BackgroundTask(file.unlink, missing_ok=True)
        return FileResponse(file, filename=f"{run}-{form}.zip", media_type="application/zip", background=gone)

    def _make(self, asked: Taken) -> dict[str, Any]:
        file = self._file(asked.run, asked.name)
        shutil.rmtree(file.parent, ignore_errors=True)
        file.parent.mkdir(parents=True)
        folder = file.with_suffix("")
        self._write(asked, folder)
        shutil.make_archive(str(folder), "zip", folder)
        shutil.rmtree(folder)
        taken = next(one for one in exports_of(asked.run, self._home) if one["form"] == asked.name)
        return {"url": f"{ADDRESS}/{asked.run}/{asked.name}.zip", "bytes": file.stat().st_size, "taken": taken}

    def _write(self, asked: Taken, folder: Path) -> None:
        """Has `lab export` write it; raises RunError with its sentence."""
        kind = ["--type", asked.type] if asked.form == "gguf" else []
        export = ["export", asked.run, "--as", asked.form, *kind, "-o", str(folder), "--json"]
        command = [sys.executable, "-m", "lab.cli", *export]
        environment = environment_of_children() | {"LAB_HOME": str(self._home.root), "OMP_NUM_THREADS": "1"}
        try:
            ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, env=environment)
        except subprocess.TimeoutExpired:
            raise RunError("it took longer than a quarter of an hour", do="use `lab export` in a terminal.") from None
        if ended.returncode:
            lines = [line for line in ended.stderr.splitlines() if line.startswith("error: ")]
            said = lines[-1].removeprefix("error: ") if lines else "it could not be written"
            raise RunError(said.removeprefix(f"{folder}: "))

    def _file(self, run: str, form: str) -> Path:
        return self._home.cache / ADDRESS / f"{run}-{form}.zip"
