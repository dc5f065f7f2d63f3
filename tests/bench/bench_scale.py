"""(j) A lab of years: a million votes, ten thousand runs with their curves, a thousand watchers. What breaks first?

`python -m tests.bench.bench_scale [--votes 1000000] [--runs 10000] [--players 2] [--database sqlite|postgresql]
[--doors NAME …] [--alone NAME …]`. Told are CPU seconds of this process for each door of the page (the least of several
tries, since others use the machine; `still`: nothing is new, `voted`: with another vote since) and, of what is done
once in a while (`alone`: each in a process of its own), CPU seconds and by how many MB its memory grew at most. With
PostgreSQL `server` is what its processes took beside that. Sizes are MB. Votes are on `--players` runs and their base.
The watchers are measured by `tests.bench.scale_watchers`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import insert, text

from lab.api import Lab
from lab.home import Home
from lab.store import Feedback, Store
from lab.store.schema import runs
from tests.bench.bench_doors import resident
from tests.bench.scale_fill import VARIANTS as VARIANTS_OF_ONE
from tests.bench.scale_fill import fill, pair_id, run_id, run_row
from tests.postgres import PostgresServer

TIMES = 5
ME = "browser-00001"
VARIANTS = 500
LARGE = "large000"
ALONE = ("first_look", "export_votes", "export_dpo", "backup", "gc", "doctor", "metrics")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("votes", 1_000_000), ("runs", 10_000), ("players", 2)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--folder", type=Path, help="a home to keep; filled where it is not there yet (SQLite)")
    parser.add_argument("--doors", nargs="*", help="these alone; none with nothing behind it")
    parser.add_argument("--alone", nargs="*", default=ALONE)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        return print(json.dumps(_one(asked.one)))
    with _lab(asked.database, asked.folder) as (home, server):
        names = ("votes", "runs", "players", "database")
        found: dict[str, Any] = {"asked": {name: vars(asked)[name] for name in names}}
        with Store(home) as store:
            if not store.ratings.newest():
                began = time.process_time()
                fill(store, asked.votes, asked.runs, asked.players)
                found["fill"] = round(time.process_time() - began, 1)
        found["database_mb"] = _size(home, server)
        _say(found)
        for name in asked.alone:
            _say({name: _aside(name, home, server)})
        with Store(home) as store:
            for name, told in _doors(home, store, asked.runs, asked.doors):
                _say({name: told})
            _say({"memory_mb": round(resident())})
    return None


@contextmanager
def _lab(database: str, kept: Path | None) -> Iterator[tuple[Home, PostgresServer | None]]:
    """An empty home, and a PostgreSQL beside it where that is wanted."""
    with tempfile.TemporaryDirectory() as folder:
        server = PostgresServer(Path(f"/tmp/lab-scale-{os.getpid()}")) if database == "postgresql" else None
        try:
            if server:
                os.environ["LAB_DATABASE_URL"] = server.url
            yield Home(kept or Path(folder)), server
        finally:
            if server:
                server.close()


def _size(home: Home, server: PostgresServer | None) -> int:
    if server is None:
        return round(sum(file.stat().st_size for file in home.root.glob("lab.db*")) / 2**20)
    with Store(home) as store, store.database.read() as connection:
        return round(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one() / 2**20)


def _say(found: dict[str, Any]) -> None:
    print(json.dumps(found), flush=True)


def _aside(name: str, home: Home, server: PostgresServer | None) -> dict[str, Any]:
    """What one thing takes in a process of its own."""
    before = _server_seconds(server)
    command = [sys.executable, "-m", "tests.bench.bench_scale", "--one", name]
    done = subprocess.run(command, env=os.environ | {"LAB_HOME": str(home.root)}, capture_output=True, text=True)
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["killed"])[-1][:200], "code": done.returncode}
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told | ({"server": round(_server_seconds(server) - before, 2)} if server else {})


def _one(name: str) -> dict[str, Any]:
    """See `_aside`: this is that process."""
    home = Home(Path(os.environ["LAB_HOME"]))
    with Store(home) as store:
        work = _works(home, store)[name]
        memory, began = resident(), time.process_time()
        told = work()
        took = time.process_time() - began
    return {"cpu": round(took, 2), "grew_mb": round(resident("VmHWM") - memory), **(told or {})}


def _works(home: Home, store: Store) -> dict[str, Callable[[], dict[str, Any] | None]]:
    from lab import doctor
    from lab.feedback.exporting import export
    from lab.feedback.tally import tally_of
    from lab.planning.tidying import plan_tidying
    from lab.store.backup import write_backup
    from lab.ui.operating import Operating

    def first_look() -> dict[str, Any]:
        began = resident()
        with tally_of(store).look() as tally:
            return {"votes": tally.votes.by["all"].votes, "kept_mb": round(resident() - began)}

    def written(write: Callable[[Path], object], ending: str) -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            write(file := Path(folder) / f"out{ending}")
            return {"file_mb": round(file.stat().st_size / 2**20)}

    return {
        "first_look": first_look,
        "export_votes": lambda: written(lambda file: export(store, "votes", file), ".jsonl"),
        "export_dpo": lambda: written(lambda file: export(store, "dpo", file), ".jsonl"),
        "backup": lambda: written(lambda file: write_backup(store, file), ".tar"),
        "gc": lambda: {"things": len(plan_tidying(store, most=0))},
        "doctor": lambda: {"found": len([doctor._disk(home), doctor._database(home)])},
        "metrics": lambda: {"letters": len("".join(Operating(Lab(home, store))._lines()))},
    }


def _doors(home: Home, store: Store, many: int, wanted: list[str] | None) -> Iterator[tuple[str, dict[str, float]]]:
    """What each door costs; those that look at votes again after another vote."""
    from lab.ui.arena import Arena
    from lab.ui.comparisons import Comparisons
    from lab.ui.rlhf import Loop
    from lab.ui.run_view import RunView
    from lab.ui.runs import Runs

    lab = Lab(home, store)
    arena, loop, watching, listing, gallery = Arena(lab), Loop(lab), RunView(store), Runs(lab), Comparisons(lab)
    asked = {"rater": ME, "first": "nano", "second": f"run:{run_id(0)}"}
    names, shown = [f"comp{number:05}" for number in range(many // VARIANTS_OF_ONE)][:400], count()
    seen = watching.watch({"comparison": "comp00000"})
    if not store.runs.all(comparison=LARGE):  # a folder that was kept has it
        with store.database.write() as connection:
            new = [run_row(10**5 + i, 10**6 + i, id=f"var{i:04}aa", comparison=LARGE) for i in range(VARIANTS)]
            connection.execute(insert(runs), new)
    doors: dict[str, Callable[[], Any]] = {
        "matchup": lambda: arena.matchup(asked),
        "vote": lambda: _vote(arena, asked),
        "players": lambda: arena.players({}),
        "standings": lambda: arena.standings({"raters": "all", "rater": ME}),
        "stations": lambda: loop.stations({"rater": ME}),
        "list_runs": lambda: listing.list_runs({}),
        "list_comparisons": lambda: gallery.list_comparisons({}),
        "thumbnails": lambda: gallery.thumbnails({"comparisons": [names[next(shown) % len(names)] for _ in range(24)]}),
        "watch_first": lambda: watching.watch({"comparison": names[next(shown) % len(names)]}),
        "watch_again": lambda: watching.watch({"comparison": "comp00000", "since": seen["since"],
                                               "samples": seen["samples_seen"]}),
        "newest": lambda: watching.watch({}),
        "watch_500": lambda: watching.watch({"comparison": LARGE}),
        "claim": lambda: store.runs.waiting(),
    }  # fmt: skip
    voters = count(1)
    for name, call in doors.items():
        if wanted is None or name in wanted:
            yield name, _timed(call, store, voters if name in ("matchup", "players", "standings", "stations") else None)


def _vote(arena: Any, asked: dict[str, str]) -> Any:
    ready = arena.matchup(asked)["matchup"]
    if ready is None:
        return {"problem": "no pair waits"}
    return arena.vote({**asked, "pair": ready["pair"], "again": ready["again"], "verdict": "left"})


def _timed(call: Callable[[], Any], store: Store, voters: Iterator[int] | None) -> dict[str, float]:
    began = time.process_time()
    answer = call()
    found = {"first": round(time.process_time() - began, 4)}
    if isinstance(answer, dict) and "problem" in answer:
        raise SystemExit(f"the page would see: {answer['problem']}")
    times = TIMES if found["first"] < 5 else 1
    found["still"] = round(min(_seconds(call) for _ in range(times)), 4)
    if voters is not None:
        voted = []
        for _ in range(times):
            number = next(voters)
            store.ratings.rate(Feedback("vote", pair_id(number), f"browser-new{number:05}", "left",
                                        f"ans{number:012}0", f"ans{number:012}1"))  # fmt: skip
            voted.append(_seconds(call))
        found["voted"] = round(min(voted), 4)
    return found


def _seconds(call: Callable[[], Any]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def _server_seconds(server: PostgresServer | None) -> float:
    """What all processes of a PostgreSQL took so far, those that have ended too."""
    if server is None:
        return 0.0
    postmaster = int((server.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    found = 0.0
    for process in [(parent := psutil.Process(postmaster)), *parent.children()]:
        try:
            times = process.cpu_times()
            found += times.user + times.system + times.children_user + times.children_system
        except psutil.Error:
            continue
    return found


if __name__ == "__main__":
    main()
