"""An executor of other machines that carries nothing out: what the queue does with one is tested by it."""

from lab.card import ExecutorCard, Text
from lab.errors import RunError


class FarAway:
    """A module of `lab/executors`, which notes what becomes of the executors it makes."""

    CARD = ExecutorCard("far", Text("Far", "远处"), Text("Far away.", "在远处。"), elsewhere=True)

    def __init__(self):
        self.made, self.refuses = [], ""

    def check(self, home):
        if self.refuses:
            raise RunError(self.refuses)

    def make(self, home, only):
        return self

    def start(self):
        self.made.append("started")
        return self

    def stop(self):
        self.made.append("stopped")
