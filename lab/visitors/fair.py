"""Fair use: what a limit says to whoever meets it, and counters of what went through within a minute or a day."""

import threading
import time
from collections import deque
from collections.abc import Callable

from lab.errors import LabError
from lab.limits import MEMBERS_GET, setting, share
from lab.visitors.visitor import Role, Visitor

DAY, MINUTE = 86_400.0, 60.0
MOST_KEYS = 20_000
"""Visitors that a counter remembers; past that the longest silent are forgotten."""


class LimitError(LabError):
    """A visitor's share is used up; the sentence says of what, and when there is more."""


def most_for(visitor: Visitor, name: str) -> int:
    """How much of something a visitor may have; 0 for no limit."""
    if visitor.owns_lab:
        return 0
    times = setting("members_get", MEMBERS_GET) if visitor.role is Role.MEMBER else 1
    return share(name).each * times


def check(visitor: Visitor, name: str, mine: float, all_: float, *, of: str, when: str) -> None:
    """Raise LimitError where `mine`, or `all_` together, would be more than the limit of that name.

    `of` is what is counted; `when` says when to come back.
    """
    if visitor.owns_lab:
        return
    most, in_all = most_for(visitor, name), share(name).all
    if most and mine > most:
        raise LimitError(f"that makes {mine:,.0f} {of} of yours, and each visitor may have {most:,}", do=when)
    if in_all and all_ > in_all:
        raise LimitError(f"that makes {all_:,.0f} {of} of all visitors, and they may have {in_all:,} together", do=when)


def in_about(seconds: float) -> str:
    """A time to wait, rounded up, in words."""
    if seconds < 100:
        return f"in {max(1, round(seconds + 0.5))} seconds"
    minutes = int(seconds // 60) + 1
    return f"in about {minutes} minutes" if minutes < 100 else f"in about {minutes // 60 + 1} hours"


class Window:
    """Counts what each visitor and all together used within the last so many seconds; in memory."""

    def __init__(self, name: str, seconds: float, of: str, clock: Callable[[], float] = time.monotonic):
        self._name, self._seconds, self._of, self._clock = name, seconds, of, clock
        self._used: dict[str, deque[tuple[float, float]]] = {}
        self._all: deque[tuple[float, float]] = deque()
        self._sums: dict[str, float] = {}
        self._lock = threading.Lock()

    def use(self, visitor: Visitor, amount: float = 1) -> None:
        """Count so much more; raises LimitError, and counts nothing, where it is too much."""
        if visitor.owns_lab:
            return
        with self._lock:
            now = self._clock()
            mine = self._used.setdefault(visitor.id, deque())
            self._forget(visitor.id, mine, now)
            self._forget("", self._all, now)
            sums = self._sums.get(visitor.id, 0) + amount, self._sums.get("", 0) + amount
            most = most_for(visitor, self._name)
            late = mine if most and sums[0] > most else self._all
            wait = late[0][0] + self._seconds - now if late else self._seconds
            check(visitor, self._name, *sums, of=self._of, when=f"come back {in_about(wait)}.")
            self._add(visitor.id, mine, now, amount)
            self._add("", self._all, now, amount)
            if len(self._used) > MOST_KEYS:
                silent = min(self._used, key=lambda key: self._used[key][-1][0] if self._used[key] else 0.0)
                self._sums.pop(silent, None)
                del self._used[silent]

    def _add(self, key: str, used: deque[tuple[float, float]], now: float, amount: float) -> None:
        """Uses of one moment are one entry, so that a minute has at most some hundred of them."""
        slot = self._seconds / 100
        if used and now - used[-1][0] < slot:
            used[-1] = (used[-1][0], used[-1][1] + amount)
        else:
            used.append((now, amount))
        self._sums[key] = self._sums.get(key, 0) + amount

    def _forget(self, key: str, used: deque[tuple[float, float]], now: float) -> None:
        while used and used[0][0] <= now - self._seconds:
            self._sums[key] -= used.popleft()[1]
