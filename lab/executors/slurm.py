"""The executor for a Slurm cluster, by submitit: each run is a job on a node that shares the lab's folder and database.

Slurm is told the processors, memory, GPUs and minutes of each run's estimate; what else a cluster wants to hear stands
in LAB_SLURM ("partition=gpu account=me"). Without a cluster, LAB_SLURM_CLUSTER=local has submitit start the jobs here.
"""

import contextlib
import os
import shutil
import signal
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lab.card import ExecutorCard, Text
from lab.errors import RunError
from lab.executors.endings import Ending
from lab.executors.jobs.executor import JobExecutor, JobState
from lab.executors.jobs.needs import Needs, needs_of
from lab.home import Home, is_bucket
from lab.store import Run

CARD = ExecutorCard(
    id="slurm",
    name=Text("Slurm", "Slurm 集群"),
    explain=Text(
        "Each run is a job of a Slurm cluster whose nodes share the lab's folder and database.",
        "每次运行都是 Slurm 集群上的一个作业,各节点共享实验室的文件夹和数据库。",
    ),
    elsewhere=True,
)
WHERE = "executor slurm"
BROKEN = ("FAILED", "OUT_OF_MEMORY", "BOOT_FAIL", "DEADLINE")
WAITING = ("PENDING", "CONFIGURING", "REQUEUED", "RESV_DEL_HOLD", "REQUEUE_HOLD")
SIGNAL_SECONDS = 120
"""Before a job's time is up Slurm says so, and the run writes a checkpoint and is interrupted."""


class SlurmJobs:
    """The jobs of one lab, by submitit; its files lie under the home's `jobs`."""

    every, grace = 2.0, 60.0

    def __init__(self, home: Home):
        self._home, self._cluster = home, cluster()
        self._jobs: dict[str, Any] = {}
        if self._cluster == "local":
            self.every = 0.2

    def submit(self, run: Run) -> str:
        import submitit

        executor = submitit.AutoExecutor(folder=self._home.root / "jobs", cluster=self._cluster)
        needs = needs_of(run, self._home, _gpus())
        try:
            executor.update_parameters(**self._parameters(run, needs))
            job = executor.submit(carry_out, str(self._home.root), run.id, needs.threads)
        except (RuntimeError, OSError, ValueError, submitit.core.utils.FailedJobError) as problem:
            said = " ".join(str(problem).split())[-300:].rstrip(".")
            raise RunError(f"Slurm does not take the job: {said}", where=WHERE,
                           do="see LAB_SLURM and LAB_JOB_MINUTES in docs/jobs.md.") from None  # fmt: skip
        self._jobs[str(job.job_id)] = job
        return str(job.job_id)

    def state(self, job: str) -> JobState:
        known = self._job(job)
        state = str(known.state).split()[0].rstrip("+") if known.state else "UNKNOWN"
        over = known.done()
        return JobState(state in WAITING, over, over and (state in BROKEN or _raised(known)), state.lower())

    def cancel(self, job: str) -> None:
        self._job(job).cancel(check=False)

    def watch(self, run: Run, job: str) -> None:
        """The run's log is in its folder already."""

    def collect(self, run: Run, job: str) -> Ending | None:
        """The run's log is in its folder already; of a job that never got so far, what it said goes there."""
        log, said = self._home.run(run.id).log, self._job(job).stderr()
        if said and (not log.exists() or _raised(self._job(job))):
            with log.open("a", encoding="utf-8") as file:
                file.write(said)
        return None

    def _parameters(self, run: Run, needs: Needs) -> dict[str, Any]:
        """What Slurm is told of a job."""
        asked: dict[str, Any] = {
            "name": f"lab-{run.id}", "timeout_min": needs.minutes, "cpus_per_task": needs.cpus, "nodes": 1,
            "tasks_per_node": 1, "mem_gb": needs.memory_gb, "slurm_signal_delay_s": SIGNAL_SECONDS,
        }  # fmt: skip
        if needs.gpus:
            asked["gpus_per_node"] = needs.gpus
        if said := words(os.environ.get("LAB_SLURM", "")):
            asked["slurm_additional_parameters"] = said
        return asked

    def _job(self, job: str) -> Any:
        if job not in self._jobs:
            import submitit

            kind = submitit.LocalJob if self._cluster == "local" else submitit.SlurmJob
            self._jobs[job] = kind(folder=self._home.root / "jobs", job_id=job)
        return self._jobs[job]


def carry_out(root: str, run: str, threads: int) -> None:
    """The job: the worker that carries any run out, told to leave by Slurm's signals too."""
    from lab.executors.worker import run_worker
    from lab.training.turns import no_turns

    for number in (signal.SIGUSR1, signal.SIGUSR2):  # its time is up soon, or another job wants the node
        signal.signal(number, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    run_worker(Home(Path(root)), run, None, threads, lambda _: no_turns)


def cluster() -> str:
    """`slurm`, or `local` where LAB_SLURM_CLUSTER says so."""
    said = os.environ.get("LAB_SLURM_CLUSTER") or "slurm"
    if said not in ("slurm", "local"):
        raise RunError(f"LAB_SLURM_CLUSTER={said} is no cluster", where=WHERE, do="leave it out, or set it to `local`.")
    return said


def words(said: str) -> dict[str, str]:
    """Settings of sbatch, `name=value` with spaces between; raises RunError."""
    found = dict(one.partition("=")[::2] for one in said.split())
    if any(not name or not value for name, value in found.items()):
        raise RunError(f"LAB_SLURM='{said}' can't be read", where=WHERE, do="write it as `partition=gpu account=me`.")
    return {name.lstrip("-").replace("-", "_"): value for name, value in found.items()}


def check(home: Home) -> None:
    """Raise RunError where submitit or Slurm is not there, or other machines can't open the lab's database."""
    if find_spec("submitit") is None:
        raise RunError("the package `submitit` is not installed", where=WHERE, do="pip install 'parrot-lab[slurm]'.")
    words(os.environ.get("LAB_SLURM", ""))
    _gpus()
    if cluster() == "slurm" and shutil.which("sbatch") is None:
        raise RunError("there is no Slurm here: `sbatch` is not found", where=WHERE,
                       do="start the lab on a login node of the cluster, or take another executor.")  # fmt: skip
    if cluster() == "slurm" and home.database_url.startswith("sqlite") and _is_on_network(home.root):
        raise RunError("the lab's database is a file (SQLite) on a network disk, which several machines can't write to",
                       where="LAB_DATABASE_URL", do="set LAB_DATABASE_URL=postgresql+psycopg://…")  # fmt: skip


def make(home: Home, only: Sequence[str] | None) -> JobExecutor:
    """An executor of these runs as jobs, not started yet; raises RunError as `check` does."""
    check(home)
    return JobExecutor(CARD.id, SlurmJobs(home), home, only)


def _gpus() -> int:
    said = os.environ.get("LAB_SLURM_GPUS") or "0"
    if not said.isdigit():
        raise RunError(f"LAB_SLURM_GPUS={said} is no number", where=WHERE, do="give how many GPUs a process gets.")
    return int(said)


def _is_on_network(folder: Path) -> bool:
    """Whether a folder lies on a disk of another machine, as far as this one can tell."""
    return any(is_bucket(one) for one in (folder, *folder.parents))


def _raised(job: Any) -> bool:
    """Whether the job's function ended with an exception."""
    with contextlib.suppress(Exception):  # submitit raises of its own where a result can't be read
        return job.paths.result_pickle.exists() and job.exception() is not None
    return False
