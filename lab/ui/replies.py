"""Answers that are not the page's: sentences, small pages, redirections, with a visitor's cookie where it is new."""

import json
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from lab.visitors.sessions import DAY, Session, Sessions

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


class Reply:
    """An answer's way out: the cookie goes with it, where it is new. Called as ASGI's `send`."""

    def __init__(self, send: Send, sessions: Sessions, scope: Message, given: dict[str, str], session: Session | None):
        self._send, self._sessions, self.session, self.given = send, sessions, session, given
        self.renewed: list[str] = []
        self._https = scope.get("scheme") == "https" or "https" in given.get("x-forwarded-proto", "")

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if self.renewed:
                self.session = Session(self.renewed[-1])
            if self.session:
                cookie = (b"set-cookie", self._cookie(self.session).encode())
                message = {**message, "headers": [*message.get("headers", ()), cookie]}
        await self._send(message)

    async def words(self, status: int, words: str, *more: tuple[str, str]) -> None:
        """Answer with a sentence."""
        await self._answer(status, "application/json", json.dumps({"detail": words}), more)

    async def page(self, status: int, html: str) -> None:
        """Answer with a page."""
        await self._answer(status, "text/html; charset=utf-8", html, (("cache-control", "no-store"),))

    async def redirect(self, where: str) -> None:
        """Send the browser elsewhere."""
        await self._answer(303, "text/plain", "", (("location", where),))

    async def _answer(self, status: int, kind: str, text: str, more: tuple[tuple[str, str], ...]) -> None:
        body = text.encode()
        told = (("content-type", kind), ("content-length", str(len(body))), *more)
        headers = [(name.encode(), value.encode()) for name, value in told]
        await self({"type": "http.response.start", "status": status, "headers": headers})
        await self({"type": "http.response.body", "body": body})

    def _cookie(self, session: Session) -> str:
        """The cookie as it is set. On a Space the page stands in a frame of huggingface.co, where only a cookie that
        says so comes back; each site around it has cookies of its own then (`Partitioned`)."""
        framed = bool(os.environ.get("SPACE_ID"))
        where = "SameSite=None; Secure; Partitioned" if framed else "SameSite=Lax" + ("; Secure" if self._https else "")
        age = session.days * DAY
        return f"{self._sessions.cookie}={self._sessions.write(session)}; Path=/; Max-Age={age}; HttpOnly; {where}"


async def body_of(receive: Receive, most: int) -> bytes:
    """What was sent; cut where it is too long to be a name and a password."""
    body = b""
    while len(body) <= most:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return body[:most]
