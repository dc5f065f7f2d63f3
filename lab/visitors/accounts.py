"""Who may enter: a file of names with hashed passwords (`lab account`), or one password for a whole class.

A line is `name:role:scrypt$salt$hash`. Hashes are by scrypt (RFC 7914); passwords are compared in constant time, and a
name that is not there takes as long as one that is.
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from lab.errors import LabError
from lab.visitors.visitor import Role

NAME = re.compile(r"[\w.@-]{1,60}")
ROLES = {"owner": Role.OWNER, "member": Role.MEMBER}
COST, BLOCK = 2**14, 8
"""Of scrypt: 16 MB and some 50 ms of a processor for each try."""
LONGEST = 200
FEWEST = 8
"""Letters of a password."""
KIND = "scrypt"
STAMP = b"parrot lab class"


@dataclass(frozen=True)
class Account:
    """Somebody who may enter."""

    name: str
    role: Role
    hash: str


class Accounts:
    """The names of a file, or with `password` one for all, who have none."""

    def __init__(self, accounts: dict[str, Account] | None = None, password: str | None = None):
        self.named = accounts is not None
        self._accounts = accounts or {}
        self._class = hashed(password) if password is not None else None
        self.stamp = hashlib.scrypt((password or "").encode(), salt=STAMP, n=COST, r=BLOCK, p=1).hex()
        """What a class's password leaves in cookies: the same after a restart, another for another password."""
        self._nobody = hashed(secrets.token_hex(8))

    def enter(self, name: str, password: str) -> Account | None:
        """The account that a name and password open; None where they open none."""
        if self._class is not None:
            return Account("", Role.MEMBER, self._class) if fits(password, self._class) else None
        found = self._accounts.get(name)
        right = fits(password, found.hash if found else self._nobody)
        return found if right else None

    def get(self, name: str) -> Account | None:
        """The account of a name as it is in the file; the class's where there are no names."""
        return Account("", Role.MEMBER, self._class) if self._class is not None else self._accounts.get(name)


def read_accounts(path: Path) -> Accounts:
    """The accounts of a file; raises LabError, naming the line, for what is no account."""
    return Accounts(_read(path))


def set_account(path: Path, name: str, role: str, password: str) -> None:
    """Add somebody to a file, or change their password and role; raises LabError."""
    if not NAME.fullmatch(name):
        raise LabError(f"'{name}' is no name for an account", where="NAME", do="take letters, digits and . _ - @.")
    if role not in ROLES:
        raise LabError(f"there is no role '{role}'", where="--role", do=f"say {' or '.join(ROLES)}.")
    check_password(password)
    there = _read(path) if path.exists() else {}
    there[name] = Account(name, ROLES[role], hashed(password))
    _write(path, there)


def remove_account(path: Path, name: str) -> None:
    """Take somebody out of a file; raises LabError where they are not in it."""
    there = _read(path)
    if there.pop(name, None) is None:
        raise LabError(f"there is no '{name}'", where=path, do=f"there are: {', '.join(sorted(there)) or 'none'}.")
    _write(path, there)


def check_password(password: str) -> None:
    """Raise LabError for a password that is too short or too long."""
    if not FEWEST <= len(password) <= LONGEST:
        raise LabError(f"a password has {FEWEST} to {LONGEST} letters", do="take another.")


def hashed(password: str) -> str:
    """A password as it is kept."""
    salt = secrets.token_bytes(16)
    return "$".join((KIND, _text(salt), _text(_scrypt(password, salt))))


def fits(password: str, kept: str) -> bool:
    """Whether a password is the one that was kept; compared in constant time."""
    _, salt, wanted = kept.split("$")
    return hmac.compare_digest(_scrypt(password[:LONGEST], _bytes(salt)), _bytes(wanted))


def _read(path: Path) -> dict[str, Account]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise LabError(f"the accounts can't be read ({problem})", where=path,
                       do=f"make the file with `lab account {path} NAME`.") from None  # fmt: skip
    found: dict[str, Account] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.strip().partition(":")
        role, _, kept = rest.partition(":")
        if not NAME.fullmatch(name) or role not in ROLES or not _is_hash(kept):
            raise LabError("this is no account", where=f"{path}, line {number}",
                           do=f"a line is name:role:hash, as `lab account {path} NAME` writes it.")  # fmt: skip
        if name in found:
            raise LabError(f"'{name}' is there twice", where=f"{path}, line {number}", do="remove one of them.")
        found[name] = Account(name, ROLES[role], kept)
    return found


def _write(path: Path, accounts: dict[str, Account]) -> None:
    """Write the file anew, whole or not at all; only its owner can read it."""
    lines = [f"{one.name}:{one.role.name.lower()}:{one.hash}\n" for one in accounts.values()]
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        draft.touch(0o600, exist_ok=False)
        draft.write_text("".join(lines), encoding="utf-8")
        draft.replace(path)
    except OSError as problem:
        raise LabError(f"the accounts can't be written ({problem.strerror})", where=path) from None
    finally:
        draft.unlink(missing_ok=True)


def _is_hash(kept: str) -> bool:
    parts = kept.split("$")
    try:
        return len(parts) == 3 and parts[0] == KIND and all(_bytes(part) for part in parts[1:])
    except ValueError:
        return False


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "replace"), salt=salt, n=COST, r=BLOCK, p=1, dklen=32)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
