"""The executors of other machines that a lab's queue asks for: each is started when the first run asks for it.

The page's supervisor carries out what is for this machine; these work beside it, each with a lock of its own.
"""

import logging
import threading

from lab.card import find_cards
from lab.errors import LabError
from lab.executors.choice import carried_elsewhere
from lab.extension_points import Executor
from lab.home import Home
from lab.store import Store

logger = logging.getLogger(__name__)


class Elsewhere:
    """Started ones by name; `wake` looks into the queue, `stop` ends them all."""

    def __init__(self, home: Home, store: Store):
        self._home, self._store = home, store
        self._made: dict[str, Executor] = {}
        self._lock = threading.Lock()

    def wake(self) -> None:
        """Start what queued runs ask for and is not there; what can't be started is told in the log."""
        waiting = self._store.runs.some(self._store.runs.waiting())
        with self._lock:
            for name in dict.fromkeys(map(carried_elsewhere, waiting.values())):
                if name is None or name in self._made:
                    continue
                try:
                    self._made[name] = find_cards("lab.executors")[name].make(self._home, None).start()
                except LabError as problem:
                    logger.warning("runs that are for '%s' wait: %s", name, problem)

    def stop(self) -> None:
        with self._lock:
            for executor in self._made.values():
                executor.stop()
            self._made.clear()
