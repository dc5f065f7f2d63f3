"""The three lessons of docs/teaching.md, walked with a clock: what a class waits for at each step, and what it sees.

By the page's own endpoints, in a new lab a lesson, with workers that are started cold; every step is a JSON line with
its seconds and figures. `python -m tests.bench.bench_lessons` walks all three, `… 2` one of them; `… 3 short` takes
PPO's short version. Where CPU and clock differ much, the machine had other things to do.
"""

import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

from lab.api import Lab
from lab.recipe.fields import built_in_fields
from lab.store import Outcome, Run
from lab.ui.overfitting import Clinic
from lab.ui.rlhf import Loop
from lab.ui.train import Train

QUESTION = "What does mapo tofu taste like?"
CHANGES = "recipes/lessons/what_changes.yaml"
VOTES, DUELS = 200, 60
SHORT = {"steps": 12, "batch": 32}
RATER = "browser-0000000000000001"
Told = dict[str, Any]


class Walk:
    """One lesson being walked; `steps` are what its steps came to."""

    def __init__(self, lab: Lab, number: int):
        self.lab, self.number, self.steps = lab, number, []

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[Told]:
        """Time a step; what is put into what it gives is told with it."""
        told: Told = {"lesson": self.number, "step": name}
        began, cpu = time.monotonic(), time.process_time()
        yield told
        told |= {"seconds": round(time.monotonic() - began, 1), "cpu_here": round(time.process_time() - cpu, 1)}
        self.steps.append(told)
        print(json.dumps(told, ensure_ascii=False), flush=True)

    def press(self, door: Callable[[Told], Told], asked: Told) -> list[Run]:
        """Press a button that queues runs, and wait for them."""
        answer = door(asked)
        if "problem" in answer:
            raise SystemExit(answer["problem"])
        runs = self.lab.store.runs
        queued = runs.all(comparison=answer["comparison"]) if "comparison" in answer else [runs.get(answer["run"])]
        return self.lab.carry_out(queued)


def what_changes(walk: Walk) -> None:
    """Lesson 1: everything, LoRA and a prompt side by side, then one question to all."""
    with walk.step("train three variants") as told:
        asked = {"fields": built_in_fields()[CHANGES], "recipe": CHANGES}
        runs = walk.press(Train(walk.lab).start, asked)
        told["figures"] = {run.name: figures(run.outcome) for run in runs}
    with walk.step("ask all and the base") as told:
        replies = walk.lab.chat(QUESTION, "nano", *runs, max_new_tokens=24)
        told["answers"] = {reply.model: reply.text for reply in replies}


def overfitting(walk: Walk) -> None:
    """Lesson 2: no remedy beside more data, early stopping and dropout."""
    with walk.step("train four variants") as told:
        runs = walk.press(Clinic(walk.lab).start, {"on": ["more_data", "dropout", "early_stopping"]})
        told["figures"] = {run.name: figures(run.outcome) for run in runs}


def votes_to_ppo(walk: Walk, short: bool = False) -> None:
    """Lesson 3: scripted votes in place of a class's, a reward model, PPO, a duel."""
    loop = Loop(walk.lab)
    with walk.step("votes") as told:
        judge(walk, loop, "ratings", VOTES)
        told["decided"] = loop.stations({"rater": RATER})["ratings"]["decided"]
    with walk.step("reward model") as told:
        (run,) = walk.press(loop.submit, {"rater": RATER})
        told["accuracy"] = run.outcome.metrics["accuracy"].after
    with walk.step("PPO, short version" if short else "PPO") as told:
        asked = {"rater": RATER, "objective": "ppo", "script": "happier"} | (SHORT if short else {})
        (run,) = walk.press(loop.submit, asked)
        told |= {name: [one.before, one.after] for name, one in run.outcome.metrics.items() if name.startswith("rew")}
        told["kl"] = walk.lab.store.curves.last([run.id], "kl").get(run.id)
    with walk.step("duel") as told:
        judge(walk, loop, "duel", DUELS)
        told["result"] = loop.stations({"rater": RATER})["duel"]["result"]


def judge(walk: Walk, loop: Loop, what: str, count: int) -> None:
    """Have the script vote, and wait until it has."""
    asked = {"rater": RATER, "script": "happier", "count": count, "what": what}
    if problem := loop.start_script(asked).get("problem"):
        raise SystemExit(problem)
    station = {"ratings": "ratings", "duel": "duel"}[what]
    while (work := loop.stations({"rater": RATER})[station]["work"]) and work["busy"]:
        time.sleep(0.5)


def figures(outcome: Outcome) -> Told:
    """What the table shows of a run."""
    after = {name: round(one.after, 3) for name, one in outcome.metrics.items() if one.after is not None}
    kept = {
        name: after[name] for name in ("exact_match", "exact_match/new_dish", "exact_match/trained") if name in after
    }
    return kept | {
        "held_out_loss": round(outcome.eval_loss.after or 0.0, 2), "trained": outcome.trainable_params,
        "kilobytes": round((outcome.adapter_bytes or 0) / 1000), "seconds": round(outcome.train_seconds or 0.0, 1),
        "retained": outcome.retained.after, "stopped": outcome.steps, "cpu": round(outcome.cpu_seconds or 0.0, 1),
    }  # fmt: skip


LESSONS: dict[int, Callable[..., None]] = {1: what_changes, 2: overfitting, 3: votes_to_ppo}


def main(number: int, *settings: Any) -> list[Told]:
    """Walk one lesson in a new lab, and return its steps."""
    with tempfile.TemporaryDirectory() as folder, Lab.open(folder) as opened:
        walk = Walk(opened, number)
        LESSONS[number](walk, *settings)
        whole = sum(step["seconds"] for step in walk.steps)
        print(json.dumps({"lesson": number, "minutes_waited": round(whole / 60, 1)}), flush=True)
        return walk.steps


if __name__ == "__main__":
    chosen = [int(one) for one in sys.argv[1:] if one.isdecimal()]
    for lesson in chosen or LESSONS:
        main(lesson, *((True,) if lesson == 3 and "short" in sys.argv else ()))
