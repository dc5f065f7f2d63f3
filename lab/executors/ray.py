"""The executor that carries runs out on an existing Ray cluster: one process of a node for each, asked for by its
estimate.

The queue stays the store's: a run is taken when the cluster has a place, and what is known of it (status, curves,
requests to stop) is in the store, which the nodes open too. A run whose node is lost goes back into the queue and on
from its checkpoint elsewhere.
"""

import contextlib
import fcntl
import logging
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lab.card import ExecutorCard, Text
from lab.errors import LabError, message_of
from lab.executors import endings
from lab.executors.choice import queue_of
from lab.executors.cluster.connection import WEIGHTS, check_reachable, join, leave, nodes
from lab.executors.cluster.files import Copies, Place, hand_over
from lab.executors.cluster.needs import folders_for
from lab.executors.cluster.node import Job, carry_out
from lab.executors.cluster.resources import Request, request_for
from lab.executors.endings import Ending
from lab.home import Home
from lab.planning import settle_forks
from lab.store import Run, Status, Store
from lab.visitors.tokens import environment_of_children

logger = logging.getLogger(__name__)
CARD = ExecutorCard(
    id="ray",
    name=Text("Ray cluster", "Ray 集群"),
    explain=Text(
        "Runs are carried out on the machines of a Ray cluster, each where its memory fits; one whose machine is lost "
        "goes on elsewhere from its checkpoint.",
        "在 Ray 集群的各台机器上执行,按所需内存分配;机器失联时,运行会从检查点在别处继续。",
    ),
    elsewhere=True,
)
LOOK_SECONDS, LOG_SECONDS, SWEEP_SECONDS = 0.5, 2.0, 10.0
MOST_WAITING = 2
"""Runs that wait for a place on the cluster at once, besides those for which CPUs are free: a cluster that grows by
itself grows by what waits."""
WAITS_SECONDS = 5.0
STUCK_SECONDS = 60.0
"""After a request to stop, a run that ends no step for so long is ended by force."""
TRIES = 3
"""A run whose nodes are lost without a step done, so many in a row, has failed."""
LEAVE_SECONDS = 60.0
"""How long runs have to write a checkpoint when the lab stops."""
HANDED = ("LAB_", "HF_", "WANDB_", "MLFLOW_", "TRACKIO_")
KEPT = ("LAB_HOME", "LAB_NODE_HOME", "LAB_RAY_ADDRESS", "LAB_EXECUTOR", "LAB_LOG")
"""What a node has of its own."""


@dataclass
class _Task:
    """A run that was handed to Ray: what it returns by and by, and what was last seen of it."""

    run: Run
    result: Any
    request: Request
    began: float
    step: int
    moved: float
    asked: float | None = None
    told: bool = False
    killed: bool = False


class RayExecutor:
    """Carries out the queued runs of `home` that are for Ray (those in `only`, if given) while it lives."""

    def __init__(self, home: Home, only: Sequence[str] | None = None):
        self.home, self.only = home, only
        self._machine = home.machine_of(CARD.id)
        self._weights = os.environ.get(WEIGHTS) or None
        self._place = Place(self._weights) if self._weights else None
        self._tasks: dict[str, _Task] = {}
        self._vain: dict[str, int] = {}
        self._lost: dict[str, str] = {}
        self._leaving, self._holds_lock = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._live, name="ray", daemon=True)

    @property
    def supervising(self) -> bool:
        return self._holds_lock.is_set()

    def start(self) -> "RayExecutor":
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop: running runs write a checkpoint and become interrupted; the queue stays."""
        self._leaving.set()
        if self._thread.is_alive():
            self._thread.join()

    def _live(self) -> None:
        while not self._leaving.is_set():
            try:
                with Store(self.home) as store, self.home.lock_of(CARD.id).open("a") as lock:
                    while not self._leaving.wait(LOOK_SECONDS):
                        with contextlib.suppress(BlockingIOError):
                            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                            self._holds_lock.set()
                            self._supervise(store)
            except (LabError, OSError) as problem:
                logger.warning("%s It is tried again.", message_of(problem))
                self._leaving.wait(LOOK_SECONDS)

    def _supervise(self, store: Store) -> None:
        log = sweep = 0.0
        while not self._leaving.wait(LOOK_SECONDS):
            try:
                if (now := time.monotonic()) >= sweep:
                    endings.close_abandoned(store, self._machine, self._tasks)
                    sweep = now + SWEEP_SECONDS
                self._look(store)
                if self._place and now >= log:
                    self._bring_logs()
                    log = now + LOG_SECONDS
                self._fill(store)
            except (LabError, OSError) as problem:
                logger.warning("%s It is tried again.", message_of(problem))
            except Exception:
                logger.exception("the executor met a problem")
                self._leaving.wait(1.0)
        self._see_off(store)
        leave()

    def _fill(self, store: Store) -> None:
        """Hand runs to Ray while it has a place for them, or few wait for one."""
        waiting = queue_of(store, CARD.id, self.only)
        if not waiting:
            return
        ray, found = join(), nodes()
        free = int(ray.available_resources().get("CPU", 0))
        pending = sum(1 for task in self._tasks.values() if not task.told and self._waits(store, task))
        for run_id in waiting[: max(0, max(MOST_WAITING, free) - pending)]:
            if run := store.runs.claim(self._machine, [run_id]):
                try:
                    self._hand(ray, run, request_for(run, self.home, found))
                except Exception as problem:
                    store.runs.end(run.id, Status.FAILED, message_of(problem))
                    raise

    def _hand(self, ray: Any, run: Run, asked: Request) -> None:
        if self._place:
            hand_over(self._place, self.home, run.id, folders_for(run, self.home))
        job = Job(
            run.id, run.started or 0.0, str(self.home.root), self.home.lab_id, weights=self._weights,
            threads=asked.cpus, environment=_environment(), told=self._lost.pop(run.id, ""),
        )  # fmt: skip
        task = ray.remote(max_calls=1, max_retries=0)(carry_out).options(
            num_cpus=asked.cpus, memory=asked.memory, num_gpus=asked.gpus, name=f"run {run.id}"
        )
        now = time.monotonic()
        self._tasks[run.id] = _Task(run, task.remote(job), asked, now, run.step, now)

    def _look(self, store: Store) -> None:
        """Close what has ended; say what waits; end by force what was asked to stop and doesn't."""
        for run_id, task in list(self._tasks.items()):
            ray = join()
            if ray.wait([task.result], timeout=0)[0]:
                del self._tasks[run_id]
                self._close(store, ray, task)
                continue
            run, now = store.runs.some([run_id]).get(run_id), time.monotonic()
            waits = run is not None and run.pid is None
            if waits != task.told and now - task.began > WAITS_SECONDS:
                store.runs.tell_silence(run_id, f"waits for a node with {task.request} free." if waits else None)
                task.told = waits
            if run is not None and run.step != task.step:
                task.step, task.moved = run.step, now
            asks = run is None or run.request in ("cancel", "discard")
            task.asked = (task.asked or now) if asks else None
            if task.asked and not task.killed and (waits or now - max(task.asked, task.moved) > STUCK_SECONDS):
                task.killed = True
                ray.cancel(task.result, force=True)

    def _close(self, store: Store, ray: Any, task: _Task) -> None:
        """Close a run by what its task came to; one whose node was lost goes back into the queue."""
        run_id, lost = task.run.id, (ray.exceptions.NodeDiedError, ray.exceptions.WorkerCrashedError,
                                     ray.exceptions.ObjectLostError)  # fmt: skip
        try:
            ending = ray.get(task.result)
        except ray.exceptions.TaskCancelledError:
            ending = Ending(Status.CANCELLED, endings.DID_NOT_STOP if task.moved > task.began else None)
        except lost as problem:
            return self._put_back(store, task, "its node was lost" if "ode" in type(problem).__name__ else
                                  "its process died")  # fmt: skip
        except ray.exceptions.RayTaskError as problem:
            ending = Ending(Status.FAILED, message_of(problem.cause or problem))
        except ray.exceptions.RayError as problem:
            ending = Ending(Status.FAILED, " ".join(str(problem).split())[:400])
        self._end(store, run_id, ending)
        return None

    def _end(self, store: Store, run_id: str, ending: Ending) -> None:
        if self._place:
            Copies(self._place, self.home, f"runs/{run_id}").bring()
        if ending.status == Status.INTERRUPTED and not ending.error:
            ending = Ending(ending.status, endings.interrupted_at(store.runs.get(run_id)))
        store.runs.end(run_id, ending.status, ending.error)
        settle_forks(store, run_id)
        self._vain.pop(run_id, None)

    def _put_back(self, store: Store, task: _Task, why: str) -> None:
        """Have a run go on elsewhere from its last checkpoint; it has failed where that was in vain again and again."""
        run = store.runs.some([task.run.id]).get(task.run.id)
        if run is None:
            return
        self._vain[run.id] = 0 if run.step > task.run.step else self._vain.get(run.id, 0) + 1
        told = f"{why} after step {run.step}"
        logger.warning("run %s: %s", run.id, told)
        if self._vain[run.id] >= TRIES:
            self._end(store, run.id, Ending(Status.FAILED, f"{told}, {TRIES} times in a row without a step between."))
            return
        if self._place:
            Copies(self._place, self.home, f"runs/{run.id}").bring()
        self._lost[run.id] = f"{told}: it goes on here, from its last checkpoint if there is one"
        if not store.runs.put_back(run.id):  # it was asked to stop
            status = Status.INTERRUPTED if run.request == "interrupt" else Status.CANCELLED
            self._end(store, run.id, Ending(status, endings.interrupted_at(run)))

    def _waits(self, store: Store, task: _Task) -> bool:
        found = store.runs.some([task.run.id]).get(task.run.id)
        return found is not None and found.pid is None

    def _bring_logs(self) -> None:
        for run_id in self._tasks:
            with contextlib.suppress(OSError):
                Copies(self._place, self.home, f"runs/{run_id}").bring_log()

    def _see_off(self, store: Store) -> None:
        """Ask what runs to leave with a checkpoint, and wait for it; what has not begun goes back into the queue."""
        until = time.monotonic() + LEAVE_SECONDS
        for run_id, task in list(self._tasks.items()):
            if self._waits(store, task) and store.runs.put_back(run_id):
                join().cancel(task.result, force=True)
                del self._tasks[run_id]
            elif store.runs.asked(run_id) not in ("cancel", "discard"):
                store.runs.request(run_id, "interrupt")
        while self._tasks and time.monotonic() < until:
            self._look(store)
            time.sleep(LOOK_SECONDS / 2)
        for run_id in self._tasks:
            self._end(store, run_id, Ending(Status.INTERRUPTED))
        self._tasks.clear()
        self._holds_lock.clear()


def make(home: Home, only: Sequence[str] | None) -> RayExecutor:
    """An executor of these runs, or of all that name Ray, not started yet; raises RunError where no cluster answers."""
    check(home)
    return RayExecutor(home, only)


def check(home: Home) -> None:
    """Raise RunError where Ray is not installed, no cluster answers, or its nodes can't reach the lab's database or the
    place for weights."""
    check_reachable(home, nodes())
    if url := os.environ.get(WEIGHTS):
        Place(url).check()


def _environment() -> dict[str, str]:
    """The lab's own settings, for the nodes; without the owner's keys where others use the lab."""
    found = environment_of_children()
    return {name: value for name, value in found.items() if name.startswith(HANDED) and name not in KEPT}
