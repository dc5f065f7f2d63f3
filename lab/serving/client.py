"""The web process's end of inference: asks the inference server, streams its answers, and replaces it when it died.

No model is ever loaded in this process, so nothing that happens while answering can take it down.
"""

import contextlib
import os
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lab.errors import RunError
from lab.executors.processes.fork_client import ForkServerClient
from lab.executors.processes.messages import StartInferenceServer
from lab.home import Home
from lab.machine import cores, inference_threads
from lab.serving.messages import (
    Ask,
    Failure,
    Finished,
    GenerateRequest,
    QueuePosition,
    ScoreRequest,
    StopRequest,
    SurpriseRequest,
)

if TYPE_CHECKING:
    from lab.generate import Delta, Pane, Sampling, TextSurprise
    from lab.store import Answer

LONGEST_SOCKET = 100  # bytes; the system allows some 108
START_SECONDS = 90.0
SOCKET_SECONDS = 20.0


class InferenceClient:
    """Answers conversations in the panes of base models and runs; one object a process."""

    def __init__(self, home: Home, server: ForkServerClient):
        self._home, self._server = home, server
        self._starting = threading.Lock()
        self._socket: Path | None = None
        self._key = b""
        self._open: dict[str, Connection | None] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def answer(
        self,
        conversations: Mapping[str, list[dict[str, str]]],
        panes: "Sequence[Pane]",
        sampling: "Sampling",
        request: str | None = None,
        waiting: Callable[[int], None] = lambda ahead: None,
    ) -> "Iterator[Delta]":
        """Stream the answers of all panes; closing the iterator stops them within a token.

        `request` is a name to `stop` it by; `waiting` is told how many requests are ahead. An inference server that
        died before its first word is replaced once. Raises RunError when the answers can't be had.
        """
        yield from self._ask(GenerateRequest(dict(conversations), tuple(panes), sampling), request, waiting)

    def score(self, judge: str, answers: "Sequence[Answer]") -> list[float]:
        """What the reward model `run:<id>` thinks of answers; raises RunError where they can't be scored."""
        (scores,) = self._ask(ScoreRequest(judge, tuple(answers)))
        return list(scores)

    def surprise(
        self, text: str, context: Sequence[dict[str, str]], panes: "Sequence[Pane]"
    ) -> "Iterator[TextSurprise]":
        """How surprising a text is in each pane; raises RunError when that can't be had."""
        yield from self._ask(SurpriseRequest(text, tuple(context), tuple(panes)))

    def stop(self, request: str) -> None:
        """Stop a request, even one that has not reached the server yet: what was said so far stands."""
        if connection := self._open.pop(request, None):
            with contextlib.suppress(OSError):
                connection.send(StopRequest())

    def prepare(self) -> None:
        """Start the server ahead of the first question."""
        with contextlib.suppress(RunError, EOFError, OSError):
            self._connect().close()

    def close(self) -> None:
        """Stop all requests; the server ends with the fork server, or when it has been idle."""
        for request in list(self._open):
            self.stop(request)
        if self._folder:
            self._folder.cleanup()

    def _ask(
        self,
        ask: Ask,
        request: str | None = None,
        waiting: Callable[[int], None] = lambda ahead: None,
    ) -> Iterator[Any]:
        """What the server answers, piece by piece."""
        name = request or secrets.token_hex(8)
        self._open[name] = None
        try:
            yield from self._answer_twice(ask, name, waiting)
        finally:
            self._open.pop(name, None)

    def _answer_twice(self, ask: Ask, name: str, waiting: Callable[[int], None]) -> Iterator[Any]:
        """The answers; asked again, once, when the server was dead or died before its first word."""
        for last_try in (False, True):
            begun = False
            try:
                for delta in self._answers(self._connect(), ask, name, waiting):
                    begun = True
                    yield delta
                return
            except (EOFError, OSError):
                self._socket = None
                if begun or last_try:
                    raise RunError(
                        "the process that answers died, perhaps because memory ran out",
                        do="ask again; with fewer or smaller models if it happens again.",
                    ) from None

    def _answers(self, connection: Connection, ask: Ask, name: str, waiting: Callable[[int], None]) -> Iterator[Any]:
        with connection:
            if name not in self._open:  # stopped while the server was being started
                return
            self._open[name] = connection
            connection.send(ask)
            while not isinstance(message := connection.recv(), Finished):
                if isinstance(message, Failure):
                    raise RunError(message.what, where=message.where, do=message.do)
                if isinstance(message, QueuePosition):
                    waiting(message.ahead)
                else:
                    yield message

    def _connect(self) -> Connection:
        """A connection to the server, which is started if need be; raises RunError."""
        with self._starting:
            if self._socket and (connection := self._try(self._socket)):
                return connection
            return self._start()

    def _try(self, socket: Path) -> Connection | None:
        with contextlib.suppress(OSError, EOFError, AuthenticationError):
            return Client(str(socket), "AF_UNIX", authkey=self._key)
        return None

    def _start(self) -> Connection:
        """Have a server forked and wait for its socket."""
        if not self._server.wait_ready(START_SECONDS):
            raise RunError("the process that answers does not start", do=f"see {self._home.supervisor_log}.")
        self._socket, self._key = self._new_socket(), secrets.token_bytes(32)
        self._server.send(StartInferenceServer(str(self._socket), self._key.hex(), inference_threads(cores())))
        until = time.monotonic() + SOCKET_SECONDS
        while time.monotonic() < until:
            if self._socket.exists() and (connection := self._try(self._socket)):
                return connection
            time.sleep(0.02)
        raise RunError("the process that answers does not start", do=f"see {self._home.supervisor_log}.")

    def _new_socket(self) -> Path:
        """A path in the home, or in a folder of our own where that would be too long for a socket."""
        name = f"talk-{secrets.token_hex(4)}.sock"
        if len(os.fsencode(self._home.root / name)) <= LONGEST_SOCKET:
            return self._home.root / name
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="lab-")
        return Path(self._folder.name, name)
