"""What a run asks of a queue of jobs, by its estimate: processors, memory, GPUs, and the time it may take."""

import math
import os
from dataclasses import dataclass

from lab.errors import RunError
from lab.executors.processes.group import wanted_processes
from lab.home import Home
from lab.limits import setting
from lab.planning.estimate import expected_memory
from lab.store import Run

AMPLE = 3.0
"""Times the estimated seconds that a job may take: an estimate is of this machine, and a job that is cut off costs more
than one that ends early."""
START_MINUTES = 10
UNKNOWN_MINUTES = 120
"""Where no time is estimated, unless LAB_JOB_MINUTES says otherwise."""
BESIDE = 3_000_000_000
"""Bytes for the libraries, which an estimate leaves out."""


@dataclass(frozen=True)
class Needs:
    """Of one job: `cpus` and `gpus` in all, gigabytes, minutes."""

    processes: int
    threads: int
    memory_gb: int
    gpus: int
    minutes: int

    @property
    def cpus(self) -> int:
        return self.processes * self.threads


def needs_of(run: Run, home: Home, gpus: int = 0) -> Needs:
    """What a run asks for, with so many GPUs for each of its processes. Raises RunError for a setting that is wrong."""
    processes, threads = wanted_processes(run), _threads()
    memory = (expected_memory(run.recipe, home) or 0) + BESIDE
    return Needs(processes, threads, math.ceil(processes * memory / 1e9), gpus * processes, _minutes(run))


def _minutes(run: Run) -> int:
    try:
        said = setting("job_minutes", 0)
    except ValueError as problem:
        raise RunError(str(problem), do="leave it out to have it set by the estimate.") from None
    expected = run.outcome.expected_seconds
    if said:
        return said
    return UNKNOWN_MINUTES if expected is None else START_MINUTES + math.ceil(AMPLE * expected / 60)


def _threads() -> int:
    said = os.environ.get("LAB_THREADS") or "1"
    if not said.isdigit() or int(said) < 1:
        raise RunError(f"LAB_THREADS={said} is no number of threads", do="set it to 1 or more.")
    return int(said)
