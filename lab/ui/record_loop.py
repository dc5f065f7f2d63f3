"""Records the newest round of a lab for the page: `python -m lab.ui.record_loop`, once it has had its duel."""

import json
from pathlib import Path
from typing import Any

from lab.api import Lab
from lab.errors import RunError
from lab.store import Store
from lab.ui.curves import Curves
from lab.ui.recorded_loop import FILE
from lab.ui.rlhf import Loop

LOOKER = {"rater": "browser-00000000"}
KEPT_SAMPLES = 3
"""Questions whose answers are kept, at each step at which they were asked."""


def record(stations: dict[str, Any], store: Store, file: Path = FILE) -> dict[str, Any]:
    """Write the round that these stations of the tab show into a file. Raises RunError where it has no duel yet."""
    policy, model = stations["policy"], stations["model"]["run"]
    if not (policy and model and stations["duel"].get("result")):
        raise RunError(
            "this lab has no round that has come to its duel", do="go through the RLHF tab once, to its end."
        )
    curves = Curves(store).curves({"run": policy["id"]})
    curves["samples"] = [one for one in curves["samples"] if one[0] < KEPT_SAMPLES]
    seconds = sum(store.runs.get(run["id"]).outcome.cpu_seconds or 0.0 for run in (model, policy))
    recorded = {"stations": stations, "curves": curves, "minutes": round(seconds / 60, 1)}
    file.write_text(json.dumps(recorded, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    return recorded


if __name__ == "__main__":
    with Lab.open() as opened:
        record(Loop(opened).stations(LOOKER), opened.store)
        print(f"{FILE.stat().st_size} bytes recorded in {FILE}")
