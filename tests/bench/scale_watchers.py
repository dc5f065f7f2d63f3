"""(k) A thousand watchers: how often their pages ask, what a request costs the web process, what a connection keeps.

`python -m tests.bench.scale_watchers [--folder HOME] [--watchers 200] [--seconds 30]`. A real server and so many real
connections that stay open, each with its own cookie. Measured: CPU of the web process by request, of each kind of page;
its memory before and while they are there; the pauses of each page are read from its script. Reckoned from these
(`reckoned`): requests a second of 1,000 such pages, and the share of a processor they would take; the web process has
one interpreter, so what is above 1 can't be had.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import psutil

from lab.executors.processes.heartbeat import cpu_seconds
from lab.home import ASSETS, Home
from lab.store import Store
from tests.bench.bench_crowd import _components, _free_port
from tests.bench.scale_fill import fill

THOUSAND = 1000
SCRIPTS = ASSETS / "js"
CONSTANT = r"const {} = ([\d_]+)"


def pauses() -> dict[str, float]:
    """Seconds between two requests of each page, from its script."""
    watcher = _constants("comparison/watcher.js", "SOON", "LATER")
    look = _constants("look.js", "RUNNING", "OVER")
    runs = re.search(r"!run\.over\) \? ([\d_]+) : ([\d_]+)", (SCRIPTS / "runs/runs.js").read_text())
    assert runs is not None
    return {
        "watch, training": watcher[0], "watch, over": watcher[1], "look, training": look[0], "look, over": look[1],
        "list_runs, training": int(runs[1]) / 1000, "list_runs, over": int(runs[2]) / 1000,
    }  # fmt: skip


def _constants(file: str, *names: str) -> list[float]:
    told = (SCRIPTS / file).read_text()
    found = [re.search(CONSTANT.format(name), told) for name in names]
    return [int(one[1].replace("_", "")) / 1000 for one in found if one]


class Watcher:
    """A page that watches: a connection that stays open, and its cookie."""

    def __init__(self, port: int, ids: dict[str, int], number: int):
        self._link, self._ids, self._cookie = HTTPConnection("127.0.0.1", port, timeout=120), ids, ""
        self._name, self._seen = f"watcher{number:04}", dict[str, Any]()
        self.bytes = 0

    def ask(self, kind: str) -> None:
        if kind == "look":
            asked = json.dumps({"comparison": "comp00000", **self._seen}).replace(" ", "").replace('"', "%22")
            self._take(self._send("GET", f"/look/watch?asked={asked}"))
        elif kind == "watch":
            self._take(self._call("watch", {"comparison": "comp00000", **self._seen}))
        else:
            self._call("list_runs", {})

    def close(self) -> None:
        self._link.close()

    def _take(self, told: dict[str, Any]) -> None:
        self._seen = {"since": told["since"], "samples": told["samples_seen"]}

    def _call(self, endpoint: str, asked: dict[str, Any]) -> dict[str, Any]:
        body = {"session_hash": self._name, "component_id": self._ids["runs"], "fn_name": endpoint, "data": asked}
        return self._send("POST", "/gradio_api/component_server", json.dumps(body))

    def _send(self, method: str, path: str, body: str | None = None) -> dict[str, Any]:
        headers = {"content-type": "application/json"} | ({"cookie": self._cookie} if self._cookie else {})
        try:
            self._link.request(method, path, body, headers)
            answer = self._link.getresponse()
        except (ConnectionError, HTTPException):  # nothing was asked for five seconds, and the server closed it
            self._link.close()
            self._link.request(method, path, body, headers)
            answer = self._link.getresponse()
        for one in answer.headers.get_all("set-cookie") or ():
            self._cookie = one.partition(";")[0]
        told = answer.read()
        self.bytes = len(told)
        found: dict[str, Any] = json.loads(told)
        if answer.status != 200 or "problem" in found:
            raise SystemExit(f"{path}: {found}")
        return found


def measure(home: Home, many: int, seconds: float) -> None:
    port = _free_port()
    environment = os.environ | {"LAB_HOME": str(home.root), "OMP_NUM_THREADS": "1"}
    with (home.root / "serve.log").open("wb") as log:
        command = [sys.executable, "-m", "lab.cli", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        ids = _components(port)
        _settle(server.pid)
        _say({"pauses": pauses(), "memory_mb": _resident(server.pid)})
        for kind in ("watch", "look", "list_runs"):
            _say({kind: _round(kind, server.pid, port, ids, many, seconds)})
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def _resident(pid: int) -> float:
    """A process's memory in MB."""
    return round(psutil.Process(pid).memory_info().rss / 2**20, 1)


def _settle(pid: int) -> None:
    """Wait for the end of the first look at all votes, which is made in a thread."""
    before = -10.0
    while (now := cpu_seconds(pid)) - before > 0.2:
        before = now
        time.sleep(2)


def _round(kind: str, pid: int, port: int, ids: dict[str, int], many: int, seconds: float) -> dict[str, Any]:
    memory = _resident(pid)
    watchers = [Watcher(port, ids, number) for number in range(many)]
    for one in watchers:
        one.ask(kind)  # the first one brings all; then what is new
    opened, asked, began, used = _resident(pid), 0, time.monotonic(), cpu_seconds(pid)
    while time.monotonic() - began < seconds:
        for one in watchers:
            one.ask(kind)
            asked += 1
    each = (cpu_seconds(pid) - used) / asked
    for one in watchers:
        one.close()
    told = {
        "cpu_ms": round(1000 * each, 2), "requests": asked, "bytes": watchers[0].bytes,
        "kb_each": round(1024 * (opened - memory) / many, 1), "memory_mb": opened,
    }  # fmt: skip
    reckoned = {
        name: {"requests_a_second": round(THOUSAND / pause), "processors": round(THOUSAND / pause * each, 2),
               "most_watchers": round(pause / each), "mb_a_second": round(THOUSAND / pause * told["bytes"] / 2**20, 1)}
        for name, pause in pauses().items() if name.startswith(f"{kind},")
    }  # fmt: skip
    return told | {"reckoned": reckoned}


def _say(found: dict[str, Any]) -> None:
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="a home that bench_scale filled; else a small one is made")
    parser.add_argument("--watchers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30.0)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(told.folder or Path(folder))
        if told.folder is None:
            with Store(home) as store:
                fill(store, 20_000, 400, 2)
        measure(home, told.watchers, told.seconds)
