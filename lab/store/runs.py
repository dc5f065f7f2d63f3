"""Runs and their queue: queueing, claiming, progress, ending. Every change is one short transaction."""

import secrets
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Column, Connection, delete, func, insert, select, update

from lab.errors import DiskFullError, RunError, nearest
from lab.recipe import variant_of
from lab.store.access import check_may_change, may_see
from lab.store.database import Database, batches
from lab.store.fair_queue import ready
from lab.store.known_runs import KnownRuns, to_run
from lab.store.requests import CHECKPOINT, EVICTED, FORK
from lab.store.run_lists import RunLists
from lab.store.schema import runs
from lab.store.shapes import Label, Outcome, Run, Status
from lab.visitors import current

AS_FIRST_QUEUED = (runs.c.created, runs.c.position)
"""The order of a comparison's runs, and so of its variants' colours: one that is resumed keeps its place, and in the
queue comes last."""


def new_id() -> str:
    return secrets.token_hex(4)


class Runs(RunLists):
    def __init__(self, database: Database):
        self._database, self._known = database, KnownRuns()

    def queue(self, new: Sequence[Run]) -> None:
        """Put runs at the end of the queue, in this order."""
        with self._database.write() as connection:
            last = connection.execute(select(func.coalesce(func.max(runs.c.position), 0))).scalar_one()
            rows = [_to_row(run) | {"position": last + i} for i, run in enumerate(new, start=1)]
            connection.execute(insert(runs), rows)

    def claim(self, machine: str, only: Iterable[str] | None = None) -> Run | None:
        """Take the first queued run for this machine, or None; never the same run twice."""
        waiting = ready(only).limit(1)
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
            return to_run(connection.execute(select(runs).where(runs.c.id == found)).one())

    def get(self, run_id: str) -> Run:
        """One run by its id, or by an unambiguous beginning of it; raises RunError.

        Here and in all that reads runs, those that who is served now may not see are not there: see `access`.
        """
        with self._database.read() as connection:
            marks = connection.execute(select(runs.c.id, runs.c.stamp).where(runs.c.id == run_id)).tuples().all()
            known = self._known.read(connection, dict(marks)).get(run_id)
            return known if known and may_see(known) else _get(connection, run_id)

    def some(self, run_ids: Iterable[str]) -> dict[str, Run]:
        """Many runs by their whole ids, in that order; unknown ids are left out."""
        wanted = list(dict.fromkeys(run_ids))
        with self._database.read() as connection:
            marks = {
                run_id: stamp
                for part in batches(wanted)
                for run_id, stamp in connection.execute(
                    select(runs.c.id, runs.c.stamp).where(runs.c.id.in_(part))
                ).tuples()
            }
            found = self._known.read(connection, marks)
        return {run_id: found[run_id] for run_id in wanted if run_id in found and may_see(found[run_id])}

    def all(
        self, *, comparison: str | None = None, statuses: Iterable[Status] = (), newest: int | None = None
    ) -> list[Run]:
        """Runs in the order they were queued, those of one comparison as they were first; only the `newest` so many,
        if that is given."""
        order: tuple[Column[Any], ...] = (runs.c.position,)
        wanted = select(runs.c.id, runs.c.stamp)
        if comparison is not None:
            wanted, order = wanted.where(runs.c.comparison == comparison), AS_FIRST_QUEUED
        if chosen := list(statuses):
            wanted = wanted.where(runs.c.status.in_(chosen))
        with self._database.read() as connection:
            marks = connection.execute(wanted.order_by(*(one.desc() for one in order)).limit(newest)).tuples().all()
            found = self._known.read(connection, dict(marks))
        return [found[run_id] for run_id, _ in reversed(marks) if may_see(found[run_id])]

    def labels(self, run_ids: Collection[str]) -> dict[str, Label]:
        """How runs are named and coloured, by their whole ids; unknown ids are left out."""
        wanted = set(run_ids)
        mine = select(runs.c.comparison).where(runs.c.id.in_(wanted))
        beside = select(runs.c.id, runs.c.comparison, runs.c.name, runs.c.recipe_name).where(
            runs.c.comparison.in_(mine)
        )
        if not current().owns_lab:
            wanted &= set(self.some(wanted))
        found: dict[str, Label] = {}
        variants: dict[str, dict[str, int]] = {}
        with self._database.read() as connection:
            for row in connection.execute(beside.order_by(*AS_FIRST_QUEUED)):
                seen = variants.setdefault(row.comparison, {})
                place = seen.setdefault(variant_of(row.name), len(seen))
                if row.id in wanted:
                    found[row.id] = Label(row.name, row.recipe_name, place)
        return found

    def count_by_status(self) -> dict[Status, int]:
        """How many runs there are of each status."""
        with self._database.read() as connection:
            found = connection.execute(select(runs.c.status, func.count()).group_by(runs.c.status)).tuples()
            return {Status(status): count for status, count in found}

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
        """The ids of the queued runs that can begin, first come first; disturbs no writer."""
        wanted = ready(only)
        with self._database.read() as connection:
            return list(connection.execute(wanted).scalars())

    def started_by(self, run_id: str, pid: int) -> None:
        self._set(run_id, pid=pid)

    def progress(self, run_id: str, step: int, total_steps: int) -> None:
        self._set(run_id, step=step, total_steps=total_steps)

    def tell_silence(self, run_id: str, words: str | None) -> None:
        """Say of a running run that its worker gives no sign of life, or take it back."""
        with self._database.write() as connection:
            mine = (runs.c.id == run_id) & (runs.c.status == Status.RUNNING)
            connection.execute(update(runs).where(mine).values(error=words))

    def rewrite_recipe(self, run_id: str, recipe: str) -> None:
        """Keep the recipe with what was only known once the base was there (the learning rate)."""
        self._set(run_id, recipe=recipe)

    def rename(self, names: Mapping[str, str], recipe_name: str | None = None) -> None:
        """Give runs other names, by their ids, and all of them another name of their recipe if one is given."""
        with self._database.write() as connection:
            for run_id, name in names.items():
                check_may_change(_get(connection, run_id))
                new = {"name": name} | ({} if recipe_name is None else {"recipe_name": recipe_name})
                connection.execute(update(runs).where(runs.c.id == run_id).values(**new))

    def note(self, run_id: str, outcome: Outcome) -> None:
        self._set(run_id, outcome=outcome.to_json())

    def request(self, run_id: str, what: str) -> Run:
        """Ask a run to stop ('cancel' keeps its weights so far, 'discard' does not); a queued one ends at once."""
        with self._database.write() as connection:
            check_may_change(_get(connection, run_id))
            ended = {"status": Status.CANCELLED, "ended": time.time(), "request": what}
            mine = runs.c.id == run_id
            connection.execute(update(runs).where(mine, runs.c.status == Status.QUEUED).values(**ended))
            connection.execute(update(runs).where(mine, runs.c.status == Status.RUNNING).values(request=what))
            return _get(connection, run_id)

    def ask_checkpoint(self, run_id: str) -> bool:
        """Ask a running run to write a checkpoint and go on; False where it runs no more. Being stopped, it writes one
        too, or ends."""
        with self._database.write() as connection:
            running = (runs.c.id == run_id) & (runs.c.status == Status.RUNNING)
            connection.execute(update(runs).where(running, runs.c.request.is_(None)).values(request=CHECKPOINT))
            return connection.execute(select(runs.c.id).where(running)).first() is not None

    def checkpoint_written(self, run_id: str) -> None:
        """Take back the request for a checkpoint; one to stop stays."""
        with self._database.write() as connection:
            asked = (runs.c.id == run_id) & (runs.c.request == CHECKPOINT)
            connection.execute(update(runs).where(asked).values(request=None))

    def waiting_forks(self, parent: str) -> list[Run]:
        """The queued runs that wait for the weights of `parent`."""
        wanted = select(runs).where(
            runs.c.parent == parent, runs.c.status == Status.QUEUED, runs.c.request == FORK
        )  # fmt: skip
        with self._database.read() as connection:
            return [to_run(row) for row in connection.execute(wanted.order_by(runs.c.position))]

    def fork_ready(self, run: Run) -> bool:
        """Let a fork begin that has waited, with all that is known now; False where it waits no more."""
        values = {"request": None, "forked_at": run.forked_at, "recipe": run.recipe, "step": run.step,
                  "total_steps": run.total_steps, "outcome": run.outcome.to_json()}  # fmt: skip
        return self._end_wait(run.id, values)

    def fork_failed(self, run_id: str, error: str) -> bool:
        """Close a fork that has waited in vain; False where it waits no more."""
        return self._end_wait(run_id, {"request": None, "status": Status.FAILED, "error": error, "ended": time.time()})

    def _end_wait(self, run_id: str, values: dict[str, Any]) -> bool:
        waits = (runs.c.id == run_id) & (runs.c.status == Status.QUEUED) & (runs.c.request == FORK)
        with self._database.write() as connection:
            return connection.execute(update(runs).where(waits).values(**values)).rowcount == 1

    def end(self, run_id: str, status: Status, error: str | None = None) -> bool:
        """Close a running run; False when it was closed before (a worker and the watcher of its death may race)."""
        values = {"status": status, "error": error, "ended": time.time(), "pid": None}
        while True:
            try:
                return self._close(run_id, values)
            except DiskFullError:
                if not self._database.give_up_reserve():
                    raise

    def _close(self, run_id: str, values: Mapping[str, object]) -> bool:
        with self._database.write() as connection:
            open_run = (runs.c.id == run_id) & (runs.c.status == Status.RUNNING)
            return connection.execute(update(runs).where(open_run).values(**values)).rowcount == 1

    def evict(self, run_id: str) -> bool:
        """Say of a run that is over that its weights are removed to free space; False where a run that waits or goes
        needs them. Raises RunError for an unknown run."""
        with self._database.write() as connection:
            run = _get(connection, run_id)
            needs = runs.c.recipe.contains(f"run:{run.id}", autoescape=True) | (runs.c.parent == run.id)
            open_ones = select(runs.c.id).where(runs.c.status.in_((Status.QUEUED, Status.RUNNING)), needs)
            if not run.status.over or connection.execute(open_ones.limit(1)).first() is not None:
                return False
            connection.execute(update(runs).where(runs.c.id == run.id).values(request=EVICTED))
            return True

    def put_back(self, run_id: str) -> bool:
        """Queue a running run again whose machine was lost, to go on from its last checkpoint; it is never over in
        between. False where it runs no more, or was asked to stop."""
        with self._database.write() as connection:
            last = connection.execute(select(func.max(runs.c.position))).scalar_one()
            back = {"status": Status.QUEUED, "position": last + 1, "request": None, "error": None, "pid": None}
            going = (runs.c.id == run_id) & (runs.c.status == Status.RUNNING)
            going &= runs.c.request.is_(None) | (runs.c.request == CHECKPOINT)
            return connection.execute(update(runs).where(going).values(**back)).rowcount == 1

    def requeue(self, run_id: str) -> Run:
        """Queue an interrupted, failed or cancelled run again, to go on from its last checkpoint; raises RunError."""
        with self._database.write() as connection:
            run = _get(connection, run_id)
            check_may_change(run)
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
            check_may_change(run)
            if not run.status.over:
                raise RunError(f"run '{run.id}' is {run.status}", do=f"stop it first: lab cancel {run.id}.")
            connection.execute(delete(runs).where(runs.c.id == run.id))

    def _set(self, run_id: str, **values: object) -> None:
        with self._database.write() as connection:
            connection.execute(update(runs).where(runs.c.id == run_id).values(**values))


def _get(connection: Connection, run_id: str) -> Run:
    """See `Runs.get`."""
    rows = connection.execute(select(runs).where(runs.c.id.startswith(run_id, autoescape=True)).limit(2)).all()
    if len(rows) == 1 and run_id and may_see(found := to_run(rows[0])):
        return found
    if len(rows) > 1 and run_id and current().owns_lab:
        raise RunError(f"'{run_id}' is the beginning of several run ids", do="give more of it.")
    ids = connection.scalars(select(runs.c.id).order_by(runs.c.position.desc()).limit(20)).all()
    if not current().owns_lab:
        raise RunError(f"there is no run '{run_id}'", do="look for it under Runs.")
    raise RunError(f"there is no run '{run_id}'", do=nearest(run_id, ids) if ids else "train one first.")


def _to_row(run: Run) -> dict[str, object]:
    return asdict(run) | {"outcome": run.outcome.to_json()}
