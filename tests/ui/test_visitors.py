"""Who is who in a lab that others use: what is somebody's is theirs alone, and no cookie can be made up."""

import json
from pathlib import Path

import pytest

from lab.feedback import export
from lab.home import is_public, is_shared
from lab.store import Feedback
from lab.store.pairs import new_answer, new_pair
from lab.visitors import Role
from lab.visitors.sessions import Session, Sessions
from tests.ui.shared_lab import RECIPE, Client, SharedLab


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    lab = SharedLab(tmp_path_factory.mktemp("visitors"), Client())
    yield lab
    lab.close()


@pytest.fixture
def public(monkeypatch):
    monkeypatch.setenv("LAB_PUBLIC", "1")
    monkeypatch.setenv("LAB_QUEUED_RUNS", "1000")


@pytest.fixture
def app(shared, public):
    return shared.app()


@pytest.fixture
def ann(shared, app):
    return shared.visit(app)


@pytest.fixture
def bob(shared, app):
    return shared.visit(app)


def test_a_space_is_public_by_itself_and_says_so_to_children(monkeypatch):
    monkeypatch.delenv("LAB_PUBLIC", raising=False)
    assert not is_public()
    monkeypatch.setenv("SPACE_ID", "somebody/lab")
    assert is_public() and is_shared()
    monkeypatch.setenv("LAB_PUBLIC", "0")
    assert not is_public()
    monkeypatch.delenv("SPACE_ID")
    monkeypatch.setenv("LAB_PUBLIC", "1")
    assert is_public()


def test_the_cookie_is_the_browsers_and_not_the_scripts(shared, app, monkeypatch):
    said = shared.visit(app, cookies=False).web.get("/robots.txt").headers["set-cookie"]
    assert "HttpOnly" in said and "SameSite=Lax" in said and "Secure" not in said
    assert "Secure" in shared.visit(app, cookies=False, https=True).web.get("/robots.txt").headers["set-cookie"]
    proxied = shared.visit(app, cookies=False).web.get("/robots.txt", headers={"x-forwarded-proto": "https"})
    assert "Secure" in proxied.headers["set-cookie"]
    monkeypatch.setenv("SPACE_ID", "somebody/lab")  # within a frame of huggingface.co nothing else comes back
    framed = shared.visit(app, cookies=False).web.get("/robots.txt").headers["set-cookie"]
    assert "HttpOnly" in framed and "SameSite=None; Secure; Partitioned" in framed


def test_a_cookie_that_came_back_is_not_set_again(ann):
    assert "set-cookie" not in ann.web.get("/robots.txt").headers


def test_no_cookie_can_be_made_up(shared, app, ann, bob):
    run = ann.train()
    name = Sessions(shared.home).cookie
    mine = dict(ann.web.cookies)[name]
    body, _, signature = mine.partition(".")
    other = Sessions.__new__(Sessions)
    other._secret = b"guessed"
    forged = (
        ann.id, f"{body}.{'0' * 32}", f"{body}.", body, f"{body}.{signature}x", "", "." * 900, "x" * 5000, "é.é",
        other.write(Session(ann.id)), other.write(Session(ann.id, "key", "", "")),
    )  # fmt: skip
    for value in forged:
        thief = shared.visit(app, cookies=False)
        thief.keeps = True
        thief.web.cookies.clear()
        answer = thief.web.post(
            "/gradio_api/component_server", headers={"cookie": f"{name}={value}".encode()},
            json={"data": {"run": run}, "component_id": shared.places["stop"], "fn_name": "stop", "session_hash": "x"},
        )  # fmt: skip
        assert "cookie" in answer.json()["problem"], value
    assert shared.store.runs.get(run).status == "queued"


def test_an_old_cookie_opens_nothing(shared, monkeypatch):
    sessions = Sessions(shared.home)
    kept = sessions.write(Session("browser-" + "a" * 32, made=0))
    assert sessions.read(kept) is None
    assert sessions.read(sessions.write(sessions.new())) is not None


def test_only_its_owner_changes_a_run(shared, app, ann, bob):
    run = ann.train()
    comparison = shared.store.runs.get(run).comparison
    for name, more in (
        ("stop", {"run": run}), ("stop", {"comparison": comparison}), ("delete", {"run": run}),
        ("resume", {"run": run}), ("fork", {"run": run}), ("fork", {"run": run, "warm": False}),
        ("take_home", {"run": run, "form": "merged"}),
        ("remove", {"ids": [run]}), ("remove", {"ids": [comparison]}), ("removal", {"ids": [run]}),
        ("mark", {"ids": [run], "note": "mine now"}), ("mark", {"ids": [comparison], "archived": True}),
        ("rename", {"id": run, "name": "mine now"}), ("rename", {"id": comparison, "name": "mine now"}),
    ):  # fmt: skip
        assert "somebody else's" in bob.problem(name, **more), name
    assert shared.store.runs.get(run).status == "queued"
    assert "somebody else's" in bob.train(base=f"run:{run}")
    (shared.home.cache / "take_home").mkdir(exist_ok=True)
    (shared.home.cache / "take_home" / f"{run}-merged.zip").write_bytes(b"zip")
    assert bob.web.get(f"/take_home/{run}/merged.zip").status_code == 404
    assert ann.web.get(f"/take_home/{run}/merged.zip").content == b"zip"
    seen = bob.ask("details", run=run)
    assert seen["recipe"] and seen["log"] == "" and seen["environment"] == {}
    assert [one["mine"] for one in bob.ask("watch", run=run)["runs"]] == [False]
    assert [one["mine"] for one in ann.ask("watch", run=run)["runs"]] == [True]
    assert ann.ask("stop", run=run) == {} and shared.store.runs.get(run).status == "cancelled"
    assert ann.ask("delete", run=run) == {}
    again = ann.train()
    assert shared.owner(app).ask("stop", run=again) == {}


def test_a_run_that_learned_from_a_file_is_there_for_its_owner_alone(shared, app, ann, bob, tmp_path):
    from lab.data import save_upload
    from lab.visitors import acting, visitor_of

    file = tmp_path / "mine.jsonl"
    rows = [{"prompt": f"What is secret {n}?", "completion": f"It is {n}."} for n in range(40)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with acting(visitor_of(ann.id)):
        name = save_upload(file, shared.home)
    data = [{"name": name}]
    assert "secret" in json.dumps(ann.ask("peek", fields=RECIPE | {"data": data}))
    for door in ("peek", "start", "tokens", "columns"):
        assert "there is no upload" in bob.problem(door, fields=RECIPE | {"data": data}), door
    more = [{"name": name, "files": ["/etc/passwd"]}], [{"name": name, "held_out_file": str(file)}]
    for mixed in more:
        for door in ("peek", "start", "preview", "columns"):
            assert "not open here" in ann.problem(door, fields=RECIPE | {"data": mixed}), (door, mixed)
    assert name in json.dumps(ann.ask("choices")) and name not in json.dumps(bob.ask("choices"))
    run = ann.train(data=data)
    comparison = shared.store.runs.get(run).comparison
    assert ann.ask("suggestions", runs=[run])["prompts"]
    for door, more in (
        ("watch", {"run": run}), ("watch", {"comparison": comparison}), ("details", {"run": run}),
        ("suggestions", {"runs": [run]}), ("open", {"runs": [run]}), ("moved", {"runs": [run]}),
        ("settings", {"comparison": comparison}), ("pictures", {"runs": [run]}), ("curves", {"run": run}),
        ("fields_from", {"run": run}), ("fork_form", {"run": run}), ("stop", {"run": run}), ("delete", {"run": run}),
        ("matchup", {"first": "nano", "second": f"run:{run}"}), ("diff", {"first": run, "second": run}),
        ("removal", {"ids": [run]}), ("mark", {"ids": [run], "starred": True}), ("rename", {"id": run, "name": "x"}),
        ("fork", {"run": run}), ("resume", {"run": run}),
    ):  # fmt: skip
        assert f"no run '{run}'" in bob.problem(door, **more) or "no longer there" in bob.problem(door, **more), door
    assert run not in json.dumps(bob.ask("list_runs")) and comparison not in json.dumps(bob.ask("list_comparisons"))
    assert bob.ask("thumbnails", comparisons=[comparison])["lines"] == {}
    assert "no run" in bob.problem("diff", first="assets", second=run)  # nor is a folder's name looked up
    assert run in json.dumps(ann.ask("list_runs")) and run in json.dumps(shared.owner(app).ask("list_runs"))


def test_a_conversation_is_there_for_who_opened_it_alone(shared, app, ann, bob):
    talk = ann.ask("open", base="nano")["talk"]
    assert ann.ask("stream", talk=talk)["turns"] == []
    for visit in (bob, shared.owner(app)):
        for door, more in (
            ("stream", {}), ("ask", {"text": "Hi?"}), ("talk.stop", {}), ("reveal", {}), ("surprise", {"text": "Hi"}),
            ("rate", {"turn": 0, "pane": "p0", "verdict": "good"}),
        ):  # fmt: skip
            assert "no longer there" in visit.problem(door, talk=talk, **more), door


def test_a_vote_is_whose_cookie_comes_with_it_whatever_name_is_given(shared, app, ann, bob):
    said = [new_answer("base:nano", ({"role": "user", "content": "Hi?"},), text, {}, "") for text in ("Yes.", "No.")]
    pair = new_pair("typed", *said)
    shared.store.pairs.keep([pair])
    match = {"first": "nano", "second": "nano", "source": "held_out"}
    assert ann.ask("vote", **match, pair=pair.id, verdict="left", rater=bob.id)["sides"]
    (vote,) = shared.store.pairs.votes()
    assert vote.rater == ann.id
    assert bob.ask("undo", **match, rater=ann.id)["undone"] is False
    assert len(shared.store.pairs.votes()) == 1
    assert ann.ask("undo", **match)["undone"] is True
    assert shared.store.pairs.votes() == []


def test_exports_name_people_by_what_opens_nothing(shared, ann, bob, tmp_path):
    answer = shared.store.ratings.keep_answer("base:nano", [{"role": "user", "content": "Private?"}], "Yes.", {}, "")
    shared.store.ratings.rate(Feedback("thumb", answer.id, ann.id, "good", answer.id))
    file = tmp_path / "thumbs.jsonl"
    for _ in range(2):
        assert export(shared.store, "thumbs", file) == 1
        (row,) = map(json.loads, file.read_text().splitlines())
        assert row["rater"].startswith("person-") and ann.id not in file.read_text()
    assert ann.ask("arena.export", format="thumbs")["rows"] == 1
    for format in ("thumbs", "kto", "sft"):
        assert "rows" not in bob.ask("arena.export", format=format), format
    given = bob.ask("standings", rater=row["rater"])
    assert ann.id not in json.dumps(given) and not any(one["mine"] for one in given["raters"])


def test_an_export_taken_in_by_the_owner_adds_nothing_and_by_a_visitor_is_theirs(shared, ann, tmp_path):
    from lab.data.files import read_path
    from lab.feedback import import_table
    from lab.visitors import acting, visitor_of

    answer = shared.store.ratings.keep_answer("base:nano", [{"role": "user", "content": "Twice?"}], "No.", {}, "")
    shared.store.ratings.rate(Feedback("thumb", answer.id, ann.id, "good", answer.id))
    file = tmp_path / "thumbs.jsonl"
    export(shared.store, "thumbs", file)
    assert import_table(shared.store, read_path(file).train, "file", skip_bad=True)[1] == 0
    bad = file.with_name("bad.jsonl")
    bad.write_text(file.read_text().replace('"label": true', '"label": false'))
    mark = "browser-" + "c" * 32
    with acting(visitor_of(mark)):
        assert import_table(shared.store, read_path(bad).train, "file", skip_bad=True)[1] > 0
    mine = [one for one in shared.store.ratings.current("thumb") if one.rater == ann.id]
    assert {one.verdict for one in mine} == {"good"}
    assert all(one.rater.startswith(mark) for one in shared.store.ratings.current("thumb") if one.verdict == "bad")


def test_only_the_owner_writes_to_the_hub(ann):
    assert "only the lab's owner" in ann.problem("push", format="dpo", repo="a/b")


def test_a_lab_of_ones_own_knows_nobody_but_its_owner(shared, monkeypatch):
    monkeypatch.delenv("LAB_PUBLIC", raising=False)
    app = shared.app()
    one, other = shared.visit(app), shared.visit(app)
    assert one.ask("whoami") == {"role": "owner", "name": "", "shared": False}
    run = one.train()
    assert shared.store.runs.get(run).visitor is None
    assert other.ask("stop", run=run) == {} and other.ask("delete", run=run) == {}
    assert one.web.get("/enter").status_code == 303


def test_the_name_a_browser_once_made_up_keeps_its_votes_at_home_alone(shared, public, monkeypatch):
    old = "browser-" + "a" * 16
    guest = shared.visit(shared.app())
    assert guest.ask("whoami", old=old)["role"] == "visitor"
    assert guest.id != old
    monkeypatch.delenv("LAB_PUBLIC")
    here = shared.visit(shared.app())
    here.ask("whoami", old=old)
    session = Sessions(shared.home).read(dict(here.web.cookies)[Sessions(shared.home).cookie])
    assert session.id == old


def test_roles_are_what_they_may_do():
    assert Role.VISITOR < Role.MEMBER < Role.OWNER


def test_no_refusal_tells_what_is_on_this_machine(shared, ann, tmp_path, monkeypatch):
    """Each path that is there is answered as one that is not, in every field of a recipe and at every door."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own" / "qq1").mkdir(parents=True)
    (tmp_path / "own" / "qq1" / "rows.jsonl").write_text('{"prompt": "a", "completion": "b"}\n' * 9)
    file = tmp_path / "own" / "qq1" / "rows.jsonl"

    def said(path, door, /, **asked):
        problem = ann.problem(door, **asked)
        assert str(tmp_path) not in problem.replace(path, "")
        return problem.replace(path, "PATH").replace(f"…/{Path(path).name}", "PATH")

    for here, nowhere in (
        (str(tmp_path / "own"), str(tmp_path / "one")), (str(file), str(file.with_name("none.jsonl"))),
        ("own/qq1", "own/qq2"), ("./own", "./one"), ("~", "~nobody-of-that-name"), (f"file://{file}", "file:///nowhere"),
    ):  # fmt: skip
        for door, more in (
            ("peek", lambda path: {"base": path}), ("peek", lambda path: {"data": [{"name": path}]}),
            ("peek", lambda path: {"data": [{"name": "upload:x.csv", "files": [path]}]}),
            ("preview", lambda path: {"teacher": path, "objective": "distill"}),
        ):  # fmt: skip
            one, other = (said(path, door, fields=RECIPE | more(path)) for path in (here, nowhere))
            assert one == other, more(here)
        for door, asked in (("talk.open", "base"), ("matchup", "first"), ("stations", "start"), ("advise", "base"),
                            ("switches.start", "base"), ("upload", "path"), ("import_file", "path")):  # fmt: skip
            more = {"second": "nano"} if door == "matchup" else {}
            one, other = (said(path, door, **{asked: path}, **more) for path in (here, nowhere))
            assert one == other != "", (door, here)
