"""The default executor: worker processes forked from one that has the libraries and base models loaded."""

from collections.abc import Sequence

from lab.card import ExecutorCard, Text
from lab.executors.processes.supervisor import Supervisor
from lab.home import Home

CARD = ExecutorCard(
    id="warm",
    name=Text("Warm workers", "预热的工作进程"),
    explain=Text(
        "Each run has a process of its own, forked from one that has loaded the libraries and the base: it starts in "
        "under a second, and what happens to it happens to no other.",
        "每次运行都在自己的进程里,由已加载好库和基座模型的进程派生:不到一秒就能开始,出了问题也不影响其他运行。",
    ),
)


def make(home: Home, only: Sequence[str] | None) -> Supervisor:
    """A supervisor for these runs, not started yet."""
    return Supervisor(home, only=only)
