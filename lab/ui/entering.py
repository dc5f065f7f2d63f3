"""Entering and leaving: with a name and a password, with the owner's key, or under one's name on the Hub."""

import hmac
import json
import time

from lab.errors import LabError
from lab.ui.hub_login import CALLBACK, HubLogin
from lab.ui.login_page import login_page
from lab.ui.replies import Message, Receive, Reply, body_of
from lab.visitors import Visitor
from lab.visitors.accounts import Accounts
from lab.visitors.fair import MINUTE
from lab.visitors.sessions import Session, Sessions

ENTER, LEAVE, LOGIN = "/enter", "/leave", "/login/huggingface"
ROUTES = (ENTER, LEAVE, LOGIN, CALLBACK)
FEW = 10_000
"""Bytes of what is entered."""
TRIES, TRIES_OF_ALL = 10, 120
"""Of passwords, within a minute: by one visitor (all that bring no cookie count as one), and by all."""


class Entering:
    """Answers the addresses at which one enters and leaves."""

    def __init__(self, sessions: Sessions, key: str, accounts: Accounts | None, hub: HubLogin | None):
        self._sessions, self._key, self._accounts, self._hub = sessions, key, accounts, hub
        self._tries = Tries()

    async def answer(self, scope: Message, receive: Receive, reply: Reply, mine: Session, visitor: Visitor) -> None:
        """Answer a request for one of ROUTES."""
        path, method = scope["path"], scope["method"]
        if path == LEAVE and method == "POST":
            reply.session = self._sessions.new()
            await reply.words(200, "You have left.")
        elif path == ENTER and method in ("GET", "HEAD"):
            named = self._accounts is not None and self._accounts.named
            await reply.page(200, login_page(named, bool(self._hub)))
        elif path == ENTER and method == "POST":
            await self._enter(receive, reply, mine, visitor)
        elif path == LOGIN and method == "GET" and self._hub:
            reply.session = mine
            await reply.redirect(await self._hub.begin(mine))
        elif path == CALLBACK and method == "GET" and self._hub:
            await self._back_from_hub(scope, reply, mine)
        else:
            await reply.words(404, "There is nothing here.")

    async def _enter(self, receive: Receive, reply: Reply, mine: Session, visitor: Visitor) -> None:
        """Somebody gives a name and a password, or the owner's key."""
        import anyio

        if wait := self._tries.wait(visitor.id if visitor.known else ""):
            await reply.words(429, f"Too many tries. Try again in {wait} seconds.", ("retry-after", str(wait)))
            return
        try:
            asked = json.loads(await body_of(receive, FEW))
            name, password = str(asked.get("name") or "").strip(), str(asked.get("password") or "")
        except (ValueError, AttributeError):
            await reply.words(400, "Give a name and a password.")
            return
        found = await anyio.to_thread.run_sync(self._entered, mine, name, password)
        if found is None:
            await reply.words(403, "That is not right.")
            return
        reply.session = found
        await reply.words(200, "Come in.")

    def _entered(self, mine: Session, name: str, password: str) -> Session | None:
        """The session of who gives the right words; None for wrong ones."""
        if hmac.compare_digest(password.encode("utf-8", "replace"), self._key.encode()):
            return self._sessions.entered(mine, "key", self._sessions.proof(f"key {self._key}"))
        account = self._accounts.enter(name, password) if self._accounts else None
        if account is None or self._accounts is None:
            return None
        if not self._accounts.named:
            return self._sessions.entered(mine, "password", self._sessions.proof(f"password {self._accounts.stamp}"))
        return self._sessions.member("account", account.name, self._sessions.proof(f"account {account.hash}"))

    async def _back_from_hub(self, scope: Message, reply: Reply, mine: Session) -> None:
        assert self._hub is not None
        try:
            reply.session = await self._hub.end(mine, scope["query_string"].decode("latin-1"))
        except LabError as problem:
            await reply.words(403, str(problem))
            return
        await reply.redirect("/")


class Tries:
    """Counts tries of passwords."""

    def __init__(self) -> None:
        self._window: dict[str, list[float]] = {}

    def wait(self, who: str) -> int:
        """Count one more; the seconds to wait where there were too many."""
        now = time.monotonic()
        for key in list(self._window):
            self._window[key] = [one for one in self._window[key] if one > now - MINUTE]
            if not self._window[key]:
                del self._window[key]
        mine, every = self._window.get(who, []), sorted(one for ones in self._window.values() for one in ones)
        if len(mine) >= TRIES or len(every) >= TRIES_OF_ALL:
            first = mine[0] if len(mine) >= TRIES else every[0]
            return int(first + MINUTE - now) + 1
        self._window.setdefault(who, []).append(now)
        return 0
