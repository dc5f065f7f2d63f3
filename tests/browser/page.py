"""A visit: a lab of its own, a real server over it, and a real Chromium that opens its page."""

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

from lab.api import Lab
from lab.home import Home
from lab.store import Store
from lab.ui.launch import serve
from lab.visitors.sessions import Sessions
from tests.browser.chromium import find_chromium

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 150_000
"""Milliseconds to wait for anything: a busy machine is slow, a broken page waits for ever."""


class Server:
    """`lab serve` in a process of its own."""

    def __init__(self, home: Home):
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}/"
        self.log = home.root.parent / "serve.log"
        command = [sys.executable, "-m", "lab.cli", "serve", "--port", str(port)]
        environment = os.environ | {"LAB_HOME": str(home.root)}
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


class QuietServer:
    """The page in this process, with nobody behind it who would train or answer: it starts at once."""

    def __init__(self, home: Home):
        self.store = Store(home)
        self.page = serve(Lab(home, self.store, None, None), "127.0.0.1", 0)
        self.url = self.page.local_url

    def close(self) -> None:
        self.page.close(verbose=False)
        self.store.close()


class Visit:
    """A lab, its server and a browser. Errors of any page's scripts land in `broken`, addresses asked for in `asked`.

    A test says by a subclass what the lab holds, at which tab a page opens, and what it waits for there.
    """

    server_kind: type = Server
    tab: str | None = None
    ready = "[data-start]"

    def __init__(self, root: Path, browser):
        self.home, self.browser = Home(root / "home"), browser
        self.store = Store(self.home)
        self.asked: list[str] = []
        self.broken: list[str] = []
        self.furnish(root)
        self.server = self.server_kind(self.home)

    def furnish(self, root: Path) -> None:
        """Put into the lab what the pages are to find there; `root` is the test's folder."""

    def page(self, query: str = "", **context):
        """A page in a new browser profile; `context` are Playwright's settings of it."""
        opened = self.browser.new_context(**{"viewport": {"width": 1400, "height": 900}, "locale": "en-US", **context})
        opened.set_default_timeout(PATIENCE)
        opened.on("request", lambda request: self.asked.append(request.url))
        page = opened.new_page()
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        page.goto(self.server.url + query, wait_until="domcontentloaded")
        if self.tab:
            page.wait_for_selector(f"#tab-{self.tab}-button", state="attached")  # the first of two is hidden
            open_tab(page, self.tab)
        else:
            page.wait_for_selector("[data-start]")
        page.wait_for_selector(self.ready)
        return page

    @classmethod
    @contextlib.contextmanager
    def opened(cls, root: Path) -> Iterator["Visit"]:
        """The visit, closed at the end; the test is skipped where there is no browser."""
        with open_chromium() as browser:
            visit = cls(root, browser)
            yield visit
            visit.server.close()
            visit.store.close()


class EmptyLab(Visit):
    """The page over an empty lab, with nobody behind it who would train or answer."""

    server_kind = QuietServer


OPEN = """(name) => {
  const button = [...document.querySelectorAll(`#tab-${name}-button`)].at(-1);
  if (button?.getAttribute("aria-selected") === "true") return true;
  button?.click();
  return false;
}"""


def open_tab(page, name: str) -> None:
    """Open a tab as another tab's button would: nothing of the row of tabs is in focus then.

    A page that has just come does not hear its first clicks.
    """
    page.wait_for_function(OPEN, arg=name, polling=300)


def visitor_in(page, home: Home) -> str:
    """Who a page's browser is for the lab: whose votes its votes are."""
    sessions = Sessions(home)
    return next(sessions.read(one["value"]).id for one in page.context.cookies() if one["name"] == sessions.cookie)


@contextlib.contextmanager
def open_chromium() -> Iterator[object]:
    """A browser; skips where there is none."""
    from playwright.sync_api import sync_playwright

    if (path := find_chromium()) is None:
        pytest.skip("no Chromium: `python -m tests.browser.chromium` installs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def saved(page, what: str) -> tuple[str, bytes]:
    """The name and the bytes of the file that a button saves."""
    with page.expect_download() as waiting:
        page.click(f"[data-save-{what}]")
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()
