"""(d) Seconds from starting the app to its first page answering; and of a page, to its first paint and to its form."""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from lab.home import Home
from tests.browser.page import QuietServer, open_chromium

ROUNDS, VISITS = 3, 9
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
NOW = "performance.now() / 1000"


def measure() -> dict:
    return {"first_page_seconds": [_once() for _ in range(ROUNDS)], **_in_browser()}


def _in_browser() -> dict:
    """The medians over some visits, each with an empty cache and then with a full one."""
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as home, open_chromium() as browser:
        server = QuietServer(Home(Path(home)))
        for _ in range(VISITS):
            visit = browser.new_context(viewport={"width": 1400, "height": 900}, locale="en-US")
            for cache in ("empty", "full"):
                page = visit.new_page()
                page.goto(server.url, wait_until="domcontentloaded")
                page.wait_for_selector("[data-start]")
                found.setdefault(f"form_seconds_{cache}_cache", []).append(page.evaluate(NOW))
                found.setdefault(f"paint_seconds_{cache}_cache", []).append(page.evaluate(PAINT))
                page.close()
            visit.close()
        server.close()
    return {name: round(statistics.median(values), 3) for name, values in found.items()}


def _once() -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        started = time.time()
        command = [sys.executable, "app.py"]
        environment = os.environ | {"LAB_HOME": home, "PORT": str(port)}
        app = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while time.time() - started < 120:
                try:
                    if urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).status == 200:
                        return round(time.time() - started, 2)
                except (urllib.error.URLError, ConnectionError):
                    time.sleep(0.05)
            raise SystemExit("the app did not answer within two minutes")
        finally:
            app.terminate()
            app.wait(timeout=60)


if __name__ == "__main__":
    print(json.dumps(measure()))
