"""What every tab needs of the lab: its home, its store, who carries out runs, who answers, and who makes pairs."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lab.errors import RunError
from lab.home import Home
from lab.jobs import Chat, Supervisor
from lab.jobs.hall import Hall
from lab.store import Store


@dataclass(frozen=True)
class Lab:
    """One lab behind one page; made at the door (`launch`, a test) and passed to the tabs."""

    home: Home
    store: Store
    supervisor: Supervisor
    chat: Chat

    @cached_property
    def hall(self) -> Hall:
        """One for all tabs, so that each sees what another has begun."""
        return Hall(self.store, self.chat.answer if self.chat else _nobody)


def _nobody(*_: object) -> Any:
    raise RunError("nobody is there to answer")
