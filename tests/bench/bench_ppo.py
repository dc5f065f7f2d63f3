"""(e) A step of PPO and its memory, against TRL 1.12's PPOTrainer at equal batch, lengths and epochs; one thread each.

CPU seconds are given beside wall seconds: on a busy machine only they compare.
"""

import json
import statistics
import tempfile
from pathlib import Path

from tests.peers.ppo_run import Setting, install_trl, run

SIZES = {"letters": {"batch": 32, "tokens": 12, "steps": 6}, "nano": {"batch": 32, "tokens": 32, "steps": 4}}


def measure() -> dict:
    with tempfile.TemporaryDirectory() as folder:
        if not install_trl(Path(folder)):
            return {"skipped": "TRL 1.12 can't be installed here"}
        return {size: _compare(size, folder) for size in SIZES}


def _compare(size: str, folder: str) -> dict:
    found = {peer: run(Setting(peer, size, trl=folder, **SIZES[size])) for peer in ("lab", "trl")}
    figures = {
        peer: {
            "cpu_seconds": statistics.median(result["cpu"][1:]),
            "wall_seconds": statistics.median(result["wall"][1:]),
            "peak_mb": round(result["peak_memory"] / 2**20),
        }
        for peer, result in found.items()
    }
    lab, trl = figures["lab"], figures["trl"]
    times_faster = round(trl["cpu_seconds"] / lab["cpu_seconds"], 2)
    return figures | {"times_faster": times_faster, "share_of_memory": round(lab["peak_mb"] / trl["peak_mb"], 2)}


if __name__ == "__main__":
    print(json.dumps(measure()))
