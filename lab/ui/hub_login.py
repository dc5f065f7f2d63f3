"""Entering under one's name on the Hugging Face Hub, on a Space that has `hf_oauth: true` in its README.

OpenID Connect's code flow with PKCE (RFC 7636). Gradio's own needs a library that not every Space has, and keeps the
Hub's token in the browser; here nothing of the token is kept: it is asked once for the name, and forgotten.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode

from lab.errors import LabError
from lab.visitors import Role
from lab.visitors.sessions import Session, Sessions

PROVIDER = "https://huggingface.co"
WELL_KNOWN = "/.well-known/openid-configuration"
CALLBACK = "/login/callback"
SECONDS = 10.0
AGAIN = "go back to the page, and try again."


@dataclass(frozen=True)
class HubLogin:
    """A Space's way to ask the Hub who somebody is."""

    sessions: Sessions
    provider: str
    client: str
    secret: str
    scopes: str
    address: str
    """Of the Space, where the Hub sends the browser back to."""
    owners: frozenset[str]
    """Who owns the lab, by their names on the Hub."""
    creator: str = ""
    """Who made the Space, by their number there."""

    @classmethod
    def of_space(cls, sessions: Sessions, environment: Mapping[str, str] = os.environ) -> "HubLogin | None":
        """What the Hub told this Space by its environment; None where this is no Space, or has no `hf_oauth`."""
        host = environment.get("SPACE_HOST", "").partition(",")[0].strip()
        client, secret = environment.get("OAUTH_CLIENT_ID", ""), environment.get("OAUTH_CLIENT_SECRET", "")
        if not (environment.get("SPACE_ID") and host and client and secret):
            return None
        named = environment.get("LAB_OWNERS") or environment.get("SPACE_AUTHOR_NAME", "")
        owners = frozenset(one.strip().lower() for one in named.split(",") if one.strip())
        creator = "" if environment.get("LAB_OWNERS") else environment.get("SPACE_CREATOR_USER_ID", "")
        provider = environment.get("OPENID_PROVIDER_URL", PROVIDER).rstrip("/")
        scopes = environment.get("OAUTH_SCOPES", "openid profile")
        return cls(sessions, provider, client, secret, scopes, f"https://{host}", owners, creator)

    async def begin(self, session: Session) -> str:
        """Where the browser is to go to say who it is."""
        told, nonce = await self._ask("GET", self.provider + WELL_KNOWN), secrets.token_hex(16)
        challenge = hashlib.sha256(self._verifier(nonce, session).encode()).digest()
        asked = {
            "response_type": "code", "client_id": self.client, "redirect_uri": self.address + CALLBACK,
            "scope": self.scopes, "state": f"{nonce}.{self._state(nonce, session)}", "code_challenge_method": "S256",
            "code_challenge": base64.urlsafe_b64encode(challenge).decode().rstrip("="),
        }  # fmt: skip
        return f"{told['authorization_endpoint']}?{urlencode(asked)}"

    async def end(self, session: Session, query: str) -> Session:
        """The session of who comes back from the Hub; raises LabError where that is not who went there."""
        given = {name: values[-1] for name, values in parse_qs(query).items()}
        nonce, _, signature = given.get("state", "").partition(".")
        if not given.get("code") or not hmac.compare_digest(signature.encode(), self._state(nonce, session).encode()):
            raise LabError("the Hub's answer does not belong to what this browser asked", do=AGAIN)
        told = await self._ask("GET", self.provider + WELL_KNOWN)
        granted = await self._ask("POST", told["token_endpoint"], auth=(self.client, self.secret), data={
            "grant_type": "authorization_code", "code": given["code"], "redirect_uri": self.address + CALLBACK,
            "code_verifier": self._verifier(nonce, session), "client_id": self.client,
        })  # fmt: skip
        token = str(granted.get("access_token", ""))
        who = await self._ask("GET", told["userinfo_endpoint"], headers={"Authorization": f"Bearer {token}"})
        number, name = str(who.get("sub") or ""), str(who.get("preferred_username") or "")
        if not number or not name:
            raise LabError("the Hub does not say who that is", do=AGAIN)
        return self.sessions.member("hub", name, self._proof(name, self._owns(name, number)))

    def role(self, session: Session) -> Role:
        """What somebody may do whom the Hub named."""
        if hmac.compare_digest(session.proof, self._proof(session.name, True)):
            return Role.OWNER
        return Role.MEMBER if hmac.compare_digest(session.proof, self._proof(session.name, False)) else Role.VISITOR

    def _owns(self, name: str, number: str) -> bool:
        return name.lower() in self.owners or (bool(self.creator) and number == self.creator)

    def _proof(self, name: str, owns: bool) -> str:
        """Changes with who owns the lab, so that nobody stays its owner by an old cookie."""
        owners = ",".join(sorted(self.owners))
        return self.sessions.proof(f"hub {name} {owners} {self.creator}" if owns else f"hub {name}")

    def _state(self, nonce: str, session: Session) -> str:
        return self.sessions.sign("hub state", f"{nonce} {session.id}")

    def _verifier(self, nonce: str, session: Session) -> str:
        return self.sessions.sign("hub verifier", f"{nonce} {session.id}") + nonce

    async def _ask(self, method: str, address: str, **more: Any) -> dict[str, Any]:
        import httpx

        try:
            async with httpx.AsyncClient(timeout=SECONDS) as client:
                answer = await client.request(method, address, **more)
                answer.raise_for_status()
                found = answer.json()
        except (httpx.HTTPError, ValueError) as problem:
            raise LabError(f"the Hub does not say who that is ({type(problem).__name__})", do=AGAIN) from None
        if not isinstance(found, dict):
            raise LabError("the Hub does not say who that is", do=AGAIN)
        return found
