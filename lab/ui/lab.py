"""What every tab needs of the lab: its home, its store, who carries out runs, who answers, and who makes pairs."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lab.errors import RunError
from lab.executors.processes.supervisor import Supervisor
from lab.feedback.collection.collector import PairCollector
from lab.home import Home
from lab.serving.client import InferenceClient
from lab.store import Store


@dataclass(frozen=True)
class Lab:
    """One lab behind one page; made by whoever starts it (`launch`, a test) and passed to the tabs."""

    home: Home
    store: Store
    supervisor: Supervisor
    client: InferenceClient

    @cached_property
    def collector(self) -> PairCollector:
        """One for all tabs, so that each sees what another has begun."""
        return PairCollector(self.store, self.client.answer if self.client else _nobody)


def _nobody(*_: object) -> Any:
    raise RunError("nobody is there to answer")
