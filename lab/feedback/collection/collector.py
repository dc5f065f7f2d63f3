"""The Arena's back room in the web process: threads that fill the queue of a match and have scripted raters vote.

One piece of work at a time for each match and kind; its state is for the page to look at. Pairs and votes are in the
store as they come, so that work cut off with its process has lost nothing.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lab.errors import LabError
from lab.feedback.collection.pairs import Answerer, PairRequest, collect_pairs
from lab.feedback.scripted import cast_scripted, rater_name
from lab.store import Store

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 16
"""Pieces of work in progress; the talker answers one after the other anyway."""


@dataclass
class CollectionJob:
    """A piece of work as far as it has come: pairs asked for, or votes wanted."""

    total: int
    done: int = 0
    same: int = 0
    silent: int = 0
    votes: Counter[str] = field(default_factory=Counter)
    rater: str = ""
    busy: bool = True
    problem: str | None = None
    stop: threading.Event = field(default_factory=threading.Event)


class PairCollector:
    """All work of this process on pairs. `ask` has questions answered, as `Chat.answer` does."""

    def __init__(self, store: Store, ask: Answerer):
        self._store, self._ask = store, ask
        self._works: dict[tuple[str, str], CollectionJob] = {}
        self._lock = threading.Lock()

    def fill(self, order: PairRequest, kind: str = "fill") -> CollectionJob:
        """Make pairs for a match, unless that is being done already; 'own' ones need not wait for those that 'fill'."""
        return self._begin((order.match, kind), CollectionJob(order.pairs), lambda work: self._collect(order, work))

    def script(self, order: PairRequest, rater: str) -> CollectionJob:
        """Have a scripted rater cast `order.pairs` votes: on pairs that are there first, then on new ones.

        Raises RunError for a rater there is not.
        """
        work = CollectionJob(order.pairs, rater=rater_name(rater))
        return self._begin((order.match, "script"), work, lambda work: self._script(order, rater, work))

    def work(self, match: str, kind: str) -> CollectionJob | None:
        """The last piece of work of a kind ('fill', 'own' or 'script') on a match."""
        return self._works.get((match, kind))

    def halt(self, match: str, kind: str) -> None:
        """Stop a piece of work within a token; what was made stays."""
        if work := self.work(match, kind):
            work.stop.set()

    def _begin(
        self, key: tuple[str, str], work: CollectionJob, carry_out: Callable[[CollectionJob], None]
    ) -> CollectionJob:
        with self._lock:
            standing = self._works.get(key)
            if standing and standing.busy:
                return standing
            if sum(other.busy for other in self._works.values()) >= MOST_AT_ONCE:
                work.busy, work.problem = False, "Others are being served. Try again in a minute."
                return work
            self._works[key] = work
        threading.Thread(target=self._carry_out, args=(work, carry_out), name=f"hall-{key[1]}", daemon=True).start()
        return work

    def _carry_out(self, work: CollectionJob, carry_out: Callable[[CollectionJob], None]) -> None:
        try:
            carry_out(work)
        except LabError as problem:
            work.problem = str(problem)
        except Exception:
            logger.exception("work on pairs failed")
            work.problem = "Something went wrong inside the lab. Its log says more; trying again does no harm."
        finally:
            work.busy = False

    def _collect(self, order: PairRequest, work: CollectionJob) -> None:
        for batch in collect_pairs(order, self._store, self._ask, work.stop):
            work.done += batch.asked
            work.same += batch.same
            work.silent += batch.silent
        if work.done and work.same + work.silent == work.done:
            work.problem = "Both answers came out equal or empty every time. Let them vary more, or choose others."

    def _script(self, order: PairRequest, rater: str, work: CollectionJob) -> None:
        waiting = self._store.pairs.waiting(rater_name(rater), order.match, order.pairs, ())
        work.votes += cast_scripted(self._store, rater, waiting)
        work.done = len(waiting)
        rest = replace(order, pairs=order.pairs - len(waiting))
        for batch in collect_pairs(rest, self._store, self._ask, work.stop):
            work.votes += cast_scripted(self._store, rater, batch.pairs)
            work.done += batch.asked
            work.same += batch.same
            work.silent += batch.silent
