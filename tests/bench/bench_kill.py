"""(j) Work lost when a worker is killed (kill -9), again and again, of a run that is resumed each time.

Of every kill: the seconds of training since the step that the run went on from, by the times of its curve, and which
share of all its training so far that is. The aim: at most 10 seconds or 5 %. A LoRA of nano on the cuisine.
"""

import json
import os
import random
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

from lab.executors.processes.supervisor import Supervisor
from lab.home import Home
from lab.machine import Slots
from lab.planning import resume, submit
from lab.recipe import build_recipe
from lab.store import Run, Store

KILLS = 8
EARLIEST, LATEST = 3.0, 25.0
"""Seconds of the clock between a run's going on and its death, drawn."""
SECONDS, SHARE = 10.0, 0.05
RECIPE = {
    "name": "Kill", "base": "nano", "data": "cuisine", "budget": {"steps": 100_000},
    "variants": [{"name": "LoRA", "method": "lora"}],
}  # fmt: skip


def measure(kills: int = KILLS) -> dict[str, Any]:
    draw, found = random.Random(0), []
    with tempfile.TemporaryDirectory() as folder, Store(home := Home(Path(folder))) as store:
        (run,) = submit(build_recipe(RECIPE), store)
        supervisor = Supervisor(home, Slots(1, 1)).start()
        try:
            for _ in range(kills):
                going = _wait_for_step(store, run.id, newest_step(store, run.id))
                time.sleep(draw.uniform(EARLIEST, LATEST))
                os.kill(going.pid or 0, signal.SIGKILL)
                wait_until(store, run.id, lambda one: one.status.over)
                found.append(lost(store, run.id))
                resume(run.id, store)
        finally:
            store.runs.request(run.id, "discard")
            supervisor.stop()
    kept = [one["seconds"] <= SECONDS or one["share"] <= SHARE for one in found]
    return {"kills": found, "worst_seconds": max(one["seconds"] for one in found), "within": sum(kept), "of": kills}


def lost(store: Store, run_id: str) -> dict[str, float]:
    """What a run that was killed has to do again: steps, seconds of training, and their share of all so far."""
    times = {point.step: point.time for point in store.curves.newer([run_id], names=["loss"])}
    done = max(times)
    kept = last_checkpoint(store.home, run_id)
    begun = times[min(step for step in times if step >= max(1, kept))]
    seconds = times[done] - begun if kept else times[done] - min(times.values())
    return {"step": done, "kept": kept, "seconds": round(seconds, 2), "share": round((done - kept) / done, 4)}


def last_checkpoint(home: Home, run_id: str) -> int:
    """The step of a run's newest whole checkpoint; 0 where there is none."""
    folders = home.run(run_id).checkpoints(0).glob("checkpoint-*")
    whole = [folder for folder in folders if (folder / "trainer_state.json").exists()]
    return max((int(folder.name.rpartition("-")[2]) for folder in whole), default=0)


def newest_step(store: Store, run_id: str) -> int:
    return max((point.step for point in store.curves.newer([run_id], names=["loss"])), default=0)


def _wait_for_step(store: Store, run_id: str, before: int) -> Run:
    """The run once it is further than it ever was."""
    return wait_until(store, run_id, lambda one: one.pid and newest_step(store, one.id) > before)


def wait_until(store: Store, run_id: str, so: Any, seconds: float = 300.0) -> Run:
    until = time.monotonic() + seconds
    while not so(run := store.runs.get(run_id)):
        if time.monotonic() > until:
            raise SystemExit(f"the run stands at {run.status}: {run.error}")
        time.sleep(0.1)
    return run


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
