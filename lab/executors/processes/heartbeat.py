"""Whether a worker still lives: by its heartbeat, a file that it touches after each step, and the time it computes.

A worker that was stopped, or hangs in a driver, has neither. Nothing here ends one; that is the supervisor's.
"""

import contextlib
import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

SILENT_SECONDS = 30.0
"""Without a sign of life for so long a run says so."""
STOP_SECONDS = 8.0
"""After a request to stop, a worker that gives no sign of life for so long is killed."""
STUCK_SECONDS = 60.0
STUCK_STEPS = 5
"""One that computes but ends no step is killed after so many seconds, or so many times its longest step."""
TOUCH_SECONDS = 1.0


class Heart:
    """The worker's side: `beat()` after each step, written at most once a second."""

    def __init__(self, file: Path):
        self._file, self._next = file, 0.0

    def beat(self) -> None:
        if (now := time.monotonic()) >= self._next:
            self._next = now + TOUCH_SECONDS
            with contextlib.suppress(OSError):
                self._file.touch()

    def stop(self) -> None:
        """The work is done: nothing of it is left."""
        self._next = float("inf")
        with contextlib.suppress(OSError):
            self._file.unlink()


@dataclass
class Pulse:
    """The supervisor's side, of one worker: what was last seen of it, and when."""

    file: Path
    began: float = field(default_factory=time.monotonic)
    beat: float | None = None
    """When the file was last touched, by its own clock."""
    computed: float = 0.0
    last_beat: float = 0.0
    last_sign: float = 0.0
    longest: float = 0.0
    asked: float | None = None

    def __post_init__(self) -> None:
        self.last_beat = self.last_sign = self.began

    def feel(self, pid: int, now: float) -> None:
        """Look for signs of life."""
        beat, computed = _touched(self.file), cpu_seconds(pid)
        if beat is not None and beat != self.beat:
            self.longest = max(self.longest, now - self.last_beat if self.beat is not None else 0.0)
            self.beat, self.last_beat, self.last_sign = beat, now, now
        if computed > self.computed:
            self.computed, self.last_sign = computed, now

    def silent(self, now: float) -> float:
        """Seconds without a sign of life."""
        return now - self.last_sign

    def to_be_killed(self, asked: bool, now: float) -> bool:
        """Whether a worker that was asked to stop will not do so by itself."""
        if not asked:
            self.asked = None
            return False
        self.asked = now if self.asked is None else self.asked
        if min(now - self.asked, self.silent(now)) > STOP_SECONDS:
            return True
        return now - max(self.asked, self.last_beat) > max(STUCK_SECONDS, STUCK_STEPS * self.longest)


def cpu_seconds(pid: int) -> float:
    """The time that a process and those it started have computed so far; 0 where that can't be told."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return own + sum(cpu_seconds(child) for child in _children(pid))
    if Path("/proc/self").exists():
        return 0.0
    shown = subprocess.run(["ps", "-o", "time=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    with contextlib.suppress(ValueError):
        seconds = 0.0
        for part in shown.strip().replace("-", ":").split(":"):
            seconds = 60 * seconds + float(part)
        return seconds
    return 0.0


def _children(pid: int) -> list[int]:
    """The processes that a process has started (a run in several processes only waits for them)."""
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, file.read_text().split())
    return found


def _touched(file: Path) -> float | None:
    with contextlib.suppress(OSError):
        return file.stat().st_mtime
    return None
