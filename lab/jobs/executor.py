"""Which executor carries runs out, by name: warm processes, this process, or (once it is there) a Ray cluster."""

from collections.abc import Sequence
from typing import Protocol

from lab.errors import RunError, nearest
from lab.home import Home
from lab.jobs.inline import Inline
from lab.jobs.supervisor import Supervisor

NAMES = ("warm", "inline")


class Executor(Protocol):
    """Carries out queued runs from `start` to `stop`, in the background."""

    @property
    def supervising(self) -> bool:
        """False while another process carries out the runs of this home."""
        ...

    def start(self) -> "Executor": ...

    def stop(self) -> None:
        """Stop; running runs leave a checkpoint and become interrupted."""
        ...


def check_executor(name: str) -> None:
    """Raise RunError for a name that is no executor."""
    if name == "ray":
        raise RunError("executor 'ray' is not part of the lab yet", where="--executor", do="take 'warm' or 'inline'.")
    if name not in NAMES:
        raise RunError(f"there is no executor '{name}'", where="--executor", do=nearest(name, NAMES))


def make_executor(name: str, home: Home, only: Sequence[str]) -> Executor:
    """An executor for these runs of `home`, not started yet; raises RunError."""
    check_executor(name)
    return Inline(home, only) if name == "inline" else Supervisor(home, only=only)
