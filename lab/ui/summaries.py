"""Sums of votes as the page shows them, kept while they hold, and computed beside the requests where they take long.

Few votes are summed up for whoever asks, so that one's own vote is there at once. Where that takes long (many players)
the last sums are shown, and new ones computed in a thread that rests between: however many votes come in, it takes no
more than a twentieth of a processor.
"""

import logging
import threading
import time
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from lab.feedback.matchups import proposals
from lab.feedback.summary import Summary, able, between_players, summarise_sums
from lab.feedback.sums import VoteSums
from lab.feedback.tally import tally_of
from lab.store import PairCount, Store

logger = logging.getLogger(__name__)
QUICK = 0.015
"""Seconds of a processor that a request may spend on sums."""
PATIENCE = 0.1
"""Seconds for which a request waits for the thread that sums up anew."""
REST = 20
"""A thread that sums up rests so many times as long as it took."""
MOST_SHOWN = 60
"""Players of a ranking that the page is told, the best first."""
MOST_PROPOSED = 8
MOST_RATERS = 12
"""Rows of tables that grow with the raters."""


@dataclass(frozen=True)
class Shown(Summary):
    """The sums, with what the page tells of many players: whom to compare next, who among the first is surely ahead."""

    proposed: tuple[tuple[str, str], ...] = ()
    settled: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Kept:
    newest: int
    summary: "Shown"
    took: float
    until: float
    """When it may be computed again, by the monotonic clock."""


class Summaries:
    """The sums of one store's votes, by whose they are."""

    def __init__(self, store: Store):
        self._tally, self._store = tally_of(store), store
        self._kept: dict[str, _Kept] = {}
        self._busy: set[str] = set()
        self._pairs = (float("-inf"), PairCount(0, 0))
        self._lock = threading.Lock()

    def get(self, whose: str) -> Shown:
        """The sums of the votes of 'all', 'people' or 'scripted', perhaps as they were a moment ago."""
        with self._tally.look() as tally:
            newest, kept = tally.newest, self._kept.get(whose)
            if kept and kept.newest == newest:
                return kept.summary
            if kept is None or kept.took < QUICK:
                return self._compute(tally.votes, newest, whose)
            with self._lock:
                if whose in self._busy or time.monotonic() < kept.until:
                    return kept.summary
                self._busy.add(whose)
            sums = tally.votes.snapshot(whose)
        working = threading.Thread(target=self._renew, args=(sums, newest, whose), name="sums", daemon=True)
        working.start()
        working.join(PATIENCE)  # most are there by then
        return self._kept[whose].summary

    def _renew(self, sums: VoteSums, newest: int, whose: str) -> None:
        try:
            self._compute(sums, newest, whose)
        except Exception:
            logger.exception("the votes could not be summed up")
        finally:
            with self._lock:
                self._busy.discard(whose)

    def pairs(self) -> PairCount:
        """The pairs of all matches between two players, as they were a moment ago where there are many."""
        now = time.monotonic()
        if now >= self._pairs[0]:
            began = time.thread_time()
            found = between_players(self._store.pairs.counts())
            took = time.thread_time() - began
            self._pairs = (now + (REST * took if took > QUICK / 3 else 0.0), found)
        return self._pairs[1]

    def _compute(self, sums: VoteSums, newest: int, whose: str) -> Shown:
        began = time.thread_time()
        summary = self._shown(summarise_sums(sums, whose, MOST_RATERS))
        took = time.thread_time() - began
        self._kept[whose] = _Kept(newest, summary, took, time.monotonic() + REST * took)
        return summary

    def _shown(self, summary: Summary) -> Shown:
        ranking = summary.ranking
        first = {one.player for one in ranking.standings[:MOST_SHOWN]}
        settled = (one for one in ranking.comparisons if one.first in first and one.second in first and one.leader)
        return Shown(
            **vars(summary), proposed=tuple(proposals(ranking, able(ranking, self._store))[:MOST_PROPOSED]),
            settled=tuple((one.first, one.second) for one in settled),
        )  # fmt: skip


_SUMMARIES: "WeakKeyDictionary[Store, Summaries]" = WeakKeyDictionary()
_MAKING = threading.Lock()


def summary_of(store: Store, whose: str) -> Shown:
    """What the votes in a store add up to."""
    return summaries_of(store).get(whose)


def summaries_of(store: Store) -> Summaries:
    """The sums of a store's votes, one for all who ask."""
    with _MAKING:
        if store not in _SUMMARIES:
            _SUMMARIES[store] = Summaries(store)
        return _SUMMARIES[store]
