"""What this machine can carry: cores, memory, GPU, and from them how many workers at once with how many threads each.

Plain facts and arithmetic, without torch; `lab doctor` and the page show the same sentence.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lab.errors import RunError, shown

MOST_WORKERS = 4
MOST_THREADS = 4
GIGABYTE = 1024**3
WORKER_BYTES = int(0.7 * GIGABYTE)  # a small model in full training, beside the shared libraries and base


@dataclass(frozen=True)
class Machine:
    """Cores this process may use, bytes of memory free now, and the GPU's name if there is one."""

    cores: int
    free_bytes: int | None
    gpu: str | None


@dataclass(frozen=True)
class Slots:
    """How many workers run at once, and how many threads each computes with."""

    workers: int
    threads: int


def look() -> Machine:
    """The machine as it is now."""
    return Machine(cores(), free_memory(), gpu())


def cores() -> int:
    """Cores this process may use: its affinity, and less where a container's quota says so."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = _cgroup_cores()
    return max(1, min(allowed, round(quota))) if quota else allowed


def free_disk(folder: Path) -> int:
    """Bytes of its disk that may still be written; as good as endless where that can't be told."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return sys.maxsize


def free_memory() -> int | None:
    """Bytes that can be taken now without pushing others out; None where the system can't tell."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return None
    found = next((line for line in lines if line.startswith("MemAvailable:")), None)
    host = int(found.split()[1]) * 1024 if found else None
    limit, used = _cgroup("memory.max"), _cgroup("memory.current")
    if host is None or limit is None or used is None:
        return host
    return max(0, min(host, limit - used))


@cache
def gpu() -> str | None:
    """The first NVIDIA GPU's name, asked of its driver: asking torch would load it into this process."""
    if not (tool := shutil.which("nvidia-smi")):
        return None
    query = [tool, "--query-gpu=name,memory.total", "--format=csv,noheader"]
    try:
        answer = subprocess.run(query, capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = answer.stdout.strip().splitlines()
    return lines[0] if answer.returncode == 0 and lines else None


def slots(machine: Machine, asked_workers: str | None = None, asked_threads: str | None = None) -> Slots:
    """Workers at once and threads each: one worker a core up to four, as far as memory goes; they share the cores.

    Two workers with one thread finish sooner than one after the other with two (measured: 1.2 to 1.6 times), and on a
    busy machine a second thread of the same worker costs more than it brings. On a GPU the workers share it.
    """
    room = MOST_WORKERS if machine.free_bytes is None else max(1, machine.free_bytes // WORKER_BYTES)
    by_machine = min(machine.cores, MOST_WORKERS, room)
    workers = _whole(asked_workers, "LAB_WORKERS") or by_machine
    threads = _whole(asked_threads, "LAB_THREADS") or max(1, min(MOST_THREADS, machine.cores // workers))
    return Slots(workers, threads)


def inference_threads(count: int) -> int:
    """Threads for answers: half the cores, since several models answer at once and training may go on beside them.

    Measured on two cores, four answers by a small model: 0.4 s with one thread, 1.0 s with two.
    """
    return max(1, min(MOST_THREADS, count // 2))


def slots_here() -> Slots:
    """The slots of this machine, after LAB_WORKERS and LAB_THREADS."""
    return slots(look(), os.environ.get("LAB_WORKERS"), os.environ.get("LAB_THREADS"))


def describe() -> str:
    """One sentence for the user: what there is and how it is shared out."""
    machine, share = look(), slots_here()
    memory = f", {machine.free_bytes / GIGABYTE:.1f} GB of memory free" if machine.free_bytes is not None else ""
    device = machine.gpu or "no GPU"
    return (
        f"{_count(machine.cores, 'core')}{memory}, {device}: "
        f"{_count(share.workers, 'run')} at once with {_count(share.threads, 'thread')} each"
    )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _whole(text: str | None, name: str) -> int | None:
    """A positive whole number from an environment variable; None when it is not set."""
    if not text:
        return None
    if not text.isdigit() or int(text) < 1:
        raise RunError(f"{shown(text)} is not allowed", where=name, do="give a whole number from 1.")
    return int(text)


def _cgroup(name: str) -> int | None:
    """A figure of this container (cgroup version 2); None where there is no limit or no container."""
    try:
        text = Path("/sys/fs/cgroup", name).read_text().strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None


def _cgroup_cores() -> float | None:
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
    except (OSError, ValueError):
        return None
    return None if quota == "max" else int(quota) / int(period)
