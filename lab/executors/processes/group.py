"""A run in several processes (`processes: 2`): torchrun, which `accelerate launch` calls too, starts them as a group.

Whoever carries out a run, in whichever executor, is then only the one that waits: it passes on that it is to leave, and
says how the run ended if the group could not. The first process of the group does what a worker does.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable

from lab.errors import RunError
from lab.executors.endings import ENDING, Ending, death, interrupted_at, log_tail, read_ending
from lab.executors.processes.parent import die_with_parent
from lab.recipe import parse_recipe
from lab.store import Run, Status, Store

LOOK_SECONDS = 0.2
STRANDED = 70
"""The exit status of a first process that leaves the others in a step, from which torchrun then takes them."""


def wanted_processes(run: Run) -> int:
    """How many processes the run's recipe asks for."""
    return parse_recipe(run.recipe, where=f"run {run.id}").processes


def carry_out_in_group(store: Store, run: Run, count: int, threads: int, leave: Callable[[], bool]) -> Ending:
    """Carry out a claimed run in `count` processes of this machine; how it ended."""
    ending = store.home.run(run.id).root / ENDING
    ending.unlink(missing_ok=True)
    log = store.home.run(run.id).log
    log.parent.mkdir(parents=True, exist_ok=True)
    check_gpus(count)
    command = [
        sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(count), "-m",
        "lab.executors.processes.rank", str(store.home.root), run.id, str(threads),
    ]  # fmt: skip
    own = {"OMP_NUM_THREADS": str(threads), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with log.open("a") as file:
        group = subprocess.Popen(command, stdout=file, stderr=file, env=os.environ | own, preexec_fn=die_with_parent)
        told = _wait(group, leave)
    with contextlib.suppress(FileNotFoundError):
        return read_ending(ending)
    if told:
        return Ending(Status.INTERRUPTED, interrupted_at(store.runs.get(run.id)))
    code = group.returncode
    said = f"{death(max(code, 0), max(-code, 0))}\n{log_tail(store.home, run.id)}".rstrip()
    return Ending(Status.FAILED, said)


def _wait(group: "subprocess.Popen[bytes]", leave: Callable[[], bool]) -> bool:
    """Until it has ended; whether it was asked to leave, which has the group write a checkpoint first."""
    told = False
    while group.poll() is None:
        if leave() and not told:
            told = True
            group.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            group.wait(LOOK_SECONDS)
    return told


def check_gpus(count: int) -> None:
    """Raise RunError where there are GPUs, but not one for each process."""
    import torch

    there = torch.cuda.device_count()
    if there and count > there:
        raise RunError(f"{count} processes need a GPU each, and this machine has {there}", where="processes",
                       do=f"set it to {there}, or hide the GPUs: CUDA_VISIBLE_DEVICES= .")  # fmt: skip
