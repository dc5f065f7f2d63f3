"""The entrance behind the gate: who is it, may they come in, and are they asking too much.

Everybody is known by a cookie that the lab signs. Where nobody else uses the lab all who come are its owner. Where
others do, they are visitors; members, once they have entered; and its owner, who enters with a key, an account or, on
a Space, under the name it belongs to.
"""

import hmac
import re
from contextvars import ContextVar
from http.cookies import CookieError, SimpleCookie

from lab.home import Home, is_shared
from lab.limits import MEGABYTE
from lab.ui.callers import named
from lab.ui.entering import ROUTES, Entering
from lab.ui.hub_login import HubLogin
from lab.ui.login_page import login_page
from lab.ui.replies import App, Message, Receive, Reply, Send
from lab.visitors import Role, Visitor, acting
from lab.visitors.accounts import Accounts
from lab.visitors.fair import DAY, MINUTE, LimitError, Window
from lab.visitors.keys import owner_key
from lab.visitors.sessions import Session, Sessions

STILL = re.compile(
    r"/(assets|static|svelte|scripts)/.+|/(favicon\.ico|robots\.txt|manifest\.json|pwa_icon.*|health|metrics)"
    r"|/gradio_api/startup-events"  # asked by Gradio itself when it starts
)
"""What is the same for everybody, and counts as no request: files, and what `lab.ui.operating` tells whom it may."""
PAGE = re.compile(
    r"/|/config/?|/theme\.css|/gradio_api/(theme\.css|app_id/?|info/?|heartbeat/[\w-]+|upload_progress"
    r"|component_server/?|upload|login_check/?)"
    r"|/look/\w+"  # what the page to look at alone reads
    r"|/(take_home|give)/\w+/\w+\.zip"  # of one's own runs: `lab.ui.take_home` and `giving` look whose they are
)
"""What the page asks for. Everything else that Gradio answers is the owner's: see `tests/ui/test_doors.py`."""
PROGRAMS = re.compile(r"/gradio_api/(queue/(join|data)|mcp(/.*)?)")
"""How programs call (`lab.ui.programs`): for who has entered, as member or owner; each call judges what is theirs."""
BEARER = "bearer "
_renewed: ContextVar[list[str]] = ContextVar("renewed")


def renew(old: str) -> None:
    """Have the one who asks known by the name that their browser once made up: where the lab is theirs alone."""
    _renewed.get([]).append(old)


class Entrance:
    """Says of each request whose it is; lets it through, or answers it."""

    def __init__(self, app: App, home: Home, accounts: Accounts | None = None, hub: HubLogin | None = None):
        self._app, self._accounts = app, accounts
        self._sessions, self._key = Sessions(home), owner_key(home)
        self._hub = hub or HubLogin.of_space(self._sessions)
        self._shared = accounts is not None or is_shared()
        self._requests = Window("requests", MINUTE, "requests within a minute")
        self._strangers = Window("new_visitors", MINUTE, "requests without a cookie within a minute")
        self._uploads = Window("uploads_mb", DAY, "megabytes within a day")
        self._entering = Entering(self._sessions, self._key, accounts, self._hub)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and self._shared:  # the page has none
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        session = self._session_in(given)
        mine = session or self._sessions.new()
        visitor = self.visitor(mine, known=session is not None)
        reply = Reply(send, self._sessions, scope, given, None if session else mine)
        try:
            self._count(scope, given, visitor)
        except LimitError as problem:
            await reply.words(429, str(problem), ("retry-after", "60"))
            return
        if await self._is_answered(scope, receive, reply, mine, visitor):
            return
        token = _renewed.set(reply.renewed)
        try:
            with acting(visitor):
                await self._app({**scope, "headers": named(scope["headers"], visitor)}, receive, reply)
        finally:
            _renewed.reset(token)

    def visitor(self, session: Session, known: bool = True) -> Visitor:
        """Who a cookie's bearer is today: a changed password, or a name that was taken out, opens nothing any more."""
        role = self._role(session) if self._shared else Role.OWNER
        return Visitor(session.id, role, session.name, known)

    def _role(self, session: Session) -> Role:
        proof = session.proof
        if session.entered == "key" and hmac.compare_digest(proof, self._sessions.proof(f"key {self._key}")):
            return Role.OWNER
        if session.entered == "hub" and self._hub:
            return self._hub.role(session)
        if session.entered == "account" and self._accounts:
            account = self._accounts.get(session.name)
            if account and hmac.compare_digest(proof, self._sessions.proof(f"account {account.hash}")):
                return account.role
        if session.entered == "password" and self._accounts and not self._accounts.named:
            account = self._accounts.get("")
            if account and hmac.compare_digest(proof, self._sessions.proof(f"password {self._accounts.stamp}")):
                return Role.MEMBER
        return Role.VISITOR

    def _session_in(self, given: dict[str, str]) -> Session | None:
        """Who a request says it is from: by the cookie, or, of a program, by the owner's key or a cookie's value as a
        bearer token."""
        said = given.get("authorization", "")
        if said[: len(BEARER)].lower() == BEARER:
            token = said[len(BEARER) :].strip()
            if hmac.compare_digest(token.encode("utf-8", "replace"), self._key.encode()):
                return self._sessions.member("key", "owner", self._sessions.proof(f"key {self._key}"))
            return self._sessions.read(token)
        try:
            cookies = SimpleCookie(given.get("cookie", "")[:20_000])
        except CookieError:
            return None
        found = cookies.get(self._sessions.cookie)
        return self._sessions.read(found.value) if found else None

    def _count(self, scope: Message, given: dict[str, str], visitor: Visitor) -> None:
        """Raise LimitError for a request too many."""
        if STILL.fullmatch(scope["path"]):
            return
        (self._requests if visitor.known else self._strangers).use(visitor)
        if scope["method"] == "POST" and scope["path"].endswith("/upload"):
            self._uploads.use(visitor, _length(given) / MEGABYTE)

    async def _is_answered(
        self, scope: Message, receive: Receive, reply: Reply, mine: Session, visitor: Visitor
    ) -> bool:
        """Answer what is not the page's to answer; False where it is."""
        path, method = scope["path"], scope["method"]
        if path in ROUTES:
            await (self._entering.answer(scope, receive, reply, mine, visitor) if self._shared else reply.redirect("/"))
        elif visitor.owns_lab or STILL.fullmatch(path):
            return False
        elif self._accounts and visitor.role < Role.MEMBER:
            if path == "/" and method in ("GET", "HEAD"):
                await reply.page(401, login_page(self._accounts.named, bool(self._hub)))
            else:
                await reply.words(401, "This lab asks who you are: open its page, and enter.")
        elif PROGRAMS.fullmatch(path):
            if visitor.role >= Role.MEMBER:
                return False
            await reply.words(403, "Programs call this lab as its owner or as a member: see docs/api.md.")
        elif not PAGE.fullmatch(path):
            await reply.words(404, "There is nothing here.")
        elif path.endswith("/upload") and not visitor.known:
            await reply.words(403, "This lab tells its visitors apart by a cookie, and yours did not come back.")
        elif path.endswith("/upload") and method == "POST" and not reply.given.get("content-length", "").isdecimal():
            await reply.words(411, "Say how long the file is (content-length).")
        else:
            return False
        return True


def _length(given: dict[str, str]) -> int:
    length = given.get("content-length", "")
    return int(length) if length.isdecimal() else 0
