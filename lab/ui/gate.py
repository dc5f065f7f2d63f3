"""The gate before the page: who may ask, in what form, how much; and what browsers are told with every answer.

A page of another site must not use the lab through its visitor's browser: it may send nothing here (its origin is
checked), and may not pretend to be here under a name of its own that leads to this machine (the host is checked).
"""

import ipaddress
import json
import os
import re
import socket
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from lab.errors import LabError
from lab.limits import MEGABYTE, REQUEST_BYTES, UPLOAD_BYTES

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

READING = ("GET", "HEAD", "OPTIONS")
UPLOAD = "/upload"
"""How the path ends at which files are sent."""
AROUND_A_FILE = 64 * 1024
"""Bytes that a form has beside the file in it."""
FRAMES = "'self'"
FRAMES_ON_A_SPACE = "'self' https://huggingface.co https://*.hf.space"
SITE = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?|\*")
"""A site as LAB_EMBED names it: its address without a path, `*.` for all below a name, or `*` for every site."""
LOOKING = re.compile(rb"(^|&)show=")
"""In the address of the page to look at alone, which other sites may be allowed to frame: see `lab.ui.look`."""


def hosts() -> frozenset[str]:
    """The names under which this lab is asked for: this machine's, the Space's, and those in LAB_HOSTS."""
    here = socket.gethostname().lower()
    named = [one.strip().lower() for one in os.environ.get("LAB_HOSTS", "").split(",")]
    space = os.environ.get("SPACE_HOST", "").lower()
    return frozenset(one for one in ("localhost", here, f"{here}.local", space, *named) if one)


def embedding_sites() -> tuple[str, ...]:
    """The sites that LAB_EMBED lets frame the page to look at alone, commas or spaces between; raises LabError for what
    is no site's address."""
    named = re.split(r"[\s,]+", os.environ.get("LAB_EMBED", "").strip().lower())
    for one in named:
        if one and not SITE.fullmatch(one):
            raise LabError(
                f"LAB_EMBED names '{one[:80]}', which is no site",
                do="write its address without a path, such as https://school.example, or * for all.",
            )
    return tuple(one for one in named if one)


def headers(more_frames: Iterable[str] = ()) -> list[tuple[bytes, bytes]]:
    """What goes with every answer: a browser loads nothing from elsewhere, guesses no types, and lets no other site
    than `more_frames` frame the page. Gradio needs scripts in the page and `new Function`."""
    own = FRAMES_ON_A_SPACE if os.environ.get("SPACE_ID") else FRAMES
    frames = " ".join((own, *more_frames))
    policy = (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; "
        "connect-src 'self' data: blob:; "
        f"worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors {frames}"
    )
    return [
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
        (b"cross-origin-opener-policy", b"same-origin-allow-popups"),
    ]


class Gate:
    """Lets a request through to the page, or answers it with a sentence."""

    def __init__(self, app: App, names: Iterable[str] | None = None):
        self._app = app
        self._names = frozenset(hosts() if names is None else names)
        self._headers, self._looking = headers(), headers(embedding_sites())

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self.refusal(scope)
        if refusal and scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif refusal:
            await self._answer(*refusal, self._with_headers(send))
        elif scope["type"] == "http":
            looking = scope["path"] == "/" and LOOKING.search(scope.get("query_string", b""))
            await self._app(scope, receive, self._with_headers(send, self._looking if looking else None))
        else:
            await self._app(scope, receive, send)

    def refusal(self, scope: Message) -> tuple[int, str] | None:
        """Why a request is not let through, as a status and a sentence; None where it is."""
        given = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = given.get("host", "")
        if not self._is_ours(host):
            shown = host[:80]
            return 421, f"This lab is not called '{shown}'. Add the name to LAB_HOSTS if it is, and start it again."
        writes = scope["type"] == "websocket" or scope["method"] not in READING
        if not writes:
            return None
        if not self._is_same(given, host):
            return 403, "A page of another site may not use this lab."
        return None if scope["type"] == "websocket" else _refused_body(scope["path"], given)

    def _is_ours(self, host: str) -> bool:
        name = _name_of(f"//{host}")
        return name in self._names or name.endswith(".localhost") or _is_address(name)

    def _is_same(self, given: dict[str, str], host: str) -> bool:
        """Whether a request is from a page of this lab, or from no page at all (a program sends no origin)."""
        origin = given.get("origin")
        if origin is None:
            return given.get("sec-fetch-site", "none") in ("same-origin", "none")
        return urlsplit(origin).netloc.lower() == host.lower() or _name_of(origin) in self._names - {"localhost"}

    def _with_headers(self, send: Send, added: list[tuple[bytes, bytes]] | None = None) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message.get("headers", ())}
                more = [one for one in added or self._headers if one[0] not in there]
                message = {**message, "headers": [*message.get("headers", ()), *more]}
            await send(message)

        return sending

    async def _answer(self, status: int, words: str, send: Send) -> None:
        body = json.dumps({"detail": words}).encode()
        kind = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        kind.append((b"connection", b"close"))  # what it goes on to send is not read
        await send({"type": "http.response.start", "status": status, "headers": kind})
        await send({"type": "http.response.body", "body": body})


def _refused_body(path: str, given: dict[str, str]) -> tuple[int, str] | None:
    """Questions are JSON of some megabytes at most; files come as forms, to one place."""
    kind = given.get("content-type", "").partition(";")[0].strip().lower()
    length = given.get("content-length")
    size = int(length) if length and length.isdecimal() else None
    if path.endswith(UPLOAD) and kind == "multipart/form-data":
        if size is not None and size > UPLOAD_BYTES + AROUND_A_FILE:
            most = UPLOAD_BYTES // MEGABYTE
            return 413, f"The file has {size // MEGABYTE} MB; at most {most} MB can be sent. Cut it, or give its path."
        return None
    if kind != "application/json" and (kind or size or "transfer-encoding" in given):
        return 415, "Questions to this lab are JSON (content-type: application/json)."
    if size is None and "transfer-encoding" in given:
        return 411, "Say how long the question is (content-length)."
    if (size or 0) > REQUEST_BYTES:
        most = REQUEST_BYTES // MEGABYTE
        return 413, f"The question has {(size or 0) // MEGABYTE} MB; at most {most} MB are read."
    return None


def _name_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    """Whether a host is given by its number, which no other site's name can be made to be."""
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True
