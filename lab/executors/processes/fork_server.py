"""The fork server: a process that has imported the heavy libraries and loaded base models, and forks workers.

Started as `python -m lab.executors.processes.fork_server HOME` by `fork_client`, it takes commands on standard input
and emits events on standard output. It has one thread and never trains: a fork copies only the thread that asks for
it, and locks held by others would stay locked. When its input ends (the process that started it is gone, even by
kill -9) it asks its workers to leave a checkpoint, waits for them and exits.
"""

import contextlib
import gc
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from lab import logs
from lab.executors.processes.base_model_cache import BaseModelCache, make_base_model_cache
from lab.executors.processes.messages import (
    Command,
    Event,
    Exited,
    Forked,
    LoadBase,
    Ready,
    StartInferenceServer,
    StartWorker,
    command_of,
    to_line,
)
from lab.executors.processes.parent import die_with_parent
from lab.executors.processes.turns import Turn, Turnstile
from lab.home import Home

GRACE_SECONDS = 20.0


class ForkServer:
    """The one loop: commands in, forks, events out."""

    def __init__(self, home: Home, cache: BaseModelCache, commands: int, events: int):
        self._home, self._cache = home, cache
        self._commands, self._events = commands, events
        self._children: dict[int, str] = {}
        self._turnstile = Turnstile()
        self._deaths, wake = os.pipe()
        os.set_blocking(self._deaths, False)
        os.set_blocking(wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # a handler must be there for the wake-up to be written
        signal.set_wakeup_fd(wake)
        self._private = (commands, events, self._deaths, wake)

    def serve(self) -> None:
        """Take commands until there are no more, then have the children end."""
        self._emit(Ready())
        rest = b""
        while True:
            listened: list[Any] = [self._commands, self._deaths, *self._turnstile.connections]
            readable, _, _ = select.select(listened, [], [])
            for connection in self._turnstile.connections:
                if connection in readable:
                    self._turnstile.hear(connection)
            if self._deaths in readable:
                os.read(self._deaths, 4096)
                self._reap()
            if self._commands in readable:
                chunk = os.read(self._commands, 65536)
                if not chunk:
                    return self._leave()
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    self._handle(command_of(line))

    def _handle(self, command: Command) -> None:
        if isinstance(command, LoadBase):
            self._cache.take(command.base, command.precision)
        elif isinstance(command, StartInferenceServer):
            self._fork("", lambda: _serve_inference(self._home, command, self._cache.models))
        else:
            warm = self._cache.take(command.base, command.precision) if command.base else None
            self._turnstile.places, self._turnstile.threads = command.places, command.threads
            with self._turnstile.admit(command.comparison, command.visitor, command.compared) as connection:
                self._fork(command.run, lambda: _work(self._home, command, warm, connection))

    def _fork(self, run: str, live: Callable[[], None]) -> None:
        gc.freeze()  # what is here now is left alone by the children's collector: their pages stay shared
        parent = os.getpid()
        if pid := os.fork():
            self._children[pid] = run
            self._emit(Forked(run, pid))
            return
        status = 1
        try:
            self._become_child(parent)
            live()
            status = 0
        except SystemExit as leave:
            status = leave.code if isinstance(leave.code, int) else 1
        except BaseException:
            with contextlib.suppress(OSError):  # a full disk takes no log
                traceback.print_exc()
        finally:
            with contextlib.suppress(OSError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(status)  # never back into the loop above

    def _become_child(self, parent: int) -> None:
        """A session of its own, default signals, none of the fork server's pipes; gone when the fork server is."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        for descriptor in self._private:
            os.close(descriptor)
        self._turnstile.close()
        die_with_parent()
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    def _reap(self) -> None:
        """Report every child that has ended."""
        while self._children:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            run = self._children.pop(pid, "")
            code = os.waitstatus_to_exitcode(status)
            self._emit(Exited(run, pid, max(code, 0), max(-code, 0)))

    def _leave(self) -> None:
        """Have the children write a checkpoint and end; after the grace time they are killed."""
        for pid in list(self._children):
            _signal(pid, signal.SIGTERM)
        until = time.monotonic() + GRACE_SECONDS
        while self._children and time.monotonic() < until:
            select.select([self._deaths], [], [], 0.2)
            self._reap()
        killed = [run for run in self._children.values() if run]
        for pid in list(self._children):
            _signal(pid, signal.SIGKILL)
        if killed:
            _mark_interrupted(self._home, killed)

    def _emit(self, event: Event) -> None:
        """Events are lost when nobody listens any more; the store has what matters."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self._events, to_line(event))


def _work(home: Home, command: StartWorker, warm: object, connection: socket.socket) -> None:
    import torch

    from lab.executors.worker import run_worker

    turn = partial(Turn, connection, whole=command.whole, threads=command.threads, use_threads=torch.set_num_threads)
    run_worker(home, command.run, warm, command.threads, turn)


def _serve_inference(home: Home, command: StartInferenceServer, warm: dict[tuple[str, str], object]) -> None:
    from lab.serving.server import serve_inference

    serve_inference(home, Path(command.socket), bytes.fromhex(command.key), warm, command.threads)


def _mark_interrupted(home: Home, runs: list[str]) -> None:
    from lab.executors.endings import LEFT_TOO_LATE
    from lab.store import Status, Store

    with Store(home) as store:
        for run in runs:
            store.runs.end(run, Status.INTERRUPTED, LEFT_TOO_LATE)


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _import_libraries() -> None:
    """Everything a worker would import; each of these takes part of a second in a new process."""
    import datasets  # noqa: F401
    import torch
    from peft import LoraConfig, get_peft_model  # noqa: F401
    from peft.import_utils import is_bnb_available
    from transformers import AutoModelForCausalLM, AutoTokenizer, Trainer  # noqa: F401
    from trl import SFTConfig, SFTTrainer  # noqa: F401

    import lab.generate
    import lab.training.run  # noqa: F401
    from lab.card import find_cards

    if is_bnb_available():  # where it is installed, PEFT imports it with every LoRA
        import bitsandbytes  # noqa: F401
    torch.set_num_threads(1)
    find_cards("lab.methods"), find_cards("lab.objectives"), find_cards("lab.data.builtin")


def main(root: str) -> None:
    """Take the pipes away from the libraries (they print), import, serve."""
    commands, events = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    for descriptor in (commands, events):
        os.set_inheritable(descriptor, False)
    logs.set_up()
    home = Home(Path(root))
    _import_libraries()
    ForkServer(home, make_base_model_cache(home), commands, events).serve()


if __name__ == "__main__":
    main(sys.argv[1])
