"""The cookie: who somebody is, signed by the lab, so that nothing needs to be remembered of who only looks in."""

import base64
import binascii
import hmac
import json
import secrets
import time
from dataclasses import asdict, dataclass, field, replace

from lab.home import Home
from lab.visitors.keys import digest, secret_of
from lab.visitors.visitor import BROWSER, MEMBER

DAYS = 180
ENTERED_DAYS = 30
"""How long one stays in who entered with a name, a password or a key."""
LONGEST = 1_000
DAY = 86_400


@dataclass(frozen=True)
class Session:
    """What a cookie says. `proof` is of what was entered with: it no longer fits once that was changed."""

    id: str
    entered: str = ""
    """How they entered: 'account', 'password', 'key', 'hub', or '' for not at all."""
    name: str = ""
    proof: str = ""
    made: int = field(default_factory=lambda: int(time.time()))

    @property
    def days(self) -> int:
        return ENTERED_DAYS if self.entered else DAYS


class Sessions:
    """Makes and reads the cookies of one lab."""

    def __init__(self, home: Home):
        self._secret = secret_of(home)
        self.cookie = f"lab_{digest(self._secret, 'cookie', '', 8)}"
        """The cookie's name: labs on other ports of one machine share a browser's cookies."""

    def new(self) -> Session:
        """Somebody who was never here."""
        return Session(BROWSER + secrets.token_hex(16))

    def member(self, entered: str, name: str, proof: str) -> Session:
        """Somebody with a name of their own: the same one from wherever they enter."""
        return Session(MEMBER + digest(self._secret, f"member {entered}", name), entered, name, proof)

    def entered(self, session: Session, entered: str, proof: str) -> Session:
        """The same visitor, who has given a password or key that has no name."""
        return replace(session, entered=entered, proof=proof, made=int(time.time()))

    def proof(self, what: str) -> str:
        """A proof of what somebody entered with, which tells nothing of it."""
        return digest(self._secret, "proof", what, 16)

    def write(self, session: Session) -> str:
        """The cookie's value."""
        text = json.dumps(asdict(session), separators=(",", ":")).encode()
        body = base64.urlsafe_b64encode(text).decode().rstrip("=")
        return f"{body}.{digest(self._secret, 'session', body)}"

    def read(self, value: str) -> Session | None:
        """What a cookie says; None where this lab did not write it, or too long ago."""
        body, _, signature = value.partition(".")
        if len(value) > LONGEST or not hmac.compare_digest(
            signature.encode(), digest(self._secret, "session", body).encode()
        ):
            return None
        try:
            found = Session(**json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))))
        except (ValueError, TypeError, binascii.Error):
            return None
        return found if time.time() - found.made < found.days * DAY else None

    def sign(self, what: str, text: str) -> str:
        """A signature of something else that goes through a browser."""
        return digest(self._secret, what, text)
