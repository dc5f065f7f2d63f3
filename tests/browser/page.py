"""A real server in a process of its own, and a real Chromium that opens its page."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import find_chromium

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 150_000
"""Milliseconds to wait for anything: a busy machine is slow, a broken page waits for ever."""


class Server:
    """`lab serve` at a home of its own."""

    def __init__(self, home: Path):
        self.home, self.port = home, _free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.log = home.parent / "serve.log"
        command = [sys.executable, "-m", "lab.cli", "serve", "--port", str(self.port)]
        environment = os.environ | {"LAB_HOME": str(home)}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log.read_text()
            with contextlib.suppress(OSError), urllib.request.urlopen(self.url, timeout=5):
                return
            time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def close(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(45)
        except subprocess.TimeoutExpired:
            self.process.kill()


@contextlib.contextmanager
def open_chromium() -> Iterator[object]:
    """A browser; the test is skipped where there is none."""
    from playwright.sync_api import sync_playwright

    if (path := find_chromium()) is None:
        pytest.skip("no Chromium: `python -m tests.browser.chromium` installs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


def open_tab(browser, url: str, tab: str, broken: list[str], **context):
    """A tab of the lab in a new browser profile; errors of its scripts are added to `broken`."""
    opened = browser.new_context(**{"viewport": {"width": 1300, "height": 900}, "locale": "en-US", **context})
    opened.set_default_timeout(PATIENCE)
    page = opened.new_page()
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(url, wait_until="domcontentloaded")
    page.wait_for_selector("[data-start]")
    page.evaluate("(tab) => Lab.openTab(tab)", tab)
    return page


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
