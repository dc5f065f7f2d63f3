"""What every tab needs of the lab: its home, its store, who carries out runs and who answers."""

from dataclasses import dataclass

from lab.home import Home
from lab.jobs import Chat, Supervisor
from lab.store import Store


@dataclass(frozen=True)
class Lab:
    """One lab behind one page; made at the door (`launch`, a test) and passed to the tabs."""

    home: Home
    store: Store
    supervisor: Supervisor
    chat: Chat
