"""(g) What the store's reads wait for, and what one poll of the page costs, on a lab of a middling size.

`beside_a_writer`: wall seconds of each read while another process holds write transactions of three seconds, one after
the other; the longer of two. `poll`: CPU seconds (on a busy machine only they mean something) of the Arena, the
standings, the loop and the runs as the page asks for them, with 2,000 votes, 40 runs and 240,000 points in the store;
the middle one of several, with nothing new since the one before (`still`) and with another vote (`voted`).
"""

import json
import multiprocessing
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from lab.api import Lab
from lab.home import Home
from lab.store import Feedback, Run, Status, Store
from lab.store.pairs import match_of, new_answer, new_pair
from lab.ui.arena import Arena
from lab.ui.rlhf import Loop
from lab.ui.run_view import RunView

HELD = 3.0
"""Seconds of one write transaction."""
ME, SCRIPT = "browser-aaaa", "scripted:happier"
RUNS, STEPS, CURVES = 40, 5_000, 12
POLLS = 15
POLICY = "run000aa"
RECIPE = "name: Dishes\nbase: nano\ndata: cuisine\nvariants: [{name: LoRA, method: lora}]\n"


def measure() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        with Store(home) as store:
            _fill(store)
            return {"poll": _polls(home, store), "beside_a_writer": _beside_a_writer(home, store)}


def _fill(store: Store) -> None:
    """Runs with curves, and 2,000 votes: half of them on two samples of nano, half on a policy and nano."""
    store.runs.queue([_run(number) for number in range(RUNS)])
    watched = [f"run{number:03}aa" for number in range(4)]
    for number in range(RUNS):
        run = store.runs.claim("here")
        if number >= 4:
            store.runs.end(run.id, Status.DONE)
            folder = store.home.run(run.id).root
            folder.mkdir(parents=True)
            (folder / "weights.json").touch()  # it can answer
    with sqlite3.connect(store.home.root / "lab.db") as connection:
        connection.executemany(
            "INSERT INTO points (run, name, step, value, time) VALUES (?, ?, ?, 1.0, 0.0)",
            ((run, f"curve{curve}" if curve else "loss", step)
             for step in range(STEPS) for run in watched for curve in range(CURVES)),
        )  # fmt: skip
    for other in ("base:nano", POLICY):
        made = [_pair(number, other) for number in range(1040)]
        store.pairs.keep(made)
        for rater in (ME, SCRIPT):
            half = made[:500] if rater == ME else made[500:1000]
            store.pairs.take_in((), (), [
                Feedback("vote", pair.id, rater, "left" if i % 3 else "right", pair.first.id, pair.second.id,
                         scripted=rater == SCRIPT)
                for i, pair in enumerate(half)
            ])  # fmt: skip


def _run(number: int) -> Run:
    objective = "ppo" if number % 4 == 0 else "sft"
    return Run(f"run{number:03}aa", f"comp{number // 4:03}", f"variant {number}", "Bench", RECIPE, "nano", "lora",
               objective, None, Status.QUEUED, float(number), total_steps=STEPS)  # fmt: skip


def _pair(number: int, other: str) -> Any:
    asked = [{"role": "user", "content": f"Question {number}?"}]
    return new_pair("prompts", new_answer("base:nano", asked, f"One {number}.", {}, ""),
                    new_answer(other, asked, f"Two {number}.", {}, ""))  # fmt: skip


def _polls(home: Home, store: Store) -> dict[str, Any]:
    lab = Lab(home, store, None, None)
    arena, loop, watching = Arena(lab), Loop(lab), RunView(store)
    match = {"first": "nano", "second": f"run:{POLICY}", "rater": ME}
    doors: dict[str, Callable[[], Any]] = {
        "arena": lambda: arena.matchup(match),
        "arena's people": lambda: arena.players({}),
        "standings": lambda: arena.standings({"raters": "all", "rater": ME}),
        "rlhf": lambda: loop.stations({"rater": ME}),
        "runs": lambda: watching.watch({"comparison": "comp000", "since": 10**9}),
    }
    return {name: _polled(door, store) for name, door in doors.items()}


def _polled(door: Callable[[], dict[str, Any]], store: Store) -> dict[str, float]:
    answer = door()
    if "problem" in answer:
        raise SystemExit(f"the page would see: {answer['problem']}")
    still = [_seconds(door, time.process_time) for _ in range(POLLS)]
    voted = []
    for pair in store.pairs.waiting(SCRIPT, match_of("base:nano", POLICY), POLLS):
        store.ratings.rate(Feedback("vote", pair.id, SCRIPT, "left", pair.first.id, pair.second.id, scripted=True))
        voted.append(_seconds(door, time.process_time))
    return {"still": round(statistics.median(still), 4), "voted": round(statistics.median(voted), 4)}


def _beside_a_writer(home: Home, store: Store) -> dict[str, float]:
    reads: dict[str, Callable[[], Any]] = {
        "runs.all": store.runs.all,
        "pairs.votes": store.pairs.votes,
        "pairs.waiting": lambda: store.pairs.waiting(ME, match_of("base:nano", POLICY), 8),
        "ratings.current": store.ratings.current,
        "baselines.get": lambda: store.baselines.get("unknown"),
        "Store": lambda: Store(home).close(),
    }
    context = multiprocessing.get_context("spawn")
    writing, stop = context.Event(), context.Event()
    writer = context.Process(target=_write, args=(home.root / "lab.db", writing, stop))
    writer.start()
    try:
        return {name: _worst(read, writing) for name, read in reads.items()}
    finally:
        stop.set()
        writer.join()


def _worst(read: Callable[[], Any], writing: Event) -> float:
    times = []
    for _ in range(2):
        writing.wait()
        times.append(_seconds(read))
    return round(max(times), 4)


def _write(file: Path, writing: Event, stop: Event) -> None:
    """Hold write transactions one after the other, with a breath between."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=30)
    while not stop.is_set():
        connection.execute("BEGIN IMMEDIATE")
        writing.set()
        stop.wait(HELD)
        writing.clear()
        connection.execute("COMMIT")
        time.sleep(0.05)


def _seconds(work: Callable[[], Any], clock: Callable[[], float] = time.perf_counter) -> float:
    started = clock()
    work()
    return clock() - started


if __name__ == "__main__":
    print(json.dumps(measure()))
