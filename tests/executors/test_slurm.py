"""Runs as jobs of Slurm, by submitit's executor of this machine: no cluster is asked, the rest is as with one."""

import importlib.util
import os
import signal

import pytest

pytest.importorskip("submitit")

from lab.errors import RunError
from lab.executors import make_executor, slurm
from lab.executors.jobs.executor import JobExecutor
from lab.executors.jobs.needs import AMPLE, START_MINUTES
from lab.planning import resume
from lab.store import Status
from tests.executors.warm_lab import LONG, WarmLab


@pytest.fixture
def jobs(tmp_path, monkeypatch):
    """A lab whose runs are jobs of this machine."""
    monkeypatch.setenv("LAB_SLURM_CLUSTER", "local")
    monkeypatch.setenv("LAB_EXECUTOR", "slurm")
    lab = WarmLab(tmp_path / "home", start=False)
    yield lab
    lab.close()


def started(lab: WarmLab, *runs) -> JobExecutor:
    return make_executor("slurm", lab.home, [run.id for run in runs]).start()


def submit(lab: WarmLab, *variants: dict, steps: int = 4):
    """Queued runs that name Slurm."""
    return lab.submit(*variants, steps=steps, executor="slurm")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_each_variant_is_a_job_that_leaves_what_a_worker_of_this_machine_leaves(jobs):
    runs = submit(jobs, {"name": "LoRA", "method": "lora"}, {"name": "all", "method": "full"})
    executor = started(jobs, *runs)
    ended = [jobs.ended(run, 400) for run in runs]
    executor.stop()
    assert [run.status for run in ended] == [Status.DONE] * 2, [run.error for run in ended]
    assert all(run.machine == jobs.home.machine_of("slurm") for run in ended)
    for run in ended:
        assert [step for step, _ in jobs.store.curves.curve(run.id, "loss")] == [1, 2, 3, 4]
        assert "step 4" in jobs.home.run(run.id).log.read_text()


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_killed_job_leaves_an_interrupted_run_that_goes_on_and_stops_when_asked(jobs):
    (run,) = submit(jobs, steps=LONG)
    executor = started(jobs, run)
    jobs.wait(run, lambda now: now.step >= 3, 400)
    os.kill(jobs.store.runs.get(run.id).pid, signal.SIGKILL)
    killed = jobs.ended(run, 120)
    assert killed.status == Status.INTERRUPTED and f"lab resume {run.id}" in killed.error

    resume(run.id, jobs.store)
    jobs.wait(run, lambda now: now.status == Status.RUNNING and now.pid, 400)
    before = jobs.store.runs.get(run.id).step
    jobs.wait(run, lambda now: now.step > before + 2, 400)
    executor.stop()  # as when the lab is closed
    left = jobs.store.runs.get(run.id)
    assert left.status == Status.INTERRUPTED and "goes on from step" in left.error
    assert list(jobs.home.run(run.id).checkpoints(0).glob("checkpoint-*"))

    resume(run.id, jobs.store)
    executor = started(jobs, run)
    jobs.wait(run, lambda now: now.step > left.step, 400)
    jobs.store.runs.request(run.id, "cancel")
    assert jobs.ended(run, 120).status == Status.CANCELLED
    assert jobs.home.run(run.id).stage(0).exists()
    executor.stop()


def test_a_job_is_asked_for_by_the_runs_estimate_and_the_clusters_settings(jobs, monkeypatch):
    (run,) = jobs.submit(processes=2, executor="slurm")
    monkeypatch.setenv("LAB_SLURM", "partition=gpu --qos=short")
    monkeypatch.setenv("LAB_THREADS", "3")
    needs = slurm.needs_of(run, jobs.home, gpus=1)
    asked = slurm.SlurmJobs(jobs.home)._parameters(run, needs)
    assert (asked["cpus_per_task"], asked["gpus_per_node"], asked["name"]) == (6, 2, f"lab-{run.id}")
    assert asked["timeout_min"] >= START_MINUTES + AMPLE * run.outcome.expected_seconds / 60
    assert asked["mem_gb"] >= 6
    assert asked["slurm_additional_parameters"] == {"partition": "gpu", "qos": "short"}
    monkeypatch.setenv("LAB_JOB_MINUTES", "45")
    assert slurm.needs_of(run, jobs.home).minutes == 45


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LAB_SLURM_CLUSTER", "", "`sbatch` is not found"),
        ("LAB_SLURM_CLUSTER", "moon", "is no cluster"),
        ("LAB_SLURM", "gpu", "can't be read"),
        ("LAB_SLURM_GPUS", "all", "is no number"),
    ],
)
def test_what_is_missing_or_wrong_is_told_before_anything_is_queued(jobs, monkeypatch, name, value, said):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv(name, value)
    with pytest.raises(RunError, match=said) as refused:
        slurm.check(jobs.home)
    assert refused.value.do


def test_without_submitit_the_extra_to_install_is_named(jobs, monkeypatch):
    monkeypatch.setattr(slurm, "find_spec", lambda name: None if name == "submitit" else importlib.util.find_spec(name))
    with pytest.raises(RunError, match="not installed") as refused:
        slurm.check(jobs.home)
    assert "parrot-lab[slurm]" in refused.value.do


def test_a_run_that_is_cancelled_while_its_job_waits_never_begins(jobs):
    class Waiting:
        every, grace, cancelled = 0.1, 5.0, ()

        def submit(self, run):
            return "17"

        def state(self, job):
            from lab.executors.jobs.executor import JobState

            return JobState(waiting=not self.cancelled, over=bool(self.cancelled), reason="cancelled")

        def cancel(self, job):
            self.cancelled = (job,)

        def watch(self, run, job): ...

        def collect(self, run, job): ...

    (run,) = submit(jobs)
    executor = JobExecutor("slurm", queue := Waiting(), jobs.home, [run.id]).start()
    jobs.wait(run, lambda now: now.status == Status.RUNNING, 20)
    jobs.store.runs.request(run.id, "cancel")
    assert jobs.ended(run, 20).status == Status.CANCELLED and queue.cancelled == ("17",)
    executor.stop()
