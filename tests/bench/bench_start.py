"""(a) Seconds from the click to the first optimizer step, in the warm lab and in a fresh python with plain TRL."""

import json
import statistics
import tempfile
import time
from pathlib import Path

from lab.executors.processes.supervisor import Supervisor
from lab.planning import submit
from lab.store import Store
from tests.bench.peers import finish_peer, first_step_time, new_home, recipe, start_peer

ROUNDS = 3


def measure() -> dict:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = new_home(folder)
        supervisor = Supervisor(home)
        supervisor.start()
        supervisor.server.wait_ready(120)
        with Store(home) as store:
            ours = [_ours(store) for _ in range(ROUNDS)]
        supervisor.stop()
        theirs = [_theirs(folder) for _ in range(ROUNDS)]
    ratio = statistics.median(theirs) / statistics.median(ours)
    return {"lab_seconds": ours, "plain_trl_seconds": theirs, "times_sooner": round(ratio, 2)}


def _ours(store: Store) -> float:
    clicked = time.time()
    run = submit(recipe(("lora",), steps=10), store)[0]
    first = first_step_time(store, run.id)
    while not store.runs.get(run.id).status.over:
        time.sleep(0.05)
    return round(first - clicked, 3)


def _theirs(folder: Path) -> float:
    clicked = time.time()
    return round(finish_peer(start_peer(folder, "lora", steps=10))["first_step_at"] - clicked, 3)


if __name__ == "__main__":
    print(json.dumps(measure()))
