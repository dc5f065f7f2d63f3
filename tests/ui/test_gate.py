"""Another site's page can do nothing here, too large is said in words, and browsers are told to be careful."""

import asyncio
import json
import threading

import pytest

from lab.limits import REQUEST_BYTES, UPLOAD_BYTES
from lab.ui import gate
from lab.ui.gate import Gate
from lab.ui.patience import _run_in_thread

NAMES = {"localhost", "lab.school.example"}
JSON = {"content-type": "application/json", "content-length": "2"}
FORM = {"content-type": "multipart/form-data; boundary=x"}


def ask(method="POST", path="/gradio_api/queue/join", kind="http", **headers):
    """Status, words and headers of the answer; the page behind the gate answers 200."""
    sent = []

    async def page(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b'{"detail": "in"}'})

    async def send(message):
        sent.append(message)

    given = {"host": "127.0.0.1:7860"} | {name.replace("_", "-"): value for name, value in headers.items()}
    packed = [(name.encode(), value.encode()) for name, value in given.items()]
    scope = {"type": kind, "method": method, "path": path, "headers": packed}
    asyncio.run(Gate(page, NAMES)(scope, None, send))
    if kind == "websocket":
        return sent
    return sent[0]["status"], json.loads(sent[1]["body"])["detail"], dict(sent[0]["headers"])


@pytest.mark.parametrize("host", [
    "127.0.0.1:7860", "localhost:7860", "[::1]:7860", "192.168.1.7:7860", "LAB.school.example", "x.localhost:1",
])  # fmt: skip
def test_the_lab_answers_under_its_own_names(host):
    assert ask("GET", "/", host=host)[0] == 200
    assert ask(host=host, origin=f"http://{host}", **JSON)[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:7860", "[", "127.1"]
)
def test_a_name_that_was_made_to_lead_here_is_refused(host):
    """DNS rebinding: the browser believes it talks to the other site."""
    for method in ("GET", "POST"):
        status, words, _ = ask(method, host=host, **JSON)
        assert status == 421 and "LAB_HOSTS" in words


@pytest.mark.parametrize("more", [
    {"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9999"}, {"origin": "file://"},
    {"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"}, {"origin": "http://localhost:1"},
])  # fmt: skip
def test_a_page_of_another_site_may_send_nothing(more):
    for path, kind in (
        ("/gradio_api/queue/join", JSON),
        ("/gradio_api/upload", FORM),
        ("/gradio_api/component_server", JSON),
    ):
        status, words, _ = ask(path=path, **kind, **more)
        assert (status, words) == (403, "A page of another site may not use this lab.")
    assert [one["type"] for one in ask(kind="websocket", origin="https://evil.example")] == ["websocket.close"]


def test_the_page_itself_and_programs_may():
    assert ask(origin="http://127.0.0.1:7860", sec_fetch_site="same-origin", **JSON)[0] == 200
    assert ask(**JSON)[0] == 200
    assert ask(path="/gradio_api/upload", origin="http://127.0.0.1:7860", **FORM)[0] == 200
    assert ask(origin="https://lab.school.example", **JSON)[0] == 200  # a proxy asks under the machine's number


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_what_a_form_can_send_is_no_question(kind):
    assert ask(content_type=kind, content_length="2")[0] == 415
    assert ask(content_length="2")[0] == 415
    assert ask()[0] == 200  # nothing is sent, nothing is asked


def test_too_large_is_said_in_words():
    status, words, _ = ask(path="/gradio_api/upload", content_length=str(UPLOAD_BYTES + 2**20), **FORM)
    assert status == 413 and "at most 50 MB" in words
    status, words, _ = ask(content_type="application/json", content_length=str(REQUEST_BYTES + 1))
    assert status == 413 and "at most 4 MB" in words
    assert ask(content_type="application/json", transfer_encoding="chunked")[0] == 411
    assert ask(path="/gradio_api/upload", content_length=str(UPLOAD_BYTES), **FORM)[0] == 200


def test_every_answer_tells_the_browser_to_be_careful(monkeypatch):
    for answer in (ask("GET", "/"), ask(**JSON), ask(host="evil.example")):
        told = answer[2]
        assert b"frame-ancestors 'self'" in told[b"content-security-policy"]
        assert b"huggingface" not in told[b"content-security-policy"]
        assert told[b"x-content-type-options"] == b"nosniff" and told[b"referrer-policy"] == b"same-origin"
    monkeypatch.setenv("SPACE_ID", "somebody/lab")
    assert b"frame-ancestors 'self' https://huggingface.co" in ask("GET", "/")[2][b"content-security-policy"]


def test_names_come_from_the_machine_the_space_and_the_owner(monkeypatch):
    monkeypatch.setenv("SPACE_HOST", "Somebody-Lab.hf.space")
    monkeypatch.setenv("LAB_HOSTS", "lab.school.example, other.example")
    assert {"localhost", "somebody-lab.hf.space", "lab.school.example", "other.example"} <= gate.hosts()


class SlowServer:
    """Gradio's server on a machine that is busy: it starts in the end."""

    reloader, started = None, False

    def __init__(self, seconds):
        self.seconds = seconds

    def run(self):
        threading.Event().wait(self.seconds)
        self.started = self.seconds > 0
        threading.Event().wait(self.seconds)


def test_a_slow_start_is_waited_for_and_a_failed_one_is_not():
    slow = SlowServer(0.5)
    _run_in_thread(slow)
    assert slow.started
    with pytest.raises(Exception, match="did not start"):
        _run_in_thread(SlowServer(0))
