"""Runs and their queue: queueing, claiming, progress, ending. Every change is one short transaction."""

import secrets
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from lab.errors import RunError, nearest
from lab.recipe import variant_of
from lab.store.database import Database, batches
from lab.store.schema import runs
from lab.store.shapes import Label, Outcome, Run, Status


def new_id() -> str:
    return secrets.token_hex(4)


class Runs:
    def __init__(self, database: Database):
        self._database = database

    def queue(self, new: Sequence[Run]) -> None:
        """Put runs at the end of the queue, in this order."""
        with self._database.write() as connection:
            last = connection.execute(select(func.coalesce(func.max(runs.c.position), 0))).scalar_one()
            rows = [_to_row(run) | {"position": last + i} for i, run in enumerate(new, start=1)]
            connection.execute(insert(runs), rows)

    def claim(self, machine: str, only: Iterable[str] | None = None) -> Run | None:
        """Take the first queued run for this machine, or None; never the same run twice."""
        waiting = select(runs.c.id).where(runs.c.status == Status.QUEUED).order_by(runs.c.position).limit(1)
        if only is not None:
            waiting = waiting.where(runs.c.id.in_(list(only)))
        with self._database.write() as connection:
            found = connection.execute(waiting).scalar_one_or_none()
            if found is None:
                return None
            taken = {
                "status": Status.RUNNING,
                "started": time.time(),
                "machine": machine,
                "request": None,
                "error": None,
            }
            connection.execute(update(runs).where(runs.c.id == found).values(**taken))
            return _to_run(connection.execute(select(runs).where(runs.c.id == found)).one())

    def get(self, run_id: str) -> Run:
        """One run by its id, or by an unambiguous beginning of it; raises RunError."""
        with self._database.read() as connection:
            return _get(connection, run_id)

    def some(self, run_ids: Iterable[str]) -> dict[str, Run]:
        """Many runs by their whole ids, in that order; unknown ids are left out."""
        wanted = list(dict.fromkeys(run_ids))
        with self._database.read() as connection:
            found = {
                row.id: _to_run(row)
                for part in batches(wanted)
                for row in connection.execute(select(runs).where(runs.c.id.in_(part)))
            }
        return {run_id: found[run_id] for run_id in wanted if run_id in found}

    def all(
        self, *, comparison: str | None = None, statuses: Iterable[Status] = (), newest: int | None = None
    ) -> list[Run]:
        """Runs in the order they were queued; only the `newest` so many, if that is given."""
        wanted = select(runs)
        if comparison is not None:
            wanted = wanted.where(runs.c.comparison == comparison)
        if chosen := list(statuses):
            wanted = wanted.where(runs.c.status.in_(chosen))
        with self._database.read() as connection:
            rows = connection.execute(wanted.order_by(runs.c.position.desc()).limit(newest)).all()
        return [_to_run(row) for row in reversed(rows)]

    def labels(self, run_ids: Collection[str]) -> dict[str, Label]:
        """How runs are named and coloured, by their whole ids; unknown ids are left out."""
        wanted = set(run_ids)
        mine = select(runs.c.comparison).where(runs.c.id.in_(wanted))
        beside = select(runs.c.id, runs.c.comparison, runs.c.name, runs.c.recipe_name).where(
            runs.c.comparison.in_(mine)
        )
        found: dict[str, Label] = {}
        variants: dict[str, dict[str, int]] = {}
        with self._database.read() as connection:
            for row in connection.execute(beside.order_by(runs.c.position)):
                seen = variants.setdefault(row.comparison, {})
                place = seen.setdefault(variant_of(row.name), len(seen))
                if row.id in wanted:
                    found[row.id] = Label(row.name, row.recipe_name, place)
        return found

    def newest_comparison(self, statuses: Collection[Status]) -> str | None:
        """The comparison of the newest run with one of these statuses; None where there is none."""
        wanted = select(runs.c.comparison).where(runs.c.status.in_(statuses)).order_by(runs.c.position.desc()).limit(1)
        with self._database.read() as connection:
            return connection.execute(wanted).scalar_one_or_none()

    def start_from(self, base: str) -> bool:
        """Whether any run goes out from this base, as its recipe names it."""
        with self._database.read() as connection:
            return connection.execute(select(runs.c.id).where(runs.c.base == base).limit(1)).first() is not None

    def asked(self, run_id: str) -> str | None:
        """What the user asked of a run: 'cancel', 'discard' or None."""
        with self._database.read() as connection:
            return connection.execute(select(runs.c.request).where(runs.c.id == run_id)).scalar_one_or_none()

    def waiting(self, only: Iterable[str] | None = None) -> list[str]:
        """The ids of the queued runs, first come first; disturbs no writer."""
        wanted = select(runs.c.id).where(runs.c.status == Status.QUEUED).order_by(runs.c.position)
        if only is not None:
            wanted = wanted.where(runs.c.id.in_(list(only)))
        with self._database.read() as connection:
            return list(connection.execute(wanted).scalars())

    def started_by(self, run_id: str, pid: int) -> None:
        self._set(run_id, pid=pid)

    def progress(self, run_id: str, step: int, total_steps: int) -> None:
        self._set(run_id, step=step, total_steps=total_steps)

    def rewrite_recipe(self, run_id: str, recipe: str) -> None:
        """Keep the recipe with what was only known once the base was there (the learning rate)."""
        self._set(run_id, recipe=recipe)

    def note(self, run_id: str, outcome: Outcome) -> None:
        self._set(run_id, outcome=outcome.to_json())

    def request(self, run_id: str, what: str) -> Run:
        """Ask a run to stop ('cancel' keeps its weights so far, 'discard' does not); a queued one ends at once."""
        with self._database.write() as connection:
            ended = {"status": Status.CANCELLED, "ended": time.time(), "request": what}
            mine = runs.c.id == run_id
            connection.execute(update(runs).where(mine, runs.c.status == Status.QUEUED).values(**ended))
            connection.execute(update(runs).where(mine, runs.c.status == Status.RUNNING).values(request=what))
            return _get(connection, run_id)

    def end(self, run_id: str, status: Status, error: str | None = None) -> bool:
        """Close a running run; False when it was closed before (a worker and the watcher of its death may race)."""
        values = {"status": status, "error": error, "ended": time.time(), "pid": None}
        with self._database.write() as connection:
            open_run = (runs.c.id == run_id) & (runs.c.status == Status.RUNNING)
            return connection.execute(update(runs).where(open_run).values(**values)).rowcount == 1

    def requeue(self, run_id: str) -> Run:
        """Queue an interrupted, failed or cancelled run again, to go on from its last checkpoint; raises RunError."""
        with self._database.write() as connection:
            run = _get(connection, run_id)
            if not run.status.over or run.status == Status.DONE:
                raise RunError(f"run '{run.id}' is {run.status}", do="only a run that stopped early can be resumed.")
            last = connection.execute(select(func.max(runs.c.position))).scalar_one()
            back = {"status": Status.QUEUED, "position": last + 1, "request": None, "error": None, "ended": None}
            connection.execute(update(runs).where(runs.c.id == run.id).values(**back))
            return _get(connection, run.id)

    def delete(self, run_id: str) -> None:
        """Forget a run that is over, with its curves and samples; ratings of its answers stay. Raises RunError."""
        with self._database.write() as connection:
            run = _get(connection, run_id)
            if not run.status.over:
                raise RunError(f"run '{run.id}' is {run.status}", do=f"stop it first: lab cancel {run.id}.")
            connection.execute(delete(runs).where(runs.c.id == run.id))

    def _set(self, run_id: str, **values: object) -> None:
        with self._database.write() as connection:
            connection.execute(update(runs).where(runs.c.id == run_id).values(**values))


def _get(connection: Connection, run_id: str) -> Run:
    """See `Runs.get`."""
    rows = connection.execute(select(runs).where(runs.c.id.startswith(run_id, autoescape=True)).limit(2)).all()
    if len(rows) == 1 and run_id:
        return _to_run(rows[0])
    if rows and run_id:
        raise RunError(f"'{run_id}' is the beginning of several run ids", do="give more of it.")
    ids = connection.scalars(select(runs.c.id).order_by(runs.c.position.desc()).limit(20)).all()
    raise RunError(f"there is no run '{run_id}'", do=nearest(run_id, ids) if ids else "train one first.")


def _to_row(run: Run) -> dict[str, object]:
    return asdict(run) | {"outcome": run.outcome.to_json()}


def _to_run(row: Row[Any]) -> Run:
    fields = row._asdict()
    del fields["position"]
    return Run(**fields | {"status": Status(fields["status"]), "outcome": Outcome.from_json(fields["outcome"])})
