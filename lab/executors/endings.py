"""How runs end whose worker did not live to say so: killed, crashed, or left behind by a lab that is gone."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from lab.home import Home
from lab.planning import settle_forks
from lab.planning.forks import settle_orphans
from lab.store import Run, Status, Store

LOG_LINES = 15
ENDING = "ending.json"
"""In a run's folder: how it ended, where who carried it out leaves closing it to somebody else."""
TAIL_BYTES = 16_384
DID_NOT_STOP = "its process did not stop when it was asked to, and was killed."
LEFT_TOO_LATE = "the lab stopped before a checkpoint was written; `lab resume` goes on from the last one, if any."


@dataclass(frozen=True)
class Ending:
    """How a run ended, with one readable line unless it is done."""

    status: Status
    error: str | None = None


def write_ending(ending: Ending, file: Path) -> None:
    """Leave word of how a run ended for whoever closes it."""
    file.parent.mkdir(parents=True, exist_ok=True)  # a run that was to stop before its first step has left nothing
    file.write_text(json.dumps({"status": ending.status, "error": ending.error}), encoding="utf-8")


def read_ending(file: Path) -> Ending:
    """The word that was left, which is taken away; raises FileNotFoundError."""
    told = json.loads(file.read_text(encoding="utf-8"))
    file.unlink()
    return Ending(Status(told["status"]), told["error"])


def close_dead(store: Store, run_id: str, status: int, number: int) -> None:
    """Close a run whose worker exited with `status` or was killed by signal `number`, if it is there and open still."""
    run = store.runs.some([run_id]).get(run_id)
    if run is None or run.status != Status.RUNNING:
        return
    if number == signal.SIGKILL and run.request in ("cancel", "discard"):
        store.runs.end(
            run_id, Status.CANCELLED, f"{DID_NOT_STOP} `lab resume {run.id}` goes on from its last checkpoint."
        )
        return
    if number == signal.SIGTERM:
        store.runs.end(run_id, Status.INTERRUPTED, interrupted_at(run))
    else:
        store.runs.end(run_id, Status.FAILED, f"{death(status, number)}\n{log_tail(store.home, run_id)}".rstrip())
    settle_forks(store, run_id)


def _close_stuck(store: Store, run: Run) -> None:
    """A run that was cancelled, but whose worker had to be killed for it."""
    if run.request == "discard":
        discard_files(store.home, run)
        store.runs.end(run.id, Status.CANCELLED, DID_NOT_STOP)
    else:
        goes_on = f"`lab resume {run.id}` goes on from its last checkpoint."
        store.runs.end(run.id, Status.CANCELLED, f"{DID_NOT_STOP} {goes_on}")


def discard_files(home: Home, run: Run) -> None:
    """Remove a discarded run's weights, checkpoints and record of what they learned; its recipe and log stay."""
    folder = home.run(run.id)
    with contextlib.suppress(FileNotFoundError):
        for entry in folder.root.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name == "weights.json" or entry == folder.learned:
                entry.unlink()


def death(status: int, number: int) -> str:
    """What killed a worker, in words."""
    if not number:
        return f"the worker ended (exit status {status}) without a word."
    name = signal.Signals(number).name if number in set(signal.Signals) else "unknown"
    guess = ", perhaps because memory ran out" if number == signal.SIGKILL else ""
    do = " Take a smaller batch_size or max_length, or a method that trains fewer weights." if guess else ""
    return f"the worker was killed (signal {number}, {name}{guess}).{do}"


def log_tail(home: Home, run_id: str, lines: int = LOG_LINES) -> str:
    """The last lines of a run's log; empty when there is none."""
    try:
        with home.run(run_id).log.open("rb") as log:
            log.seek(max(0, os.fstat(log.fileno()).st_size - TAIL_BYTES))
            text = log.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])


def close_abandoned(store: Store, machine: str, ours: Collection[str]) -> list[Run]:
    """Interrupt the runs that this lab left running when it was stopped, unless their worker still lives.

    `ours` are the runs that are watched already. Only for who holds the supervisor's lock.
    """
    lost = [
        run
        for run in store.runs.all(statuses=[Status.RUNNING])
        if run.machine == machine and run.id not in ours and not is_worker(run.pid, store.home)
    ]
    closed = [run for run in lost if store.runs.end(run.id, Status.INTERRUPTED, interrupted_at(run))]
    settle_orphans(store)
    return closed


def close_if_alone(store: Store) -> None:
    """Close the runs of a lab that is gone, if no other lab process supervises this home now; so for each executor that
    works elsewhere."""
    home = store.home
    for lock, machine in home.supervisors():
        with lock.open("a") as file, contextlib.suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            close_abandoned(store, machine, ())


def interrupted_at(run: Run) -> str:
    return f"the lab stopped at step {run.step}; `lab resume {run.id}` goes on from its last checkpoint."


def is_worker(pid: int | None, home: Home) -> bool:
    """Whether that process lives and is a worker of this home (numbers are used again by other programs)."""
    if pid is None:
        return False
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return b"lab.executors.processes.fork_server" in words and str(home.root).encode() in words and state != "Z"
    if Path("/proc/self").exists():
        return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
