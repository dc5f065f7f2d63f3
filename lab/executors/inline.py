"""The executor that carries runs out in this very process, one after the other: for notebooks, debuggers and systems
that can't fork. It takes longer to start (the libraries are imported here) and goes down with what it trains.
"""

import contextlib
import threading
from collections.abc import Sequence

from lab.card import ExecutorCard, Text
from lab.executors.worker import finish_run
from lab.home import Home
from lab.machine import slots_here
from lab.store import Store

CARD = ExecutorCard(
    id="inline",
    name=Text("In this process", "当前进程"),
    explain=Text(
        "Runs are carried out one after the other in the process that asks: for notebooks and debuggers.",
        "在发起的进程里逐个执行:适合笔记本和调试器。",
    ),
)


class Inline:
    """Carries out the queued runs in `only` and is over; same calls as `Supervisor`."""

    supervising = True

    def __init__(self, home: Home, only: Sequence[str] | None):
        self.home, self.only = home, list(only or ())
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._live, name="inline", daemon=True)

    def start(self) -> "Inline":
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop after the current step, with a checkpoint."""
        self._leaving.set()
        self._thread.join()

    def join(self) -> None:
        """Wait until all its runs are over."""
        self._thread.join()

    def _live(self) -> None:
        threads = slots_here().threads
        with Store(self.home) as store:
            while not self._leaving.is_set() and (run := store.runs.claim(self.home.machine, self.only)):
                log = self.home.run(run.id).log
                log.parent.mkdir(parents=True, exist_ok=True)
                with log.open("a", buffering=1) as file, contextlib.redirect_stdout(file):
                    finish_run(store, run.id, None, threads, self._leaving.is_set)


def make(home: Home, only: Sequence[str] | None) -> Inline:
    """An executor of these runs in this process, not started yet."""
    return Inline(home, only)
