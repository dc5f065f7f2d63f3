"""Runs as jobs of Hugging Face: a small Hub of this machine starts each as a process with a folder of its own, which
shares nothing with the lab but a PostgreSQL database and a data set of that Hub.
"""

import os
from pathlib import Path

import pytest

from lab.errors import LabError
from lab.executors import hf_jobs
from lab.executors.jobs.executor import JobExecutor
from lab.executors.jobs.parcel import Parcels, folders_for
from lab.home import Home
from lab.planning import resume, submit
from lab.recipe import build_recipe
from lab.store import Run, Status, Store
from tests.executors.warm_lab import LONG, WarmLab
from tests.hub import TOKEN, at_this_hub, fake_hub
from tests.postgres import MISSING, PostgresServer, find_postgres

REPO = "me/lab-jobs"


@pytest.fixture
def hub(monkeypatch, tmp_path):
    monkeypatch.setenv("LAB_JOBS_REPO", REPO)
    monkeypatch.setenv("LAB_JOBS_INSTALL", "")
    with fake_hub() as made, at_this_hub(made, monkeypatch, tmp_path / "cache"):
        yield made


@pytest.fixture(scope="module")
def postgres():
    if find_postgres() is None:
        pytest.skip(MISSING)
    server = PostgresServer(Path("/tmp") / f"lab-jobs-postgres-{os.getpid()}")
    yield server
    server.close()


class JobsLab(WarmLab):
    """A lab with PostgreSQL, whose helpers to wait for runs are those of the warm one."""

    def __init__(self, home: Home):
        self.home, self.store = home, Store(home)

    def submit_nano(self, steps: int) -> Run:
        fields = {
            "base": "nano", "data": {"name": "cuisine", "limit": 32}, "executor": "hf_jobs",
            "budget": {"steps": steps, "batch_size": 2, "max_length": 48},
            "evaluate": {"rows": 4, "answers": 0, "retained": 0, "every": LONG}, "variants": [{"name": "x"}],
        }  # fmt: skip
        return submit(build_recipe(fields), self.store)[0]

    def start(self) -> JobExecutor:
        Parcels(REPO).check()
        jobs = hf_jobs.HfJobs(self.home)
        jobs.every = 1.0
        return JobExecutor("hf_jobs", jobs, self.home, None).start()


@pytest.fixture
def lab(hub, postgres, home, monkeypatch):
    monkeypatch.setenv("LAB_DATABASE_URL", postgres.url)
    opened = JobsLab(home)
    yield opened
    opened.store.close()


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_run_goes_to_a_job_and_comes_back(hub, lab):
    run = lab.submit_nano(steps=3)
    executor = lab.start()
    done = lab.ended(run, 800)
    assert done.status == Status.DONE, (done.error, lab.home.run(run.id).log.read_text())
    assert [step for step, _ in lab.store.curves.curve(run.id, "loss")] == [1, 2, 3]
    assert lab.home.run(run.id).stage(0).exists() and "step 3" in lab.home.run(run.id).log.read_text()
    (job,) = hub.jobs.all.values()
    assert job.asked["secrets"] == {"HF_TOKEN": TOKEN, "LAB_DATABASE_URL": lab.home.database_url}
    assert job.asked["flavor"] == "cpu-basic" and job.asked["timeoutSeconds"] >= 600
    assert not any(TOKEN in str(value) for value in job.asked["environment"].values())
    assert hub.private[REPO]
    executor.stop()


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_job_that_is_cut_off_leaves_an_interrupted_run_that_goes_on(hub, lab):
    executor = lab.start()
    long = lab.submit_nano(steps=LONG)
    lab.wait(long, lambda now: now.step >= 3 or now.status.over, 800)
    hub.jobs.kill(list(hub.jobs.all)[-1])
    cut = lab.ended(long, 120)
    lab.home.run(long.id).log.write_text("")
    assert cut.status == Status.INTERRUPTED and "its time was up" in cut.error
    resume(long.id, lab.store)
    said = lab.home.run(long.id).log
    lab.wait(long, lambda now: len(hub.jobs.all) == 2 and "step 3:" in said.read_text(), 800)
    executor.stop()  # as when the lab is closed: the job sends a checkpoint
    left = lab.store.runs.get(long.id)
    assert left.status == Status.INTERRUPTED and "goes on from step" in left.error
    assert list(lab.home.run(long.id).checkpoints(0).glob("checkpoint-*"))


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_job_that_breaks_fails_its_run_with_its_last_words(hub, lab, monkeypatch):
    monkeypatch.setenv("LAB_JOBS_INSTALL", "there is/no such=package")
    run = lab.submit_nano(steps=2)
    executor = lab.start()
    failed = lab.ended(run, 120)
    executor.stop()
    assert failed.status == Status.FAILED and "it broke" in failed.error and "ERROR" in failed.error


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_job_that_waits_is_taken_back_when_its_run_is_cancelled(hub, lab):
    hub.jobs.hold = True
    run = lab.submit_nano(steps=2)
    executor = lab.start()
    lab.wait(run, lambda now: bool(hub.jobs.all), 120)
    lab.store.runs.request(run.id, "cancel")
    assert lab.ended(run, 120).status == Status.CANCELLED
    assert [job.stage for job in hub.jobs.all.values()] == ["CANCELED"]
    executor.stop()


def test_files_come_and_go_as_they_are(hub, home, tmp_path):
    there, parcels = Home(tmp_path / "there"), Parcels(REPO)
    parcels.check()
    folder = home.run("0123abcd").root
    (folder / "stage-1").mkdir(parents=True)
    (folder / "stage-1" / "weights.safetensors").write_bytes(b"1")
    (folder / "recipe.yaml").write_text("a")
    (folder / "job.json").write_text("{}")
    parcels.send(home, "runs/0123abcd")
    parcels.bring(there, "runs/0123abcd")
    parcels.bring(there, "runs/ffffffff")  # was never sent
    arrived = there.run("0123abcd").root
    assert (arrived / "recipe.yaml").read_text() == "a" and not (arrived / "job.json").exists()
    (arrived / "recipe.yaml").unlink()
    (arrived / "note.txt").write_text("b")
    parcels.send(there, "runs/0123abcd")
    parcels.bring(home, "runs/0123abcd")
    assert sorted(file.name for file in folder.rglob("*") if file.is_file()) == [
        "job.json", "note.txt", "weights.safetensors",
    ]  # fmt: skip


def test_what_a_job_cannot_reach_is_told_before_anything_is_queued(hub, home, monkeypatch):
    def refused() -> str:
        with pytest.raises(LabError) as problem:
            hf_jobs.check(home)
        assert problem.value.do
        return str(problem.value)

    assert "can't reach the lab's database" in refused()
    monkeypatch.setenv("LAB_DATABASE_URL", "postgresql+psycopg://lab@127.0.0.1/lab")
    assert "can't reach the lab's database" in refused()
    monkeypatch.setenv("LAB_DATABASE_URL", "postgresql+psycopg://lab@db.example.org/lab")
    hf_jobs.check(home)
    monkeypatch.setenv("LAB_JOBS_REPO", "")
    assert "no data set is named" in refused()
    monkeypatch.setenv("LAB_JOBS_REPO", REPO)
    hub.repos[f"datasets/{REPO}"].private = False
    assert "everybody can read that data set" in refused()
    monkeypatch.delenv("HF_TOKEN")
    assert "nobody is logged in" in refused()


def test_a_run_with_files_of_this_machine_is_refused(store, tmp_path):
    data = tmp_path / "rows.jsonl"
    data.write_text('{"prompt": "a", "completion": "b"}\n' * 9)
    recipe = build_recipe({"base": "nano", "data": str(data), "variants": [{"name": "x"}]})
    (run,) = submit(recipe, store)
    with pytest.raises(LabError, match="lies on this machine"):
        folders_for(run, store.home)


def test_the_lab_is_installed_in_the_image_unless_it_is_there(monkeypatch):
    monkeypatch.delenv("LAB_JOBS_INSTALL", raising=False)
    words = hf_jobs.command()
    assert words[:2] == ["bash", "-c"] and "pip install -q 'parrot-lab[postgres]==" in words[2]
    monkeypatch.setenv("LAB_JOBS_INSTALL", "")
    assert hf_jobs.command() == ["python", "-m", "lab.executors.jobs.remote"]
