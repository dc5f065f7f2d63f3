"""What the supervisor and the fork server say to each other: one JSON object a line, one frozen shape a kind.

Commands go to the fork server's standard input, events come from its standard output. Nothing here starts or watches a
process.
"""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class StartWorker:
    """Fork a worker for this run. `base` is the root of its chain, to be kept loaded in the `precision` that the run
    asks for; None to load nothing. `places` workers compute at once; those of the `comparison` that was made first (in
    seconds) come first, and take turns unless each computes as a `whole`. Those of each `visitor` take turns with those
    of others. One `compared` with other runs has no more threads than they."""

    run: str
    base: str | None
    threads: int
    precision: str = "auto"
    places: int = 1
    comparison: float = 0.0
    whole: bool = False
    visitor: str = ""
    compared: bool = False


@dataclass(frozen=True)
class StartInferenceServer:
    """Fork an inference server that answers on this socket; `key` (hex) is what a caller must know."""

    socket: str
    key: str
    threads: int


@dataclass(frozen=True)
class LoadBase:
    """Load this base, so that it is there when a run asks for it in that precision."""

    base: str
    precision: str = "auto"


@dataclass(frozen=True)
class Ready:
    """The libraries are imported."""


@dataclass(frozen=True)
class Forked:
    """A worker (`run` is its run) or an inference server (`run` is empty) was forked."""

    run: str
    pid: int


@dataclass(frozen=True)
class Exited:
    """A worker or inference server has ended: its exit status, or the signal that killed it."""

    run: str
    pid: int
    status: int
    signal: int


Command = StartWorker | StartInferenceServer | LoadBase
Event = Ready | Forked | Exited
COMMANDS = {kind.__name__: kind for kind in (StartWorker, StartInferenceServer, LoadBase)}
EVENTS = {kind.__name__: kind for kind in (Ready, Forked, Exited)}


def to_line(message: Command | Event) -> bytes:
    """The message as one line of JSON."""
    return json.dumps({"kind": type(message).__name__, **asdict(message)}).encode() + b"\n"


def command_of(line: bytes) -> Command:
    """The command in one line; raises ValueError or KeyError for anything else."""
    fields = json.loads(line)
    return COMMANDS[fields.pop("kind")](**fields)


def event_of(line: bytes) -> Event:
    """The event in one line; raises ValueError or KeyError for anything else."""
    fields = json.loads(line)
    return EVENTS[fields.pop("kind")](**fields)
