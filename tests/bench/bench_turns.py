"""What taking turns costs: wall time of eight variants that take turns over that of the same ones queued, in pairs.

    python -m tests.bench.bench_turns [PAIRS]

Both orders within one process and one warm lab, after each other and the other way round in the next pair. The spread
tells how far the curves lie apart: over the time that all train, the mean difference in steps done of the furthest and
the last, as a share of all steps.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import mean, median

from lab.executors.processes.supervisor import Supervisor
from lab.planning import submit
from lab.store import Run, Status, Store
from tests.bench.peers import new_home, recipe

METHODS = ("full", "freeze", "lora", "ia3", "bitfit", "adapter", "prefix", "rslora")


def measure(pairs: int = 3) -> dict:
    seconds: dict[str, list[float]] = {"turns": [], "queue": []}
    spread: dict[str, list[float]] = {"turns": [], "queue": []}
    with tempfile.TemporaryDirectory() as name:
        home = new_home(Path(name))
        supervisor = Supervisor(home).start()
        supervisor.server.wait_ready(120)
        with Store(home) as store:
            for pair in range(pairs):
                for order in ("turns", "queue") if pair % 2 == 0 else ("queue", "turns"):
                    took, apart = _carry_out(store, order)
                    seconds[order].append(took)
                    spread[order].append(apart)
        supervisor.stop()
    ratios = [a / b for a, b in zip(seconds["turns"], seconds["queue"], strict=True)]
    return {
        "seconds": {order: [round(one, 1) for one in found] for order, found in seconds.items()},
        "turns_over_queue": [round(one, 3) for one in ratios],
        "median": round(median(ratios), 3),
        "spread": {order: round(mean(found), 3) for order, found in spread.items()},
    }


def _carry_out(store: Store, order: str) -> tuple[float, float]:
    """Wall seconds from queueing to the last end, and how far apart the runs' steps were."""
    began, apart = time.time(), []
    runs = submit(recipe(METHODS, order=order), store)
    while not all(store.runs.get(run.id).status.over for run in runs):
        apart.append(_apart([store.runs.get(run.id) for run in runs]))
        time.sleep(0.1)
    seconds = time.time() - began
    wrong = [now for run in runs if (now := store.runs.get(run.id)).status != Status.DONE]
    assert not wrong, [(run.name, run.error) for run in wrong]
    return seconds, mean(apart)


def _apart(runs: list[Run]) -> float:
    shares = [run.step / max(1, run.total_steps) for run in runs]
    return max(shares) - min(shares)


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3)))
