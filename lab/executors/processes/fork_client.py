"""The parent's end of the fork server: start it, send commands, receive events, start it again when it dies.

One object a process, shared by the supervisor of runs and the chat. Imports nothing heavy.
"""

import contextlib
import queue
import subprocess
import sys
import threading
import time
from typing import IO

from lab.executors.processes.messages import Command, Event, LoadBase, Ready, event_of, to_line
from lab.home import Home
from lab.visitors.tokens import environment_of_children

ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "PASSIVE",  # threads that spin while they wait made answers 20 times slower on busy cores
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_DEACTIVATE_ASYNC_LOAD": "1",  # transformers would load weights in threads
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",  # asking for a GPU must not initialise CUDA: a fork could not use it
}

PATIENCE = (0.0, 1.0, 3.0, 10.0, 30.0)
"""Seconds to wait before the next start, by the number of deaths in a row before it was ready."""
LEAVE_SECONDS = 25.0


class ServerDied:
    """The fork server died (or could not start); its workers end by themselves."""


class ForkServerClient:
    """A fork server process for `home`. `listen()` gives a queue of its events."""

    def __init__(self, home: Home):
        self._home = home
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = threading.Event()
        self._listeners: list[queue.Queue[Event | ServerDied]] = []
        self._deaths = 0
        self._not_before = 0.0
        self._stopped = False

    @property
    def ready(self) -> bool:
        """Whether commands are carried out at once."""
        return self._ready.is_set()

    @property
    def deaths(self) -> int:
        """How often in a row it died before it was ready."""
        return self._deaths

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def listen(self) -> "queue.Queue[Event | ServerDied]":
        events: queue.Queue[Event | ServerDied] = queue.Queue()
        self._listeners.append(events)
        return events

    def start(self) -> None:
        """See that it runs, or is being started; does nothing while it must be waited for after a death."""
        with self._lock:
            if self._stopped or self._process or time.monotonic() < self._not_before:
                return
            with self._home.supervisor_log.open("ab") as log:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "lab.executors.processes.fork_server", str(self._home.root)],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, bufsize=0,
                    start_new_session=True,  # Ctrl-C in the terminal is for the parent, which ends it in order
                    env=environment_of_children() | ENVIRONMENT,
                )  # fmt: skip
            threading.Thread(
                target=self._receive, args=(self._process, self._process.stdout), name="forkserver", daemon=True
            ).start()

    def wait_ready(self, seconds: float) -> bool:
        """Start it if need be and wait until it is ready; False when it is not within that time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.start()
            if self._ready.wait(0.25):
                return True
        return False

    def send(self, command: Command) -> bool:
        """Send a command; False when the fork server does not run."""
        with self._lock:
            if not self._process or not self._process.stdin:
                return False
            try:
                self._process.stdin.write(to_line(command))
            except OSError:
                return False
            return True

    def warm(self, base: str, precision: str = "auto") -> None:
        """Have a base loaded ahead of its first run."""
        self.send(LoadBase(base, precision))

    def stop(self) -> None:
        """End it: its workers leave a checkpoint first."""
        with self._lock:
            self._stopped = True
            process = self._process
        if process is None:
            return
        if process.stdin:
            with contextlib.suppress(OSError):
                process.stdin.close()
        try:
            process.wait(LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _receive(self, process: subprocess.Popen[bytes], output: IO[bytes]) -> None:
        """Pass on the events of one process, until it has ended."""
        for line in output:
            event = event_of(line)
            if isinstance(event, Ready):
                self._deaths = 0
                self._ready.set()
            self._pass_on(event)
        process.wait()
        with self._lock:
            self._deaths += not self._ready.is_set()
            self._not_before = time.monotonic() + PATIENCE[min(self._deaths, len(PATIENCE) - 1)]
            self._ready.clear()
            self._process = None
        self._pass_on(ServerDied())

    def _pass_on(self, event: Event | ServerDied) -> None:
        for events in list(self._listeners):
            events.put(event)
