"""The inference server: a process that keeps models loaded and answers conversations over a socket.

One request a connection, one request at a time (two would only share the cores); whoever waits is sent how many are
ahead. A closed connection or a StopRequest ends an answer within a token. The process ends when nobody has asked for
some minutes.
"""

import os
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

from lab.errors import LabError, message_of
from lab.home import Home
from lab.serving.messages import Ask, Failure, Finished, QueuePosition, ScoreRequest, SurpriseRequest

IDLE_SECONDS = 300.0


def serve_inference(home: Home, socket: Path, key: bytes, warm: Mapping[tuple[str, str], Any], threads: int) -> None:
    """Answer on `socket` until nobody asks any more. Runs in a fork of the fork server."""
    import torch

    torch.set_num_threads(threads)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the socket is removed
    os.umask(0o177)
    with Listener(str(socket), "AF_UNIX", authkey=key) as listener:
        from lab.serving.engine import InferenceEngine

        os.umask(0o077)
        InferenceServer(InferenceEngine(home, warm), listener).serve()


class InferenceServer:
    """Takes connections, and gives each its turn with the engine."""

    def __init__(self, engine: Any, listener: Listener):
        self._engine, self._listener = engine, listener
        self._queue = RequestQueue()
        self._quiet_since = time.monotonic()

    def serve(self) -> None:
        """Take connections until idle; each is answered in a thread."""
        threading.Thread(target=self._exit_when_idle, daemon=True).start()
        while True:
            try:
                connection = self._listener.accept()
            except Exception:  # a caller that went away or does not know the key
                continue
            threading.Thread(target=self._handle, args=(connection,), daemon=True).start()

    def _handle(self, connection: Connection) -> None:
        """Answer one request; its caller may be gone at any moment."""
        try:
            with connection:
                ask = connection.recv()
                stop = threading.Event()
                threading.Thread(target=_watch_for_stop, args=(connection, stop), daemon=True).start()
                with self._queue.turn(lambda ahead: connection.send(QueuePosition(ahead)), stop):
                    self._answer(connection, ask, stop)
        except (OSError, EOFError):
            pass
        finally:
            self._quiet_since = time.monotonic()

    def _answer(self, connection: Connection, ask: Ask, stop: threading.Event) -> None:
        try:
            for piece in self._pieces(ask, stop):
                connection.send(piece)
            connection.send(Finished())
        except OSError:
            raise
        except LabError as problem:
            connection.send(Failure(problem.what, problem.where, problem.do))
        except Exception as problem:
            traceback.print_exc()
            connection.send(Failure(message_of(problem), None, None))

    def _pieces(self, ask: Ask, stop: threading.Event) -> Iterator[Any]:
        if isinstance(ask, ScoreRequest):
            yield self._engine.score(ask.judge, ask.answers)
        elif isinstance(ask, SurpriseRequest):
            yield from self._engine.surprise(ask.text, ask.context, ask.panes, stop)
        else:
            yield from self._engine.answer(ask.conversations, ask.panes, ask.sampling, stop)

    def _exit_when_idle(self) -> None:
        while self._queue.length or time.monotonic() - self._quiet_since < IDLE_SECONDS:
            time.sleep(1.0)
        os.kill(os.getpid(), signal.SIGTERM)


class RequestQueue:
    """Who is answered when: first come, first served."""

    def __init__(self) -> None:
        self._waiting: deque[object] = deque()
        self._moved = threading.Condition()

    @property
    def length(self) -> int:
        return len(self._waiting)

    @contextmanager
    def turn(self, report: Callable[[int], None], stop: threading.Event) -> Iterator[None]:
        """Wait for one's turn, reporting how many are ahead whenever that changes."""
        ticket, reported = object(), 0
        with self._moved:
            self._waiting.append(ticket)
        try:
            while not stop.is_set() and (ahead := self._waiting.index(ticket)):
                if ahead != reported:
                    reported = ahead
                    report(ahead)
                with self._moved:
                    self._moved.wait(0.2)
            yield
        finally:
            with self._moved:
                self._waiting.remove(ticket)
                self._moved.notify_all()


def _watch_for_stop(connection: Connection, stop: threading.Event) -> None:
    """Anything that comes after the request, and the end of the connection, means stop."""
    try:
        connection.recv()
    except (OSError, EOFError):
        pass
    finally:
        stop.set()
