"""For whoever operates a lab: `/health` (is it well) and `/metrics` (figures in Prometheus' text format).

Neither tells a name, a path or a word of what is in the lab. Where others use the lab, the figures are its owner's, and
whoever's who has the token that LAB_METRICS_TOKEN holds (`Authorization: Bearer …`); health is for all.
"""

import hmac
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from lab import __version__
from lab.api import Lab
from lab.disk import LITTLE_FREE, usage
from lab.errors import LabError
from lab.executors.processes.heartbeat import cpu_seconds
from lab.feedback.tally import tally_of
from lab.home import is_shared
from lab.machine import free_disk
from lab.store import Status
from lab.visitors import LOCAL, acting, current

Sample = tuple[dict[str, str], float]
BEGAN = time.time()
SPEED = "tokens_per_second"
DISK_SECONDS = 60.0
"""For so long what was found on the disk is told again."""
PREFIX = "parrot_lab_"


class Operating:
    """The two routes of one lab."""

    def __init__(self, lab: Lab):
        self._lab = lab
        self._disk: tuple[float, list[Sample]] = (float("-inf"), [])

    def routes(self) -> list[Route]:
        return [Route("/health", self.health, methods=["GET"]), Route("/metrics", self.metrics, methods=["GET"])]

    def health(self, _request: Request) -> Response:
        """200 where the lab can do what it is for, else 503; what is well and what is not."""
        found = {"database": self._database(), "supervisor": self._supervisor(), "disk": self._space()}
        well = all(state in ("ok", "nearly full", "starting", "another") for state in found.values())
        told = {"status": "ok" if well else "unwell", "version": __version__, **found}
        return JSONResponse(told, 200 if well else 503, {"cache-control": "no-store"})

    def metrics(self, request: Request) -> Response:
        """The figures, each with what it is."""
        if not _may_see(request.headers.get("authorization", "")):
            return PlainTextResponse("The figures of this lab need a token (LAB_METRICS_TOKEN).\n", 403)
        try:
            with acting(LOCAL):  # whoever may see them counts everybody's runs
                told = "".join(self._lines())
            return PlainTextResponse(told, media_type="text/plain; version=0.0.4")
        except LabError as problem:
            return PlainTextResponse(f"{problem.what}\n", 503)

    def _database(self) -> str:
        try:
            self._lab.store.ratings.newest()
        except LabError as problem:
            return problem.what
        return "ok"

    def _supervisor(self) -> str:
        """'another' where another process carries out the runs of this home."""
        supervisor = self._lab.supervisor
        if supervisor is None:
            return "ok"
        if not supervisor.alive:
            return "its thread has ended"
        if not supervisor.supervising:
            return "another"
        return "ok" if supervisor.server.ready else "starting"

    def _space(self) -> str:
        if self._lab.supervisor and self._lab.supervisor.held_up:
            return "full: queued runs wait"
        return "nearly full" if free_disk(self._lab.home.root) < LITTLE_FREE else "ok"

    def _lines(self) -> Iterator[str]:
        store = self._lab.store
        by_status = store.runs.count_by_status()
        yield from _metric("info", "gauge", "Which lab this is.", [({"version": __version__}, 1)])
        yield from _metric("uptime_seconds", "counter", "Since the page began.", [({}, time.time() - BEGAN)])
        yield from _metric("runs", "gauge", "Runs by status.",
                           [({"status": one.value}, by_status.get(one, 0)) for one in Status])  # fmt: skip
        yield from _metric("queue_length", "gauge", "Runs that wait.", [({}, by_status.get(Status.QUEUED, 0))])
        yield from _metric("runs_failed", "gauge", "Runs that failed.", [({}, by_status.get(Status.FAILED, 0))])
        going = [run.id for run in store.runs.all(statuses=[Status.RUNNING])]
        speed = sum(store.curves.last(going, SPEED).values())
        yield from _metric("tokens_per_second", "gauge", "Of all running runs, at their last step.", [({}, speed)])
        with tally_of(store).look() as tally:
            said = Counter[tuple[str, bool]]()
            for one in tally.counts():
                said[one.kind, one.scripted] += one.count
        yield from _metric("feedback", "gauge", "What stands of votes, thumbs and edits.", [
            ({"kind": kind, "scripted": str(scripted).lower()}, said[kind, scripted])
            for kind in ("vote", "thumb", "edit") for scripted in (False, True)
        ])  # fmt: skip
        yield from _metric("memory_bytes", "gauge", "Resident memory of the lab's processes.", self._memory())
        yield from _metric("cpu_seconds_total", "counter", "Of the web process.", [({}, cpu_seconds(os.getpid()))])
        yield from _metric("disk_bytes", "gauge", "What the home takes, by what it is for.", self._taken())
        yield from _metric("disk_free_bytes", "gauge", "Free on the home's disk.",
                           [({}, free_disk(self._lab.home.root))])  # fmt: skip

    def _memory(self) -> list[Sample]:
        server = self._lab.supervisor.server.pid if self._lab.supervisor else None
        pids = {"web": os.getpid(), "fork_server": server}
        return [({"process": name}, _resident(pid)) for name, pid in pids.items() if pid]

    def _taken(self) -> list[Sample]:
        if time.monotonic() - self._disk[0] > DISK_SECONDS:
            found = usage(self._lab.home)
            self._disk = (time.monotonic(), [({"kind": kind}, count) for kind, count in found.bytes.items()])
        return self._disk[1]


def _metric(name: str, kind: str, about: str, samples: Iterable[Sample]) -> Iterator[str]:
    """One figure in the text format: what it is, of which kind, and its values by label."""
    yield f"# HELP {PREFIX}{name} {about}\n# TYPE {PREFIX}{name} {kind}\n"
    for labels, value in samples:
        told = ",".join(f'{label}="{text}"' for label, text in labels.items())
        yield f"{PREFIX}{name}{{{told}}} {_number(value)}\n" if told else f"{PREFIX}{name} {_number(value)}\n"


def _number(value: Any) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _may_see(authorization: str) -> bool:
    token = os.environ.get("LAB_METRICS_TOKEN", "")
    if not token:
        return not is_shared() or (current().owns_lab and bool(current().id))
    return hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode())


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)
