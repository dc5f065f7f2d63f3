"""All feedback of a store in sums, kept up with what is added: a look reads the rows that are newer than the last look.

Rows of feedback are added and never changed, so their numbers say how far one has read; whoever wrote them, this
process or another. The first look reads them all, once (see `docs/operating.md` for what that takes).
"""

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from lab.errors import LabError
from lab.feedback.ranking import Ranking, rank_sums
from lab.feedback.sums import MatchSums, VoteSums, match_of_vote
from lab.store import WHOSE, FeedbackCount, RaterCount, Store
from lab.store.feedback_log import Entry, read_log

logger = logging.getLogger(__name__)
AT_ONCE = 5000
"""Rows read in one go."""
MOST_FLOORS = 10_000


class FeedbackTally:
    """The sums of one store's feedback. `look()` gives them, up to date, to one thread at a time."""

    def __init__(self, store: Store):
        self._database = store.database
        self._lock = threading.RLock()
        self._newest, self._looking = 0, False
        self._standing: dict[tuple[str, str], dict[str, Entry]] = {}
        """By kind and rater what stands of each subject."""
        self._kinds: Counter[tuple[str, str, bool]] = Counter()
        self._balance: dict[str, list[int]] = {}
        self._preferred: Counter[str] = Counter()
        self._floors: dict[tuple[str, str, tuple[str, ...]], tuple[int, int]] = {}
        self._rankings: dict[str, tuple[int, Ranking]] = {}
        self.votes = VoteSums()

    def begin(self) -> None:
        """Have the first look made in a thread, so that nobody waits for it."""
        threading.Thread(target=self._begin, name="tally", daemon=True).start()

    def _begin(self) -> None:
        try:
            with self.look():
                pass
        except LabError as problem:  # whoever looks next is told
            logger.warning("feedback could not be read: %s", problem)

    @contextmanager
    def look(self) -> Iterator["FeedbackTally"]:
        """Up to date, and nobody else changes it meanwhile."""
        with self._lock:
            if self._looking:  # within another look of this thread
                yield self
                return
            while rows := read_log(self._database, self._newest, AT_ONCE):
                for row in rows:
                    self._take(row)
                self._newest = rows[-1].id
                if len(rows) < AT_ONCE:
                    break
            self._looking = True
            try:
                yield self
            finally:
                self._looking = False

    @property
    def newest(self) -> int:
        """The number of the last row that was read."""
        return self._newest

    def counts(self) -> list[FeedbackCount]:
        """As `Ratings.counts`."""
        return [FeedbackCount(*said, count) for said, count in sorted(self._kinds.items())]

    def raters(self, *kinds: str) -> list[RaterCount]:
        """As `Ratings.raters`: whoever came first first."""
        first: dict[str, tuple[int, bool]] = {}
        counts: Counter[str] = Counter()
        for (kind, rater), said in self._standing.items():
            if said and (not kinds or kind in kinds):
                begun = next(iter(said.values()))
                first[rater] = min(first.get(rater, (begun.id, begun.scripted)), (begun.id, begun.scripted))
                counts[rater] += len(said)
        return [RaterCount(rater, first[rater][1], counts[rater]) for rater in sorted(first, key=first.__getitem__)]

    def match(self, name: str) -> MatchSums:
        """The votes of one match."""
        return self.votes.matches.get(name) or MatchSums()

    def ranking(self, name: str) -> Ranking:
        """Who leads in one match; what was found is kept until another vote of it comes."""
        match = self.match(name)
        changed, kept = self._rankings.get(name, (-1, Ranking()))
        if changed != match.changed:
            kept = rank_sums(self.votes.of_match(name))
            if len(self._rankings) >= MOST_FLOORS:
                self._rankings.clear()
            self._rankings[name] = (match.changed, kept)
        return kept

    def preferred(self, whose: str = "all") -> int:
        """As `Pairs.preferred`: of how many pairs of answers most votes prefer one."""
        return self._preferred[whose]

    def edits(self, whose: str = "all") -> int:
        """How many edits stand."""
        scripted = WHOSE[whose]
        return sum(count for (kind, _, by), count in self._kinds.items() if kind == "edit" and scripted in (None, by))

    def cast(self, rater: str, match: str) -> list[str]:
        """The subjects of a rater's votes in a match, oldest first."""
        said = self._standing.get(("vote", rater), {})
        return [subject for subject, one in said.items() if one.vote and match_of_vote(one.vote) == match]

    def has_cast(self, rater: str, subject: str) -> bool:
        """Whether a rater's vote on a subject stands."""
        return subject in self._standing.get(("vote", rater), ())

    def floor(self, rater: str, match: str, sources: tuple[str, ...], front: int) -> int:
        """A place in a match's queue, which begins at `front`, before which this rater has judged all."""
        noted = self._floors.get((rater, match, sources))
        return noted[1] if noted and noted[0] == front else front

    def note_floor(self, rater: str, match: str, sources: tuple[str, ...], front: int, place: int) -> None:
        if len(self._floors) >= MOST_FLOORS:
            self._floors.clear()
        self._floors[rater, match, sources] = (front, place)

    def _take(self, row: Entry) -> None:
        said = self._standing.setdefault((row.kind, row.rater), {})
        if before := said.pop(row.subject, None):
            self._add(before, -1)
        if row.said is None:
            for key in [key for key in self._floors if key[0] == row.rater]:
                del self._floors[key]  # what was taken back is to be judged again
            return
        said[row.subject] = row
        self._add(row, 1)

    def _add(self, row: Entry, sign: int) -> None:
        key = (row.kind, row.said or "", row.scripted)
        self._kinds[key] += sign
        if not self._kinds[key]:
            del self._kinds[key]
        if row.vote is None:
            return
        (self.votes.add if sign > 0 else self.votes.remove)(row.vote)
        if row.vote.winner in ("first", "second") and not row.vote.equal:
            self._prefer(row.vote.pair, sign if row.vote.winner == "first" else -sign, row.scripted)

    def _prefer(self, pair: str, step: int, scripted: bool) -> None:
        """Keep count of the pairs for which more votes prefer one answer than the other."""
        before = self._balance.get(pair, [0, 0])
        after = [before[0] + (step if not scripted else 0), before[1] + (step if scripted else 0)]
        for whose, old, new in (
            ("all", sum(before), sum(after)), ("people", before[0], after[0]), ("scripted", before[1], after[1]),
        ):  # fmt: skip
            self._preferred[whose] += bool(new) - bool(old)
        if any(after):
            self._balance[pair] = after
        else:
            self._balance.pop(pair, None)


_TALLIES: "WeakKeyDictionary[Store, FeedbackTally]" = WeakKeyDictionary()
_MAKING = threading.Lock()


def tally_of(store: Store) -> FeedbackTally:
    """The sums of a store's feedback, one for all who ask."""
    with _MAKING:
        if store not in _TALLIES:
            _TALLIES[store] = FeedbackTally(store)
        return _TALLIES[store]
