"""Lists of runs that a page asks for again and again: each reads the runs it tells, however many others there are."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, or_, select

from lab.store.access import may_see
from lab.store.database import Database
from lab.store.known_runs import KnownRuns
from lab.store.schema import matches, runs
from lab.store.shapes import Run


class RunLists:
    """What `Runs` can list; runs that who is served now may not see are left out."""

    _database: Database
    _known: KnownRuns

    def newest_comparisons(self, most: int) -> list[Run]:
        """All runs of the comparisons that were started last, in the order they were queued."""
        last = (
            select(runs.c.comparison)
            .group_by(runs.c.comparison)
            .order_by(func.min(runs.c.created).desc(), runs.c.comparison)
            .limit(most)
        )
        return self._listed(select(runs.c.id, runs.c.stamp).where(runs.c.comparison.in_(last)))

    def that_did_last(self, objectives: Collection[str]) -> list[Run]:
        """The runs whose last stage had one of these objectives, in the order they were queued."""
        wanted = [runs.c.objective.endswith(f", {one}", autoescape=True) for one in objectives]
        whole = runs.c.objective.in_(list(objectives))
        return self._listed(select(runs.c.id, runs.c.stamp).where(or_(whole, *wanted)))

    def starting_from(self, base: str, most: int) -> list[Run]:
        """The last so many runs that go out from this base, as their recipes name it."""
        wanted = select(runs.c.id, runs.c.stamp).where(runs.c.base == base)
        return self._listed(wanted, most)

    def bases(self) -> list[str]:
        """What runs go out from that is no run, as their recipes name it; sorted."""
        wanted = select(runs.c.base).where(~runs.c.base.startswith("run:")).distinct().order_by(runs.c.base)
        with self._database.read() as connection:
            return list(connection.scalars(wanted))

    def sampled_twice(self, most: int) -> list[str]:
        """The ids of runs of which two samples were paired, whose first pair is the newest first."""
        own = runs.c.id + "|" + runs.c.id
        wanted = select(runs.c.id).join(matches, matches.c.name == own).order_by(matches.c.began.desc()).limit(most)
        with self._database.read() as connection:
            return list(connection.scalars(wanted))

    def _listed(self, wanted: Select[Any], most: int | None = None) -> list[Run]:
        """The runs of a select of ids and stamps, the last ones in the queue, in its order."""
        with self._database.read() as connection:
            found = connection.execute(wanted.order_by(runs.c.position.desc()).limit(most)).tuples().all()
            known = self._known.read(connection, dict(found))
        return [known[run_id] for run_id, _ in reversed(found) if may_see(known[run_id])]
