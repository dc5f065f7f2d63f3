"""Entering: accounts, a class's password, the owner's key, and the Hub on a Space; guessing and forging get nowhere."""

import asyncio
import json
import urllib.error
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest

from lab.api import Lab
from lab.errors import LabError
from lab.store.pairs import new_answer, new_pair
from lab.ui.hub_login import HubLogin
from lab.ui.launch import serve
from lab.visitors import Role
from lab.visitors.accounts import Accounts, fits, hashed, read_accounts, remove_account, set_account
from lab.visitors.keys import owner_key, secret_of
from lab.visitors.sessions import Sessions
from tests.ui.shared_lab import SharedLab

RIGHT = "correct horse"


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    lab = SharedLab(tmp_path_factory.mktemp("entering"))
    yield lab
    lab.close()


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """Passwords that are hashed in no time."""
    monkeypatch.setattr("lab.visitors.accounts.COST", 2)
    monkeypatch.setenv("LAB_SHARED", "1")
    monkeypatch.delenv("LAB_PUBLIC", raising=False)


def enter(visit, password, name="", **more):
    return visit.web.post("/enter", json={"name": name, "password": password}, **more)


def accounts_of(tmp_path, *people):
    for name, role in people:
        set_account(tmp_path / "accounts", name, role, f"{RIGHT} {name}")
    return read_accounts(tmp_path / "accounts")


def test_the_file_holds_no_password_and_nobody_else_reads_it(tmp_path):
    accounts_of(tmp_path, ("ann", "member"), ("tea.cher@school", "owner"))
    file = tmp_path / "accounts"
    assert RIGHT not in file.read_text() and file.stat().st_mode & 0o077 == 0
    before = file.read_text()
    set_account(file, "ann", "member", f"{RIGHT} ann")
    assert file.read_text() != before  # another salt
    assert read_accounts(file).enter("ann", f"{RIGHT} ann").role is Role.MEMBER
    assert read_accounts(file).enter("tea.cher@school", f"{RIGHT} tea.cher@school").role is Role.OWNER
    for name, password in (("ann", ""), ("ann", RIGHT), ("", ""), ("bob", f"{RIGHT} ann"), ("ANN", f"{RIGHT} ann")):
        assert read_accounts(file).enter(name, password) is None
    remove_account(file, "ann")
    assert read_accounts(file).enter("ann", f"{RIGHT} ann") is None
    with pytest.raises(LabError, match="no 'ann'"):
        remove_account(file, "ann")


@pytest.mark.parametrize(("line", "said"), [
    ("ann", "no account"), ("ann:member:plain", "no account"), ("ann:god:scrypt$YQ==$YQ==", "no account"),
    ("a b:member:scrypt$YQ==$YQ==", "no account"), ("ann:member:scrypt$!$YQ==", "no account"),
    ("ann:member:scrypt$YQ==$YQ==\nann:member:scrypt$YQ==$YQ==", "line 2: 'ann' is there twice"),
])  # fmt: skip
def test_a_broken_file_is_said_with_its_line(tmp_path, line, said):
    (tmp_path / "accounts").write_text(f"{line}\n")
    with pytest.raises(LabError, match=said):
        read_accounts(tmp_path / "accounts")


def test_bad_names_roles_and_passwords_make_no_account(tmp_path):
    for name, role, password in (("", "member", RIGHT), ("a:b", "member", RIGHT), ("ann", "god", RIGHT),
                                 ("ann", "member", "short"), ("ann", "member", "x" * 201)):  # fmt: skip
        with pytest.raises(LabError):
            set_account(tmp_path / "accounts", name, role, password)
    assert not (tmp_path / "accounts").exists()
    with pytest.raises(LabError, match="lab account"):
        read_accounts(tmp_path / "accounts")


def test_hashes_are_salted_and_compared_whole():
    one, other = hashed(RIGHT), hashed(RIGHT)
    assert one != other and fits(RIGHT, one) and fits(RIGHT, other) and not fits(f"{RIGHT} ", one)


def test_a_class_sees_the_page_that_asks_and_nothing_else(shared):
    app = shared.app(accounts=Accounts(password=RIGHT))
    guest = shared.visit(app)
    page = guest.web.get("/")
    assert page.status_code == 401 and "password" in page.text and "密码" in page.text and "Parrot Lab" in page.text
    assert 'name="name"' not in page.text
    for path in ("/config", "/gradio_api/info", "/theme.css", "/gradio_api/upload_progress", "/openapi.json"):
        assert guest.web.get(path).status_code == 401, path
    for name in ("list_runs", "start", "choices"):
        assert guest.send(name).status_code == 401
    assert enter(guest, "wrong").status_code == 403
    assert enter(guest, RIGHT).status_code == 200
    assert guest.ask("whoami") == {"role": "member", "name": "", "shared": True}
    other = shared.visit(app)
    enter(other, RIGHT)
    assert other.id != guest.id
    assert guest.web.post("/leave").status_code == 200 and guest.send("list_runs").status_code == 401


def test_a_lab_that_asks_really_starts(home, store):
    """Gradio asks its own page something when it starts, and gives up where it is not let in."""
    page = serve(Lab(home, store, None, None), "127.0.0.1", 0, accounts=Accounts(password=RIGHT))
    try:
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(page.local_url, timeout=30)
    finally:
        page.close(verbose=False)


def test_a_changed_password_ends_what_was_entered_with_the_old_one(shared, tmp_path):
    member = shared.visit(shared.app(accounts=Accounts(password=RIGHT)))
    enter(member, RIGHT)
    for accounts, code in ((Accounts(password=RIGHT), 200), (Accounts(password="another one"), 401)):
        again = shared.visit(shared.app(accounts=accounts)).become(member)
        assert again.send("list_runs").status_code == code
    people = accounts_of(tmp_path, ("ann", "member"))
    ann = shared.visit(shared.app(accounts=people))
    assert enter(ann, f"{RIGHT} ann", "ann").status_code == 200
    set_account(tmp_path / "accounts", "ann", "member", "another one")
    late = shared.visit(shared.app(accounts=read_accounts(tmp_path / "accounts"))).become(ann)
    assert late.send("list_runs").status_code == 401


def test_accounts_are_the_same_person_wherever_they_enter(shared, tmp_path):
    app = shared.app(accounts=accounts_of(tmp_path, ("ann", "member"), ("bob", "member"), ("tea", "owner")))
    assert 'name="name"' in shared.visit(app).web.get("/").text
    visits = {}
    for key, name in (("ann", "ann"), ("ann too", "ann"), ("bob", "bob"), ("tea", "tea")):
        visits[key] = shared.visit(app)
        assert enter(visits[key], f"{RIGHT} {name}", name).status_code == 200
    assert visits["ann"].id == visits["ann too"].id != visits["bob"].id
    run = visits["ann"].train()
    assert "somebody else's" in visits["bob"].problem("delete", run=run)
    assert visits["ann too"].ask("stop", run=run) == {}
    assert visits["tea"].ask("whoami") == {"role": "owner", "name": "tea", "shared": True}
    assert visits["tea"].ask("delete", run=run) == {}
    assert "ann" not in visits["ann"].id


def test_the_owners_key_opens_what_is_the_owners_and_a_guess_does_not(shared):
    app = shared.app(accounts=Accounts(password=RIGHT))
    owner = shared.visit(app)
    for guess in ("", owner_key(shared.home)[:-1], owner_key(shared.home) + "0", "0" * 24):
        assert enter(owner, guess).status_code == 403
    assert enter(owner, owner_key(shared.home)).status_code == 200
    assert owner.ask("whoami")["role"] == "owner"
    assert secret_of(shared.home) == secret_of(shared.home) and shared.home.secret.stat().st_mode & 0o077 == 0
    assert secret_of(shared.home).decode() != owner_key(shared.home)


def test_guessing_is_slow(shared):
    guest = shared.visit(shared.app(accounts=Accounts(password=RIGHT)))
    codes = [enter(guest, f"guess {n}").status_code for n in range(12)]
    assert codes == [403] * 10 + [429] * 2
    late = enter(guest, RIGHT)
    assert late.status_code == 429 and "Try again in" in late.json()["detail"] and late.headers["retry-after"]
    strangers = shared.visit(guest.web.app, cookies=False)
    tries = []
    for n in range(12):
        strangers.web.cookies.clear()
        tries.append(enter(strangers, f"guess {n}").status_code)
    assert tries[-1] == 429  # another cookie each time is no way round


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"password": null}', b'{"password": {"a": 1}}', b"x" * 20_000,
                                  b'{"name": 5, "password": 7}', b'{"password": "\\ud800"}'])  # fmt: skip
def test_nonsense_at_the_door_is_refused(shared, body):
    guest = shared.visit(shared.app(accounts=Accounts(password=RIGHT)))
    answer = guest.web.post("/enter", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 403)


def test_another_sites_form_can_not_enter_for_one(shared):
    guest = shared.visit(shared.app(accounts=Accounts(password=RIGHT)))
    assert enter(guest, RIGHT, headers={"origin": "https://evil.example"}).status_code == 403
    assert guest.web.post("/enter", data={"password": RIGHT}).status_code == 415
    assert guest.send("list_runs").status_code == 401


class Hub:
    """The Hub's end of OpenID Connect: it names who comes back with the code it gave out."""

    def __init__(self, name="ann", number="n1"):
        self.who = {"sub": number, "preferred_username": name}
        self.asked = []

    async def ask(self, _login, method, address, **more):
        self.asked.append((method, address, more))
        if address.endswith("/.well-known/openid-configuration"):
            return {"authorization_endpoint": "https://hub/authorize", "token_endpoint": "https://hub/token",
                    "userinfo_endpoint": "https://hub/userinfo"}  # fmt: skip
        if address == "https://hub/token":
            return {"access_token": "t0ken"} if more["data"]["code"] == "good" else {}
        return self.who if more["headers"]["Authorization"] == "Bearer t0ken" else {}


@pytest.fixture
def space(monkeypatch):
    for name, value in {
        "SPACE_ID": "teacher/lab", "SPACE_HOST": "teacher-lab.hf.space", "SPACE_AUTHOR_NAME": "Teacher",
        "SPACE_CREATOR_USER_ID": "n9", "OAUTH_CLIENT_ID": "client", "OAUTH_CLIENT_SECRET": "s3cret",
        "OPENID_PROVIDER_URL": "https://hub",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)


def go_to_hub(visit):
    there = visit.web.get("/login/huggingface")
    assert there.status_code == 303
    address = urlsplit(there.headers["location"])
    assert (address.scheme, address.netloc, address.path) == ("https", "hub", "/authorize")
    return {name: values[0] for name, values in parse_qs(address.query).items()}


def come_back(visit, state, code="good"):
    return visit.web.get(f"/login/callback?code={code}&state={state}")


@pytest.fixture
def at_hub(shared, space, monkeypatch):
    """A Space's app with the Hub as `hub` answers, in browsers that come by https, as they do there."""
    hub = Hub()
    monkeypatch.setattr(HubLogin, "_ask", lambda self, *asked, **more: hub.ask(self, *asked, **more))
    return hub, lambda: shared.visit(shared.app(), https=True)


def test_a_space_asks_the_hub_who_somebody_is(shared, at_hub):
    hub, visit = at_hub
    ann = visit()
    assert ann.ask("whoami") == {"role": "visitor", "name": "", "shared": True, "space": "teacher/lab"}
    asked = go_to_hub(ann)
    assert asked["redirect_uri"] == "https://teacher-lab.hf.space/login/callback"
    assert (asked["response_type"], asked["code_challenge_method"], asked["client_id"]) == ("code", "S256", "client")
    assert come_back(ann, asked["state"]).headers["location"] == "/"
    assert ann.ask("whoami") == {"role": "member", "name": "ann", "shared": True, "space": "teacher/lab"}
    sent = next(more["data"] for _, address, more in hub.asked if address == "https://hub/token")
    assert sent["code_verifier"] and sent["redirect_uri"] == asked["redirect_uri"]
    assert "t0ken" not in json.dumps(dict(ann.web.cookies))
    for name, number, role in (("teacher", "n2", "owner"), ("other", "n9", "owner"), ("teacherx", "n3", "member")):
        hub.who = {"sub": number, "preferred_username": name}
        one = visit()
        come_back(one, go_to_hub(one)["state"])
        assert one.ask("whoami")["role"] == role, name


def test_who_signed_in_with_the_hub_rates_and_owns_runs_by_that_name_in_any_browser(shared, at_hub):
    hub, visit = at_hub

    def sign_in(number: str, name: str):
        hub.who = {"sub": number, "preferred_username": name}
        one = visit()
        come_back(one, go_to_hub(one)["state"])
        return one

    desk, phone, bob = sign_in("n1", "ann"), sign_in("n1", "ann"), sign_in("n2", "bob")
    run = desk.train()
    found = shared.store.runs.get(run)
    assert found.visitor == desk.id == phone.id != bob.id and found.visitor.startswith("member-")
    said = [new_answer("base:nano", ({"role": "user", "content": "Hi?"},), text, {}, "") for text in ("Yes.", "No.")]
    shared.store.pairs.keep([pair := new_pair("typed", *said)])
    asked = {"first": "nano", "second": "nano", "source": "held_out", "pair": pair.id}
    assert phone.ask("vote", **asked, verdict="left")["sides"]
    assert [one.rater for one in shared.store.pairs.votes()] == [desk.id]
    assert "somebody else's" in bob.problem("stop", run=run)
    assert phone.ask("stop", run=run) == {}
    assert sign_in("n9", "teacher").ask("delete", run=run) == {}, "the Space's owner may"


def test_what_the_hub_did_not_say_to_this_browser_opens_nothing(shared, at_hub):
    hub, visit = at_hub
    hub.who = {"sub": "n9", "preferred_username": "teacher"}
    ann, thief = visit(), visit()
    state = go_to_hub(ann)["state"]
    for who, given, code in ((thief, state, "good"), (ann, "", "good"), (ann, "x.y", "good"), (ann, state, "bad"),
                             (ann, f"{state}0", "good"), (ann, "é.é", "good")):  # fmt: skip
        assert come_back(who, given, code).status_code == 403
        assert who.ask("whoami")["role"] == "visitor"
    hub.who = {}
    assert come_back(ann, state).status_code == 403


def test_owners_can_be_named_and_a_space_without_oauth_has_no_such_door(shared, at_hub, monkeypatch):
    _, visit = at_hub
    monkeypatch.setenv("LAB_OWNERS", "ann, bob")
    ann = visit()
    come_back(ann, go_to_hub(ann)["state"])
    assert ann.ask("whoami")["role"] == "owner"
    monkeypatch.setenv("LAB_OWNERS", "bob")
    assert visit().become(ann).ask("whoami")["role"] == "visitor"
    monkeypatch.delenv("OAUTH_CLIENT_SECRET")
    assert HubLogin.of_space(Sessions(shared.home)) is None
    assert visit().web.get("/login/huggingface").status_code == 404


def test_the_hub_away_is_said(shared, space):
    import httpx

    login = HubLogin.of_space(Sessions(shared.home))

    async def refuse(self, *_asked, **_more):
        raise httpx.ConnectError("no")

    with pytest.MonkeyPatch.context() as patch, pytest.raises(LabError, match="does not say who"):
        patch.setattr(httpx.AsyncClient, "request", refuse)
        asyncio.run(login.begin(Sessions(shared.home).new()))
