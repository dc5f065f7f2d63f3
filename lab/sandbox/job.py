"""One look: a fork that calls a function under limits, watched until it is over. Linux and macOS; imports no library.

The fork is made in a process with a single thread, which is why a server with many of them has `helper` do it.
"""

import contextlib
import os
import pickle
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from lab.errors import LabError
from lab.limits import Limits

LOOK_SECONDS = 0.02
MEMORY_SECONDS = 0.02 if sys.platform == "linux" else 0.25
"""Between two looks at how much memory it has: it gets no more than some 100 MB over its limit meanwhile. Where
there is no /proc a program has to be asked."""
WALL = 4
"""Times the seconds of its processor that it may take by the clock."""
CHUNK = 2**20
PR_SET_PDEATHSIG = 1
STATM = "/proc/{}/statm"


class Ending(StrEnum):
    """How a look ended; the answer is whole only where it is done."""

    DONE = "done"
    TIME = "time"
    MEMORY = "memory"
    ANSWER = "answer"
    DIED = "died"
    LEFT = "left"
    """Nobody waits for the answer any more."""


@dataclass(frozen=True)
class Job:
    """A function of a module, called with these arguments."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    limits: Limits
    environment: dict[str, str]
    folder: str
    """Of who asks: a helper may have been started with others."""
    needs: tuple[str, ...] = ()
    """Libraries that a helper imports once for all such jobs, before it forks."""


@dataclass(frozen=True)
class Answer:
    """What the function gave back, or the LabError it raised; `fault` names what else went wrong in it."""

    value: Any = None
    problem: LabError | None = None
    fault: str = ""


def look(job: Job, pass_on: Callable[[bytes], None], left: Callable[[], bool] = lambda: False) -> Ending:
    """Do a job in a fork; its pickled `Answer` is passed on in pieces. `left()` ends it early."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _live(job, writing)
    os.close(writing)
    ending = None
    try:
        ending = _watch(pid, reading, job.limits, pass_on, left)
    finally:
        os.close(reading)
        if ending is not Ending.DONE:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    return ending if ending is not Ending.DONE else _by_status(os.waitstatus_to_exitcode(status))


def _by_status(code: int) -> Ending:
    if code == 0:
        return Ending.DONE
    return Ending.TIME if code == -signal.SIGXCPU else Ending.MEMORY if code == MEMORY_STATUS else Ending.DIED


def _watch(
    pid: int, reading: int, limits: Limits, pass_on: Callable[[bytes], None], left: Callable[[], bool]
) -> Ending:
    """Pass on what comes until it ends, or a limit is met."""
    until, most, sent = time.monotonic() + WALL * limits.seconds, memory_of(pid) + limits.memory, 0
    looked = 0.0
    while True:
        if select.select([reading], [], [], LOOK_SECONDS)[0]:
            chunk = os.read(reading, CHUNK)
            if not chunk:
                return Ending.DONE
            sent += len(chunk)
            if sent > limits.answer:
                return Ending.ANSWER
            pass_on(chunk)
        if (now := time.monotonic()) - looked < MEMORY_SECONDS:
            continue
        looked = now
        if now > until:
            return Ending.TIME
        if memory_of(pid) > most:
            return Ending.MEMORY
        if left():
            return Ending.LEFT


def memory_of(pid: int) -> int:
    """The bytes of memory that a process has for itself; 0 where that can't be told."""
    try:
        _, resident, shared, *_ = Path(STATM.format(pid)).read_text().split()
        return (int(resident) - int(shared)) * resource.getpagesize()
    except FileNotFoundError:
        return 0 if sys.platform == "linux" else _asked_of_ps(pid)
    except (OSError, ValueError):
        return 0


def _asked_of_ps(pid: int) -> int:
    import subprocess

    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return int(shown.stdout.strip() or 0) * 1024


MEMORY_STATUS = 3


def _live(job: Job, writing: int) -> None:
    """The fork's whole life: limits, the function, its answer; it never returns."""
    status = 1
    try:
        _become_child()
        os.environ.update(job.environment)
        os.chdir(job.folder)
        _set_limits(job.limits)
        answer = _called(job)
        with os.fdopen(writing, "wb", buffering=CHUNK, closefd=False) as out:
            pickle.dump(answer, out, protocol=pickle.HIGHEST_PROTOCOL)
        status = 0
    except MemoryError:
        status = MEMORY_STATUS
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(BaseException):
            sys.stderr.flush()
        os._exit(status)


def _called(job: Job) -> Answer:
    try:
        return Answer(job.function(*job.arguments))
    except LabError as problem:
        return Answer(problem=problem)
    except RecursionError:
        return Answer(fault="its brackets are nested too deep")
    except MemoryError:
        raise
    except Exception as fault:  # a parser met something nobody thought of: the log has where
        traceback.print_exc()
        return Answer(fault=f"{type(fault).__name__}: {fault}")


def _become_child() -> None:
    """Signals and streams of its own: what it prints goes to the log; gone when the process that forked it is."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _set_limits(limits: Limits) -> None:
    """The system's own limits, where it has them: macOS counts no memory, which the watcher does."""
    seconds = max(1, round(limits.seconds))
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        _limit(resource.RLIMIT_DATA, _data_bytes() + limits.memory + MAPPED)


MAPPED = 256 * 2**20
"""Bytes that allocators map and never touch, and the stacks of threads."""


def _data_bytes() -> int:
    """The bytes that count for RLIMIT_DATA by now."""
    with contextlib.suppress(OSError, ValueError):
        return int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
    return 0


def _limit(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (value, hard))
