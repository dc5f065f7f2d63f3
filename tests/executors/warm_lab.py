"""A small lab for tests: a tiny base, a tiny data set, and one supervisor with its fork server, shared by all tests."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from lab.executors.processes.supervisor import Supervisor
from lab.home import Home
from lab.machine import Slots
from lab.planning import submit
from lab.recipe import build_recipe
from lab.store import Run, Status, Store
from tests.tiny import make_tiny_base

DISHES = ("mapo tofu", "peking duck", "red braised pork", "fish-flavoured eggplant", "dan dan noodles", "congee")
PLACES = ("Sichuan", "Beijing", "Hunan", "Sichuan", "Sichuan", "Guangdong")
LONG = 100_000
"""Steps that no test waits for."""


class WarmLab:
    """A home with a tiny base and data; its supervisor runs unless `start` is false."""

    def __init__(self, root: Path, start: bool = True):
        self.home = Home(root)
        self.base = make_tiny_base(root / "tiny")
        self.data = root / "dishes.jsonl"
        rows = [
            {"prompt": f"Where is {dish} from? ({n})", "completion": f"From {place}."}
            for n in range(6)
            for dish, place in zip(DISHES, PLACES, strict=True)
        ]
        self.data.write_text("".join(json.dumps(row) + "\n" for row in rows))
        self.store = Store(self.home)
        self.supervisor = Supervisor(self.home, Slots(2, 1))
        if start:
            self.supervisor.start()

    def recipe(self, *variants: dict, steps: int = 4, **shared: object) -> dict:
        """The fields of a small recipe."""
        return {
            "name": "Small", "base": str(self.base), "data": str(self.data),
            "budget": {"steps": steps, "batch_size": 2, "max_length": 64}, "evaluate": {"answers": 2, "rows": 4},
            "variants": list(variants) or [{"name": "LoRA", "method": "lora"}],
        } | shared  # fmt: skip

    def submit(self, *variants: dict, steps: int = 4, **shared: object) -> list[Run]:
        return submit(build_recipe(self.recipe(*variants, steps=steps, **shared)), self.store)

    def submit_one(self, steps: int = 4, **shared: object) -> Run:
        return self.submit(steps=steps, **shared)[0]

    def wait(self, run: Run, when: Callable[[Run], bool], seconds: float = 90) -> Run:
        """The run once `when` holds for it; fails with its log after `seconds`."""
        until = time.monotonic() + seconds
        while not when(now := self.store.runs.get(run.id)):
            log = self.home.run(run.id).log
            assert time.monotonic() < until, f"{now}\n{log.read_text() if log.exists() else 'no log'}"
            time.sleep(0.05)
        return now

    def ended(self, run: Run, seconds: float = 90) -> Run:
        return self.wait(run, lambda now: now.status.over, seconds)

    def training(self, run: Run) -> Run:
        """The run once it has done a few steps."""
        return self.wait(run, lambda now: now.step >= 3 or now.status.over)

    def close(self) -> None:
        for run in self.store.runs.all(statuses=[Status.QUEUED, Status.RUNNING]):
            self.store.runs.request(run.id, "discard")
        self.supervisor.stop()
        self.store.close()
