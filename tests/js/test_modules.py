"""The plain modules of the page, in the browser that will run them: each test of a *.test.js is a test here."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from lab.ui.scripts import scripts
from lab.ui.theme import head
from tests.browser.page import open_chromium

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
NAMES = {
    file.name: re.findall(r'^test\("(.+?)", ', file.read_text(encoding="utf-8"), re.MULTILINE)
    for file in sorted(HERE.glob("*.test.js"))
}
RUN = """async (file) => {
  const {readWords} = await import("/scripts/core/words.js");
  readWords();
  await import(`/tests/${file}`);
  return JSON.stringify(await (await import("/tests/check.js")).run());
}"""


class Served(BaseHTTPRequestHandler):
    """The page's modules under /scripts, the tests under /tests, and a page with the words at the top."""

    def do_GET(self) -> None:
        room, _, path = self.path.removeprefix("/").partition("/")
        if room == "scripts":
            self._answer(scripts().modules.get(path), "text/javascript")
        elif room == "tests" and path in {"check.js", *NAMES}:
            self._answer((HERE / path).read_bytes(), "text/javascript")
        else:
            self._answer(f"<!doctype html>{re.sub('<link[^>]*>', '', head())}".encode(), "text/html")

    def _answer(self, body: bytes | None, kind: str) -> None:
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def results():
    """By file, what went wrong in each of its tests; None where nothing did."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Served)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with open_chromium() as browser:
        found = {}
        for file in NAMES:
            page = browser.new_page(locale="en-US", timezone_id="UTC")
            page.goto(f"http://127.0.0.1:{server.server_port}/")
            found[file] = json.loads(page.evaluate(RUN, file))
            page.close()
        yield found
    server.shutdown()


@pytest.mark.parametrize(("file", "name"), [(file, name) for file, names in NAMES.items() for name in names])
def test_module(results, file, name):
    assert results[file][name] is None, results[file][name]


@pytest.mark.parametrize("file", NAMES)
def test_every_test_of_a_file_is_run(results, file):
    assert list(results[file]) == NAMES[file] and len(NAMES[file]) == len(set(NAMES[file])) > 1
