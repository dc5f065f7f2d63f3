"""What a run shows while it goes: points of curves, and answers to the fixed prompts (samples)."""

import math
import time
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, func, insert, select

from lab.store.database import Database
from lab.store.schema import points, runs, samples
from lab.store.shapes import Point, Sample


class Curves:
    def __init__(self, database: Database):
        self._database = database

    def write(self, run: str, step: int, values: Mapping[str, float]) -> None:
        """Add one step's values; a value that is not finite is left out (a curve can't show it, the log does)."""
        now = time.time()
        self.add(Point(0, run, name, step, float(value), now) for name, value in values.items() if math.isfinite(value))

    def add(self, new: Iterable[Point]) -> None:
        """Add points; their ids are given here."""
        rows = [
            {"run": one.run, "name": one.name, "step": one.step, "value": one.value, "time": one.time} for one in new
        ]
        if rows:
            with self._database.write() as connection:
                connection.execute(insert(points), rows)

    def newer(
        self, run_ids: Iterable[str], since: int = 0, limit: int = 20_000, names: Iterable[str] | None = None
    ) -> list[Point]:
        """The points of these runs written after the one with id `since`, oldest first; only of the curves `names`."""
        wanted = select(points).where(points.c.run.in_(list(run_ids)), points.c.id > since)
        if names is not None:
            wanted = wanted.where(points.c.name.in_(list(names)))
        with self._database.read() as connection:
            rows = connection.execute(wanted.order_by(points.c.id).limit(limit))
            return [Point(row.id, row.run, row.name, row.step, row.value, row.time) for row in rows]

    def names(self, run_ids: Iterable[str]) -> list[str]:
        """The names of all curves of these runs, sorted."""
        # From one name to the next in the index: a plain DISTINCT would read every point of the runs.
        name = select(func.min(points.c.name))
        first = name.where(points.c.run == runs.c.id).scalar_subquery()
        found = select(runs.c.id, first.label("name")).where(runs.c.id.in_(list(run_ids))).cte(recursive=True)
        following = name.where(points.c.run == found.c.id, points.c.name > found.c.name).scalar_subquery()
        found = found.union_all(select(found.c.id, following).where(found.c.name.is_not(None)))
        with self._database.read() as connection:
            return sorted(connection.scalars(select(found.c.name).where(found.c.name.is_not(None)).distinct()))

    def curve(self, run: str, name: str) -> list[tuple[int, float]]:
        """One curve of one run as (step, value), by step; where a step was repeated after a resume, the newer value."""
        wanted = select(points.c.step, points.c.value).where(points.c.run == run, points.c.name == name)
        with self._database.read() as connection:
            return list(dict(connection.execute(wanted.order_by(points.c.step, points.c.id)).tuples().all()).items())

    def at(self, run: str, step: int) -> dict[str, float]:
        """The value of every curve of a run at one step, the newer one where a step was repeated."""
        wanted = select(points.c.name, points.c.value).where(points.c.run == run, points.c.step == step)
        with self._database.read() as connection:
            return dict(connection.execute(wanted.order_by(points.c.id)).tuples().all())

    def last(self, run_ids: Iterable[str], name: str) -> dict[str, float]:
        """The value of one curve at the last step of each of these runs; runs without that curve are left out."""
        own = select(points.c.value).where(points.c.run == runs.c.id, points.c.name == name)
        end = own.order_by(points.c.step.desc(), points.c.id.desc()).limit(1).scalar_subquery()
        with self._database.read() as connection:
            found = connection.execute(select(runs.c.id, end).where(runs.c.id.in_(list(run_ids)))).tuples()
            return {run: value for run, value in found if value is not None}

    def forget_after(self, run: str, step: int) -> None:
        """Drop what lies beyond the checkpoint a run is resumed from."""
        with self._database.write() as connection:
            connection.execute(delete(points).where(points.c.run == run, points.c.step > step))
            connection.execute(delete(samples).where(samples.c.run == run, samples.c.step > step))

    def write_samples(self, new: Iterable[Sample]) -> None:
        """Keep samples, in place of those of the same run, step and position."""
        now = time.time()
        with self._database.write() as connection:
            for sample in new:
                place = {"run": sample.run, "step": sample.step, "position": sample.position}
                connection.execute(delete(samples).where(*(samples.c[name] == value for name, value in place.items())))
                said = {"prompt": sample.prompt, "answer": sample.answer, "time": now}
                connection.execute(insert(samples).values(**place, **said))

    def samples(self, run_ids: Iterable[str]) -> list[Sample]:
        """All samples of these runs by step and prompt."""
        wanted = select(samples).where(samples.c.run.in_(list(run_ids)))
        with self._database.read() as connection:
            rows = connection.execute(wanted.order_by(samples.c.run, samples.c.step, samples.c.position))
            return [Sample(row.run, row.step, row.position, row.prompt, row.answer, row.time) for row in rows]

    def newest_sample(self, run_ids: Iterable[str]) -> float:
        """When the newest sample of these runs was written; 0 where there is none."""
        wanted = select(func.max(samples.c.time)).where(samples.c.run.in_(list(run_ids)))
        with self._database.read() as connection:
            return connection.execute(wanted).scalar_one() or 0.0
