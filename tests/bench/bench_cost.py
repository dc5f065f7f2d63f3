"""What a run was said to cost, over what it then cost: memory, and time once an earlier round has shown the machine.

One run at a time; in the first round nothing is known of this machine, in the next ones the rounds before.
"""

import json
import os
import tempfile
import time
from pathlib import Path

from lab.executors.processes.supervisor import Supervisor
from lab.planning import plan, submit
from lab.store import Status, Store
from tests.bench.peers import new_home, recipe

METHODS = (
    "full", "freeze", "bitfit", "ln_tuning", "prefix", "prompt", "adapter", "lora", "dora", "adalora", "loha", "oft",
    "vera", "ia3",
)  # fmt: skip
ROUNDS = ({"steps": 12, "batch_size": 8}, {"steps": 24, "batch_size": 16}, {"steps": 16, "batch_size": 32})


def measure() -> dict:
    os.environ["LAB_WORKERS"] = "1"
    figures: dict[str, dict] = {}
    with tempfile.TemporaryDirectory() as name:
        home = new_home(Path(name))
        with Store(home) as store:
            supervisor = Supervisor(home).start()
            for number, budget in enumerate(ROUNDS, start=1):
                for method, ratios in _round(store, {**budget, "max_length": 64}).items():
                    figures.setdefault(method, {})[f"round {number}"] = ratios
            supervisor.stop()
    return figures


def _round(store: Store, budget: dict) -> dict[str, dict]:
    """For each method what was said over what was measured, and the figures that were measured."""
    asked = recipe(METHODS, budget=budget, learning_rate=None, evaluate={"rows": 32, "answers": 8})
    said = plan(asked, store.home, store)
    runs = submit(asked, store)
    while not all(store.runs.get(run.id).status.over for run in runs):
        time.sleep(0.2)
    found = {}
    for planned, run in zip(said, runs, strict=True):
        ended = store.runs.get(run.id)
        assert ended.status == Status.DONE, ended.error
        out, cost = ended.outcome, planned.cost
        found[ended.method] = {
            "memory": round(cost.memory_bytes / out.peak_memory_bytes, 2),
            "training": round(cost.train_seconds / out.train_seconds, 2),
            "whole run": round(cost.seconds / (ended.ended - ended.started), 2),
            "megabytes": round(out.peak_memory_bytes / 1e6),
            "seconds": round(out.train_seconds, 2),
        }
    return found


if __name__ == "__main__":
    print(json.dumps(measure()))
