"""No visitor takes more than a share: each limit is met by an attack, says which it was and when to come back."""

import re
import threading
from dataclasses import replace

import pytest

from lab import limits
from lab.errors import LabError
from lab.executors.processes.starts import MOST_OF_A_VISITOR, may_join
from lab.executors.processes.turns import Turnstile
from lab.executors.worker import RunLimit, StopRequests
from lab.home import PROJECT
from lab.store import Status
from lab.visitors import LOCAL, Role, Visitor, acting, visitor_of
from lab.visitors.fair import LimitError, Window, in_about
from tests.test_store import make_run
from tests.ui.shared_lab import RECIPE, Client, SharedLab

ANN, BOB = visitor_of("browser-" + "a" * 32), visitor_of("browser-" + "b" * 32)
WHEN = re.compile(r"[Cc]ome back|[Tt]ry again|waiting does not help")


class Stuck(Client):
    """Answers never come, until the test is over."""

    def __init__(self):
        self.over = threading.Event()

    def answer(self, *_asked):
        self.over.wait(60)
        yield from ()


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    client = Stuck()
    lab = SharedLab(tmp_path_factory.mktemp("fair"), client)
    yield lab
    client.over.set()
    lab.close()


@pytest.fixture
def visit(shared, monkeypatch):
    monkeypatch.setenv("LAB_PUBLIC", "1")
    return shared.visit(shared.app())


def set_limits(monkeypatch, **limits):
    for name, value in limits.items():
        monkeypatch.setenv(f"LAB_{name.upper()}", str(value))


def test_two_hundred_runs_in_two_seconds_come_to_a_share(shared, visit, monkeypatch):
    set_limits(monkeypatch, queued_runs=3)
    said = []
    threads = [threading.Thread(target=lambda: said.append(visit.train())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [one for one in said if "runs that wait or run" in one]
    assert len(refused) == 5 and all(WHEN.search(one) and "may have 3" in one for one in refused)
    mine = [run for run in shared.store.runs.all(statuses=[Status.QUEUED]) if run.visitor == visit.id]
    assert len(mine) == 3
    other = shared.visit(visit.web.app)
    assert len(other.train()) == 8  # the others' share is theirs
    set_limits(monkeypatch, queued_runs_in_all=3)
    assert "of all visitors" in other.train() and WHEN.search(other.train())
    run = mine[0].id
    assert visit.ask("stop", run=run) == {} and "of all visitors" in visit.problem("resume", run=run)


def test_a_million_steps_are_too_many_whatever_they_are_spread_over(visit, monkeypatch):
    for budget in ({"steps": 1_000_000}, {"steps": 1000, "batch_size": 4096}, {"steps": 100, "max_length": 131_072}):
        said = visit.train(budget=budget)
        assert "tokens (steps × batch × length)" in said and "waiting does not help" in said, budget
    many = [{"name": f"v{n}", "method": "lora"} for n in range(30)]
    assert "30 runs of yours" in visit.problem("preview", fields=RECIPE | {"variants": many})
    set_limits(monkeypatch, run_seconds=1)
    assert "may compute" in visit.train(budget={"steps": 2000})


def test_a_run_that_takes_too_long_is_stopped_and_keeps_what_it_learned(store):
    store.runs.queue([replace(make_run("a"), id="run000aa")])
    asked = StopRequests(store, "run000aa", lambda: False, most_seconds=1)
    assert asked() is None and not asked.too_long
    asked._limit._worked -= 2.0
    assert (asked(), asked.too_long) == ("cancel", 1)
    waiting = RunLimit(1)
    waiting._began -= 7.0
    assert not waiting.is_met()
    waiting._began -= 2.0
    assert waiting.is_met() and not RunLimit(0).is_met()
    asked.over()


def test_a_visitors_conversations_push_out_their_own_alone(shared, visit, monkeypatch):
    set_limits(monkeypatch, conversations=2, conversations_in_all=3)
    other = shared.visit(visit.web.app)
    theirs = other.ask("open", base="nano")["talk"]
    mine = [visit.ask("open", base="nano")["talk"] for _ in range(5)]
    assert other.ask("stream", talk=theirs)["turns"] == []
    there = ["problem" not in visit.ask("stream", talk=talk) for talk in mine]
    assert there == [False, False, False, True, True]
    said = shared.visit(visit.web.app).problem("open", base="nano")
    assert "3 conversations are kept" in said and WHEN.search(said)


def test_questions_at_once_are_few(shared, visit, monkeypatch):
    set_limits(monkeypatch, answering=1, conversations=9)
    first, second = (visit.ask("open", base="nano")["talk"] for _ in range(2))
    assert visit.ask("ask", talk=first, text="Hi?") == {}
    said = visit.problem("ask", talk=second, text="Hi?")
    assert "questions at once" in said and WHEN.search(said)
    set_limits(monkeypatch, answering=9, answering_in_all=1)
    other = shared.visit(visit.web.app)
    assert "of all visitors" in other.problem("ask", talk=other.ask("open", base="nano")["talk"], text="Hi?")


def test_pairs_being_made_are_few_and_nobody_stops_anothers(shared, visit, monkeypatch):
    set_limits(monkeypatch, making_pairs=1)
    one, two = {"first": "nano", "second": "nano"}, {"first": "nano", "second": "smollm2-135m"}
    assert visit.ask("matchup", **one)["fill"]["busy"]
    said = visit.ask("script", **two, script="shorter", count=5)["fill"]["problem"]
    assert "matches that pairs are made for" in said and WHEN.search(said)
    other = shared.visit(visit.web.app)
    assert "somebody else" in other.problem("arena.stop", **one, kind="fill")
    assert visit.ask("arena.stop", **one, kind="fill") == {}


def test_uploads_are_so_many_megabytes_a_day(visit, monkeypatch):
    set_limits(monkeypatch, uploads_mb=1)
    for _ in range(2):
        answer = visit.web.post(
            "/gradio_api/upload", content=b"x" * 700_000, headers={"content-type": "multipart/form-data; boundary=y"}
        )
    assert answer.status_code == 429 and "megabytes within a day" in answer.json()["detail"]
    assert WHEN.search(answer.json()["detail"]) and int(answer.headers["retry-after"]) > 0


def test_requests_are_so_many_a_minute_and_strangers_share_theirs(shared, visit, monkeypatch):
    set_limits(monkeypatch, requests=20, new_visitors_in_all=10)
    codes = [visit.send("list_runs").status_code for _ in range(25)]
    assert codes[:19] == [200] * 19 and codes[-1] == 429
    said = visit.send("list_runs")
    assert "requests within a minute" in said.json()["detail"] and WHEN.search(said.json()["detail"])
    strangers = shared.visit(visit.web.app, cookies=False)
    assert 429 in [strangers.send("list_runs").status_code for _ in range(15)]
    assert visit.web.get("/scripts/x/y.js").status_code == 404  # files are no requests
    assert [shared.owner(shared.app()).send("list_runs").status_code for _ in range(3)] == [200] * 3


def test_votes_and_raters_of_files_are_so_many(store, tmp_path, monkeypatch):
    from lab.data.files import read_path
    from lab.feedback import import_table

    def bring(name, rows):
        file = tmp_path / name
        file.write_text("".join(f'{{"prompt": "{n}?", "completion": "{n}.", "label": true, "rater": "{rater}"}}\n'
                                for n, rater in rows))  # fmt: skip
        return import_table(store, read_path(file).train, "file", skip_bad=True)[1]

    set_limits(monkeypatch, imported_votes=5, raters=2)
    with acting(ANN):
        assert bring("a.jsonl", [(n, "me") for n in range(4)]) == 4
        with pytest.raises(LimitError, match=r"votes from files within a day.*Take in fewer now, and come back"):
            bring("b.jsonl", [(n, "me") for n in range(4, 8)])
    with acting(BOB), pytest.raises(LimitError, match="raters in files"):
        bring("c.jsonl", [(n, f"r{n}") for n in range(3)])
    assert store.ratings.count() == 4 and {one.rater for one in store.ratings.raters()} == {f"{ANN.id} me"}
    with acting(LOCAL):
        assert bring("d.jsonl", [(n, f"r{n}") for n in range(50)]) == 50


def test_visitors_take_turns_in_the_queue(store):
    def queue(name, visitor):
        store.runs.queue([replace(make_run(name), id=name, visitor=visitor)])

    for number in range(4):
        queue(f"aaaaaa{number}", ANN.mark)
    for number in range(2):
        queue(f"bbbbbb{number}", BOB.mark)
    queue("ooooooo", None)
    first = ["aaaaaa0", "bbbbbb0", "ooooooo", "aaaaaa1", "bbbbbb1", "aaaaaa2", "aaaaaa3"]
    assert store.runs.waiting() == first
    assert [store.runs.claim("here").id for _ in range(3)] == first[:3]
    assert store.runs.claim("here").id == "aaaaaa1"
    assert store.runs.claim("here").id == "bbbbbb1"
    queue("cccccc0", "browser-cccc")
    assert store.runs.waiting()[0] == "cccccc0"  # nothing of hers runs yet


def test_a_newcomer_joins_those_who_compute_and_nobody_has_all_places():
    hers = [replace(make_run(f"aaaaaa{n}"), visitor=ANN.mark, comparison="c1") for n in range(6)]
    his = replace(make_run("bbbbbb0"), visitor=BOB.mark, comparison="c2")
    assert may_join(his, hers) and may_join(hers[2], hers[:2])
    assert not may_join(hers[5], hers[:MOST_OF_A_VISITOR])
    assert not may_join(replace(hers[3], comparison="c3"), hers[:2])
    owners = [replace(one, visitor=None) for one in hers]
    assert may_join(owners[5], owners[:5])


def test_a_place_goes_round_among_visitors_and_not_among_runs():
    stile = Turnstile(1)
    ends = {}
    for name, visitor in (("a1", "ann"), ("a2", "ann"), ("a3", "ann"), ("b1", "bob")):
        ends[name] = (stile.admit(1.0 if visitor == "ann" else 2.0, visitor), visitor)
    sockets = dict(zip(ends, stile.connections, strict=True))

    def ask(name, share):
        ends[name][0].sendall(f"{share}\n".encode())
        stile.hear(sockets[name])

    def told():
        found = []
        for name, (end, _) in ends.items():
            end.setblocking(False)
            try:
                found += [name] * len(end.recv(9))
            except BlockingIOError:
                continue
        return found

    served, share = [], 0.0
    for name in ends:
        ask(name, 0.0)
    for _ in range(8):
        (now,) = told()
        served.append(now)
        share += 0.01
        ask(now, share)
    assert [ends[name][1] for name in served[1:]].count("bob") >= 3
    assert all(served[i] != served[i + 1] for i in range(len(served) - 1))


def test_a_window_forgets_and_says_when():
    now = [0.0]
    window = Window("requests", 60.0, "requests within a minute", lambda: now[0])
    for _ in range(900):
        window.use(ANN)
    with pytest.raises(LimitError, match=r"Come back in 6[01] seconds"):
        window.use(ANN)
    window.use(BOB)
    now[0] = 59.0
    with pytest.raises(LimitError, match=r"Come back in [12] seconds"):
        window.use(ANN)
    now[0] = 61.0
    window.use(ANN)
    window.use(Visitor(role=Role.OWNER))


def test_members_have_more_and_the_owner_all(monkeypatch):
    from lab.visitors.fair import most_for

    assert most_for(visitor_of("member-aa"), "queued_runs") == 4 * most_for(ANN, "queued_runs") == 96
    assert most_for(LOCAL, "queued_runs") == 0
    monkeypatch.setenv("LAB_MEMBERS_GET", "2")
    assert most_for(visitor_of("member-aa"), "queued_runs") == 48
    monkeypatch.setenv("LAB_QUEUED_RUNS", "many")
    with pytest.raises(ValueError, match="LAB_QUEUED_RUNS is 'many'"):
        limits.check_settings()


def test_times_to_wait_are_said_as_people_say_them():
    assert [in_about(one) for one in (0.2, 45, 200, 7200)] == [
        "in 1 seconds", "in 46 seconds", "in about 4 minutes", "in about 3 hours",
    ]  # fmt: skip


def test_every_limit_is_documented_and_can_be_set():
    told = (PROJECT / "docs" / "limits.md").read_text(encoding="utf-8")
    for name, share in limits.FAIR_USE.items():
        assert f"`{name.upper()}`" in told, name
        for number in {share.each, share.all} - {0}:
            assert f"{number:,}" in told, (name, number)
    for name in ("MEMBERS_GET", "HUB_MB", "HUB_DATA_MB", "LAB_HUB_BASES"):
        assert name in told


def test_a_wrong_setting_is_said_before_the_lab_opens(monkeypatch, home):
    from lab.ui.launch import launch

    monkeypatch.setenv("LAB_TOKENS", "-1")
    with pytest.raises(LabError, match="LAB_TOKENS"):
        launch(home)
