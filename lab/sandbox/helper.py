"""The helper: a process with one thread that forks a look for each job it is given. A server keeps some of them warm.

It reads jobs from standard input and writes the pieces of their answers to
standard output, each with its length before it, and how the look ended. It leaves when its input ends.
"""

import contextlib
import importlib
import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import time
from typing import IO

from lab.sandbox.job import CHUNK, WALL, Ending, Job, look
from lab.visitors.tokens import environment_of_children

HEAD = struct.Struct("!cQ")
PIECE, END = b"p", b"e"
READY = ("lab.data.load", "lab.data.upload")
"""What a helper has imported before it forks: what nearly all jobs need, and nothing heavy."""
GRACE_SECONDS = 20.0
"""How much longer than a job may take a helper is waited for, which starts first."""


class HelperLost(Exception):
    """A helper died, or did not answer in time."""


class Helper:
    """The caller's end. One job at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from lab.sandbox.helper import main; main()"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
            start_new_session=True,  # Ctrl-C in the terminal is for its parent, which closes its input
            env=environment_of_children(),
        )  # fmt: skip

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, job: Job) -> tuple[Ending, bytes]:
        """Have a job done; its ending, and its pickled answer. Raises HelperLost; the helper is then of no use."""
        assert self._process.stdin and self._process.stdout
        until = time.monotonic() + WALL * job.limits.seconds + GRACE_SECONDS
        try:
            _write(self._process.stdin, pickle.dumps(job))
            pieces: list[bytes] = []
            while True:
                sign, length = HEAD.unpack(self._read(self._process.stdout, HEAD.size, until))
                piece = self._read(self._process.stdout, length, until)
                if sign == END:
                    return Ending(piece.decode()), b"".join(pieces)
                pieces.append(piece)
        except (OSError, EOFError, struct.error) as problem:
            self.close()
            raise HelperLost(str(problem)) from None

    def close(self) -> None:
        """End it, and what it forked."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()

    def _read(self, stream: IO[bytes], length: int, until: float) -> bytes:
        found = bytearray()
        while len(found) < length:
            if not select.select([stream], [], [], max(0.0, until - time.monotonic()))[0]:
                raise EOFError("it did not answer in time")
            chunk = os.read(stream.fileno(), min(CHUNK, length - len(found)))
            if not chunk:
                raise EOFError("it died")
            found += chunk
        return bytes(found)


def _write(stream: IO[bytes], data: bytes) -> None:
    packed = memoryview(struct.pack("!Q", len(data)) + data)
    while packed:
        packed = packed[stream.write(packed) :]


def serve(jobs: IO[bytes], answers: int) -> None:
    """Do jobs until there are no more."""
    watched = select.poll()
    watched.register(jobs.fileno(), select.POLLHUP)

    def send(sign: bytes, data: bytes) -> None:
        packed = memoryview(HEAD.pack(sign, len(data)) + data)
        while packed:
            packed = packed[os.write(answers, packed) :]

    parent = os.getppid()
    while head := jobs.read(8):
        (length,) = struct.unpack("!Q", head)
        job: Job = pickle.loads(jobs.read(length))
        for library in job.needs:
            with contextlib.suppress(ImportError):
                importlib.import_module(library)
        ending = look(job, lambda piece: send(PIECE, piece), lambda: os.getppid() != parent or _hung_up(watched))
        if ending is Ending.LEFT:
            return
        send(END, ending.encode())


def _hung_up(watched: select.poll) -> bool:
    return any(happened & select.POLLHUP for _, happened in watched.poll(0))


def main() -> None:
    """Keep the two pipes for jobs and answers (libraries print), import, serve."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    for descriptor in (jobs.fileno(), answers):
        os.set_inheritable(descriptor, False)
    for module in READY:
        importlib.import_module(module)
    with contextlib.suppress(BrokenPipeError):
        serve(jobs, answers)
