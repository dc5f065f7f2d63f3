"""(i) A crowd at one lab: clients that watch, vote and chat while a run trains. `--clients 50 200 --minutes 2`.

Six of ten clients vote every three seconds or so and look at the standings now and then, three watch a run as the page
does (each second), one chats with nano. Told are, for each number of clients: how long a click took (`p50`, `p95`, in
seconds of the clock, by kind), what a request cost (`cpu_ms`: of the web process, all its threads, by all requests; it
means something on a busy machine too), how many votes were acknowledged and how many of them the database has, the
memory of the web process over time (MB: at the beginning, at the middle, at the end), and what else ran (`busy`: the
share of this machine's processors that all programs together took, the lab's own among them).
"""

import argparse
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from lab.executors.processes.heartbeat import cpu_seconds
from lab.home import Home
from lab.planning import submit
from lab.recipe import build_recipe
from lab.store import Status, Store
from tests.bench.bench_doors import POLICY, _fresh, _run

PAIRS = 3000
KEPT = 3.0
"""Seconds after which the server may close a connection that nothing was asked on."""
THINK, LOOK, TALK = 3.0, 1.0, 10.0
"""Seconds between two votes, two looks at a run, two questions; each is drawn from half of it to one and a half."""
MATCH = {"first": "nano", "second": f"run:{POLICY}"}
TRAINING = {
    "name": "Crowd", "base": "nano", "data": "cuisine", "budget": {"steps": 100_000},
    "variants": [{"name": "LoRA", "method": "lora"}],
}  # fmt: skip


class Client:
    """One visitor: keeps its connection and its cookies, counts what it did."""

    def __init__(self, number: int, port: int, ids: dict[str, int], stop: threading.Event, training: str):
        self.name, self.took = f"browser-crowd{number:04}", defaultdict[str, list[float]](list)
        self.votes, self.problems = 0, defaultdict[str, int](int)
        self._port, self._ids, self._stop, self._training = port, ids, stop, training
        self._draw = random.Random(number)
        self._cookies: dict[str, str] = {}
        self._used = time.monotonic()
        self._link = HTTPConnection("127.0.0.1", port, timeout=60)
        live = (self._vote, self._watch, self._chat)[0 if number % 10 < 6 else 1 if number % 10 < 9 else 2]
        self.thread = threading.Thread(target=self._live, args=(live,), daemon=True)

    def ask(self, tab: str, endpoint: str, **asked: Any) -> dict[str, Any]:
        body = {"session_hash": self.name, "component_id": self._ids[tab], "fn_name": endpoint, "data": asked}
        headers = {"content-type": "application/json"}
        if self._cookies:
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if time.monotonic() - self._used > KEPT:
            self._link.close()  # the server has done so
        began = time.perf_counter()
        try:
            self._link.request("POST", "/gradio_api/component_server", json.dumps(body), headers)
            answer = self._link.getresponse()
            for one in answer.headers.get_all("set-cookie") or ():
                name, _, value = one.partition(";")[0].partition("=")
                self._cookies[name] = value
            found = json.loads(answer.read())
        except (OSError, ValueError) as problem:
            self._link.close()
            found = {"problem": type(problem).__name__}
        self._used = time.monotonic()
        self.took[endpoint].append(time.perf_counter() - began)
        if not isinstance(found, dict) or "problem" in found or "detail" in found:
            told = str(found.get("problem") or found.get("detail")) if isinstance(found, dict) else str(found)
            self.problems[f"{endpoint}: {told[:80]}"] += 1
            return {}
        return found

    def _live(self, live: Callable[[], None]) -> None:
        self._stop.wait(self._draw.random() * THINK)
        while not self._stop.is_set():
            live()

    def _rest(self, seconds: float) -> None:
        self._stop.wait(seconds * (0.5 + self._draw.random()))

    def _vote(self) -> None:
        shown = self.ask("arena", "matchup", rater=self.name, **MATCH).get("matchup")
        while shown and not self._stop.is_set():
            self._rest(THINK)
            verdict = self._draw.choice(("left", "right", "tie"))
            asked = {"rater": self.name, **MATCH, "pair": shown["pair"], "again": shown["again"], "verdict": verdict}
            found = self.ask("arena", "vote", **asked)
            self.votes += "sides" in found
            shown = found.get("matchup")
            if self._draw.random() < 0.2:
                self.ask("arena", "standings", raters="all", rater=self.name)
        self._rest(THINK)

    def _watch(self) -> None:
        self.ask("runs", "watch", run=self._training)
        if self._draw.random() < 0.05:
            self.ask("runs", "list_runs")
        self._rest(LOOK)

    def _chat(self) -> None:
        talk = self.ask("talk", "open", base="nano").get("talk")
        if talk:
            self.ask("talk", "ask", talk=talk, text="What do parrots eat?", length=24)
            began = time.monotonic()
            while not self._stop.is_set() and self.ask("talk", "stream", talk=talk).get("busy"):
                if time.monotonic() - began > 60:
                    break
                self._stop.wait(0.3)
        self._rest(TALK)


def measure(crowds: list[int], minutes: float) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        with Store(home) as store:
            training = _fill(store)
        port = _free_port()
        environment = os.environ | {"LAB_HOME": folder, "OMP_NUM_THREADS": "1"}
        with (home.root / "serve.log").open("wb") as log:
            command = [sys.executable, "-m", "lab.cli", "serve", "--port", str(port)]
            server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            ids = _components(port)
            _wait_for_training(home, training)
            return {f"{many} clients": _crowd(many, minutes, port, ids, server.pid, home, training) for many in crowds}
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def _fill(store: Store) -> str:
    """A policy that has met its base in many pairs, and a run that trains for as long as it takes."""
    store.runs.queue([_run(0)])
    store.runs.claim("here", [POLICY])
    store.runs.end(POLICY, Status.DONE)
    (folder := store.home.run(POLICY).root).mkdir(parents=True)
    (folder / "weights.json").touch()
    store.pairs.keep([_fresh(number) for number in range(PAIRS)])
    return submit(build_recipe(TRAINING), store)[0].id


def _components(port: int) -> dict[str, int]:
    """The numbers of the page's parts, once it answers."""
    until = time.monotonic() + 300
    while True:
        try:
            link = HTTPConnection("127.0.0.1", port, timeout=30)
            link.request("GET", "/config")
            parts = json.loads(link.getresponse().read())["components"]
            names = {part["props"].get("elem_id"): part["id"] for part in parts}
            return {name: names[f"component-{name}"] for name in ("arena", "runs", "talk")}
        except (OSError, ValueError, KeyError):
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def _wait_for_training(home: Home, training: str) -> None:
    until = time.monotonic() + 300
    with Store(home) as store:
        while (run := store.runs.get(training)).step < 3:
            if run.status.over or time.monotonic() > until:
                raise SystemExit(f"the run does not train: {run.status} {run.error}")
            time.sleep(0.5)


def _crowd(
    many: int, minutes: float, port: int, ids: dict[str, int], pid: int, home: Home, training: str
) -> dict[str, Any]:
    stop = threading.Event()
    offset = many * 1000  # nobody of the crowd before
    clients = [Client(offset + number, port, ids, stop, training) for number in range(many)]
    with Store(home) as store:
        before, step = store.ratings.count("vote"), store.runs.get(training).step
    cpu, began, machine = cpu_seconds(pid), time.monotonic(), _machine()
    memory = [_memory(pid)]
    for client in clients:
        client.thread.start()
    for _ in range(2):
        stop.wait(minutes * 30)
        memory.append(_memory(pid))
    stop.set()
    for client in clients:
        client.thread.join(90)
    seconds, used = time.monotonic() - began, cpu_seconds(pid) - cpu
    with Store(home) as store:
        kept, steps = store.ratings.count("vote") - before, store.runs.get(training).step - step
    took = defaultdict[str, list[float]](list)
    problems = defaultdict[str, int](int)
    for client in clients:
        for name, times in client.took.items():
            took[name] += times
        for name, count in client.problems.items():
            problems[name] += count
    requests = sum(map(len, took.values()))
    return {
        "minutes": round(seconds / 60, 1), "requests": requests, "a_second": round(requests / seconds, 1),
        "cpu_ms": round(1000 * used / max(1, requests), 1), "cpu_share": round(used / seconds, 2),
        "busy": round(_busy(machine, _machine()), 2), "cores": os.cpu_count(),
        "votes": {"acknowledged": sum(client.votes for client in clients), "kept": kept},
        "p50": {name: _quantile(times, 0.5) for name, times in took.items()},
        "p95": {name: _quantile(times, 0.95) for name, times in took.items()},
        "p95_all": _quantile([one for times in took.values() for one in times], 0.95),
        "memory_mb": memory, "training_steps": steps, "problems": dict(problems),
    }  # fmt: skip


def _quantile(times: list[float], share: float) -> float:
    return (
        round(statistics.quantiles(times, n=100)[round(share * 100) - 1], 3) if len(times) > 1 else round(times[0], 3)
    )


def _memory(pid: int) -> int:
    line = next(one for one in Path(f"/proc/{pid}/status").read_text().splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def _machine() -> list[int]:
    return list(map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9]))


def _busy(before: list[int], after: list[int]) -> float:
    spent = [new - old for old, new in zip(before, after, strict=True)]
    return 1 - (spent[3] + spent[4]) / max(1, sum(spent))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clients", type=int, nargs="+", default=[50, 200])
    asked.add_argument("--minutes", type=float, default=2.0)
    given = asked.parse_args()
    print(json.dumps(measure(given.clients, given.minutes), indent=1))
