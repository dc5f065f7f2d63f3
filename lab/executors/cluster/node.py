"""A run on a node of the cluster: the same worker code as at home, with the lab's own store, and its folder or a copy.

Ray starts a process for each run, which ends with it. What it returns is how the run ended; closing it is for the lab,
which has the run's files by then.
"""

import contextlib
import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import lab
from lab.errors import LabError, RunError, in_words
from lab.executors.cluster.files import RunFiles
from lab.executors.endings import Ending
from lab.executors.worker import train_claimed, write_into_log
from lab.home import Home
from lab.sandbox import look_here
from lab.store import Status, Store
from lab.visitors.tokens import forget_token

HOME = "LAB_NODE_HOME"
"""Of a node: where it keeps the runs it carries out, where it does not share the lab's folder."""
FENCE_SECONDS = 1.0


@dataclass(frozen=True)
class Job:
    """All that a node has to know of a claimed run; `started` tells this attempt from the next one."""

    run: str
    started: float
    root: str
    lab_id: str
    version: str = lab.__version__
    weights: str | None = None
    threads: int = 1
    environment: Mapping[str, str] = field(default_factory=dict)
    told: str = ""
    """What happened to the attempt before, for the run's log."""


def carry_out(job: Job) -> Ending:
    """Carry a run out on this node; raises LabError where that can't begin here."""
    os.environ.update(job.environment)
    import ray

    node = f"{socket.gethostname()} ({ray.get_runtime_context().get_node_id()[:8]})"
    if job.version != lab.__version__:
        raise RunError(f"node {node} has Parrot Lab {lab.__version__}, and this lab is {job.version}",
                       do="install the same version on all nodes.")  # fmt: skip
    home = node_home(job, node)
    files = RunFiles(job.weights, home, job.run) if job.weights else None
    try:
        with Store(home) as store:
            if files:
                files.bring()
            write_into_log(home, job.run)
            look_here()
            if job.told:
                print(job.told, flush=True)
            print(f"carried out on node {node}", flush=True)
            if store.runs.get(job.run).visitor is not None:
                forget_token(os.environ)
            store.runs.started_by(job.run, os.getpid())
            fence = Fence(store, job)
            with files.kept_up(fence) if files else contextlib.nullcontext():
                return train_claimed(store, job.run, None, job.threads, fence)
    except OSError as problem:
        raise in_words(problem) from None


def node_home(job: Job, node: str) -> Home:
    """The lab's own folder where this node sees it; one of the node's where weights are copied. Raises RunError."""
    if job.weights:
        kept = os.environ.get(HOME) or Path.home() / ".cache" / "parrot-lab"
        return Home(Path(kept) / job.lab_id)
    try:
        same = (Path(job.root) / "home-id").read_text() == job.lab_id
    except OSError:
        same = False
    if not same:
        raise RunError(f"node {node} does not see the lab's folder {job.root}", where="LAB_WEIGHTS",
                       do="share it (NFS, at the same path), or set LAB_WEIGHTS=s3://… for copies.")  # fmt: skip
    return Home(Path(job.root))


class Fence:
    """True once this attempt is not the one that counts any more: the lab took this node for lost, and the run goes on
    elsewhere, or it was closed."""

    def __init__(self, store: Store, job: Job):
        self._store, self._job, self._next, self._over = store, job, 0.0, False

    def __call__(self) -> bool:
        if not self._over and time.monotonic() >= self._next:
            self._next = time.monotonic() + FENCE_SECONDS
            try:
                run = self._store.runs.get(self._job.run)
                self._over = run.status is not Status.RUNNING or run.started != self._job.started
            except RunError:
                self._over = True  # it was deleted
            except LabError:
                pass  # a database that is away for a moment
        return self._over
