"""What the measurements share: the lab's recipe, the peer's data file and command, memory of a process tree."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil

from lab.data.builtin import cuisine
from lab.home import ASSETS, Home
from lab.recipe import Recipe, build_recipe

BASE = os.environ.get("BENCH_BASE", "nano")
STEPS, BATCH, LENGTH = 60, 16, 64
METHODS = ("full", "freeze", "lora", "lora")


def base_folder() -> Path:
    return ASSETS / "nano" if BASE == "nano" else Path(BASE)


def recipe(methods: tuple[str, ...] = METHODS, steps: int = STEPS, **more: object) -> Recipe:
    """The variants the peer's scripts train too."""
    names = [f"{method} {i}" for i, method in enumerate(methods)]
    variants = [{"name": name, "method": method} for name, method in zip(names, methods, strict=True)]
    budget = {"steps": steps, "batch_size": BATCH, "max_length": LENGTH}
    fields = {"name": "Bench", "base": BASE, "data": "cuisine", "learning_rate": 5e-3, "budget": budget}
    return build_recipe({**fields, "variants": variants, **more})


def data_file(folder: Path) -> Path:
    """The training rows as the conversations the lab makes of them, for the peer to read."""
    roles = {"prompt": "user", "completion": "assistant"}
    rows = [
        {field: [{"role": role, "content": row[field]}] for field, role in roles.items()}
        for row in cuisine.load("train")
    ]
    file = folder / "cuisine.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return file


def start_peer(folder: Path, method: str, steps: int = STEPS) -> subprocess.Popen:
    """A fresh python running the plain TRL script for one variant."""
    script = [sys.executable, "-m", "tests.bench.plain_trl", str(base_folder()), str(data_file(folder))]
    size = ["--steps", str(steps), "--batch-size", str(BATCH), "--max-length", str(LENGTH)]
    command = [*script, "--method", method, *size, "--output", str(folder / "peer")]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def finish_peer(process: subprocess.Popen) -> dict:
    out, _ = process.communicate()
    if process.returncode:
        raise SystemExit("the plain TRL script failed; run it by hand to see why")
    return json.loads(out.splitlines()[-1])


class TreeMemory:
    """Peak proportional set size of this process and its descendants in bytes, sampled four times a second."""

    def __enter__(self) -> "TreeMemory":
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        me = psutil.Process()
        while not self._over.wait(0.25):
            total = 0
            for process in [me, *me.children(recursive=True)]:
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue
            self.peak = max(self.peak, total)


def first_step_time(store, run_id: str) -> float:
    """When the first training loss of a run was written (after its first optimizer step)."""
    while True:
        points = [point for point in store.curves.newer([run_id]) if point.name == "loss"]
        if points:
            return points[0].time
        time.sleep(0.01)


def new_home(folder: Path) -> Home:
    return Home(folder / "home")
