"""The one who is served now. A worker serves whoever queued its run."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum

BROWSER, MEMBER = "browser-", "member-"
"""How ids begin: of who is known by a cookie, and of who has entered with a name."""


class Role(IntEnum):
    """What one may do; each may do what those before it may."""

    VISITOR = 1
    MEMBER = 2
    OWNER = 3


@dataclass(frozen=True)
class Visitor:
    """Somebody. `id` is made by the server; it names their runs, votes and files, and opens nothing by itself."""

    id: str = ""
    """'' of who does not come through the page."""
    role: Role = Role.OWNER
    name: str = ""
    """What they entered with, for their own page alone."""
    known: bool = True
    """Whether the cookie came back: a program that keeps none is somebody else at each request."""

    @property
    def owns_lab(self) -> bool:
        return self.role is Role.OWNER

    @property
    def mark(self) -> str | None:
        """What their runs are marked with: nothing where they are the owner's."""
        return None if self.owns_lab else self.id

    def owns(self, mark: str | None) -> bool:
        """Whether what carries this mark is theirs, or theirs to change."""
        return self.owns_lab or (mark is not None and mark == self.id)


LOCAL = Visitor()
_current: ContextVar[Visitor] = ContextVar("visitor", default=LOCAL)


def current() -> Visitor:
    """Whom this thread serves."""
    return _current.get()


def visitor_of(mark: str | None) -> Visitor:
    """The visitor whose runs carry a mark."""
    if mark is None:
        return LOCAL
    return Visitor(mark, Role.MEMBER if mark.startswith(MEMBER) else Role.VISITOR)


@contextlib.contextmanager
def acting(visitor: Visitor) -> Iterator[None]:
    """Serve somebody, as long as it lasts."""
    before = _current.set(visitor)
    try:
        yield
    finally:
        _current.reset(before)
