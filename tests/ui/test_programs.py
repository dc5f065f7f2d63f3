"""What programs may call, with Gradio's own client against a lab that is served: the calls of docs/api.md alone."""

import re
import threading
from dataclasses import replace

import httpx
import pytest
from gradio_client import Client

from lab.api import Lab
from lab.errors import LabError
from lab.generate import Delta
from lab.home import PROJECT, Home
from lab.store import Change, Status, Store
from lab.ui.callers import HEADER, caller, named
from lab.ui.doors import CALLS, check_call
from lab.ui.launch import launch, serve
from lab.visitors import Role, Visitor
from lab.visitors.accounts import Accounts
from lab.visitors.keys import owner_key

RECIPE = "name: Tried\nbase: nano\nbudget: {steps: 4}\nvariants: [{name: LoRA, method: lora}]\n"
TABLE = ["catalogue", "check", "submit", "follow", "table", "stop", "ask", "vote"]


class Answers:
    """Stands where the models answer: each says its own name."""

    def answer(self, messages, panes, sampling, request, waits):
        for pane in panes:
            yield Delta(pane.key, f"I am {pane.base}.", tokens=3, seconds=0.1, done=True)

    def stop(self, request): ...


class Waker:
    """Stands where a supervisor would: it carries out what is queued by saying that it is done."""

    def __init__(self, store, works):
        self._store, self._works = store, works

    def wake(self):
        if self._works:
            threading.Timer(0.6, self._finish).start()

    def _finish(self):
        while run := self._store.runs.claim("here"):
            self._store.curves.write(run.id, 4, {"loss": 1.5})
            self._store.runs.end(run.id, Status.DONE, None)


class Served:
    """A lab with its page, answering at an address."""

    def __init__(self, root, works=True, **more):
        self.home = Home(root / "home")
        self.store = Store(self.home)
        self.page = serve(Lab(self.home, self.store, Waker(self.store, works), Answers()), "127.0.0.1", 0, **more)
        self.url = self.page.local_url

    def client(self, httpx_kwargs=None, **headers):
        quiet = {"verbose": False, "analytics_enabled": False, "download_files": False}
        return Client(self.url, headers=headers, httpx_kwargs=httpx_kwargs, **quiet)

    def close(self):
        self.page.close(verbose=False)
        self.store.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    lab = Served(tmp_path_factory.mktemp("programs"), mcp=True)
    yield lab
    lab.close()


@pytest.fixture(scope="module")
def client(served):
    opened = served.client()
    yield opened
    opened.close()


def problem(client, *given, **asked):
    with pytest.raises(Exception) as found:
        client.predict(*given, **asked)
    return str(found.value)


def test_the_calls_are_those_that_are_promised_and_nothing_else_is_public(client):
    told = client.view_api(return_format="dict", print_info=False)
    assert sorted(told["named_endpoints"]) == sorted(f"/{name}" for name in TABLE) and not told["unnamed_endpoints"]
    assert set(CALLS) == set(TABLE)
    docs = (PROJECT / "docs" / "api.md").read_text()
    for name in TABLE:
        promised = re.search(rf"^\| `{name}\((.*?)\)`", docs, re.M)[1]
        parameters = [one["parameter_name"] for one in told["named_endpoints"][f"/{name}"]["parameters"]]
        assert [one.split("=")[0].strip() for one in promised.split(",")] == parameters, name


def test_a_recipe_is_submitted_followed_and_read(client, served):
    assert client.predict(RECIPE, api_name="/check")[0]["name"] == "LoRA"
    made = client.predict(recipe=RECIPE, api_name="/submit")
    run = made["runs"][0]["id"]
    assert made["runs"] == [{"id": run, "variant": "LoRA"}]
    told = client.predict([made["comparison"]], 20, api_name="/follow")
    assert told["over"] and told["runs"][0]["status"] == "done" and told["runs"][0]["newest"] == {"loss": 1.5}
    outcome = replace(served.store.runs.get(run).outcome, eval_loss=Change(2.0, float("nan")))
    served.store.runs.queue([replace(served.store.runs.get(run), id="eeee0001", outcome=outcome)])
    rows = client.predict(ids=[run, "eeee0001"], api_name="/table")
    assert [row["variant"] for row in rows] == ["LoRA", "LoRA"]
    assert rows[1]["eval_loss"] == {"before": 2.0, "after": None}
    assert "is done" in problem(client, run, True, api_name="/stop")


def test_models_are_asked_and_a_vote_is_kept_once(client, served):
    made = client.predict(RECIPE, api_name="/submit")["runs"][0]["id"]
    client.predict([made], 20, api_name="/follow")
    nano, tuned = client.predict(["nano", made], "Who are you?", api_name="/ask")
    assert (nano["model"], nano["answer"]) == ("nano", "I am nano.") and tuned["answer"] == f"I am run:{made}."
    kept = client.predict(nano["id"], tuned["id"], "second", api_name="/vote")
    (vote,) = served.store.pairs.votes()
    assert kept["verdict"] == "second" and {"first": vote.first, "second": vote.second}[vote.winner] == made
    assert "voted on this already" in problem(client, tuned["id"], nano["id"], "first", api_name="/vote")
    other = client.predict(["nano"], "Something else?", api_name="/ask")[0]
    assert "different questions" in problem(client, nano["id"], other["id"], "tie", api_name="/vote")


def test_the_catalogue_has_what_a_recipe_is_made_of(client):
    recipes = client.predict("recipes", api_name="/catalogue")
    assert len(recipes) > 60 and {"id", "name", "explain"} == set(recipes[0])
    whole = client.predict("recipes", "recipes/first_steps.yaml", api_name="/catalogue")[0]
    assert client.predict(whole["text"], api_name="/check")
    lora = client.predict("methods", "lora", api_name="/catalogue")[0]
    assert lora["knobs"][0]["name"] == "r" and isinstance(lora["name"], str)
    for kind in ("bases", "data", "objectives", "rewards"):
        assert client.predict(kind, api_name="/catalogue"), kind


@pytest.mark.parametrize(("call", "given", "said"), [
    ("submit", ["name: x\nvariants: []"], "variants"),
    ("submit", ["{["], "recipe"),
    ("submit", ["x" * 300_000], "at most 200,000"),
    ("check", ["name: x\nbase: nothing\nvariants: [{name: a}]"], "base"),
    ("follow", [["nothing0"]], "none of these runs is there"),
    ("follow", [[]], "0 ids are given"),
    ("table", [["../../etc"]], "none of these runs is there"),
    ("ask", [[], "Hi"], "0 models"),
    ("ask", [["nano"], " "], "the question is empty"),
    ("ask", [["nano"], "Hi", 0, 99_999], "is no length"),
    ("ask", [["no_such_model"], "Hi"], "no_such_model"),
    ("vote", ["a", "b", "first"], "there is no answer 'a'"),
    ("stop", ["nothing0"], "nothing0"),
    ("catalogue", ["methods", "nothing"], "there is no 'nothing'"),
    ("catalogue", ["magic"], "kind: 'magic' is not allowed"),
    ("ask", ["nano", "Hi"], "models: 'nano' is not allowed. Input should be a valid list"),
    ("follow", [["nothing0"], "soon"], "wait: 'soon' is not allowed"),
    ("vote", ["a", "b", "left"], "verdict: 'left' is not allowed"),
])  # fmt: skip
def test_what_is_wrong_is_told_in_a_sentence(client, call, given, said):
    words = problem(client, *given, api_name=f"/{call}")
    assert said in words and "Traceback" not in words and "upstream" not in words


def test_the_tools_are_the_calls_with_every_parameter_told(served):
    tools = httpx.get(f"{served.url}gradio_api/mcp/schema").json()
    assert sorted(tool["name"] for tool in tools) == sorted(TABLE)
    for tool in tools:
        assert len(tool["description"]) > 40 and tool["description"].endswith("."), tool["name"]
        assert tool["inputSchema"]["type"] == "object" and "request" not in tool["inputSchema"]["properties"]
        for name, said in tool["inputSchema"]["properties"].items():
            assert said.get("description"), f"{tool['name']}: {name}"
        assert tool["meta"]["mcp_type"] == "tool" and not tool["meta"]["file_data_present"]
    kinds = next(tool for tool in tools if tool["name"] == "catalogue")["inputSchema"]["properties"]["kind"]
    assert set(kinds["enum"]) == {"recipes", "bases", "data", "methods", "objectives", "rewards"}


def test_a_model_uses_them_as_tools(served):
    import anyio
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    async def use():
        async with (
            streamablehttp_client(f"{served.url}gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            listed = [tool.name for tool in (await session.list_tools()).tools]
            said = await session.call_tool("check", {"recipe": RECIPE})
            bad = await session.call_tool("follow", {"ids": ["nothing0"]})
            return listed, said, bad

    listed, said, bad = anyio.run(use)
    assert sorted(listed) == sorted(TABLE)
    assert not said.isError and "LoRA" in said.content[0].text
    assert bad.isError and "none of these runs is there" in bad.content[0].text


def test_in_a_shared_lab_each_calls_as_who_they_are(served, monkeypatch):
    monkeypatch.setenv("LAB_SHARED", "1")
    lab = Served(served.home.root.parent / "shared", works=False, mcp=True, accounts=Accounts(password="a long one"))
    try:
        forged = {HEADER: '{"id": "", "role": 3, "name": "", "known": true}'}
        for headers in ({}, forged, {"Authorization": "Bearer wrong"}):
            with pytest.raises(Exception, match="Please login"):
                lab.client(**headers)
            assert httpx.post(f"{lab.url}gradio_api/mcp/", json={}, headers=headers).status_code == 401
            assert httpx.get(f"{lab.url}gradio_api/mcp/schema", headers=headers).status_code == 401
        entered = httpx.post(f"{lab.url}enter", json={"name": "", "password": "a long one"})
        member = lab.client(httpx_kwargs={"cookies": dict(entered.cookies)}, **forged)
        mine = member.predict(RECIPE, api_name="/submit")["runs"][0]["id"]
        key = {"Authorization": f"Bearer {owner_key(lab.home)}"}
        owner = lab.client(**key)
        theirs = owner.predict(RECIPE, api_name="/submit")["runs"][0]["id"]
        assert httpx.get(f"{lab.url}gradio_api/mcp/schema", headers=key).status_code == 200
        assert lab.store.runs.get(mine).visitor and lab.store.runs.get(theirs).visitor is None
        assert "somebody else's" in problem(member, theirs, api_name="/stop")
        assert owner.predict(theirs, api_name="/stop") == {"id": theirs, "request": "cancel"}
        assert "only the lab's owner" in problem(member, f"{RECIPE}report_to: tensorboard\n", api_name="/check")
    finally:
        lab.close()


def test_without_its_package_the_tools_are_refused_before_anything_is_opened(tmp_path, monkeypatch):
    monkeypatch.setattr("lab.ui.launch.find_spec", lambda name: None)
    monkeypatch.setenv("LAB_MCP", "1")
    for switched in ({"mcp": True}, {}):
        with pytest.raises(LabError, match="the package `mcp` is not installed"):
            launch(Home(tmp_path / "home"), port=0, **switched)
    assert not (tmp_path / "home" / "lab.db").exists()


def test_who_calls_is_what_the_entrance_wrote_and_nobody_without_it(monkeypatch):
    member = Visitor("member-1", Role.MEMBER, "ann 安", True)
    headers = named([(b"host", b"x"), (HEADER.upper().encode(), b"forged")], member)
    assert [name for name, _ in headers] == [b"host", HEADER.encode()]

    class Asked:
        def __init__(self, headers):
            self.headers = headers

    assert caller(Asked({HEADER: headers[-1][1].decode()})) == member
    assert caller(Asked({})).owns_lab and caller(None).owns_lab
    monkeypatch.setenv("LAB_PUBLIC", "1")
    assert caller(Asked({})).role is Role.VISITOR and not caller(None).known
    with pytest.raises(Exception, match="only the lab's owner"):
        check_call("something_new", member)


@pytest.mark.slow
@pytest.mark.long
def test_a_program_trains_asks_and_votes_in_a_lab_that_really_trains(tmp_path):
    from tests.browser.page import Server

    home = Home(tmp_path / "home")
    server = Server(home)
    try:
        client = Client(server.url, verbose=False, analytics_enabled=False)
        made = client.predict(RECIPE, api_name="/submit")
        told: dict = {"over": False}
        while not told["over"]:
            told = client.predict([made["comparison"]], 30, api_name="/follow")
        (row,) = client.predict([made["comparison"]], api_name="/table")
        assert row["status"] == "done" and row["eval_loss"]["after"] > 0 and told["runs"][0]["step"] == 4
        question = "What does mapo tofu taste like?"
        nano, tuned = client.predict(["nano", row["id"]], question, 0.9, 12, 3, api_name="/ask")
        assert nano["answer"] and tuned["answer"] and not nano["error"]
        if nano["answer"] != tuned["answer"]:
            client.predict(nano["id"], tuned["id"], "both_bad", api_name="/vote")
            with Store(home) as store:
                assert len(store.pairs.votes()) == 1
    finally:
        server.close()
