"""Turns: more workers live than may compute at once; visitors take turns, and of one's workers that wait the one
furthest behind is next.

So all variants of a comparison learn from the same share of their data one after the other, and their curves grow
together. The fork server has a Turnstile, each worker a Turn; between the two is a socket pair, whose end tells that a
worker is gone.
"""

import contextlib
import itertools
import select
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

CHUNK = 1 / 24
"""The share of a run's steps that it does in a turn."""
LOOK_SECONDS = 0.1
YOURS = b"."


@dataclass
class _Worker:
    """What the turnstile knows of a worker: when its comparison was made, how far it is, whether it waits."""

    comparison: float
    visitor: str = ""
    share: float = 0.0
    asked: int = 0
    waits: bool = False
    heard: bytes = b""


class Turnstile:
    """Lets so many workers compute at once: of the visitor who has least of the machine now and was served longest ago;
    of theirs earlier comparisons first, in them the run that is furthest behind."""

    def __init__(self, places: int = 1):
        self.places = places
        self._workers: dict[socket.socket, _Worker] = {}
        self._count = itertools.count()
        self._served: dict[str, int] = {}
        """Of each visitor the number of their last turn."""

    @property
    def connections(self) -> list[socket.socket]:
        """What to listen to; `hear` is to be called with one that has something to say."""
        return list(self._workers)

    def admit(self, comparison: float, visitor: str = "") -> socket.socket:
        """Take a worker in; returns the worker's end, which is to be closed here once it has been forked."""
        ours, theirs = socket.socketpair()
        self._workers[ours] = _Worker(comparison, visitor)
        return theirs

    def hear(self, connection: socket.socket) -> None:
        """Take in that a worker asks for its next turn, or is gone, and let the next ones compute."""
        said = b""
        with contextlib.suppress(ConnectionResetError):
            said = connection.recv(4096)
        if not said:
            gone = self._workers.pop(connection).visitor
            if all(worker.visitor != gone for worker in self._workers.values()):
                self._served.pop(gone, None)
            connection.close()
        else:
            worker = self._workers[connection]
            *lines, worker.heard = (worker.heard + said).split(b"\n")
            if lines:
                worker.share, worker.asked, worker.waits = float(lines[-1]), next(self._count), True
        self._call()

    def close(self) -> None:
        """Close this side of every connection, as a forked worker does."""
        for connection in self._workers:
            connection.close()

    def _call(self) -> None:
        """Tell the next ones that it is their turn; who does not wait computes."""
        computing = Counter(worker.visitor for worker in self._workers.values() if not worker.waits)
        while computing.total() < self.places:
            waiting = [one for one in self._workers.items() if one[1].waits]
            if not waiting:
                return
            connection, worker = min(waiting, key=lambda one: self._order(one[1], computing))
            worker.waits = False
            computing[worker.visitor] += 1
            self._served[worker.visitor] = next(self._count)
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # its end is heard next
                connection.send(YOURS)

    def _order(self, worker: _Worker, computing: Counter[str]) -> tuple[float, ...]:
        visitor = worker.visitor
        return (computing[visitor], self._served.get(visitor, -1), worker.comparison, worker.share, worker.asked)


class Turn:
    """A worker's side. Waiting ends early when `leave()` is true: the worker then goes on to its end without a turn."""

    def __init__(self, connection: socket.socket, leave: Callable[[], object], whole: bool = False):
        self._connection, self._leave, self._whole = connection, leave, whole
        self._since: float | None = None
        self.waited = self.waited_first = 0.0

    def __call__(self, share: float) -> None:
        """Called before a step with the share of the run that is done: waits where a chunk of it has been computed.

        With `whole` the first turn lasts until the worker ends.
        """
        if self._since is None or (not self._whole and share - self._since >= CHUNK):
            began, first = time.monotonic(), self._since is None
            self._since = share
            self._wait(share)
            self.waited += time.monotonic() - began
            self.waited_first = self.waited if first else self.waited_first

    def _wait(self, share: float) -> None:
        try:
            self._connection.sendall(f"{share:.6f}\n".encode())
            while not self._leave():
                if select.select([self._connection], [], [], LOOK_SECONDS)[0]:
                    self._connection.recv(1)
                    return
        except OSError:  # the fork server is gone, and has this worker end
            return
