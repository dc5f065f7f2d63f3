"""How much memory a run took beyond the libraries it shares with every other worker."""

import threading
from pathlib import Path

STATUS = Path("/proc/self/status")
LOOK_SECONDS = 0.02


class PeakMemory:
    """Peak bytes since it was made: what the process took on top of what it had, plus the base it inherited.

    A worker forked from the fork server starts with libraries and base in memory; `inherited` is the size of that base,
    which counts as the run's own although it is shared while it is only read. Only memory of the process's own counts
    (RssAnon): pages of library files are mapped as they are used. The kernel keeps no peak of it, so a thread looks
    fifty times a second.
    """

    def __init__(self, inherited: int):
        import torch

        self._cuda = torch.cuda.is_available()
        if self._cuda:
            torch.cuda.reset_peak_memory_stats()
        self._start = _own_bytes() - inherited
        self._peak = 0
        self._over = threading.Event()
        threading.Thread(target=self._watch, name="memory", daemon=True).start()

    def bytes(self) -> int | None:
        """The peak so far; on a GPU its memory instead; None where the system can't tell."""
        if self._cuda:
            import torch

            return torch.cuda.max_memory_allocated()
        self._look()
        return max(0, self._peak - self._start) if self._peak else None

    def close(self) -> None:
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            self._look()

    def _look(self) -> None:
        self._peak = max(self._peak, _own_bytes())


def _own_bytes() -> int:
    """The process's own memory, 0 where the system does not tell."""
    try:
        lines = STATUS.read_text().splitlines()
    except OSError:
        return 0
    found = [line for line in lines if line.startswith("RssAnon:")]
    return int(found[0].split()[1]) * 1024 if found else 0
