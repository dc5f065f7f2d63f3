"""The lab's own secret, made once for a home: what cookies are signed and names are hidden with."""

import hashlib
import hmac
import os
import re
import secrets

from lab.home import Home

LETTERS = 64
PSEUDONYM = re.compile(r"person-[0-9a-f]{12}")
"""What `pseudonym` gives."""


def secret_of(home: Home) -> bytes:
    """The secret of this home; nobody but its owner can read the file."""
    file = home.secret
    if not file.exists():
        draft = file.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_hex(LETTERS // 2))
        try:
            os.link(draft, file)  # the first one counts
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_bytes()


def digest(secret: bytes, what: str, text: str, letters: int = 32) -> str:
    """A text's keyed hash, another one for each use: HMAC-SHA256 (RFC 2104), in hexadecimal letters."""
    return hmac.new(secret, f"{what}\0{text}".encode(), hashlib.sha256).hexdigest()[:letters]


def owner_key(home: Home) -> str:
    """What makes whoever enters with it the owner of a shared lab: LAB_OWNER_KEY, or one made of the secret."""
    return os.environ.get("LAB_OWNER_KEY") or digest(secret_of(home), "owner", "", 24)


def pseudonym(home: Home, rater: str) -> str:
    """The name a rater has in exports: the same in all of one lab, another in each, and of no use to anybody."""
    return f"person-{digest(secret_of(home), 'pseudonym', rater, 12)}"
