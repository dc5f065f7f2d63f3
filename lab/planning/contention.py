"""How much of a core a worker gets now, beside all else that runs on this machine.

It is measured: a load average counts what waits and what is of low priority as if it computed. One look may fall on a
moment in which a page is being drawn, so the middle one of the latest counts, of two the better.
"""

import hashlib
import threading
import time
from collections import deque
from statistics import median_low

from lab.machine import gpu

SECONDS, LONGEST = 0.03, 0.4
"""So much of a core is asked for, at most so long: where many share it, slices of the scheduler's are far between."""
APART, KEPT, MOST = 3.0, 120.0, 5
"""Seconds between two looks, seconds for which one counts, and how many count."""
PIECE = bytes(1 << 18)


class Contention:
    """The latest looks at the machine."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque(maxlen=MOST)
        self._lock = threading.Lock()

    def slowdown(self, workers: int) -> float:
        """How much longer than on idle cores so many workers of one thread take now."""
        with self._lock:
            now = time.monotonic()
            if not self._seen or now - self._seen[-1][0] > APART:
                self._seen.append((now, look(workers)))
            return median_low([value for at, value in self._seen if now - at < KEPT] or [self._seen[-1][1]])


HERE = Contention()


def slowdown(workers: int) -> float:
    """How much longer than on idle cores so many workers of one thread take now; 1 on an idle machine and on a GPU."""
    return 1.0 if gpu() else HERE.slowdown(workers)


def look(workers: int) -> float:
    """The same, by this moment alone."""
    taken: list[tuple[float, float]] = []
    threads = [threading.Thread(target=_compute, args=(taken,), daemon=True) for _ in range(workers)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    had = sum(computed for _, computed in taken)
    return max(1.0, sum(seconds for seconds, _ in taken) / max(had, 1e-3))


def _compute(taken: list[tuple[float, float]]) -> None:
    """Compute for a moment, and add its seconds and those of a core that were had in it; hashing leaves the interpreter
    to others."""
    began, before = time.perf_counter(), time.thread_time()
    while time.thread_time() - before < SECONDS and time.perf_counter() - began < LONGEST:
        hashlib.sha256(PIECE)
    taken.append((time.perf_counter() - began, time.thread_time() - before))
