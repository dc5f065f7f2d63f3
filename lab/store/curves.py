"""The desk for what a run shows while it goes: points of curves, and answers to the fixed prompts."""

import math
import time
from collections.abc import Iterable, Mapping

from sqlalchemy import Engine, delete, insert, select

from lab.store.schema import points, samples
from lab.store.shapes import Point, Sample


class Curves:
    def __init__(self, engine: Engine):
        self._engine = engine

    def write(self, run: str, step: int, values: Mapping[str, float]) -> None:
        """Add one step's values; a value that is not finite is left out (a curve can't show it, the log does)."""
        now = time.time()
        rows = [
            {"run": run, "name": name, "step": step, "value": float(value), "time": now}
            for name, value in values.items()
            if math.isfinite(value)
        ]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(insert(points), rows)

    def newer(
        self, run_ids: Iterable[str], since: int = 0, limit: int = 20_000, names: Iterable[str] | None = None
    ) -> list[Point]:
        """The points of these runs written after the one with id `since`, oldest first; only of the curves `names`."""
        wanted = select(points).where(points.c.run.in_(list(run_ids)), points.c.id > since)
        if names is not None:
            wanted = wanted.where(points.c.name.in_(list(names)))
        wanted = wanted.order_by(points.c.id).limit(limit)
        with self._engine.connect().execution_options(lab_read_only=True) as connection:
            return [Point(**row._asdict()) for row in connection.execute(wanted)]

    def names(self, run_ids: Iterable[str]) -> list[str]:
        """The names of all curves of these runs, sorted."""
        wanted = select(points.c.name).where(points.c.run.in_(list(run_ids))).distinct()
        with self._engine.connect().execution_options(lab_read_only=True) as connection:
            return sorted(connection.execute(wanted).scalars())

    def curve(self, run: str, name: str) -> list[tuple[int, float]]:
        """One curve of one run as (step, value), by step; where a step was repeated after a resume, the newer value."""
        return sorted({point.step: point.value for point in self.newer([run], names=[name])}.items())

    def forget_after(self, run: str, step: int) -> None:
        """Drop what lies beyond the checkpoint a run is resumed from."""
        with self._engine.begin() as connection:
            connection.execute(delete(points).where(points.c.run == run, points.c.step > step))
            connection.execute(delete(samples).where(samples.c.run == run, samples.c.step > step))

    def write_samples(self, new: Iterable[Sample]) -> None:
        now = time.time()
        with self._engine.begin() as connection:
            for sample in new:
                same = (
                    samples.c.run == sample.run,
                    samples.c.step == sample.step,
                    samples.c.position == sample.position,
                )
                connection.execute(delete(samples).where(*same))
                row = {"prompt": sample.prompt, "answer": sample.answer, "time": now}
                connection.execute(
                    insert(samples).values(run=sample.run, step=sample.step, position=sample.position, **row)
                )

    def samples(self, run_ids: Iterable[str]) -> list[Sample]:
        """All samples of these runs by step and prompt."""
        wanted = select(samples).where(samples.c.run.in_(list(run_ids)))
        order = (samples.c.run, samples.c.step, samples.c.position)
        with self._engine.connect().execution_options(lab_read_only=True) as connection:
            rows = connection.execute(wanted.order_by(*order)).all()
        return [Sample(row.run, row.step, row.position, row.prompt, row.answer, row.time) for row in rows]
