"""(h) What the page's doors cost on a lab of a crowd: 100,000 votes, 1,000 runs, 200 raters.

CPU seconds of this process for each door (on a busy machine only they mean something), the least of several: with
nothing new since the one before (`still`), and with another vote (`voted`). `players` of the votes are three (`few`:
two runs and their base) or every run (`many`). `first` is the first look at all those votes, once a process; `look` a
comparison of 2,000 variants as the page watches it. `memory` is what the sums of the votes take, in MB.
"""

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from lab.api import Lab
from lab.feedback.tally import tally_of
from lab.home import Home
from lab.store import Feedback, Outcome, Run, Status, Store
from lab.store.pairs import match_of, new_answer, new_pair
from lab.store.rows import feedback_row
from lab.store.schema import feedback
from lab.ui.arena import Arena
from lab.ui.compare import Compare
from lab.ui.rlhf import Loop
from lab.ui.run_view import RunView
from lab.ui.runs import Runs

VOTES, RUNS, RATERS, VARIANTS = 100_000, 1_000, 200, 2_000
TIMES = 9
RECIPE = "name: Dishes\nbase: nano\ndata: cuisine\nvariants: [{name: LoRA, method: lora}]\n"
POLICY = "run0000aa"
LARGE = "large000"


def measure(
    votes: int = VOTES, runs: int = RUNS, variants: int = VARIANTS, kinds: tuple[str, ...] = ("few", "many")
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for players in kinds:
        with tempfile.TemporaryDirectory() as folder, Store(home := Home(Path(folder))) as store:
            fill(store, votes, runs, players == "many")
            before, began = resident(), time.process_time()
            with tally_of(store).look():
                first = time.process_time() - began
            found[players] = {
                "first": round(first, 2),
                "memory": round(resident() - before),
                **doors(home, store, variants),
            }
    return found


def fill(store: Store, votes: int, runs: int, many: bool) -> None:
    """Runs that are over, and votes of 200 raters on pairs that two of them judge each."""
    draw = random.Random(0)
    store.runs.queue([_run(number) for number in range(runs)])
    ids = [f"run{number:04}aa" for number in range(runs)]
    for run in ids[:runs]:
        store.runs.claim("here", [run])
        store.runs.note(run, Outcome(steps=100, adapter_bytes=100_000, moved="x" * 8000))
        store.runs.end(run, Status.DONE)
        (folder := store.home.run(run).root).mkdir(parents=True)
        (folder / "weights.json").touch()
    players = ["base:nano", *(ids if many else ids[:2])]
    for begin in range(0, votes // 2, 5000):
        made = []
        for number in range(begin, begin + min(5000, votes // 2 - begin)):
            one, other = draw.sample(players, 2)
            asked = [{"role": "user", "content": f"Question {number}?"}]
            made.append(new_pair("prompts", new_answer(one, asked, f"One {number}.", {}, ""),
                                 new_answer(other, asked, f"Two {number}.", {}, "")))  # fmt: skip
        store.pairs.keep(made)
        cast = [
            Feedback("vote", pair.id, f"browser-{rater:04}", draw.choice(("left", "left", "right", "tie")),
                     pair.first.id, pair.second.id)
            for pair in made for rater in draw.sample(range(RATERS), 2)
        ]  # fmt: skip
        with store.database.write() as connection:
            connection.execute(insert(feedback), [feedback_row(one) for one in cast])


def _run(number: int, comparison: str = "") -> Run:
    objective = "ppo" if number % 50 == 0 and not comparison else "sft"
    name = f"run{number:04}aa" if not comparison else f"var{number:04}aa"
    return Run(name, comparison or f"comp{number // 4:04}", f"variant {number}", "Bench", RECIPE, "nano", "lora",
               objective, None, Status.QUEUED, float(number), total_steps=100)  # fmt: skip


def doors(home: Home, store: Store, variants: int) -> dict[str, Any]:
    lab = Lab(home, store, None, None)
    arena, loop, watching, listing = Arena(lab), Loop(lab), RunView(store), Runs(lab)
    me, match = "browser-0001", {"first": "nano", "second": f"run:{POLICY}"}
    store.pairs.keep([_fresh(number) for number in range(400)])
    waiting = iter(store.pairs.waiting(me, match_of("base:nano", POLICY), 400))
    asked = {"rater": me, **match}
    found = {
        "vote": _timed(lambda: arena.vote({**asked, "pair": next(waiting).id, "verdict": "left"}), store)["still"],
        "undo": _timed(lambda: arena.undo(asked), store)["still"],
    }
    calls: dict[str, Callable[[], Any]] = {
        "matchup": lambda: arena.matchup(asked),
        "players": lambda: arena.players({}),
        "standings": lambda: arena.standings({"raters": "all", "rater": me}),
        "stations": lambda: loop.stations({"rater": me}),
        "tally": lambda: Compare.tally(_Bare(home, store), {}),
        "list_runs": lambda: listing.list_runs({}),
        "watch": lambda: watching.watch({"comparison": "comp0000"}),
        "newest": lambda: watching.watch({}),
    }
    found |= {name: _timed(call, store, waiting) for name, call in calls.items()}
    store.runs.queue([_run(number, LARGE) for number in range(variants)])
    return found | {"look": _timed(lambda: watching.watch({"comparison": LARGE}), store, waiting, 3)}


class _Bare(Compare):
    """The tab without conversations, which need a client."""

    def __init__(self, home: Home, store: Store):
        self._home, self._store = home, store


def _fresh(number: int) -> Any:
    asked = [{"role": "user", "content": f"Fresh {number}?"}]
    return new_pair("prompts", new_answer("base:nano", asked, f"A {number}.", {}, ""),
                    new_answer(POLICY, asked, f"B {number}.", {}, ""))  # fmt: skip


def _timed(
    call: Callable[[], Any], store: Store, waiting: Iterator[Any] | None = None, times: int = TIMES
) -> dict[str, float]:
    answer = call()
    if "problem" in answer:
        raise SystemExit(f"the page would see: {answer['problem']}")
    found = {"still": _least(call, times)}
    if waiting is not None:
        voted = []
        for _ in range(times):
            pair = next(waiting)
            store.ratings.rate(Feedback("vote", pair.id, "browser-0007", "left", pair.first.id, pair.second.id))
            voted.append(_seconds(call))
        found["voted"] = round(min(voted), 4)
    return found


def _least(call: Callable[[], Any], times: int) -> float:
    return round(min(_seconds(call) for _ in range(times)), 4)


def _seconds(call: Callable[[], Any]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def resident(which: str = "VmRSS") -> float:
    """This process's memory in MB; with VmHWM the most that it ever was."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(which))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
