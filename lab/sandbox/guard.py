"""Who has a look done: in a fork of this very process where it has one thread, else by a warm helper."""

import contextlib
import os
import pickle
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from lab.errors import DataError
from lab.limits import AT_ONCE, MEGABYTE, READING, Limits
from lab.sandbox.helper import Helper, HelperLost
from lab.sandbox.job import WALL, Answer, Ending, Job, look
from lab.visitors import Visitor, acting, current
from lab.visitors.tokens import forget_token

Value = TypeVar("Value")
_inside = False
"""Whether this process is a look itself, or a worker, which has read nothing that was not looked at before."""


class Helpers:
    """The helpers of this process: started when they are needed, kept for the next job, so many at once."""

    def __init__(self, most: int = AT_ONCE):
        self._places = threading.BoundedSemaphore(most)
        self._idle: list[Helper] = []
        self._lock = threading.Lock()
        self._pid = os.getpid()

    def ask(self, job: Job) -> tuple[Ending, bytes]:
        """The ending and the pickled answer of a job; raises HelperLost."""
        if not self._places.acquire(timeout=WALL * job.limits.seconds):
            raise HelperLost("all of them were busy")
        try:
            helper = self._take()
            found = helper.ask(job)  # one that is lost is not put back
            with self._lock:
                self._idle.append(helper)
            return found
        finally:
            self._places.release()

    def warm_up(self) -> None:
        """Have one ready."""
        helper = self._take()
        with self._lock:
            self._idle.append(helper)

    def _take(self) -> Helper:
        with self._lock:
            if self._pid != os.getpid():  # after a fork they are the parent's
                self._idle, self._pid = [], os.getpid()
            while self._idle:
                if (helper := self._idle.pop()).alive:
                    return helper
        return Helper()


HELPERS = Helpers()


def guarded(
    function: Callable[..., Value], *arguments: Any, where: str, limits: Limits = READING, needs: tuple[str, ...] = ()
) -> Value:
    """What a function of a module gives back, called in a process with limits; `where` names what it looks at.
    `needs` are libraries that it imports, which a helper keeps.

    Raises the LabError it raises, and DataError where a limit is met or that process fails.
    """
    if _inside:
        return function(*arguments)
    me, environment = current(), dict(os.environ)
    if not me.owns_lab:
        forget_token(environment)
    job = Job(_as_insider, (me, function, *arguments), limits, environment, str(Path.cwd()), needs)
    try:
        ending, data = _forked(job) if not needs and _has_one_thread() else HELPERS.ask(job)
    except HelperLost:
        ending, data = Ending.DIED, b""
    if ending is not Ending.DONE:
        raise _refusal(ending, limits, where)
    answer: Answer = pickle.loads(data)
    if answer.problem:
        raise answer.problem
    if answer.fault:
        raise DataError(f"it can't be read ({answer.fault[:200]})", where=where,
                        do="check that it is the file you mean; it is not of a kind that was thought of.")  # fmt: skip
    found: Value = answer.value
    return found


def look_here() -> None:
    """From now on this process looks itself: a worker, which is one of its own and was given what was looked at."""
    global _inside
    _inside = True


def warm_up() -> None:
    """Start a helper ahead of its first job."""
    HELPERS.warm_up()


def _as_insider(visitor: Visitor, function: Callable[..., Value], *arguments: Any) -> Value:
    look_here()
    if not visitor.owns_lab:
        forget_token(os.environ)
    with acting(visitor):
        return function(*arguments)


def _forked(job: Job) -> tuple[Ending, bytes]:
    pieces: list[bytes] = []
    ending = look(job, pieces.append)
    return ending, b"".join(pieces)


def _has_one_thread() -> bool:
    """Whether a fork of this process is safe: no thread of it, of a library's neither, can hold a lock."""
    with contextlib.suppress(OSError):
        return len(list(Path("/proc/self/task").iterdir())) == 1
    return False


def _refusal(ending: Ending, limits: Limits, where: str) -> DataError:
    """What is said where a look did not come to its end."""
    cut = "cut it, for instance with `head -n 100000`, or write it in a plainer way."
    if ending is Ending.TIME:
        return DataError(f"reading it takes longer than {limits.seconds:.0f} seconds", where=where, do=cut)
    if ending is Ending.MEMORY:
        most = limits.memory // MEGABYTE
        return DataError(f"reading it takes more than {most:,} MB of memory", where=where, do=cut)
    if ending is Ending.ANSWER:
        most = limits.answer // MEGABYTE
        return DataError(f"its rows take more than {most:,} MB", where=where, do=cut)
    return DataError("the process that read it died, perhaps because memory ran out", where=where,
                     do="try again; if it dies again, cut the file.")  # fmt: skip
