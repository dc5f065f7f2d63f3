"""(b) Wall time and peak memory of four variants in the warm lab, and of four plain TRL scripts one after the other.

The lab's runs do more: they judge before, during and after (held-out loss, exact match, perplexity) and keep samples.
"""

import json
import tempfile
import time
from pathlib import Path

from lab.executors.processes.supervisor import Supervisor
from lab.planning import submit
from lab.store import Status, Store
from tests.bench.peers import METHODS, TreeMemory, finish_peer, new_home, recipe, start_peer


def measure() -> dict:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, our_peak = _ours(folder)
        theirs, their_peak = _theirs(folder)
    return {
        "lab_seconds": round(ours, 2),
        "plain_trl_seconds": round(theirs, 2),
        "times_faster": round(theirs / ours, 2),
        "lab_peak_bytes": our_peak,
        "plain_trl_peak_bytes": their_peak,
    }


def _ours(folder: Path) -> tuple[float, int]:
    home = new_home(folder)
    supervisor = Supervisor(home)
    supervisor.start()
    supervisor.server.wait_ready(120)
    with Store(home) as store, TreeMemory() as memory:
        clicked = time.time()
        runs = submit(recipe(), store)
        while not all(store.runs.get(run.id).status.over for run in runs):
            time.sleep(0.05)
        seconds = time.time() - clicked
        assert all(store.runs.get(run.id).status == Status.DONE for run in runs)
    supervisor.stop()
    return seconds, memory.peak


def _theirs(folder: Path) -> tuple[float, int]:
    with TreeMemory() as memory:
        clicked = time.time()
        for method in METHODS:
            finish_peer(start_peer(folder, method))
        return time.time() - clicked, memory.peak


if __name__ == "__main__":
    print(json.dumps(measure()))
