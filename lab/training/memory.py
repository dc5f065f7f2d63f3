"""How much memory a run took beyond the libraries it shares with every other worker."""

import contextlib
from pathlib import Path

STATUS = Path("/proc/self/status")


class PeakMemory:
    """Peak bytes since it was made: everything the process took on top of what it had, plus the base it inherited.

    A worker forked from the zygote starts with the libraries and the base mapped; `inherited` is the size of that base,
    which counts as the run's own although it is shared while it is only read.
    """

    def __init__(self, inherited: int):
        import torch

        self._cuda = torch.cuda.is_available()
        if self._cuda:
            torch.cuda.reset_peak_memory_stats()
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")  # the kernel forgets the peak so far
        self._start = _read("VmRSS") - inherited

    def bytes(self) -> int | None:
        """The peak so far; on a GPU its memory instead; None where the system can't tell."""
        if self._cuda:
            import torch

            return torch.cuda.max_memory_allocated()
        peak = _read("VmHWM")
        return max(0, peak - self._start) if peak else None


def _read(field: str) -> int:
    """A figure of /proc/self/status in bytes, 0 where there is none."""
    try:
        lines = STATUS.read_text().splitlines()
    except OSError:
        return 0
    found = [line for line in lines if line.startswith(f"{field}:")]
    return int(found[0].split()[1]) * 1024 if found else 0
