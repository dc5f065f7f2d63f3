"""Turns: more workers live than may compute at once; visitors take turns, and of one's workers that wait the one
furthest behind is next.

So all variants of a comparison learn from the same share of their data one after the other, and their curves grow
together. The fork server has a Turnstile, each worker a Turn; between the two is a socket pair, whose end tells that a
worker is gone.

A worker alone may compute with the threads of the places that nobody takes, as long as its steps are shorter for it.
Runs that are compared keep to their own: their times are held against each other.
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
MOST_THREADS = 255 - YOURS[0]
"""A byte above that of a turn is a number of threads."""
TRIED = 4
"""Steps with each number of threads, of which the shortest counts, before one is settled on."""


@dataclass
class _Worker:
    """What the turnstile knows of a worker: when its comparison was made, how far it is, whether it waits."""

    comparison: float
    visitor: str = ""
    compared: bool = False
    share: float = 0.0
    asked: int = 0
    waits: bool = False
    heard: bytes = b""
    threads: int = 0
    """What it was told to compute with; 0 before it was told anything."""


class Turnstile:
    """Lets so many workers compute at once: of the visitor who has least of the machine now and was served longest ago;
    of theirs earlier comparisons first, in them the run that is furthest behind."""

    def __init__(self, places: int = 1, threads: int = 1):
        self.places, self.threads = places, threads
        """Each of the workers that compute at once has so many threads."""
        self._workers: dict[socket.socket, _Worker] = {}
        self._count = itertools.count()
        self._served: dict[str, int] = {}
        """Of each visitor the number of their last turn."""

    @property
    def connections(self) -> list[socket.socket]:
        """What to listen to; `hear` is to be called with one that has something to say."""
        return list(self._workers)

    def admit(self, comparison: float, visitor: str = "", compared: bool = False) -> socket.socket:
        """Take a worker in; returns the worker's end, which is to be closed here once it has been forked.

        One whose run is `compared` with others keeps to its own threads.
        """
        ours, theirs = socket.socketpair()
        self._workers[ours] = _Worker(comparison, visitor, compared)
        self._share_threads()
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
            self._share_threads()
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

    def _share_threads(self) -> None:
        """Tell each worker with how many threads it may compute, unless it has been told so."""
        for connection, worker in self._workers.items():
            share = 0 if worker.compared else self.places * self.threads // len(self._workers)
            share = min(MOST_THREADS, max(self.threads, share))
            if (worker.threads or self.threads) != share:
                worker.threads = share
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    connection.send(bytes([YOURS[0] + share]))

    def _order(self, worker: _Worker, computing: Counter[str]) -> tuple[float, ...]:
        visitor = worker.visitor
        return (computing[visitor], self._served.get(visitor, -1), worker.comparison, worker.share, worker.asked)


class ThreadChoice:
    """With how many threads the steps of a worker are shortest: its own number or the most it may have, whichever was
    faster in a few steps of each. A small step is slower with more."""

    def __init__(self, own: int, clock: Callable[[], float] = time.monotonic):
        self.own = self.most = self._now = own
        self._clock, self._began = clock, -1.0
        self._steps: dict[int, list[float]] = {}

    def end_step(self) -> None:
        if self._began >= 0:
            self._steps.setdefault(self._now, []).append(self._clock() - self._began)

    def begin_step(self) -> int | None:
        """The number of threads for the step that begins; None where it stays what it is."""
        self._began = self._clock()
        numbers = dict.fromkeys((self.own, self.most))
        tried = {threads: self._steps.get(threads, []) for threads in numbers}
        untried = next((threads for threads in numbers if len(tried[threads]) < TRIED), None)
        chosen = untried or min(numbers, key=lambda threads: min(tried[threads]))
        was, self._now = self._now, chosen
        return chosen if chosen != was else None


class Turn:
    """A worker's side. Waiting ends early when `leave()` is true: the worker then goes on to its end without a turn.

    `use_threads` is called with the number of threads that the worker is to compute with from now on; at first it has
    `threads`.
    """

    def __init__(
        self, connection: socket.socket, leave: Callable[[], object], whole: bool = False, threads: int = 1,
        use_threads: Callable[[int], None] = lambda threads: None,
    ):  # fmt: skip
        self._connection, self._leave, self._whole = connection, leave, whole
        self._choice, self._use_threads = ThreadChoice(threads), use_threads
        self._since: float | None = None
        self.waited = self.waited_first = 0.0

    def __call__(self, share: float) -> None:
        """Called before a step with the share of the run that is done: waits where a chunk of it has been computed.

        With `whole` the first turn lasts until the worker ends.
        """
        self._choice.end_step()
        if self._since is None or (not self._whole and share - self._since >= CHUNK):
            began, first = time.monotonic(), self._since is None
            self._since = share
            self._wait(share)
            self.waited += time.monotonic() - began
            self.waited_first = self.waited if first else self.waited_first
        else:
            with contextlib.suppress(OSError):
                while self._said(0) and not self._hear():
                    pass
        if (threads := self._choice.begin_step()) is not None:
            self._use_threads(threads)

    def _wait(self, share: float) -> None:
        try:
            self._connection.sendall(f"{share:.6f}\n".encode())
            while not self._leave():
                if self._said(LOOK_SECONDS) and self._hear():
                    return
        except OSError:  # the fork server is gone, and has this worker end
            return

    def _said(self, seconds: float) -> bool:
        """Whether there is something to hear, within so many seconds."""
        return bool(select.select([self._connection], [], [], seconds)[0])

    def _hear(self) -> bool:
        """Take in what was said; whether it is this worker's turn, or nobody is there to give turns."""
        heard = self._connection.recv(4096)
        if threads := [byte - YOURS[0] for byte in heard if byte > YOURS[0]]:
            self._choice.most = threads[-1]
        return not heard or YOURS in heard
