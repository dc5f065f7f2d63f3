"""Conversations answered by a real server process: streamed, stopped, survived."""

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

import pytest

from lab.errors import RunError
from lab.generate import Pane, Sampling
from lab.serving.client import InferenceClient
from lab.serving.server import RequestQueue

QUESTION = [{"role": "user", "content": "Where is mapo tofu from?"}]
SHORT = Sampling(temperature=0.0, max_new_tokens=8)
LONG = Sampling(temperature=1.0, max_new_tokens=400)


@pytest.fixture(scope="module")
def client(warm_lab):
    warm_lab.supervisor.wait_ready()
    opened = InferenceClient(warm_lab.home, warm_lab.supervisor.server)
    yield opened
    opened.close()


def panes_of(warm_lab, *keys: str) -> list[Pane]:
    return [Pane(key, str(warm_lab.base)) for key in keys]


def many_panes(warm_lab) -> list[Pane]:
    """Their long answers are more than a socket holds: as long as nobody reads them, they do not end."""
    return [Pane(str(seed), str(warm_lab.base), seed) for seed in range(8)]


def ask_all(client, panes: list[Pane], **more):
    return client.answer({pane.key: QUESTION for pane in panes}, panes, LONG, **more)


def server_of(client, request: str) -> int:
    """The process that answers this request: who listens at the other end of its socket."""
    with socket.fromfd(client._open[request].fileno(), socket.AF_UNIX, socket.SOCK_STREAM) as end:
        pid, _, _ = struct.unpack("3i", end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return pid


def test_panes_with_equal_weights_answer_equally_and_say_when_they_are_done(warm_lab, client):
    panes = panes_of(warm_lab, "a", "b")
    deltas = list(client.answer({"a": QUESTION, "b": QUESTION}, panes, SHORT))
    said = {key: "".join(delta.text for delta in deltas if delta.pane == key) for key in ("a", "b")}
    assert said["a"] == said["b"]
    assert [delta.pane for delta in deltas if delta.done].count("a") == 1
    assert all(delta.error is None for delta in deltas)


def test_a_run_answers_beside_its_base(warm_lab, client):
    run = warm_lab.ended(warm_lab.submit_one())
    panes = [*panes_of(warm_lab, "base"), Pane("run", f"run:{run.id}")]
    deltas = list(client.answer({"base": QUESTION, "run": QUESTION}, panes, SHORT))
    assert {delta.pane for delta in deltas if delta.done and not delta.error} == {"base", "run"}
    prints = {delta.pane: delta.fingerprint for delta in deltas if delta.done}
    assert prints["base"] != prints["run"]


def test_panes_read_a_text_in_the_server_process_and_a_lost_one_says_so(warm_lab, client):
    panes = [*panes_of(warm_lab, "base", "same"), Pane("gone", "run:aaaaaaff")]
    base, same, gone = client.surprise("From Sichuan.", QUESTION, panes)
    assert base.spans == same.spans and base.tokens > 2 and base.mean > 0
    assert gone.error and not gone.spans


def test_stop_ends_an_answer_at_once(warm_lab, client):
    answer = ask_all(client, many_panes(warm_lab), request="mine")
    tokens, last = {}, next(answer)
    client.stop("mine")
    for last in answer:
        tokens[last.pane] = last.tokens
    assert last.done
    assert len(tokens) == 8 and sum(tokens.values()) < 800  # they would be some 1,500


def test_stop_while_waiting_leaves_nothing_to_say_and_the_name_can_be_used_again(warm_lab, client):
    panes = panes_of(warm_lab, "a")
    first = ask_all(client, many_panes(warm_lab))
    next(first)
    waits = client.answer({"a": QUESTION}, panes, LONG, request="mine", waiting=lambda ahead: client.stop("mine"))
    assert "".join(delta.text for delta in waits) == ""
    first.close()
    client.stop("mine")  # nothing is being answered by that name now
    assert list(client.answer({"a": QUESTION}, panes, SHORT, request="mine"))[-1].done


def test_closing_the_iterator_frees_the_server_for_the_next(warm_lab, client):
    answer = ask_all(client, many_panes(warm_lab))
    next(answer)
    answer.close()  # who came next would wait for ever if the first went on
    assert list(client.answer({"a": QUESTION}, panes_of(warm_lab, "a"), SHORT))[-1].done


def test_who_waits_is_told_how_many_are_ahead(warm_lab, client):
    panes, ahead = panes_of(warm_lab, "a"), []
    first = ask_all(client, many_panes(warm_lab))
    next(first)
    second = client.answer({"a": QUESTION}, panes, SHORT, waiting=ahead.append)
    waiter = threading.Thread(target=lambda: list(second))
    waiter.start()
    while not ahead and waiter.is_alive():
        time.sleep(0.01)
    first.close()
    waiter.join(20)
    assert ahead == [1] and not waiter.is_alive()


def test_an_answer_that_can_not_be_had_says_why(warm_lab, client):
    with pytest.raises(RunError) as problem:
        deltas = list(client.answer({"a": QUESTION}, [Pane("a", "run:abcdef12")], SHORT))
        raise RunError(deltas[-1].error)
    assert "abcdef12" in str(problem.value)


def test_a_server_killed_in_mid_answer_is_told_and_the_next_question_is_answered(warm_lab, client):
    answer = ask_all(client, many_panes(warm_lab), request="mine")
    next(answer)
    os.kill(server_of(client, "mine"), signal.SIGKILL)
    with pytest.raises(RunError, match="the process that answers died"):
        list(answer)
    assert list(client.answer({"a": QUESTION}, panes_of(warm_lab, "a"), SHORT))[-1].done


def test_who_does_not_know_the_key_is_not_answered(warm_lab, client):
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    list(client.answer({"a": QUESTION}, panes_of(warm_lab, "a"), SHORT))
    newest = max(warm_lab.home.root.glob("talk-*.sock"), key=lambda path: path.stat().st_mtime)
    with pytest.raises(AuthenticationError):
        Client(str(newest), "AF_UNIX", authkey=b"guess")
    assert list(client.answer({"a": QUESTION}, panes_of(warm_lab, "a"), SHORT))[-1].done


def test_the_line_is_first_come_first_served():
    line, order, never, opened = RequestQueue(), [], threading.Event(), threading.Event()

    def stand(name: str) -> None:
        with line.turn(lambda ahead: None, never):
            opened.wait()
            order.append(name)

    threads = [threading.Thread(target=stand, args=(name,)) for name in "abc"]
    for standing, thread in enumerate(threads, start=1):
        thread.start()
        while line.length < standing:
            time.sleep(0.001)
    opened.set()
    for thread in threads:
        thread.join()
    assert order == ["a", "b", "c"] and line.length == 0


def test_neither_supervising_nor_chatting_loads_torch(warm_lab):
    code = f"""
import sys
from lab.home import Home
from lab.generate import Pane, Sampling
from lab.serving.client import InferenceClient
from lab.executors.processes.supervisor import Supervisor
from lab.executors.processes.fork_client import ForkServerClient
home = Home({str(warm_lab.home.root)!r})
second = Supervisor(home).start()
second.stop()
print([name for name in ("torch", "transformers", "peft", "trl", "datasets") if name in sys.modules])
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
