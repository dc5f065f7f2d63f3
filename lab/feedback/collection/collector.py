"""Jobs on pairs in the web process: threads that fill the queue of a match and have scripted raters vote.

One job at a time for each match and kind; its state is for the page to look at. Pairs and votes are stored as they
come, so that a job cut off with its process has lost nothing.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lab.errors import LabError, RunError
from lab.feedback.collection.pairs import Answerer, PairRequest, collect_pairs
from lab.feedback.scripted import cast_scripted, rater_name
from lab.limits import share
from lab.store import Store
from lab.visitors import Visitor, current
from lab.visitors.fair import LimitError, check

logger = logging.getLogger(__name__)


@dataclass
class CollectionJob:
    """A job as far as it has come: pairs asked for, or votes wanted."""

    total: int
    done: int = 0
    same: int = 0
    silent: int = 0
    votes: Counter[str] = field(default_factory=Counter)
    rater: str = ""
    busy: bool = True
    problem: str | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    visitor: Visitor = field(default_factory=current)
    """Who began it, and may stop it."""


class PairCollector:
    """All jobs of this process on pairs. `ask` has questions answered, as `InferenceClient.answer` does."""

    def __init__(self, store: Store, ask: Answerer):
        self._store, self._ask = store, ask
        self._jobs: dict[tuple[str, str], CollectionJob] = {}
        self._lock = threading.Lock()

    def fill(self, request: PairRequest, kind: str = "fill") -> CollectionJob:
        """Make pairs for a match, unless that is being done already; 'own' ones need not wait for those that 'fill'."""
        return self._begin((request.match, kind), CollectionJob(request.pairs), lambda job: self._collect(request, job))

    def script(self, request: PairRequest, rater: str) -> CollectionJob:
        """Have a scripted rater cast `request.pairs` votes: on pairs that are there first, then on new ones.

        Raises RunError if the rater is unknown.
        """
        job = CollectionJob(request.pairs, rater=rater_name(rater))
        return self._begin((request.match, "script"), job, lambda job: self._script(request, rater, job))

    def job(self, match: str, kind: str) -> CollectionJob | None:
        """The last job of a kind ('fill', 'own' or 'script') on a match."""
        return self._jobs.get((match, kind))

    def halt(self, match: str, kind: str) -> None:
        """Stop a job within a token; what was made stays. Raises RunError for one that somebody else began."""
        if job := self.job(match, kind):
            if not current().owns_lab and job.visitor.id != current().id:
                raise RunError("somebody else began that", do="wait until it is done.")
            job.stop.set()

    def _begin(self, key: tuple[str, str], job: CollectionJob, run: Callable[[CollectionJob], None]) -> CollectionJob:
        with self._lock:
            standing = self._jobs.get(key)
            if standing and standing.busy:
                return standing
            try:
                self._check(job.visitor)
            except LimitError as problem:
                job.busy, job.problem = False, str(problem)
                return job
            self._jobs[key] = job
        threading.Thread(target=self._run, args=(job, run), name=f"pairs-{key[1]}", daemon=True).start()
        return job

    def _check(self, visitor: Visitor) -> None:
        """Raise LimitError where too many jobs of a visitor, or of all, are being done; the owner's are no exception to
        the latter, since one after the other is answered."""
        busy = [other.visitor.id for other in self._jobs.values() if other.busy]
        most = share("making_pairs").all
        if most and len(busy) >= most:
            raise LimitError(f"pairs are being made for {len(busy)} matches, as many as are at once",
                             do="try again in a minute.")  # fmt: skip
        check(visitor, "making_pairs", busy.count(visitor.id) + 1, len(busy) + 1, of="matches that pairs are made for",
              when="come back in a minute, or stop one of them.")  # fmt: skip

    def _run(self, job: CollectionJob, run: Callable[[CollectionJob], None]) -> None:
        try:
            run(job)
        except LabError as problem:
            job.problem = str(problem)
        except Exception:
            logger.exception("a job on pairs failed")
            job.problem = "Something went wrong inside the lab. Its log says more; trying again does no harm."
        finally:
            job.busy = False

    def _collect(self, request: PairRequest, job: CollectionJob) -> None:
        for batch in collect_pairs(request, self._store, self._ask, job.stop):
            job.done += batch.asked
            job.same += batch.same
            job.silent += batch.silent
        if job.done and job.same + job.silent == job.done:
            job.problem = "Both answers came out equal or empty every time. Let them vary more, or choose others."

    def _script(self, request: PairRequest, rater: str, job: CollectionJob) -> None:
        waiting = self._store.pairs.waiting(rater_name(rater), request.match, request.pairs, ())
        job.votes += cast_scripted(self._store, rater, waiting)
        job.done = len(waiting)
        rest = replace(request, pairs=request.pairs - len(waiting))
        for batch in collect_pairs(rest, self._store, self._ask, job.stop):
            job.votes += cast_scripted(self._store, rater, batch.pairs)
            job.done += batch.asked
            job.same += batch.same
            job.silent += batch.silent
