"""The executor for Hugging Face Jobs: each run is a job on a machine of theirs, paid by the minute.

A job shares the lab's PostgreSQL database; files go to and fro by a private data set, LAB_JOBS_REPO. A failed job
raises nothing by itself, so each is asked for its stage.
"""

import contextlib
import json
import os
import shlex
from collections.abc import Sequence
from typing import Any

from sqlalchemy.engine import make_url

import lab
from lab.card import ExecutorCard, Text
from lab.data.hub import HUB_ID
from lab.errors import LabError, RunError
from lab.executors.endings import ENDING, Ending, read_ending
from lab.executors.jobs.executor import JobExecutor, JobState
from lab.executors.jobs.needs import needs_of
from lab.executors.jobs.parcel import Parcels, folders_for, hub
from lab.executors.jobs.remote import NEEDS, REPO, RUN
from lab.home import Home
from lab.store import Run

CARD = ExecutorCard(
    id="hf_jobs",
    name=Text("Hugging Face Jobs", "Hugging Face Jobs"),
    explain=Text(
        "Each run is a job on a machine of Hugging Face; the lab's database and a private data set connect the two.",
        "每次运行都是 Hugging Face 机器上的一个作业,通过实验室的数据库和一个私有数据集相连。",
    ),
    elsewhere=True,
)
WHERE = "executor hf_jobs"
IMAGE, FLAVOR = "python:3.12", "cpu-basic"
LOOPBACK = (None, "", "localhost", "127.0.0.1", "::1")
REASONS = {
    "COMPLETED": "it came to its end without a word", "CANCELED": "it was cancelled, or its time was up",
    "ERROR": "it broke", "DELETED": "it was deleted",
}  # fmt: skip


class HfJobs:
    """The jobs of one lab at Hugging Face, by the Hub's client."""

    every, grace = 10.0, 300.0

    def __init__(self, home: Home):
        self._home = home
        self._parcels = Parcels(os.environ.get(REPO, ""))
        self._namespace = os.environ.get("LAB_JOBS_NAMESPACE")

    def submit(self, run: Run) -> str:
        from huggingface_hub import get_token

        needs, folders = needs_of(run, self._home), folders_for(run, self._home)
        for name in (f"runs/{run.id}", *folders):
            self._parcels.send(self._home, name)
        environment = {
            RUN: run.id, REPO: self._parcels.repo, NEEDS: json.dumps(folders), "LAB_THREADS": str(needs.threads),
            "HF_HUB_DISABLE_TELEMETRY": "1",
        }  # fmt: skip
        with hub(WHERE) as client:
            job = client.run_job(
                image=os.environ.get("LAB_JOBS_IMAGE") or IMAGE, command=command(), env=environment,
                secrets={"HF_TOKEN": get_token(), "LAB_DATABASE_URL": self._home.database_url},
                flavor=os.environ.get("LAB_JOBS_FLAVOR") or FLAVOR, timeout=60 * needs.minutes,
                name=f"lab-{run.id}", namespace=self._owner(client),
            )  # fmt: skip
        return str(job.id)

    def state(self, job: str) -> JobState:
        with hub(WHERE) as client:
            status = client.inspect_job(job_id=job, namespace=self._owner(client)).status
        stage = str(getattr(status.stage, "value", status.stage))
        told = ": ".join(filter(None, (REASONS.get(stage, stage.lower()), status.message)))
        return JobState(stage == "SCHEDULING", stage in REASONS, stage == "ERROR", told)

    def cancel(self, job: str) -> None:
        with hub(WHERE) as client:
            client.cancel_job(job_id=job, namespace=self._owner(client))

    def watch(self, run: Run, job: str) -> None:
        """What the job has printed so far becomes the run's log."""
        with hub(WHERE) as client:
            lines = [line.rstrip("\n") for line in client.fetch_job_logs(job_id=job, namespace=self._owner(client))]
        if lines:
            log = self._home.run(run.id).log
            log.parent.mkdir(parents=True, exist_ok=True)
            log.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def collect(self, run: Run, job: str) -> Ending | None:
        with contextlib.suppress(LabError):  # a log is no reason to lose what was learned
            self.watch(run, job)
        self._parcels.bring(self._home, f"runs/{run.id}")
        with contextlib.suppress(FileNotFoundError):
            return read_ending(self._home.run(run.id).root / ENDING)
        return None

    def _owner(self, client: Any) -> str:
        """Whose account jobs are of; asked once."""
        self._namespace = self._namespace or str(client.whoami()["name"])
        return self._namespace


def command() -> list[str]:
    """What a job does: install the lab (LAB_JOBS_INSTALL is empty where the image has it), and carry the run out."""
    carry_out = ["python", "-m", "lab.executors.jobs.remote"]
    install = os.environ.get("LAB_JOBS_INSTALL", f"parrot-lab[postgres]=={lab.__version__}")
    if not install:
        return carry_out
    return ["bash", "-c", f"pip install -q {shlex.quote(install)} && exec {shlex.join(carry_out)}"]


def check(home: Home) -> None:
    """Raise LabError where a job could not reach the lab's database or its files, or nobody is logged in."""
    url = make_url(home.database_url)
    if url.get_backend_name() == "sqlite" or url.host in LOOPBACK:
        raise RunError("a job of Hugging Face can't reach the lab's database, which is on this machine",
                       where="LAB_DATABASE_URL", do="set LAB_DATABASE_URL=postgresql+psycopg://… of a server that it "
                       "can reach, with TLS and a password.")  # fmt: skip
    repo = os.environ.get(REPO, "")
    if not HUB_ID.fullmatch(repo):
        raise RunError("no data set is named for what goes to and fro", where=REPO,
                       do=f"set {REPO}=owner/name; it is made, and private.")  # fmt: skip
    Parcels(repo).check()


def make(home: Home, only: Sequence[str] | None) -> JobExecutor:
    """An executor of these runs as jobs, not started yet; raises LabError as `check` does."""
    check(home)
    return JobExecutor(CARD.id, HfJobs(home), home, only)
